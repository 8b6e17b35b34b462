"""Are these answers ones that the framework allows?

The allowed answers are themselves a JSON Schema, derived from the framework: every question
its options, every state its conditions. Documents are checked against it before anything is
scored, and each fault comes back as a sentence about a question, with what would be allowed.

    framework ── answers_schema ──> JSON Schema
    document  ── check_answers  ──> AnswerSet, or every problem at once
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any
from weakref import WeakKeyDictionary

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.errors import InvalidAnswers, Problem
from procurement_risk.framework import GRADES, Framework, Question

DATE = r"^\d{4}-\d{2}-\d{2}$"
NUMBER = r"^-?\d{1,15}(\.\d{1,6})?$"
STATES = ("answered", "unanswered", "unknown", "withheld", "not_applicable")
LONGEST_NOTE = 5_000
_NOTES: dict[str, Any] = {
    "note": {"type": "string", "maxLength": LONGEST_NOTE},
    "link": {"type": "string", "maxLength": 2_000},
    "by": {"type": "string", "maxLength": 200},
    "at": {"type": "string", "maxLength": 40},
}

_validators: WeakKeyDictionary[Framework, Draft202012Validator] = WeakKeyDictionary()
_answer_validators: WeakKeyDictionary[Framework, dict[str, Draft202012Validator]] = (
    WeakKeyDictionary()
)


def answers_schema(framework: Framework) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the answer documents ``framework`` allows."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Answers to {framework.title}, version {framework.version}",
        "type": "object",
        "required": ["as_of"],
        "properties": {
            "as_of": {"type": "string", "pattern": DATE},
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
    states = [s for s in STATES if s != "not_applicable"]
    if framework.may_be_inapplicable(question):
        states.append("not_applicable")
    value, value_schema = _value_schema(question)
    return {
        "type": "object",
        "properties": {
            value: value_schema,
            "state": {"enum": states},
            "evidence": {"enum": list(GRADES)},
            "valid_until": {"type": "string", "pattern": DATE},
            "reason": {"type": "string", "minLength": 1, "maxLength": LONGEST_NOTE},
            **_NOTES,
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


def _value_schema(question: Question) -> tuple[str, dict[str, Any]]:
    ids = [option.id for option in question.options]
    if question.type == "single":
        return "option", {"enum": ids}
    if question.type == "multiple":
        chosen = {"type": "array", "items": {"enum": ids}, "minItems": 1, "uniqueItems": True}
        return "options", chosen
    if question.type == "number":
        return "text", {"type": "string", "pattern": NUMBER}
    if question.type == "date":
        return "text", {"type": "string", "pattern": DATE}
    return "text", {"type": "string", "minLength": 1, "maxLength": LONGEST_NOTE}


def _mitigation_schema(framework: Framework) -> dict[str, Any]:
    scored = [q.id for q in framework.questions() if q.type == "single"]
    return {
        "type": "object",
        "required": ["question", "status", "target"],
        "properties": {
            "question": {"enum": scored},
            "status": {"enum": ["proposed", "agreed", "verified"]},
            "target": {"type": "string"},
            "owner": {"type": "string", "minLength": 1, "maxLength": 200},
            "due": {"type": "string", "pattern": DATE},
            "clause": {"type": "string", "minLength": 1, "maxLength": 500},
            "evidence": {"enum": list(GRADES)},
            "note": {"type": "string", "maxLength": LONGEST_NOTE},
        },
        "additionalProperties": False,
        "allOf": [
            {
                "if": {"properties": {"status": {"const": "agreed"}}},
                "then": {"required": ["owner", "due", "clause"]},
            },
            {
                "if": {"properties": {"status": {"const": "verified"}}},
                "then": {"required": ["evidence"], "properties": {"evidence": {"const": "E4"}}},
            },
        ],
    }


def check_answers(
    framework: Framework, document: object, pack: str = "full", name: str = "answers"
) -> AnswerSet:
    """Return the answers in ``document`` as an ``AnswerSet``.

    Args:
        framework: What was asked.
        document: The parsed JSON: ``as_of``, ``answers`` and ``mitigations``; answers may be in
            their short forms.
        pack: The pack to score.
        name: What to call the document in messages.

    Raises:
        InvalidAnswers: If anything in it is not allowed; it lists every problem.
    """
    problems = [*_check_pack(framework, pack)]
    long_form = _long_form(framework, document)
    if framework not in _validators:
        _validators[framework] = Draft202012Validator(answers_schema(framework))
    for error in _validators[framework].iter_errors(long_form):
        problems.append(_explain(framework, error))
    if isinstance(long_form, dict):
        problems.extend(_check_meaning(framework, long_form))
    if problems:
        unique = dict.fromkeys(sorted(problems, key=lambda p: (p.where, p.message)))
        raise InvalidAnswers(name, unique)
    assert isinstance(long_form, dict)
    return AnswerSet(
        as_of=long_form["as_of"],
        pack=pack,
        answers={
            question_id: answer_from(framework.by_id[question_id], raw)
            for question_id, raw in long_form.get("answers", {}).items()
        },
        mitigations=tuple(Mitigation(**raw) for raw in long_form.get("mitigations", ())),
    )


def answer_from(question: Question, raw: Mapping[str, Any]) -> Answer:
    """Return the noun for a checked answer in its long form."""
    state = raw.get("state", "answered")
    chosen: tuple[str, ...] = ()
    if state == "answered" and question.type == "single":
        chosen = (raw["option"],)
    elif state == "answered" and question.type == "multiple":
        chosen = tuple(raw["options"])
    kept = ("text", "evidence", "valid_until", "link", "note", "reason", "by", "at")
    return Answer(state=state, options=chosen, **{key: raw[key] for key in kept if key in raw})


def _long_form(framework: Framework, document: object) -> object:
    if not isinstance(document, dict) or not isinstance(document.get("answers"), dict):
        return document
    answers = {}
    for question_id, raw in document["answers"].items():
        question = framework.by_id.get(question_id)
        if isinstance(raw, str):
            single = question is None or question.type == "single"
            raw = {"option" if single else "text": raw}
        elif isinstance(raw, list):
            raw = {"options": raw}
        answers[question_id] = raw
    return {**document, "answers": answers}


def _check_pack(framework: Framework, pack: str) -> Iterator[Problem]:
    if framework.pack(pack) is None:
        allowed = ", ".join(p.id for p in framework.packs)
        yield Problem("pack", f"There is no pack '{pack}'. Choose one of: {allowed}.")


def _check_meaning(framework: Framework, document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what a schema cannot say: real dates, one mitigation a question, targets."""
    yield from _check_date("as_of", document.get("as_of"))
    answers = document.get("answers")
    answers = answers if isinstance(answers, dict) else {}
    for question_id, raw in answers.items():
        if isinstance(raw, dict):
            yield from _check_date(f"{question_id}: valid_until", raw.get("valid_until"))
            question = framework.by_id.get(question_id)
            if question is not None and question.type == "date":
                yield from _check_date(question_id, raw.get("text"))
    mitigations = document.get("mitigations")
    seen: set[str] = set()
    for raw in mitigations if isinstance(mitigations, list) else ():
        if isinstance(raw, dict):
            yield from _check_mitigation(framework, raw, answers, seen)


