"""Is this document an assessment, by its shape? What is not, said with the path that leads to it.

Whether the answers fit the framework is not asked here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import cache

from jsonschema import FormatChecker
from jsonschema.protocols import Validator

from procurement_risk.assessment.shape_words import problems_of
from procurement_risk.canonical import Document, check_canonical
from procurement_risk.errors import Problem
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language import _
from procurement_risk.language.schema_parts import by_parts, written_out
from procurement_risk.language.schema_sentences import misfits

ASSESSMENT, RECORD = "assessment.schema.json", "record.schema.json"
WITHIN = ("answer",)
"""What may hold one of its own kind: its schema names itself."""
RETENTION = "retention.schema.json"


def check_assessment(document: object, where: str = "assessment") -> list[Problem]:
    """Return everything wrong with the shape of ``document``; empty where it is an assessment."""
    problems = check_canonical(document, where)
    if problems:
        return problems
    problems = check_shape(ASSESSMENT, document, where)
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
def _validator(reference: str) -> Validator:
    files = {
        name: json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
        for name in (ASSESSMENT, RECORD, RETENTION)
    }
    whole = written_out({"$ref": reference}, files)
    inside = {name: written_out({"$ref": f"{ASSESSMENT}#/$defs/{name}"}, files) for name in WITHIN}
    return by_parts({**whole, "$defs": inside}, formats=_formats())


def _formats() -> FormatChecker:
    """Return what checks days and moments: a pattern takes 30 February for one."""
    formats = FormatChecker(("date",))
    formats.checks("moment")(lambda value: not isinstance(value, str) or _is_day(value[:10]))
    return formats


def _is_day(text: str) -> bool:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
