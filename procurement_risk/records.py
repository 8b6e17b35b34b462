"""Assessments and records as JSON: the only place that knows their keys.

    Assessment <-> document   plain dicts, empty fields left out
               <-> parts      the same document cut up, as the store keeps it
    Framework + Assessment + result -> record: canonical bytes that carry their own SHA-256

The canonical form is ``json.dumps(o, sort_keys=True, separators=(",", ":"),
ensure_ascii=False)`` as UTF-8. With ASCII keys, no floats and integers below 2**53 those bytes
equal RFC 8785, so a record can be checked with the Python standard library alone.

Converters named ``…_from_document`` trust what they are given, but for
``assessment_from_document``, which checks first; ``check_part`` checks one part.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.errors import (
    InvalidAnswers,
    InvalidDocument,
    Problem,
    ProcurementRiskError,
)
from procurement_risk.framework import Framework
from procurement_risk.framework_document import check_framework, framework_from_document
from procurement_risk.validation import check_answers

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

JSON = Any  # whatever ``json.loads`` gives
Document = dict[str, JSON]
Score = Callable[[Framework, AnswerSet], Mapping[str, Any]]
Noun = TypeVar("Noun")

KIND = "ai-procurement-risk-record"
SCHEMA_VERSION = 1
METHOD_VERSION = "1"

BYTE_LIMIT = 5_000_000
DEPTH_LIMIT = 30
PART_BYTE_LIMIT = 100_000
INTEGER_LIMIT = 2**53

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"

# Each part of an assessment outside its answers and mitigations, with its place in the schema.
PARTS = {
    "purchase": "purchase",
    "supplier": "supplier",
    "upstreams": "upstreams",
    "pack": "id",
    "as_of": "date",
    "state": "state",
    "decision": "decision",
    "overrides": "overrides",
    "triggers": "triggers",
    "replaces": "id",
}
REQUIRED_PARTS = ("purchase", "supplier", "pack", "as_of", "state")
ANSWER, MITIGATION = "answer:", "mitigation:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record that held every check: what was in it, and the document it was read from."""

    assessment: Assessment
    framework: Framework
    result: Mapping[str, Any]
    digest: str
    document: Document


# --- Nouns and documents ------------------------------------------------------------------


def _to_document(noun: DataclassInstance) -> Document:
    """Return the fields of ``noun`` that differ from their defaults."""
    document = {}
    for field in fields(noun):
        value = getattr(noun, field.name)
        if field.default is MISSING or value != field.default:
            document[field.name] = list(value) if isinstance(value, tuple) else value
    return document


def _each(noun: Callable[..., Noun], documents: Iterable[Document]) -> tuple[Noun, ...]:
    return tuple(noun(**document) for document in documents)


def answer_to_document(answer: Answer, *, multiple: bool = False) -> Document:
    """Return ``{"option": "c", "evidence": "E2"}`` and the like; what is empty is left out.

    One chosen option is written ``option``, several (or none at all) ``options``; so is one on
    a ``multiple``-choice question.
    """
    document = _to_document(answer)
    options = document.pop("options", [])
    if len(options) == 1 and not multiple:
        document["option"] = options[0]
    elif options or (answer.state == "answered" and not answer.text):
        document["options"] = options
    return document


def answer_from_document(document: Mapping[str, Any]) -> Answer:
    """Return the answer written as ``document``, a part that held its check."""
    values = dict(document)
    if "option" in values:
        values["options"] = (values.pop("option"),)
    elif "options" in values:
        values["options"] = tuple(values["options"])
    return Answer(**values)


def mitigation_to_document(mitigation: Mitigation) -> Document:
    """Return ``{"question": …, "status": …, "target": …}`` with whatever else is filled in."""
    return _to_document(mitigation)


def mitigation_from_document(document: Mapping[str, Any]) -> Mitigation:
    """Return the mitigation written as ``document``, a part that held its check."""
    return Mitigation(**document)


def purchase_to_document(purchase: Purchase) -> Document:
    """Return the purchase's id, title and buyer with whatever else is filled in."""
    return _to_document(purchase)


def purchase_from_document(document: Mapping[str, Any]) -> Purchase:
    """Return the purchase written as ``document``, a part that held its check."""
    values = dict(document)
    values["break_dates"] = tuple(values.get("break_dates", ()))
    return Purchase(**values)