def _check_mitigation(
    framework: Framework, raw: Mapping[str, Any], answers: Mapping[str, Any], seen: set[str]
) -> Iterator[Problem]:
    yield from _check_date("mitigations: due", raw.get("due"))
    question_id = raw.get("question")
    question = framework.by_id.get(question_id) if isinstance(question_id, str) else None
    if question is None or question.is_fact:
        return
    if question.id in seen:
        yield Problem(question.id, f"Question '{question.id}' has two mitigations. Keep one.")
    seen.add(question.id)
    ids = [option.id for option in question.options]
    if "target" in raw and raw["target"] not in ids:
        yield Problem(
            question.id,
            f"The mitigation of '{question.id}' aims at {raw['target']!r}, which is not an option."
            f" Choose one of: {', '.join(ids)}.",
        )
    answer = answers.get(question.id)
    declared = isinstance(answer, dict) and answer.get("state") == "not_applicable"
    if declared and raw.get("status") in ("agreed", "verified"):
        yield Problem(
            question.id,
            f"Question '{question.id}' carries an {raw['status']} mitigation, so it cannot be"
            " declared not applicable. Answer it, or take the mitigation away.",
        )


def _check_date(where: str, text: object) -> Iterator[Problem]:
    if not isinstance(text, str) or not re.match(DATE, text):
        return  # the schema has said so
    try:
        date.fromisoformat(text)
    except ValueError:
        yield Problem(where, f"{text!r} ({where}) is not a day in the calendar. Write 2026-11-23.")


def _explain(framework: Framework, error: ValidationError) -> Problem:
    path = [str(step) for step in error.absolute_path]
    if path[:1] == ["answers"] and len(path) > 1:
        question = framework.by_id.get(path[1])
        if question is not None:
            return Problem(question.id, _about_answer(framework, question, path[2:], error))
    where = ": ".join(path) or "the line"
    if error.validator == "additionalProperties":
        return Problem(where, _about_unknown_keys(framework, path, error))
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return Problem(where, f"{where.capitalize()} lacks {_listed(missing)}. Add it.")
    if error.validator == "enum":
        return Problem(where, _about_choice(where, error))
    if error.validator == "pattern":
        return Problem(where, f"{error.instance!r} ({where}) is not a date. Write 2026-11-23.")
    if error.validator == "const":
        return Problem(where, "A verified mitigation needs its own evidence at grade E4.")
    if error.validator == "type":
        wanted = {"object": "{…}", "array": "a list […]", "string": "text in quotes"}
        kind = wanted.get(str(error.validator_value), str(error.validator_value))
        return Problem(where, f"{where.capitalize()} should be {kind}.")
    if error.validator == "minLength":
        return Problem(where, f"{where.capitalize()} is empty. Write it, or leave the key out.")
    return Problem(where, f"{where.capitalize()} is longer than allowed. Shorten it.")


