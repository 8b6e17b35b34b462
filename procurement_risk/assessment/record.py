"""Records: one assessment as a file that anybody can check and recompute.

    Framework + Assessment + result -> record: canonical bytes that carry their own SHA-256

Read back, a record is trusted only where recomputing it gives the result it states.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from procurement_risk.assessment import AnswerSet, Assessment
from procurement_risk.assessment.answers import check_answers_fit
from procurement_risk.assessment.document import assessment_to_document, build_assessment
from procurement_risk.assessment.shape import RECORD, check_one_each, check_shape
from procurement_risk.canonical import (
    BYTE_LIMIT,
    Document,
    canonical_bytes,
    check_canonical,
    join_json,
    read_json,
    write_json,
)
from procurement_risk.errors import InvalidDocument, Problem, ProcurementRiskError
from procurement_risk.framework import Framework
from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.language import _, current, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import show_value

Score = Callable[[Framework, AnswerSet], Mapping[str, Any]]

KIND = "ai-procurement-risk-record"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record that held every check: what was in it, and the document it was read from."""

    assessment: Assessment
    framework: Framework
    result: Mapping[str, Any]
    digest: str
    document: Document


def make_record(
    assessment: Assessment, framework: Framework, result: Mapping[str, Any], software: str
) -> bytes:
    """Return the record of ``assessment`` with everything needed to recompute ``result``.

    Args:
        assessment: What was answered and decided.
        framework: The framework it was answered against, which the record carries in full.
        result: What the framework's method computed from the two.
        software: Name and version of the program that computed it.

    Raises:
        InvalidDocument: If something in it cannot be put in a record.
    """
    document: Document = {
        "schema_version": SCHEMA_VERSION,
        "kind": KIND,
        "method": framework.method,
        "method_version": str(framework.method_version),
        "software": software,
        "framework": dict(framework.document),
        "assessment": assessment_to_document(assessment, framework),
        "result": dict(result),
    }
    rest = {key: value for key, value in document.items() if key != "framework"}
    problems = check_canonical(rest, "document")
    if problems:
        raise InvalidDocument("document", problems)
    parts = {"framework": framework_bytes(framework), **_parts(rest)}
    document["digest"] = hashlib.sha256(join_json(parts)).hexdigest()
    problems = _shape_problems(document) or check_answers_fit(document["assessment"], framework)
    if problems:
        raise InvalidDocument("record", problems)
    data = join_json({**parts, "digest": write_json(document["digest"])})
    if len(data) > BYTE_LIMIT:
        message = ngettext(
            "The record has {n} byte, over the limit of {most}. Shorten notes, or keep long "
            "texts as linked evidence.",
            "The record has {n} bytes, over the limit of {most}. Shorten notes, or keep long "
            "texts as linked evidence.",
            len(data),
        )
        fault = message.format(n=grouped(len(data)), most=grouped(BYTE_LIMIT))
        raise InvalidDocument("record", [Problem("", fault)])
    return data


def framework_bytes(framework: Framework) -> bytes:
    """Return a framework as records carry it. Many do, and it is most of each."""
    if framework not in _written:
        _written[framework] = canonical_bytes(dict(framework.document))
    return _written[framework]


_written: WeakKeyDictionary[Framework, bytes] = WeakKeyDictionary()


def read_record(data: bytes, score: Score) -> Record:
    """Return what the record ``data`` holds, after every check ``verify_record`` makes.

    Raises:
        InvalidDocument: If a check fails; it lists every problem.
    """
    record, problems = _examined(data, score)
    if record is None:
        raise InvalidDocument("record", problems)
    return record


def framework_in(data: bytes) -> Framework:
    """Return the framework in a record, which is checked; of the rest nothing is.

    Raises:
        InvalidDocument: If there is none, or it does not hold.
    """
    document = read_json(data)
    carried = document.get("framework") if isinstance(document, dict) else None
    problems = check_canonical(carried, "record.framework")
    if problems:
        raise InvalidDocument("record", problems)
    framework, faults = _framework(write_json(carried), current())
    if framework is None:
        raise InvalidDocument("record", faults)
    return framework


def verify_record(data: bytes, score: Score) -> list[Problem]:
    """Return every reason not to trust the record ``data``; empty where it holds.

    It holds if its bytes are canonical, its digest is right, its shape is that of a record, its
    framework is valid, and ``score`` computes from it exactly the result it states.
    """
    return _examined(data, score)[1]


