"""Are these answers ones that the framework allows?

The allowed answers are themselves a JSON Schema, derived from the framework: every question
its options, every state its conditions. Documents are checked against it before anything is
scored, and each fault comes back as a sentence about a question, with what would be allowed.

    framework ── answers_schema ──> JSON Schema
    document  ── check_answers  ──> AnswerSet, or every problem at once
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any
from weakref import WeakKeyDictionary

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.errors import InvalidAnswers, Problem
from procurement_risk.framework import GRADES, Framework, Question

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)"
NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$(?!\n)"
NOT_BLANK = r"\S"
STATES = ("answered", "unanswered", "unknown", "withheld", "not_applicable")
OPEN_STATES = ("unanswered", "unknown", "withheld")
LONGEST_NOTE = 5_000
DEEPEST = 8  # levels of lists and objects; an answer document needs four
MOST_NAMED = 10
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
            "reason": {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST_NOTE},
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
    return "text", {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST_NOTE}


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
        "allOf": [
            {
                "if": {"required": ["status"], "properties": {"status": {"const": "agreed"}}},
                "then": {"required": ["owner", "due", "clause"]},
            },
            {
                "if": {"required": ["status"], "properties": {"status": {"const": "verified"}}},
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
    if _too_deep(document):
        raise InvalidAnswers(name, [Problem("the line", "The line is nested too deeply.")])
    long_form = _long_form(framework, document)
    problems = [*_check_pack(framework, pack), *_check_shape(framework, long_form)]
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


def check_answer(
    framework: Framework, question: Question, raw: Mapping[str, Any]
) -> list[Problem]:
    """Return everything wrong with one answer in its long form; empty where it is allowed."""
    by_question = _answer_validators.setdefault(framework, {})
    if question.id not in by_question:
        by_question[question.id] = Draft202012Validator(answer_schema(framework, question))
    problems = [
        Problem(question.id, _about_answer(question, [str(s) for s in e.path], e))
        for e in by_question[question.id].iter_errors(raw)
    ]
    problems.extend(_check_dates(question, raw))
    return problems


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


def _too_deep(document: object) -> bool:
    level = [document]
    for _ in range(DEEPEST):
        level = [part for each in level for part in _parts(each)]
    return bool(level)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _long_form(framework: Framework, document: object) -> object:
    """Return the document with short answers written out, where their question allows them."""
    if not isinstance(document, dict) or not isinstance(document.get("answers"), dict):
        return document
    answers = {}
    for question_id, raw in document["answers"].items():
        question = framework.by_id.get(question_id)
        kind = question.type if question is not None else ""
        if isinstance(raw, str) and kind != "multiple":
            raw = {"option" if kind == "single" else "text": raw}
        elif isinstance(raw, list) and kind == "multiple":
            raw = {"options": raw}
        answers[question_id] = raw
    return {**document, "answers": answers}


def _check_shape(framework: Framework, document: object) -> Iterator[Problem]:
    """Yield what the schema refuses. It is not shown the answers that are plainly allowed."""
    if framework not in _validators:
        _validators[framework] = Draft202012Validator(answers_schema(framework))
    shown = document
    if isinstance(document, dict) and isinstance(document.get("answers"), dict):
        rest = {
            question_id: raw
            for question_id, raw in document["answers"].items()
            if not _plainly_allowed(framework.by_id.get(question_id), raw)
        }
        shown = {**document, "answers": rest}
    for error in _validators[framework].iter_errors(shown):
        yield _explain(framework, document, error)


def _plainly_allowed(question: Question | None, raw: object) -> bool:
    """Whether ``raw`` is a chosen option or an open state, with evidence and notes as usual.

    Most answers are, and the schema would say the same of them, only more slowly.
    """
    if question is None or question.type != "single" or not isinstance(raw, dict):
        return False
    for key, value in raw.items():
        if not isinstance(value, str) or not _plain_value(key, value):
            return False
    if "option" in raw:
        return (
            raw.get("state", "answered") == "answered"
            and question.option(raw["option"]) is not None
        )
    return raw.get("state") in OPEN_STATES


def _plain_value(key: str, value: str) -> bool:
    if key == "evidence":
        return value in GRADES
    if key == "valid_until":
        return re.match(DATE, value) is not None
    if key in _NOTES:
        return len(value) <= int(_NOTES[key]["maxLength"])
    return key in ("option", "state")


def _check_pack(framework: Framework, pack: str) -> Iterator[Problem]:
    if framework.pack(pack) is None:
        allowed = ", ".join(p.id for p in framework.packs)
        yield Problem("pack", f"There is no pack '{pack}'. Choose one of: {allowed}.")


def _check_meaning(framework: Framework, document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what a schema cannot say: real dates, one mitigation a question, targets."""
    yield from _check_date("as_of", "as_of", document.get("as_of"))
    answers = document.get("answers")
    answers = answers if isinstance(answers, dict) else {}
    for question_id, raw in answers.items():
        question = framework.by_id.get(question_id)
        if question is not None and isinstance(raw, dict):
            yield from _check_dates(question, raw)
    mitigations = document.get("mitigations")
    seen: set[str] = set()
    for raw in mitigations if isinstance(mitigations, list) else ():
        if isinstance(raw, dict):
            yield from _check_mitigation(framework, raw, answers, seen)