def _about_answer(
    framework: Framework, question: Question, path: list[str], error: ValidationError
) -> str:
    name = f"Question '{question.id}'"
    shape = {"single": '{"option": "…"}', "multiple": '{"options": ["…"]}'}
    wanted = shape.get(question.type, '{"text": "…"}')
    if error.validator is None:
        state = error.parent.instance if error.parent else None
        return f"{name} has both a state and a value{'' if state is None else ''}. Keep one."
    if error.validator == "type" and not path:
        return f"{name} should be answered as {wanted} or with a state."
    if error.validator == "additionalProperties":
        unknown = sorted(set(error.instance) - set(error.schema["properties"]))
        allowed = ", ".join(error.schema["properties"])
        return f"{name} has {_listed(unknown)}, which an answer cannot have. Use: {allowed}."
    if error.validator == "required" and "reason" in error.validator_value:
        return f"{name} is declared not applicable without a reason. Add a reason."
    if error.validator == "required":
        return f"{name} has no value. Answer it as {wanted} or give a state."
    key = path[0] if path else ""
    if error.validator == "enum":
        if key == "state" and error.instance == "not_applicable":
            return (
                f"{name} cannot be declared not applicable: the method rests on it."
                " Answer it, or leave it open."
            )
        kinds = {"option": "option", "options": "option", "state": "state", "evidence": "grade"}
        allowed = ", ".join(error.validator_value)
        kind = kinds.get(key, key)
        return f"{name} has no {kind} {_shown(error.instance)}. Choose one of: {allowed}."
    if error.validator == "pattern":
        kind = "a number" if question.type == "number" and key == "text" else "a date"
        example = "12.5" if kind == "a number" else "2026-11-23"
        return f"{name}: {key} {_shown(error.instance)} is not {kind}. Write {example}."
    if error.validator in ("minLength", "minItems"):
        return f"{name}: {key} is empty. Write it, or leave it out."
    if error.validator == "uniqueItems":
        return f"{name} names the same option twice. Keep one."
    if error.validator == "maxLength":
        return f"{name}: {key} is longer than {error.validator_value} characters. Shorten it."
    return f"{name}: {key or 'the answer'} should be text in quotes."


def _about_unknown_keys(
    framework: Framework, path: list[str], error: ValidationError
) -> str:
    known = list(error.schema["properties"])
    unknown = sorted(set(error.instance) - set(known))
    if path == ["answers"]:
        near = [guess for key in unknown for guess in get_close_matches(key, known, n=1)]
        hint = f" Did you mean {_listed(near)}?" if near else ""
        allowed = f"Allowed: {', '.join(known)}."
        title = f"{framework.id} {framework.version}"
        return f"{title} has no question {_listed(unknown)}.{hint} {allowed}"
    near = [guess for key in unknown for guess in get_close_matches(key, known, n=1)]
    hint = f" Did you mean {_listed(near)}?" if near else f" Allowed: {', '.join(known)}."
    return f"{_listed(unknown)} is not a key here.{hint}"


def _about_choice(where: str, error: ValidationError) -> str:
    known = [str(value) for value in error.validator_value]
    if len(known) > 12:
        near = get_close_matches(str(error.instance), known, n=3)
        known = near or known
    return f"{where} cannot be {_shown(error.instance)}. Choose one of: {', '.join(known)}."


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(name) if len(name) <= 60 else repr(name[:57] + "…") for name in names[:10])
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def check_answer(
    framework: Framework, question: Question, raw: Mapping[str, Any]
) -> list[Problem]:
    """Return everything wrong with one answer in its long form; empty where it is allowed."""
    by_question = _answer_validators.setdefault(framework, {})
    if question.id not in by_question:
        by_question[question.id] = Draft202012Validator(answer_schema(framework, question))
    problems = [
        Problem(question.id, _about_answer(framework, question, [str(s) for s in e.path], e))
        for e in by_question[question.id].iter_errors(raw)
    ]
    problems.extend(_check_date(f"{question.id}: valid_until", raw.get("valid_until")))
    if question.type == "date":
        problems.extend(_check_date(question.id, raw.get("text")))
    return problems