def supplier_to_document(supplier: Supplier) -> Document:
    """Return the supplier's name with whatever else is filled in."""
    return _to_document(supplier)


def supplier_from_document(document: Mapping[str, Any]) -> Supplier:
    """Return the supplier written as ``document``, a part that held its check."""
    return Supplier(**document)


def upstreams_to_document(upstreams: Iterable[Upstream]) -> list[Document]:
    """Return one object for each upstream, in their order."""
    return [_to_document(upstream) for upstream in upstreams]


def upstreams_from_document(documents: Iterable[Document]) -> tuple[Upstream, ...]:
    """Return the upstreams written as ``documents``, a part that held its check."""
    return _each(Upstream, documents)


def decision_to_document(decision: RecordedDecision) -> Document:
    """Return what was decided, by whom and when, with whatever else is filled in."""
    return _to_document(decision)


def decision_from_document(document: Mapping[str, Any]) -> RecordedDecision:
    """Return the decision written as ``document``, a part that held its check."""
    return RecordedDecision(**document)


def overrides_to_document(overrides: Iterable[StopOverride]) -> list[Document]:
    """Return one object for each overridden stop, in their order."""
    return [_to_document(override) for override in overrides]


def overrides_from_document(documents: Iterable[Document]) -> tuple[StopOverride, ...]:
    """Return the overridden stops written as ``documents``, a part that held its check."""
    return _each(StopOverride, documents)


def triggers_to_document(triggers: Iterable[Trigger]) -> list[Document]:
    """Return one object for each trigger, in their order."""
    return [_to_document(trigger) for trigger in triggers]


def triggers_from_document(documents: Iterable[Document]) -> tuple[Trigger, ...]:
    """Return the triggers written as ``documents``, a part that held its check."""
    return _each(Trigger, documents)


def assessment_to_document(assessment: Assessment, framework: Framework | None = None) -> Document:
    """Return ``assessment`` as plain dicts and lists, empty fields left out.

    Mitigations, of which a question has at most one, stand in order of their question's id.
    With its ``framework``, answers to multiple-choice questions are told apart and written as
    ``options`` even where one is chosen.
    """
    questions = framework.by_id.values() if framework else ()
    multiple = {question.id for question in questions if question.type == "multiple"}
    scored = assessment.answer_set
    by_question = sorted(scored.mitigations, key=lambda mitigation: mitigation.question)
    decision = assessment.decision
    optional = {
        "upstreams": upstreams_to_document(assessment.upstreams),
        "mitigations": [mitigation_to_document(each) for each in by_question],
        "decision": decision_to_document(decision) if decision else None,
        "overrides": overrides_to_document(assessment.overrides),
        "triggers": triggers_to_document(assessment.triggers),
        "replaces": assessment.replaces,
        "fictional": assessment.fictional,
        "created_at": assessment.created_at,
        "created_by": assessment.created_by,
    }
    return {
        "id": assessment.id,
        "purchase": purchase_to_document(assessment.purchase),
        "supplier": supplier_to_document(assessment.supplier),
        "as_of": scored.as_of,
        "pack": scored.pack,
        "state": assessment.state,
        "answers": {
            question: answer_to_document(answer, multiple=question in multiple)
            for question, answer in scored.answers.items()
        },
    } | {key: value for key, value in optional.items() if value}


def assessment_from_document(document: Mapping[str, Any]) -> Assessment:
    """Return the assessment written as ``document``.

    Raises:
        InvalidDocument: If ``document`` is not an assessment; it lists every problem.
    """
    problems = check_assessment(document)
    if problems:
        raise InvalidDocument("assessment", problems)
    return _assessment(document)


def _assessment(document: Mapping[str, Any]) -> Assessment:
    """Return the assessment written as ``document``, which held its checks."""
    answers = document["answers"].items()
    mitigations = document.get("mitigations", ())
    decision = document.get("decision")
    return Assessment(
        id=document["id"],
        purchase=purchase_from_document(document["purchase"]),
        supplier=supplier_from_document(document["supplier"]),
        answer_set=AnswerSet(
            as_of=document["as_of"],
            pack=document["pack"],
            answers={question: answer_from_document(answer) for question, answer in answers},
            mitigations=tuple(mitigation_from_document(each) for each in mitigations),
        ),
        upstreams=upstreams_from_document(document.get("upstreams", ())),
        state=document["state"],
        fictional=document.get("fictional", False),
        replaces=document.get("replaces", ""),
        decision=decision_from_document(decision) if decision else None,
        overrides=overrides_from_document(document.get("overrides", ())),
        triggers=triggers_from_document(document.get("triggers", ())),
        created_at=document.get("created_at", ""),
        created_by=document.get("created_by", ""),
    )


