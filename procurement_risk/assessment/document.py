"""Assessments as JSON-ready documents: the only place that knows an assessment's keys.

    Assessment <-> document   plain dicts, empty fields left out
               <-> parts      the same document cut up, as the store keeps it

Converters named ``…_from_document`` trust what they are given, but for
``assessment_from_document``, which checks first; ``check_part`` checks one part.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Marking,
    Mitigation,
    OrganisationReference,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.plain_answers import without_plain_answers
from procurement_risk.canonical import JSON, Document, check_canonical, write_json
from procurement_risk.errors import InvalidAnswers, InvalidDocument, Problem, show_value
from procurement_risk.framework import Framework
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language import N_, _, ngettext

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Noun = TypeVar("Noun")

PART_BYTE_LIMIT = 100_000

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
    "organisation": "organisation",
    "markings": "markings",
}
REQUIRED_PARTS = ("purchase", "supplier", "pack", "as_of", "state")
ANSWER, MITIGATION = "answer:", "mitigation:"


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


def organisation_to_document(organisation: OrganisationReference) -> Document:
    """Return which assessment of the supplier it was, of when, and what it recommended."""
    return _to_document(organisation)


def organisation_from_document(document: Mapping[str, Any]) -> OrganisationReference:
    """Return the reference written as ``document``, a part that held its check."""
    return OrganisationReference(**document)


def markings_to_document(markings: Mapping[str, Marking]) -> Document:
    """Return one object for each marked field, by the field."""
    return {name: _to_document(marking) for name, marking in markings.items()}


def markings_from_document(documents: Mapping[str, Any]) -> dict[str, Marking]:
    """Return the markings written as ``documents``, a part that held its check."""
    return {name: Marking(**document) for name, document in documents.items()}


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
    decision, organisation = assessment.decision, assessment.organisation
    optional = {
        "upstreams": upstreams_to_document(assessment.upstreams),
        "mitigations": [mitigation_to_document(each) for each in by_question],
        "decision": decision_to_document(decision) if decision else None,
        "overrides": overrides_to_document(assessment.overrides),
        "triggers": triggers_to_document(assessment.triggers),
        "replaces": assessment.replaces,
        "organisation": organisation_to_document(organisation) if organisation else None,
        "markings": markings_to_document(assessment.markings),
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
    return build_assessment(document)


def build_assessment(document: Mapping[str, Any]) -> Assessment:
    """Return the assessment written as ``document``, which held its checks."""
    answers = document["answers"].items()
    mitigations = document.get("mitigations", ())
    decision, organisation = document.get("decision"), document.get("organisation")
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
        organisation=organisation_from_document(organisation) if organisation else None,
        decision=decision_from_document(decision) if decision else None,
        overrides=overrides_from_document(document.get("overrides", ())),
        triggers=triggers_from_document(document.get("triggers", ())),
        markings=markings_from_document(document.get("markings", {})),
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
    return build_assessment(document)


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
    "organisation": (organisation_from_document, organisation_to_document),
    "decision": (decision_from_document, decision_to_document),
    "overrides": (overrides_from_document, overrides_to_document),
    "triggers": (triggers_from_document, triggers_to_document),
    "markings": (markings_from_document, markings_to_document),
}


PART_TITLES: Mapping[str, str] = {
    "purchase": N_("the purchase"),
    "supplier": N_("the supplier"),
    "upstreams": N_("the upstreams"),
    "pack": N_("the pack"),
    "as_of": N_("the as-of date"),
    "state": N_("the state"),
    "decision": N_("the decision"),
    "overrides": N_("the overrides"),
    "triggers": N_("the triggers"),
    "replaces": N_("the replaces"),
    "organisation": N_("the organisation"),
    "markings": N_("the markings for publication"),
}


def part_title(name: str) -> str:
    """Return the words for a part in a sentence: ``DP-02``, ``the purchase``."""
    if name.startswith(ANSWER):
        return name.removeprefix(ANSWER)
    if name.startswith(MITIGATION):
        question = name.removeprefix(MITIGATION)
        return _("the mitigation of {question}").format(question=question)
    return _(PART_TITLES.get(name, name))


def check_part(name: str, value: JSON) -> list[Problem]:
    """Return everything wrong with ``value`` as the part ``name``; None empties the part."""
    place = _part_place(name)
    if place is None:
        names = ", ".join([*PARTS, f"{ANSWER}QUESTION", f"{MITIGATION}QUESTION"])
        message = _("An assessment has no part {part}. Its parts are: {known}.")
        return [Problem(name, message.format(part=repr(name), known=names))]
    if value is None:
        if name not in REQUIRED_PARTS:
            return []
        message = _("{part} cannot be emptied. Write a new value instead.")
        return [Problem(name, message.format(part=name))]
    problems = check_canonical(value, name)
    if problems:
        return problems
    if (size := len(write_json(value))) > PART_BYTE_LIMIT:
        message = ngettext(
            "{part} takes {n} byte. Shorten it to {most}.",
            "{part} takes {n} bytes. Shorten it to {most}.",
            size,
        )
        words = message.format(part=name, n=f"{size:,}", most=f"{PART_BYTE_LIMIT:,}")
        return [Problem(name, words)]
    problems = check_shape(f"assessment.schema.json#/$defs/{place}", value, name)
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
    message = _("{where} is {question}. Write {wanted}, or save it as that question's mitigation.")
    where = f"{name}.question"
    words = message.format(where=where, question=repr(question), wanted=repr(wanted))
    return [Problem(where, words)]


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
    problems = check_canonical(document, where)
    if problems:
        return problems
    problems = check_shape("assessment.schema.json", without_plain_answers(document), where)
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


def check_answers_fit(document: Document, framework: Framework) -> list[Problem]:
    """Return where the answers of ``document``, an assessment by its shape, do not fit.

    Args:
        document: An assessment that held ``check_assessment``.
        framework: The framework that its answers are meant for.
    """
    answers = {
        key: document[key] for key in ("as_of", "answers", "mitigations") if key in document
    }
    try:
        check_answers(framework, answers, document["pack"])
    except InvalidAnswers as error:
        return [each.inside("assessment") for each in error.problems]
    return []


def check_shape(schema: str, document: object, where: str) -> list[Problem]:
    """Return where ``document`` departs from ``schema``, a file in ``schemas`` or a part of it."""
    found = _validator(schema).iter_errors(document)
    errors = sorted(found, key=lambda error: [str(key) for key in error.path])
    return [problem for error in errors for problem in _sentences(error, where)]


def _sentences(error: ValidationError, root: str) -> Iterator[Problem]:
    where = root
    for key in error.absolute_path:
        where += f"[{key}]" if isinstance(key, int) else f".{key}"
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, where)
    elif error.validator is None:
        message = _("{where} goes only with the state 'answered'. Leave it out.")
        yield Problem(where, message.format(where=where))
    else:
        yield Problem(where, _sentence(error, where))


def _unknown_keys(error: ValidationError, where: str) -> Iterator[Problem]:
    schema: Mapping[str, Any] = error.schema  # type: ignore[assignment]
    instance: Mapping[str, Any] = error.instance  # type: ignore[assignment]
    known = list(schema["properties"])
    for key in sorted(set(instance) - set(known)):
        close = difflib.get_close_matches(key, known, n=1)
        message = _("{where} has no field {key}. Known are: {known}.")
        if close:
            message = _("{where} has no field {key}. Did you mean {near}?")
        near = repr(close[0]) if close else ""
        words = message.format(where=where, key=repr(key), near=near, known=", ".join(known))
        yield Problem(f"{where}.{key}", words)


_KINDS = {
    "object": N_("{where} cannot be {found}. Write an object in braces."),
    "array": N_("{where} cannot be {found}. Write a list in square brackets."),
    "string": N_("{where} cannot be {found}. Write a text in quotes."),
    "integer": N_("{where} cannot be {found}. Write a whole number."),
    "boolean": N_("{where} cannot be {found}. Write true or false."),
}

_SENTENCES = {
    "minLength": N_("{where} is empty. Fill it in, or leave it out if it may be."),
    "minimum": N_("{where} is {found}. The least it can be is {limit}."),
    "maximum": N_("{where} is {found}. The most it can be is {limit}."),
    "uniqueItems": N_("{where} names the same thing twice. Name it once."),
}


def _sentence(error: ValidationError, where: str) -> str:
    keyword = str(error.validator)
    found: Any = error.instance
    limit: Any = error.validator_value
    schema: Mapping[str, Any] = error.schema  # type: ignore[assignment]
    if keyword == "required":
        missing = error.message.split("'")[1]
        return _("{where} lacks {key}. Add it.").format(where=where, key=repr(missing))
    if "description" in schema and keyword in {"pattern", "format", "const"}:
        words = _("{where} cannot be {found}.").format(where=where, found=show_value(found))
        return f"{words} {schema['description']}"
    if keyword in {"anyOf", "not"}:
        words = _("{where} is incomplete or says too much.").format(where=where)
        return f"{words} {schema['description']}"
    if keyword == "type":
        return _(_KINDS[limit]).format(where=where, found=show_value(found))
    if keyword == "enum":
        words = _("{where} cannot be {found}. Write one of: {known}.")
        return words.format(where=where, found=show_value(found), known=", ".join(limit))
    if keyword == "const":
        words = _("{where} cannot be {found}. It has to be {wanted}.")
        return words.format(where=where, found=show_value(found), wanted=repr(limit))
    if keyword in {"maxLength", "maxItems", "maxProperties"}:
        return _too_long(keyword, where, len(found), limit)
    limit, found = (f"{each:,}" if isinstance(each, int) else each for each in (limit, found))
    return _(_SENTENCES[keyword]).format(where=where, found=found, limit=limit)


def _too_long(keyword: str, where: str, number: int, most: int) -> str:
    if keyword == "maxLength":
        words = ngettext(
            "{where} has {n} character. Shorten it to {most}.",
            "{where} has {n} characters. Shorten it to {most}.",
            number,
        )
    else:
        words = ngettext(
            "{where} has {n} entry. Keep at most {most}.",
            "{where} has {n} entries. Keep at most {most}.",
            number,
        )
    return words.format(where=where, n=f"{number:,}", most=f"{most:,}")