def _examined(data: bytes, score: Score) -> tuple[Record | None, list[Problem]]:
    try:
        document = read_json(data)
    except InvalidDocument as error:
        return None, list(error.problems)
    problems = check_canonical(document, "record")
    if not problems:
        parts = _parts(document)
        problems = [*_seal_problems(document, parts, data), *_shape_problems(document)]
    if problems:
        return None, problems
    framework, faults = _framework(parts["framework"], current())
    if framework is None:
        return None, list(faults)
    problems = check_answers_fit(document["assessment"], framework)
    if problems:
        return None, problems
    assessment = build_assessment(document["assessment"])
    problems = [
        *_method_problems("method", document["method"], framework.method),
        *_method_problems(
            "method_version", document["method_version"], str(framework.method_version)
        ),
        *_form_problems(document["assessment"], assessment_to_document(assessment, framework)),
        *_result_problems(document["result"], framework, assessment.answer_set, score),
    ]
    if problems:
        return None, problems
    record = Record(
        assessment=assessment,
        framework=framework,
        result=document["result"],
        digest=document["digest"],
        document=document,
    )
    return record, []


@lru_cache(maxsize=8)
def _framework(data: bytes, _code: str) -> tuple[Framework | None, tuple[Problem, ...]]:
    """Return the framework in ``data``, or what is wrong with it in the language in use.

    Many records carry the same framework, and checking it takes longer than all the rest.
    """
    document = json.loads(data)
    problems = tuple(
        Problem(fault.where, fault.message).inside("framework")
        for fault in check_framework(document)
    )
    return (None if problems else framework_from_document(document)), problems


def _shape_problems(document: object) -> list[Problem]:
    problems = check_shape(RECORD, document, "record")
    if problems or not isinstance(document, dict):
        return problems
    return check_one_each(document["assessment"])


def _parts(document: object) -> dict[str, bytes]:
    """Return the canonical bytes of each value: writing takes long, and is needed thrice."""
    if not isinstance(document, dict):
        return {}
    return {key: write_json(value) for key, value in document.items()}


def _seal_problems(document: object, parts: Mapping[str, bytes], data: bytes) -> Iterator[Problem]:
    """Yield what shows that ``data`` is not as it was written."""
    written = join_json(parts) if isinstance(document, dict) else write_json(document)
    if written != data:
        message = _(
            "The file is not in its canonical form, so it was edited or saved again by another "
            "program. Use the file as it was first exported."
        )
        yield Problem("record", message)
    if not isinstance(document, dict) or "digest" not in document:
        return  # the schema says so
    stated = document["digest"]
    rest = {key: value for key, value in parts.items() if key != "digest"}
    found = hashlib.sha256(join_json(rest)).hexdigest()
    if stated != found:
        message = _(
            "record.digest is {stated}, but the content gives {found}: something was "
            "changed after the record was made. Ask whoever made it for the original."
        )
        yield Problem("record.digest", message.format(stated=show_value(stated), found=found))


def _method_problems(key: str, stated: str, found: str) -> Iterator[Problem]:
    if stated != found:
        message = _(
            "{where} is {stated}, but its questionnaire names {found}. "
            "Ask whoever made the record for the original."
        )
        where = f"record.{key}"
        words = message.format(where=where, stated=repr(stated), found=repr(found))
        yield Problem(where, words)


def _form_problems(stated: Document, written: Document) -> Iterator[Problem]:
    """Yield where ``stated`` is not how we would write it, and so would not survive a copy."""
    for where, said, ours in _differences(stated, written, "assessment"):
        message = _(
            "{where} is {said}, which this toolkit would write as {ours}. "
            "Write it so, and make the record again."
        )
        yield Problem(where, message.format(where=where, said=said, ours=ours))


def _result_problems(
    stated: Document, framework: Framework, answer_set: AnswerSet, score: Score
) -> Iterator[Problem]:
    try:
        result = score(framework, answer_set)
    except ProcurementRiskError as error:
        for problem in getattr(error, "problems", [Problem("", str(error))]):
            yield problem.inside("assessment")
        return
    for where, said, found in _differences(stated, result, "result"):
        message = _(
            "{where} is {said} in the record, but recomputing it gives {found}. "
            "Do not rely on the stated result; ask whoever made the record."
        )
        yield Problem(where, message.format(where=where, said=said, found=found))


_NOTHING = object()


def _differences(left: object, right: object, where: str) -> Iterator[tuple[str, str, str]]:
    """Yield each place where two JSON values differ, with both values shown."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        for key in sorted(left.keys() | right.keys()):
            pair = left.get(key, _NOTHING), right.get(key, _NOTHING)
            yield from _differences(*pair, f"{where}.{key}")
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, pair in enumerate(zip(left, right, strict=True)):
            yield from _differences(*pair, f"{where}[{index}]")
    # True equals 1 in Python and not in JSON.
    elif left != right or isinstance(left, bool) != isinstance(right, bool):
        yield where, _named(left), _named(right)


def _named(value: object) -> str:
    return _("left out") if value is _NOTHING else show_value(value)