# --- Parts --------------------------------------------------------------------------------


def assessment_to_parts(assessment: Assessment) -> Document:
    """Return each filled part's JSON by its name, such as ``purchase`` or ``answer:DP-02``."""
    document = assessment_to_document(assessment)
    parts = {name: document[name] for name in PARTS if name in document}
    answers, mitigations = document["answers"], document.get("mitigations", [])
    parts |= {f"{ANSWER}{question}": answer for question, answer in answers.items()}
    parts |= {f"{MITIGATION}{each['question']}": each for each in mitigations}
    return parts


def assessment_from_parts(
    parts: Mapping[str, Any], *, id: str, fictional: bool, created_at: str, created_by: str
) -> Assessment:
    """Return the assessment whose ``parts`` held their checks. A part that is None is empty."""
    document: Document = {
        "id": id,
        "fictional": fictional,
        "created_at": created_at,
        "created_by": created_by,
        "answers": {},
    }
    mitigations = {}
    for name, value in parts.items():
        if value is None:
            continue
        if name.startswith(ANSWER):
            document["answers"][name.removeprefix(ANSWER)] = value
        elif name.startswith(MITIGATION):
            mitigations[name] = value
        else:
            document[name] = value
    document["mitigations"] = [mitigations[name] for name in sorted(mitigations)]
    return _assessment(document)


def normal_part(name: str, value: JSON) -> JSON:
    """Return ``value``, a part that held its check, as we write it: without empty fields."""
    if name.startswith(ANSWER):
        return answer_to_document(answer_from_document(value))
    if name.startswith(MITIGATION):
        return mitigation_to_document(mitigation_from_document(value))
    if name in _CONVERTERS:
        read, written = _CONVERTERS[name]
        return written(read(value)) or None
    return value


_CONVERTERS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "purchase": (purchase_from_document, purchase_to_document),
    "supplier": (supplier_from_document, supplier_to_document),
    "upstreams": (upstreams_from_document, upstreams_to_document),
    "decision": (decision_from_document, decision_to_document),
    "overrides": (overrides_from_document, overrides_to_document),
    "triggers": (triggers_from_document, triggers_to_document),
}


def part_title(name: str) -> str:
    """Return the words for a part in a sentence: ``DP-02``, ``the purchase``."""
    if name.startswith(ANSWER):
        return name.removeprefix(ANSWER)
    if name.startswith(MITIGATION):
        return f"the mitigation of {name.removeprefix(MITIGATION)}"
    return f"the {name.replace('as_of', 'as-of date')}"


def check_part(name: str, value: JSON) -> list[Problem]:
    """Return everything wrong with ``value`` as the part ``name``; None empties the part."""
    place = _part_place(name)
    if place is None:
        names = ", ".join([*PARTS, f"{ANSWER}QUESTION", f"{MITIGATION}QUESTION"])
        return [Problem(name, f"An assessment has no part {name!r}. Its parts are: {names}.")]
    if value is None:
        if name not in REQUIRED_PARTS:
            return []
        return [Problem(name, f"{name} cannot be emptied. Write a new value instead.")]
    problems = list(_unfit(value, name))
    if problems:
        return problems
    if (size := len(_dumped(value))) > PART_BYTE_LIMIT:
        return [Problem(name, f"{name} takes {size:,} bytes. Shorten it to {PART_BYTE_LIMIT:,}.")]
    problems = _faults(_validator(f"assessment.schema.json#/$defs/{place}"), value, name)
    if not problems and name.startswith(MITIGATION):
        problems = _misplaced_mitigation(name, value["question"])
    return problems


