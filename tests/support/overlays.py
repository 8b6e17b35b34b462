"""Overlays of the small framework with gates: one that may stand, and what is said of others."""

from __future__ import annotations

from procurement_risk.framework.file_checks import checked
from tests.support.places import TESTS

BASE = TESTS / "frameworks" / "small-gates.yaml"
HEAD = """\
schema_version: 1
id: ours
version: "1"
title: Our questions
extends: small-gates@2026.1
"""
GOOD = (TESTS / "frameworks" / "small-overlay.yaml").read_text("utf-8")


def folder(*paths):
    """What gives the files among which a base is looked for."""
    return lambda: list(paths)


def document(text=GOOD, *paths):
    """The whole questionnaire that the overlay ``text`` makes."""
    parsed, problems = checked(text, "", folder(BASE, *paths))
    assert problems == []
    return parsed.data


def told(text, *paths):
    """The lines at fault, each as it stands in the file, with what is said of it."""
    lines = text.splitlines()
    found = checked(text, "", folder(*(paths or (BASE,))))[1]
    return [(lines[problem.line - 1].strip(), problem.message) for problem in found]
