"""The text of a framework to start from: short, complete, each comment naming what to change.

    id, title, method, languages ── starter ── YAML that passes every check

In the templates, which lie in ``starters/``, a text between double square brackets is one that
people read: it is written as it stands, or under the code of the first language where there are
several.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from procurement_risk.errors import UsageError
from procurement_risk.framework import DEFAULT_LANGUAGE


def _template(name: str) -> str:
    return (Path(__file__).with_name("starters") / f"{name}.txt").read_text("utf-8")


BODIES: Mapping[str, str] = {
    name: _template(name) for name in ("weakest-section", "impact-mitigation")
}
"""What follows the head of a framework, by its method."""

LONGEST_ID = 60
LONGEST_TITLE = 1_000
MOST_LANGUAGES = 20

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_TEXT = re.compile(r"\[\[(.*?)\]\]")
_SAFE = re.compile(r"[A-Za-z][^:#,{}\[\]\"]*")
_TAKEN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_NO_CHARACTER = ("Cc", "Cs")


def starter(
    id: str,
    title: str,
    method: str = "weakest-section",
    languages: Sequence[str] = (DEFAULT_LANGUAGE,),
) -> str:
    """Return the YAML of a framework that passes ``check`` and wants to be changed.

    Args:
        id: What it is called; its file is to be named for it.
        title: What people read; white space is put in order. Empty: made from the id.
        method: How answers become a result.
        languages: The codes of its languages; the first is the one that every text has.

    Raises:
        UsageError: If the format does not allow one of these; the message says what it allows.
    """
    shown = _in_one_line(title) or id.replace("-", " ").capitalize()
    faults = list(_faults(id, shown, languages))
    if faults:
        raise UsageError("\n".join(faults))

    def text(found: re.Match[str]) -> str:
        if len(languages) == 1:
            return _scalar(found[1])
        return f"{{{_scalar(languages[0])}: {_scalar(found[1])}}}"

    titles = ", ".join(f"{_scalar(code)}: {_quoted(shown)}" for code in languages)
    return Template(_TEXT.sub(text, _template("head") + BODIES[method])).substitute(
        id=_scalar(id),
        title=_quoted(shown) if len(languages) == 1 else f"{{{titles}}}",
        languages=", ".join(_scalar(code) for code in languages),
        method=method,
    )


def _faults(name: str, title: str, languages: Sequence[str]) -> list[str]:
    faults = []
    if not _ID.fullmatch(name) or len(name) > LONGEST_ID:
        faults.append(
            f"{_quoted(name[:LONGEST_ID])} cannot be the id of a framework: write small letters, "
            f"digits and single hyphens, {LONGEST_ID} at most, such as library-chat."
        )
    if len(title) > LONGEST_TITLE:
        faults.append(
            f"The title has {len(title):,} characters: shorten it to at most {LONGEST_TITLE:,}."
        )
    faults += [
        f"{_quoted(code[:LONGEST_ID])} is no code of a language: write en, fr or fr-CA."
        for code in languages
        if not _LANGUAGE.fullmatch(code)
    ]
    if len(set(languages)) < len(languages):
        faults.append("A language is named twice: name each once.")
    if not 0 < len(languages) <= MOST_LANGUAGES:
        faults.append(f"Name one language at least, and {MOST_LANGUAGES} at most.")
    return faults


def _in_one_line(text: str) -> str:
    """Return ``text`` with every run of white space and control characters as one space."""
    kept = (
        " " if unicodedata.category(c) in _NO_CHARACTER or c in "\ufffe\uffff" else c for c in text
    )
    return " ".join("".join(kept).split())


def _scalar(text: str) -> str:
    """Return ``text`` as YAML reads it as just that, without quotes where it can be."""
    is_safe = _SAFE.fullmatch(text) and text.lower() not in _TAKEN
    return text if is_safe else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
