"""Is this document an assessment, by its shape? What is not, said with the path that leads to it.

Whether the answers fit the framework is not asked here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache

from jsonschema import FormatChecker
from jsonschema.protocols import Validator

from procurement_risk.canonical import Document, check_canonical
from procurement_risk.errors import Problem
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.schema_parts import by_parts, written_out
from procurement_risk.language.schema_sentences import Misfit, Words, misfits, sentence
from procurement_risk.language.text import show_value

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
    return [problem for misfit in found for problem in _problems_of(misfit, where)]


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


# What does not fit the schema of an assessment or a record, in words.


def _entries(number: int) -> str:
    return ngettext(
        "{where} has {n} entry. Keep at most {most}.",
        "{where} has {n} entries. Keep at most {most}.",
        number,
    )


WORDS: Words = {
    "": N_("{where} goes only with the state 'answered'. Leave it out."),
    "unknown_key": N_("{where} has no field {key}. Known are: {known}."),
    "misspelt_key": N_("{where} has no field {key}. Did you mean {near}?"),
    "required": N_("{where} lacks {key}. Add it."),
    "described": N_("{where} cannot be {found}."),
    "incomplete": N_("{where} is incomplete or says too much."),
    "type:object": N_("{where} cannot be {found}. Write an object in braces."),
    "type:array": N_("{where} cannot be {found}. Write a list in square brackets."),
    "type:string": N_("{where} cannot be {found}. Write a text in quotes."),
    "type:integer": N_("{where} cannot be {found}. Write a whole number."),
    "type:boolean": N_("{where} cannot be {found}. Write true or false."),
    "enum": N_("{where} cannot be {found}. Write one of: {known}."),
    "const": N_("{where} cannot be {found}. It has to be {wanted}."),
    "maxLength": lambda number: ngettext(
        "{where} has {n} character. Shorten it to {most}.",
        "{where} has {n} characters. Shorten it to {most}.",
        number,
    ),
    "maxItems": _entries,
    "maxProperties": _entries,
    "minItems": N_("{where} is empty. Leave it out."),
    "minLength": N_("{where} is empty. Fill it in, or leave it out if it may be."),
    "minimum": N_("{where} is {found}. The least it can be is {limit}."),
    "maximum": N_("{where} is {found}. The most it can be is {limit}."),
    "uniqueItems": N_("{where} names the same thing twice. Name it once."),
}


def _problems_of(misfit: Misfit, root: str) -> Iterator[Problem]:
    """Yield each problem that ``misfit`` is; paths begin with ``root``."""
    where = root
    for key in misfit.path:
        where += f"[{key}]" if isinstance(key, int) else f".{key}"
    if misfit.keyword != "additionalProperties":
        yield Problem(where, _said(misfit, where))
        return
    known = list(misfit.schema["properties"])
    for key in sorted(set(misfit.found) - set(known)):
        close = get_close_matches(key, known, n=1)
        words = sentence(
            WORDS,
            misfit,
            rule="misspelt_key" if close else "unknown_key",
            where=where,
            key=repr(key),
            near=repr(close[0]) if close else "",
            known=", ".join(known),
        )
        yield Problem(f"{where}.{key}", words)


def _said(misfit: Misfit, where: str) -> str:
    keyword, description = misfit.keyword, misfit.schema.get("description", "")
    rule, found = "", ""
    if description and keyword in {"pattern", "format", "const"}:
        rule = "described"
    elif keyword in {"anyOf", "not"}:
        rule = "incomplete"
    if keyword in {"minimum", "maximum"}:
        found = grouped(misfit.found) if isinstance(misfit.found, int) else misfit.found
    elif keyword in {"pattern", "format", "const", "type", "enum"}:  # not of what may be long
        found = show_value(misfit.found)
    missing = misfit.message.split("'")[1] if keyword == "required" else ""
    wanted = repr(misfit.limit)
    words = sentence(
        WORDS, misfit, rule=rule, where=where, key=repr(missing), found=found, wanted=wanted
    )
    return f"{words} {description}" if rule else words
