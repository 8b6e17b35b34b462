"""Answers that their schema plainly allows, told apart without it.

Most answers are one option with evidence and notes. The schema would say the same of them, and
takes longer over them than over all the rest of a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from procurement_risk.framework.shipped import SCHEMAS

OPEN_STATES = ("unanswered", "unknown", "withheld")

Check = Callable[[str], bool]


def without_plain_answers(document: object) -> object:
    """Return an assessment without the answers that are plainly allowed, to show to its schema.

    Whatever else is wrong with it stays; so does every answer that only might be allowed.
    """
    if not isinstance(document, dict) or not isinstance(document.get("answers"), dict):
        return document
    answers = document["answers"]
    checks, most, name = _rules()
    if len(answers) > most:
        return document
    rest = {
        question: answer
        for question, answer in answers.items()
        if not (name.fullmatch(question) and len(question) <= 100 and _is_plain(answer, checks))
    }
    return {**document, "answers": rest}


def _is_plain(answer: object, checks: dict[str, Check]) -> bool:
    if not isinstance(answer, dict):
        return False
    for key, value in answer.items():
        check = checks.get(key)
        if check is None or not isinstance(value, str) or not check(value):
            return False
    if answer.get("state", "answered") == "answered":
        return "option" in answer
    return "option" not in answer and answer["state"] in OPEN_STATES


@cache
def _rules() -> tuple[dict[str, Check], int, re.Pattern[str]]:
    """Return a check for each key, how many answers there may be, and what their ids look like."""
    schema: dict[str, Any] = json.loads(
        (SCHEMAS / "assessment.schema.json").read_text(encoding="utf-8")
    )
    parts = schema["$defs"]
    grades = frozenset(parts["answer"]["properties"]["evidence"]["enum"])
    moment = re.compile(parts["moment"]["pattern"])

    def text(name: str) -> Check:
        most = parts[name]["maxLength"]
        return lambda value: 0 < len(value) <= most

    checks: dict[str, Check] = {
        "state": lambda value: value in ("answered", *OPEN_STATES),
        "option": text("short"),
        "evidence": lambda value: value in grades,
        "valid_until": _is_day,
        "link": text("link"),
        "note": text("note"),
        "reason": text("note"),
        "by": text("who"),
        "at": lambda value: value.isascii() and moment.fullmatch(value) is not None,
    }
    return (
        checks,
        schema["properties"]["answers"]["maxProperties"],
        re.compile("[A-Za-z0-9][A-Za-z0-9._-]*"),
    )


def _is_day(text: str) -> bool:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