def _check_mitigation(
    framework: Framework, raw: Mapping[str, Any], answers: Mapping[str, Any], seen: set[str]
) -> Iterator[Problem]:
    question_id = raw.get("question")
    question = framework.by_id.get(question_id) if isinstance(question_id, str) else None
    if question is None or question.is_fact:
        return
    yield from _check_date(question.id, f"The mitigation of '{question.id}': due", raw.get("due"))
    if question.id in seen:
        yield Problem(question.id, f"Question '{question.id}' has two mitigations. Keep one.")
    seen.add(question.id)
    ids = [option.id for option in question.options]
    if "target" in raw and raw["target"] not in ids:
        target = _shown(raw["target"])
        yield Problem(
            question.id,
            f"The mitigation of '{question.id}' aims at {target}, which it does not offer."
            f" Choose one of: {', '.join(ids)}.",
        )
    answer = answers.get(question.id)
    declared = isinstance(answer, dict) and answer.get("state") == "not_applicable"
    if declared and raw.get("status") in ("agreed", "verified"):
        yield Problem(
            question.id,
            f"Question '{question.id}' has a mitigation that is {raw['status']}, so it cannot be"
            " declared not applicable. Answer it, or take the mitigation away.",
        )


def is_day(text: str) -> bool:
    """Return whether ``text`` is a day of the calendar, written like 2027-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_date(where: str, name: str, text: object) -> Iterator[Problem]:
    if not isinstance(text, str) or not re.match(DATE, text):
        return  # the schema has said so
    if not is_day(text):
        yield Problem(where, f"{name} {text!r} is not a day in the calendar. Write 2026-11-23.")


def _check_dates(question: Question, raw: Mapping[str, Any]) -> Iterator[Problem]:
    name = f"Question '{question.id}'"
    if "valid_until" in raw:
        yield from _check_date(question.id, f"{name}: valid_until", raw["valid_until"])
    if question.type == "date":
        yield from _check_date(question.id, f"{name}: text", raw.get("text"))


def _explain(framework: Framework, document: object, error: ValidationError) -> Problem:
    path = [str(step) for step in error.absolute_path]
    if path[:1] == ["answers"] and len(path) > 1:
        question = framework.by_id[path[1]]
        return Problem(question.id, _about_answer(question, path[2:], error))
    if path[:1] == ["mitigations"] and len(path) > 1 and isinstance(document, dict):
        return _about_mitigation(framework, document, path, error)
    where = path[0] if path else "the line"
    if path == ["answers"] and error.validator == "additionalProperties":
        return Problem(where, _about_unknown_questions(framework, error))
    return Problem(where, _about_place(where if path else "The line", error))


def _about_mitigation(
    framework: Framework, document: Mapping[str, Any], path: list[str], error: ValidationError
) -> Problem:
    place = int(path[1])
    raw = document["mitigations"][place]
    question_id = raw.get("question") if isinstance(raw, dict) else None
    if not isinstance(question_id, str) or question_id not in framework.by_id:
        where, name = f"mitigations[{place}]", f"Mitigation {place + 1}"
    else:
        where, name = question_id, f"The mitigation of '{question_id}'"
    if error.validator == "const" or error.validator_value == ["evidence"]:
        return Problem(where, f"{name} is verified, so it needs evidence at grade E4 of its own.")
    return Problem(where, _about_place(": ".join([name, *path[2:]]), error))


def _about_place(name: str, error: ValidationError) -> str:
    """Return what is wrong at a place that is not an answer: ``name`` begins the sentence."""
    value: Any = error.instance
    wanted: Any = error.validator_value
    if error.validator == "additionalProperties":
        return f"{name} has no key {_unknown_keys(error)}"
    if error.validator == "required":
        missing = [key for key in wanted if key not in value]
        return f"{name} lacks {_listed(missing)}. Add {'it' if len(missing) == 1 else 'them'}."
    if error.validator == "enum":
        known = list(wanted)
        near = get_close_matches(str(value)[:60], known, n=3) if len(known) > 12 else []
        return f"{name} cannot be {_shown(value)}. Choose one of: {', '.join(near or known)}."
    if error.validator == "type":
        kinds = {"object": "an object {…}", "array": "a list […]", "string": "text in quotes"}
        return f"{name} should be {kinds[wanted]}, not {_shown(value)}."
    if error.validator == "pattern" and wanted == DATE:
        return f"{name} {_shown(value)} is not a date. Write 2026-11-23."
    if error.validator == "pattern":
        return f"{name} is empty. Write it, or leave the key out."
    return f"{name} is longer than allowed, which is {wanted:,}. Shorten it."


def _about_answer(question: Question, path: list[str], error: ValidationError) -> str:
    name, key = f"Question '{question.id}'", path[0] if path else ""
    shape = {"single": '{"option": "…"}', "multiple": '{"options": ["…"]}'}
    wanted = shape.get(question.type, '{"text": "…"}')
    if error.validator is None:
        return f"{name} has both a state and a value. Keep one."
    if error.validator == "type" and not path:
        return f"{name} should be answered as {wanted} or with a state."
    if error.validator == "additionalProperties":
        return f"{name} has no key {_unknown_keys(error)}"
    if error.validator == "required" and error.validator_value == ["reason"]:
        return f"{name} is declared not applicable without a reason. Add a reason."
    if error.validator == "required":
        return f"{name} has no value. Answer it as {wanted} or give a state."
    if error.validator == "enum":
        return _about_choice(name, key, error)
    return _about_text(name, key, error)


def _about_choice(name: str, key: str, error: ValidationError) -> str:
    if key == "state" and error.instance == "not_applicable":
        return (
            f"{name} cannot be declared not applicable: the method rests on it."
            " Answer it, or leave it open."
        )
    kind = {"state": "state", "evidence": "grade"}.get(key, "option")
    options: Any = error.validator_value
    allowed = ", ".join(options)
    return f"{name} has no {kind} {_shown(error.instance)}. Choose one of: {allowed}."


def _about_text(name: str, key: str, error: ValidationError) -> str:
    wanted: Any = error.validator_value
    wrong = {
        DATE: f"{_shown(error.instance)} is not a date. Write 2026-11-23.",
        NUMBER: f"{_shown(error.instance)} is not a number. Write 12.5.",
        NOT_BLANK: "is empty. Write it, or leave it out.",
    }
    if error.validator == "pattern":
        return f"{name}: {key} {wrong[wanted]}"
    if error.validator == "minItems":
        return f"{name}: {key} is empty. Choose at least one, or leave the question open."
    if error.validator == "uniqueItems":
        return f"{name} names the same option twice. Keep one."
    if error.validator == "maxLength":
        return f"{name}: {key} is longer than {wanted:,} characters. Shorten it."
    return f"{name}: {key} should be {'a list […]' if wanted == 'array' else 'text in quotes'}."


def _about_unknown_questions(framework: Framework, error: ValidationError) -> str:
    title = f"{framework.id} {framework.version}"
    return f"{title} has no question {_unknown_keys(error)}"


def _unknown_keys(error: ValidationError) -> str:
    """Return the rest of the sentence "… has no key": which, what was meant, what is allowed."""
    schema: Any = error.schema
    value: Any = error.instance
    known = list(schema["properties"])
    unknown = sorted(str(key) for key in value if key not in schema["properties"])
    folded = {key.lower(): key for key in reversed(known)}
    near = [
        folded[guess]
        for key in unknown[:MOST_NAMED]
        for guess in get_close_matches(key.lower()[:60], folded, n=1)
    ]
    hint = f" Did you mean {_listed(list(dict.fromkeys(near)))}?" if near else ""
    return f"{_listed(unknown)}.{hint} Allowed: {', '.join(known)}."


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _listed(names: list[str]) -> str:
    shown = ", ".join(_shown(name) for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