def _part_place(name: str) -> str | None:
    if name in PARTS:
        return PARTS[name]
    found = re.fullmatch(r"(answer|mitigation):[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name)
    return found[1] if found else None


def _misplaced_mitigation(name: str, question: str) -> list[Problem]:
    wanted = name.removeprefix(MITIGATION)
    if question == wanted:
        return []
    return [
        Problem(
            f"{name}.question",
            f"{name}.question is {question!r}. Write {wanted!r}, or save it as that "
            "question's mitigation.",
        )
    ]


# --- Canonical bytes ----------------------------------------------------------------------


def canonical_bytes(document: object) -> bytes:
    """Return the one form of ``document`` that digests are taken over.

    Raises:
        InvalidDocument: If something in it has no such form; it lists every such thing.
    """
    problems = list(_unfit(document, "document"))
    if problems:
        raise InvalidDocument("document", problems)
    return _dumped(document)


def digest_of(document: object) -> str:
    """Return the SHA-256 of ``document`` in its canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _dumped(document: object) -> bytes:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _unfit(value: object, where: str, depth: int = 0) -> Iterator[Problem]:
    """Yield whatever keeps ``value`` from having a canonical form."""
    if isinstance(value, str):
        if not _is_utf8(value):
            yield Problem(where, f"{where} holds half a character. Type that text again.")
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) >= INTEGER_LIMIT:
            yield Problem(where, f"{where} is too large a number. Write it as a text.")
    elif isinstance(value, dict | list):
        if depth >= DEPTH_LIMIT:
            yield Problem(where, f"{where} is nested deeper than {DEPTH_LIMIT}. Flatten it.")
        else:
            yield from _unfit_inside(value, where, depth + 1)
    else:
        kind = type(value).__name__
        yield Problem(where, f"{where} is a {kind}, which a record cannot hold. Write a text.")


def _unfit_inside(value: dict[Any, Any] | list[Any], where: str, depth: int) -> Iterator[Problem]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unfit(item, f"{where}[{index}]", depth)
        return
    for key, item in value.items():
        if isinstance(key, str) and key.isascii():
            yield from _unfit(item, f"{where}.{key}", depth)
        else:
            yield Problem(where, f"{where} has the key {key!r}. Write keys in the letters a to z.")


def _is_utf8(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- Reading JSON from outside ------------------------------------------------------------

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class _Refused(ValueError):
    """A value that JSON allows and we do not."""


def read_json(data: bytes, name: str = "record") -> JSON:
    """Return the JSON value in ``data``, read more strictly than ``json.loads`` does.

    Raises:
        InvalidDocument: If ``data`` is over 5 MB, is not UTF-8 without a byte-order mark, nests
            deeper than 30, writes a key twice, or holds a float or too large a number.
    """
    text = _text(data, name)
    if _depth(text) > DEPTH_LIMIT:
        _refuse(name, f"The file is nested deeper than {DEPTH_LIMIT}. Ask for the original.")
    try:
        return json.loads(
            text,
            object_pairs_hook=_unrepeated,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_small_integer,
        )
    except json.JSONDecodeError as error:
        fault = f"This is not JSON: {error.msg}. Ask for the file again."
        raise InvalidDocument(name, [Problem("", fault, error.lineno, error.colno)]) from error
    except _Refused as error:
        raise InvalidDocument(name, [Problem("", str(error))]) from error


def _refuse(name: str, message: str) -> NoReturn:
    raise InvalidDocument(name, [Problem("", message)])


def _text(data: bytes, name: str) -> str:
    if len(data) > BYTE_LIMIT:
        _refuse(name, f"The file has {len(data):,} bytes. At most {BYTE_LIMIT:,} are read.")
    if data.startswith(b"\xef\xbb\xbf"):
        _refuse(
            name,
            "The file begins with a byte-order mark, so another program saved it. "
            "Use the original.",
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        _refuse(name, f"The file is not UTF-8 text at byte {error.start}. Use the original.")


def _depth(text: str) -> int:
    """Return how deep arrays and objects nest, found without nesting calls."""
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        first = text[token.start()]
        if first in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in "]}":
            depth -= 1
    return deepest


def _unrepeated(pairs: list[tuple[str, Any]]) -> Document:
    document = dict(pairs)
    if len(document) < len(pairs):
        key = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _Refused(f"The key {key!r} is written twice in one object. Keep one of the two.")
    return document


def _no_float(text: str) -> NoReturn:
    raise _Refused(f"The number {text} is not a whole number. Write it as a text in quotes.")


def _small_integer(text: str) -> int:
    if len(text) > len(str(INTEGER_LIMIT)) + 1:
        raise _Refused(f"The number {text[:20]}… is too large. Write it as a text in quotes.")
    return int(text)


# --- Shape, by schema ---------------------------------------------------------------------


@cache
def _validator(reference: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry()
    for path in ("assessment.schema.json", "record.schema.json"):
        schema = json.loads((SCHEMAS / path).read_text(encoding="utf-8"))
        registry = registry.with_resource(path, Resource.from_contents(schema))
    return Draft202012Validator(
        {"$ref": reference},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def check_assessment(document: object, where: str = "assessment") -> list[Problem]:
    """Return everything wrong with the shape of ``document``; empty where it is an assessment.

    Whether the answers fit the framework is not asked here.
    """
    problems = list(_unfit(document, where))
    if problems:
        return problems
    problems = _faults(_validator("assessment.schema.json"), document, where)
    if problems or not isinstance(document, dict):
        return problems
    seen = Counter(each["question"] for each in document.get("mitigations", ()))
    return [
        Problem(
            f"{where}.mitigations",
            f"{where}.mitigations holds {count} for {question!r}. Keep one a question.",
        )
        for question, count in seen.items()
        if count > 1
    ]


def _faults(validator: Draft202012Validator, document: object, where: str) -> list[Problem]:
    errors = sorted(
        validator.iter_errors(document), key=lambda error: [str(key) for key in error.path]
    )
    return [problem for error in errors for problem in _sentences(error, where)]


def _sentences(error: ValidationError, root: str) -> Iterator[Problem]:
    where = root
    for key in error.absolute_path:
        where += f"[{key}]" if isinstance(key, int) else f".{key}"
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, where)
    elif error.validator is None:
        yield Problem(where, f"{where} goes only with the state 'answered'. Leave it out.")
    else:
        yield Problem(where, _sentence(error, where))


def _unknown_keys(error: ValidationError, where: str) -> Iterator[Problem]:
    schema: Mapping[str, Any] = error.schema  # type: ignore[assignment]
    instance: Mapping[str, Any] = error.instance  # type: ignore[assignment]
    known = list(schema["properties"])
    for key in sorted(set(instance) - set(known)):
        close = difflib.get_close_matches(key, known, n=1)
        advice = f"Did you mean {close[0]!r}?" if close else f"Known are: {', '.join(known)}."
        yield Problem(f"{where}.{key}", f"{where} has no field {key!r}. {advice}")


_KINDS = {
    "object": "an object in braces",
    "array": "a list in square brackets",
    "string": "a text in quotes",
    "integer": "a whole number",
    "boolean": "true or false",
}

_SENTENCES: Mapping[str, Callable[[Any, Any], str]] = {
    "type": lambda limit, found: f"cannot be {_shown(found)}. Write {_KINDS[limit]}.",
    "enum": lambda limit, found: f"cannot be {_shown(found)}. Write one of: {', '.join(limit)}.",
    "const": lambda limit, found: f"cannot be {_shown(found)}. It has to be {limit!r}.",
    "maxLength": lambda limit, found: f"has {len(found):,} characters. Shorten it to {limit:,}.",
    "minLength": lambda limit, found: "is empty. Fill it in, or leave it out if it may be.",
    "minimum": lambda limit, found: f"is {found:,}. The least it can be is {limit:,}.",
    "maximum": lambda limit, found: f"is {found:,}. The most it can be is {limit:,}.",
    "maxItems": lambda limit, found: f"has {len(found):,} entries. Keep at most {limit:,}.",
    "maxProperties": lambda limit, found: f"has {len(found):,} entries. Keep at most {limit:,}.",
    "uniqueItems": lambda limit, found: "names the same thing twice. Name it once.",
}


def _sentence(error: ValidationError, where: str) -> str:
    if error.validator == "required":
        missing = error.message.split("'")[1]
        return f"{where} lacks {missing!r}. Add it."
    schema: Mapping[str, Any] = error.schema  # type: ignore[assignment]
    if "description" in schema and error.validator in {"pattern", "format", "const"}:
        return f"{where} cannot be {_shown(error.instance)}. {schema['description']}"
    if error.validator in {"anyOf", "not"}:
        return f"{where} is incomplete or says too much. {schema['description']}"
    return f"{where} {_SENTENCES[str(error.validator)](error.validator_value, error.instance)}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


# --- Records ------------------------------------------------------------------------------


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
        "method_version": METHOD_VERSION,
        "software": software,
        "framework": dict(framework.document),
        "assessment": assessment_to_document(assessment, framework),
        "result": dict(result),
    }
    document["digest"] = digest_of(document)
    problems = _shape_problems(document) or _answer_problems(document["assessment"], framework)
    if problems:
        raise InvalidDocument("record", problems)
    data = _dumped(document)
    if len(data) > BYTE_LIMIT:
        _refuse(
            "record",
            f"The record has {len(data):,} bytes, over the limit of "
            f"{BYTE_LIMIT:,}. Shorten notes, or keep long texts as linked evidence.",
        )
    return data


def read_record(data: bytes, score: Score) -> Record:
    """Return what the record ``data`` holds, after every check ``verify_record`` makes.

    Raises:
        InvalidDocument: If a check fails; it lists every problem.
    """
    record, problems = _examined(data, score)
    if record is None:
        raise InvalidDocument("record", problems)
    return record


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
    problems = list(_unfit(document, "record"))
    if not problems:
        problems = [*_seal_problems(document, data), *_shape_problems(document)]
    if problems:
        return None, problems
    framework, faults = _framework(_dumped(document["framework"]))
    if framework is None:
        return None, list(faults)
    problems = _answer_problems(document["assessment"], framework)
    if problems:
        return None, problems
    assessment = _assessment(document["assessment"])
    problems = [
        *_method_problems(document["method"], framework.method),
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
def _framework(data: bytes) -> tuple[Framework | None, tuple[Problem, ...]]:
    """Return the framework in ``data``, or what is wrong with it.

    Many records carry the same framework, and checking it takes longer than all the rest.
    """
    document = json.loads(data)
    problems = tuple(
        _inside("framework", fault.where, fault.message) for fault in check_framework(document)
    )
    return (None if problems else framework_from_document(document)), problems


def _shape_problems(document: object) -> list[Problem]:
    problems = _faults(_validator("record.schema.json"), document, "record")
    if problems or not isinstance(document, dict):
        return problems
    return check_assessment(document["assessment"])


def _answer_problems(document: Document, framework: Framework) -> list[Problem]:
    """Return where the answers do not fit the framework that the record carries."""
    answers = {
        key: document[key] for key in ("as_of", "answers", "mitigations") if key in document
    }
    try:
        check_answers(framework, answers, document["pack"])
    except InvalidAnswers as error:
        return [_inside("assessment", each.where, each.message) for each in error.problems]
    return []


def _seal_problems(document: object, data: bytes) -> Iterator[Problem]:
    """Yield what shows that ``data`` is not as it was written."""
    if _dumped(document) != data:
        yield Problem(
            "record",
            "The file is not in its canonical form, so it was edited or saved again by another "
            "program. Use the file as it was first exported.",
        )
    if not isinstance(document, dict) or "digest" not in document:
        return  # the schema says so
    stated = document["digest"]
    found = digest_of({key: value for key, value in document.items() if key != "digest"})
    if stated != found:
        yield Problem(
            "record.digest",
            f"record.digest is {_shown(stated)}, but the content gives {found}: something was "
            "changed after the record was made. Ask whoever made it for the original.",
        )


def _inside(place: str, where: str, message: str) -> Problem:
    whole = f"{place}.{where}" if where else place
    return Problem(whole, f"{whole}: {message}")


def _method_problems(stated: str, method: str) -> Iterator[Problem]:
    if stated != method:
        yield Problem(
            "record.method",
            f"record.method is {stated!r}, but its framework names {method!r}. "
            "Ask whoever made the record for the original.",
        )


def _form_problems(stated: Document, written: Document) -> Iterator[Problem]:
    """Yield where ``stated`` is not how we would write it, and so would not survive a copy."""
    for where, said, ours in _differences(stated, written, "assessment"):
        yield Problem(
            where,
            f"{where} is {said}, which this toolkit would write as {ours}. "
            "Write it so, and make the record again.",
        )


def _result_problems(
    stated: Document, framework: Framework, answer_set: AnswerSet, score: Score
) -> Iterator[Problem]:
    try:
        result = score(framework, answer_set)
    except ProcurementRiskError as error:
        for problem in getattr(error, "problems", [Problem("", str(error))]):
            yield _inside("assessment", problem.where, problem.message)
        return
    for where, said, found in _differences(stated, result, "result"):
        yield Problem(
            where,
            f"{where} is {said} in the record, but recomputing it gives {found}. "
            "Do not rely on the stated result; ask whoever made the record.",
        )


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
    return "left out" if value is _NOTHING else _shown(value)
