"""Assessments as JSON-ready documents: the only place that knows an assessment's keys.

    noun       <-> document   plain dicts, empty fields left out
    Assessment <-> document   the whole of it

What is read is trusted, but for ``assessment_from_document``, which checks first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Benefit,
    CarriedAnswer,
    Comment,
    EvidenceFile,
    HandOver,
    KnownRisk,
    Marking,
    Mitigation,
    OrganisationReference,
    Purchase,
    RecordedDecision,
    Review,
    SignOff,
    StopOverride,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.shape import check_assessment
from procurement_risk.canonical import Document
from procurement_risk.errors import InvalidDocument
from procurement_risk.framework import Framework

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Noun = TypeVar("Noun")

ONE = {
    "purchase": Purchase,
    "supplier": Supplier,
    "organisation": OrganisationReference,
    "decision": RecordedDecision,
}
NAMED = {"markings": Marking, "known_risks": KnownRisk}
SEVERAL = {
    "upstreams": Upstream,
    "overrides": StopOverride,
    "sign_offs": SignOff,
    "triggers": Trigger,
    "benefits": Benefit,
}
"""What the parts of an assessment outside its answers are made of, where not of a text."""
BY_KEY = ("files", "carried", "handovers", "comments", "reviews")
"""What is an object of entries in a document, and in the store a part for each entry."""


# --- Nouns and documents ------------------------------------------------------------------


def to_document(noun: DataclassInstance) -> Document:
    """Return the fields of ``noun``, a part of an assessment, that differ from their defaults."""
    document = {}
    for field in fields(noun):
        value = getattr(noun, field.name)
        if field.default is MISSING or value != field.default:
            document[field.name] = list(value) if isinstance(value, tuple) else value
    return document


def to_documents(nouns: Iterable[DataclassInstance]) -> list[Document]:
    """Return one object for each of ``nouns``, in their order."""
    return [to_document(noun) for noun in nouns]


def from_document(noun: Callable[..., Noun], document: Mapping[str, Any]) -> Noun:
    """Return the ``noun`` written as ``document``, a part that held its check."""
    lists = {key: tuple(value) for key, value in document.items() if isinstance(value, list)}
    return noun(**{**document, **lists})


def from_documents(
    noun: Callable[..., Noun], documents: Iterable[Mapping[str, Any]]
) -> tuple[Noun, ...]:
    """Return the nouns written as ``documents``, a part that held its check."""
    return tuple(from_document(noun, document) for document in documents)


def part_from_document(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return what the part ``name`` written as ``value`` holds: nouns, or a text as it stands."""
    if name in ONE:
        return from_document(ONE[name], value)
    if name in SEVERAL:
        return from_documents(SEVERAL[name], value)
    if name in NAMED:
        return {key: from_document(NAMED[name], each) for key, each in value.items()}
    if name in BY_KEY:
        return {key: entry_from_document(name, each) for key, each in value.items()}
    return value


