"""The answers that a framework allows, as a JSON Schema derived from it.

Every question its options, every state its conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from procurement_risk.assessment import MITIGATION_NEEDS
from procurement_risk.framework import GRADES, Framework, Question, QuestionType

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)"
NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$(?!\n)"
NOT_BLANK = r"\S"
STATES = ("answered", "unanswered", "unknown", "withheld", "not_applicable")
LONGEST_NOTE, MOST_FILES = 5_000, 50
FILE = r"^sha256:[0-9a-f]{64}$(?!\n)"
NOTES: dict[str, Any] = {
    "note": {"type": "string", "maxLength": LONGEST_NOTE},
    "link": {"type": "string", "maxLength": 2_000},
    "by": {"type": "string", "maxLength": 200},
    "at": {"type": "string", "maxLength": 40},
    "files": {
        "type": "array",
        "items": {"type": "string", "pattern": FILE},
        "maxItems": MOST_FILES,
        "uniqueItems": True,
    },
}


def answers_schema(framework: Framework) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the answer documents ``framework`` allows."""
    gates = [gate.id for gate in framework.gates]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Answers to {framework.title}, version {framework.version}",
        "type": "object",
        "required": ["as_of"],
        "properties": {
            "as_of": {"type": "string", "pattern": DATE},
            **({"gate": {"enum": gates}} if gates else {}),
            "answers": {
                "type": "object",
                "properties": {
                    q.id: answer_schema(framework, q) for q in framework.by_id.values()
                },
                "additionalProperties": False,
            },
            "mitigations": {
                "type": "array",
                "maxItems": len(framework.by_id),
                "items": _mitigation_schema(framework),
            },
        },
        "additionalProperties": False,
    }


def answer_schema(framework: Framework, question: Question) -> dict[str, Any]:
    """Return the JSON Schema of one answer in its long form."""
    one = _one_answer_schema(framework, question)
    both = {
        "alone": {"type": "array", "items": one, "minItems": 1, "maxItems": 2},
        "agreed": {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST_NOTE},
    }
    return {**one, "properties": {**one["properties"], **both}}


def _one_answer_schema(framework: Framework, question: Question) -> dict[str, Any]:
    """Return the JSON Schema of what one person answered."""
    states = [s for s in STATES if s != "not_applicable"]
    if framework.may_be_inapplicable(question):
        states.append("not_applicable")
    value, allowed = VALUES[question.type]
    return {
        "type": "object",
        "properties": {
            value: allowed(question),
            "state": {"enum": states},
            "evidence": {"enum": list(GRADES)},
            "valid_until": {"type": "string", "pattern": DATE},
            "reason": {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST_NOTE},
            **NOTES,
        },
        "additionalProperties": False,
        "if": {"required": ["state"], "properties": {"state": {"not": {"const": "answered"}}}},
        "then": {
            "properties": {value: False},
            "if": {"properties": {"state": {"const": "not_applicable"}}},
            "then": {"required": ["reason"]},
        },
        "else": {"required": [value]},
    }


def _option(question: Question) -> dict[str, Any]:
    return {"enum": [option.id for option in question.options]}


def _options(question: Question) -> dict[str, Any]:
    return {"type": "array", "items": _option(question), "minItems": 1, "uniqueItems": True}


VALUES: Mapping[QuestionType, tuple[str, Callable[[Question], dict[str, Any]]]] = {
    "single": ("option", _option),
    "multiple": ("options", _options),
    "text": (
        "text",
        lambda _q: {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST_NOTE},
    ),
    "number": ("text", lambda _q: {"type": "string", "pattern": NUMBER}),
    "date": ("text", lambda _q: {"type": "string", "pattern": DATE}),
}
"""Under which key the value of each type of question stands, and what it may be."""


def _mitigation_schema(framework: Framework) -> dict[str, Any]:
    scored = [q.id for q in framework.questions() if q.type == "single"]
    return {
        "type": "object",
        "required": ["question", "status", "target"],
        "properties": {
            "question": {"enum": scored},
            "status": {"enum": ["proposed", "agreed", "verified"]},
            "target": {"type": "string"},
            "owner": {"type": "string", "pattern": NOT_BLANK, "maxLength": 200},
            "due": {"type": "string", "pattern": DATE},
            "clause": {"type": "string", "pattern": NOT_BLANK, "maxLength": 500},
            "evidence": {"enum": list(GRADES)},
            "note": {"type": "string", "maxLength": LONGEST_NOTE},
        },
        "additionalProperties": False,
        "allOf": [_needed(status, needs) for status, needs in MITIGATION_NEEDS.items() if needs],
    }


def _needed(status: str, needs: Mapping[str, str]) -> dict[str, Any]:
    then: dict[str, Any] = {"required": list(needs)}
    if fixed := {name: {"const": text} for name, text in needs.items() if text}:
        then["properties"] = fixed
    return {
        "if": {"required": ["status"], "properties": {"status": {"const": status}}},
        "then": then,
    }
