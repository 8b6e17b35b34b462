"""Is this document an assessment, by its shape? What is not, said with the path that leads to it.

Whether the answers fit the framework is not asked here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from procurement_risk.assessment.model import OPEN_STATES
from procurement_risk.assessment.shape_words import problems_of
from procurement_risk.canonical import Document, check_canonical
from procurement_risk.errors import Problem
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language import _
from procurement_risk.language.schema_sentences import misfits

ASSESSMENT, RECORD = "assessment.schema.json", "record.schema.json"
RETENTION = "retention.schema.json"

Check = Callable[[str], bool]


def check_assessment(document: object, where: str = "assessment") -> list[Problem]:
    """Return everything wrong with the shape of ``document``; empty where it is an assessment."""
    problems = check_canonical(document, where)
    if problems:
        return problems
    problems = check_shape(ASSESSMENT, without_plain_answers(document), where)
    if problems or not isinstance(document, dict):
        return problems
    return check_one_each(document, where)


def check_one_each(document: Document, where: str = "assessment") -> list[Problem]:
    """Return which questions of ``document``, in shape as such, have several mitigations."""
    seen = Counter(each["question"] for each in document.get("mitigations", ()))
    return [
        _repeated_mitigation(f"{where}.mitigations", question, count)
        for question, count in seen.items()
        if count > 1
    ]


def _repeated_mitigation(where: str, question: str, count: int) -> Problem:
    message = _("{where} holds {number} for {question}. Keep one a question.")
    return Problem(where, message.format(where=where, number=count, question=repr(question)))


def check_shape(schema: str, document: object, where: str) -> list[Problem]:
    """Return where ``document`` departs from ``schema``, a file in ``schemas`` or a part of it."""
    found = list(misfits(_validator(schema), document))
    found.sort(key=lambda misfit: [str(key) for key in misfit.path])
    return [problem for misfit in found for problem in problems_of(misfit, where)]


@cache
def _validator(reference: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry()
    for path in (ASSESSMENT, RECORD, RETENTION):
        schema = json.loads((SCHEMAS / path).read_text(encoding="utf-8"))
        registry = registry.with_resource(path, Resource.from_contents(schema))
    return Draft202012Validator(
        {"$ref": reference},
        registry=registry,
        format_checker=_formats(),
    )


def _formats() -> FormatChecker:
    """Return what checks days and moments: a pattern takes 30 February for one."""
    formats = FormatChecker(("date",))
    formats.checks("moment")(lambda value: not isinstance(value, str) or _is_day(value[:10]))
    return formats


# --- Plain answers ------------------------------------------------------------------------

# Most answers are one option with evidence and notes. The schema would say the same of them, and
# takes longer over them than over all the rest of a record.


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
    schema: dict[str, Any] = json.loads((SCHEMAS / ASSESSMENT).read_text(encoding="utf-8"))
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
        "at": lambda value: (
            value.isascii() and moment.fullmatch(value) is not None and _is_day(value[:10])
        ),
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