def part_to_document(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return the part ``name`` of an assessment as JSON."""
    if name in ONE:
        return to_document(value)
    if name in SEVERAL:
        return to_documents(value)
    if name in NAMED:
        return {key: to_document(each) for key, each in value.items()}
    if name in BY_KEY:
        return {key: entry_to_document(name, each) for key, each in value.items()}
    return value


PLAIN: Mapping[str, Callable[..., Any]] = {
    "files": EvidenceFile,
    "handovers": HandOver,
    "reviews": Review,
}
"""What an entry of these is made of, field by field."""


def entry_from_document(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return one entry of what ``BY_KEY`` names, written as ``value``."""
    if name == "carried":
        return carried_from_document(value)
    if name == "comments":
        return from_documents(Comment, value)
    return from_document(PLAIN[name], value)


def entry_to_document(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return one entry of what ``BY_KEY`` names as JSON."""
    if name == "carried":
        return carried_to_document(value)
    return to_documents(value) if name == "comments" else to_document(value)


def carried_to_document(carried: CarriedAnswer) -> Document:
    """Return what an earlier assessment held of a question as JSON."""
    document: Document = {"assessment": carried.assessment, "as_of": carried.as_of}
    if carried.answer is not None:
        document["answer"] = answer_to_document(carried.answer)
    if carried.mitigation is not None:
        document["mitigation"] = to_document(carried.mitigation)
    return document


def carried_from_document(document: Mapping[str, Any]) -> CarriedAnswer:
    """Return what is written as ``document``, a part that held its check."""
    answer, mitigation = document.get("answer"), document.get("mitigation")
    return CarriedAnswer(
        assessment=document["assessment"],
        as_of=document["as_of"],
        answer=None if answer is None else answer_from_document(answer),
        mitigation=None if mitigation is None else from_document(Mitigation, mitigation),
    )


def answer_to_document(answer: Answer, *, multiple: bool = False) -> Document:
    """Return ``{"option": "c", "evidence": "E2"}`` and the like; what is empty is left out.

    One chosen option is written ``option``, several (or none at all) ``options``; so is one on
    a ``multiple``-choice question.
    """
    document = to_document(answer)
    if answer.alone:
        document["alone"] = [answer_to_document(a, multiple=multiple) for a in answer.alone]
    options = document.pop("options", [])
    if len(options) == 1 and not multiple:
        document["option"] = options[0]
    elif options or (answer.state == "answered" and not answer.text):
        document["options"] = options
    return document


def without_names(answer: Mapping[str, Any]) -> Document:
    """Return an answer or a file, as JSON, without who gave it and when."""
    found = {key: each for key, each in answer.items() if key not in ("by", "at")}
    if "alone" in found:
        found["alone"] = [without_names(each) for each in found["alone"]]
    return found


def answer_from_document(document: Mapping[str, Any]) -> Answer:
    """Return the answer written as ``document``, a part that held its check."""
    values = dict(document)
    if "option" in values:
        values["options"] = [values.pop("option")]
    if "alone" in values:
        values["alone"] = [answer_from_document(each) for each in values["alone"]]
    return from_document(Answer, values)


# --- The whole ----------------------------------------------------------------------------

OPTIONAL = (
    "upstreams",
    "mitigations",
    "decision",
    "overrides",
    "sign_offs",
    "triggers",
    "replaces",
    "organisation",
    "markings",
    "known_risks",
    "benefits",
    "files",
    "carried",
    "handovers",
    "comments",
    "reviews",
    "owner",
    "fictional",
    "created_at",
    "created_by",
)
SCORED = ("as_of", "pack", "gate", "answers", "mitigations")
"""What of a document the score rests on."""


def assessment_to_document(assessment: Assessment, framework: Framework | None = None) -> Document:
    """Return ``assessment`` as plain dicts and lists, empty fields left out.

    Mitigations, of which a question has at most one, stand in order of their question's id.
    With its ``framework``, answers to multiple-choice questions are told apart and written as
    ``options`` even where one is chosen.
    """
    questions = framework.by_id.values() if framework else ()
    multiple = {question.id for question in questions if question.type == "multiple"}
    scored = assessment.answer_set
    document: Document = {
        "id": assessment.id,
        "purchase": to_document(assessment.purchase),
        "supplier": to_document(assessment.supplier),
        "as_of": scored.as_of,
        "pack": scored.pack,
        "state": assessment.state,
        "answers": {
            question: answer_to_document(answer, multiple=question in multiple)
            for question, answer in scored.answers.items()
        },
    }
    if scored.gate:
        document["gate"] = scored.gate
    for name in OPTIONAL:
        if name == "mitigations":
            by_question = sorted(scored.mitigations, key=lambda each: each.question)
            value: object = to_documents(by_question)
        else:
            held = getattr(assessment, name)
            value = part_to_document(name, held) if held else None
        if value:
            document[name] = value
    return document


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
    answer_set = AnswerSet(
        as_of=document["as_of"],
        pack=document["pack"],
        gate=document.get("gate", ""),
        answers={question: answer_from_document(answer) for question, answer in answers},
        mitigations=from_documents(Mitigation, document.get("mitigations", ())),
    )
    rest = {
        name: part_from_document(name, value)
        for name, value in document.items()
        if name not in SCORED
    }
    return Assessment(answer_set=answer_set, **rest)
