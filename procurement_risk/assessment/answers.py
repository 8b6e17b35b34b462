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
from procurement_risk.language import _, ngettext

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
        raise InvalidAnswers(name, [Problem(_("the line"), _("The line is nested too deeply."))])
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
    for __ in range(DEEPEST):
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
        message = _("There is no pack '{pack}'. Choose one of: {allowed}.")
        yield Problem("pack", message.format(pack=pack, allowed=allowed))


def _check_meaning(framework: Framework, document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what a schema cannot say: real dates, one mitigation a question, targets."""
    as_of = document.get("as_of")
    if _is_no_day(as_of):
        yield _no_day("as_of", "as_of", as_of)
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
    if _is_no_day(raw.get("due")):
        yield _no_day(question.id, f"{_mitigation_name(question.id)}: due", raw["due"])
    if question.id in seen:
        message = _("Question '{question}' has two mitigations. Keep one.")
        yield Problem(question.id, message.format(question=question.id))
    seen.add(question.id)
    ids = [option.id for option in question.options]
    if "target" in raw and raw["target"] not in ids:
        message = _(
            "The mitigation of '{question}' aims at {target}, which it does not offer."
            " Choose one of: {allowed}."
        )
        places = {"target": _shown(raw["target"]), "allowed": ", ".join(ids)}
        yield Problem(question.id, message.format(question=question.id, **places))
    answer = answers.get(question.id)
    declared = isinstance(answer, dict) and answer.get("state") == "not_applicable"
    if declared and raw.get("status") in ("agreed", "verified"):
        message = _(
            "Question '{question}' has a mitigation that is {status}, so it cannot be"
            " declared not applicable. Answer it, or take the mitigation away."
        )
        yield Problem(question.id, message.format(question=question.id, status=raw["status"]))


def is_day(text: str) -> bool:
    """Return whether ``text`` is a day of the calendar, written like 2027-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_no_day(text: object) -> bool:
    """Whether ``text`` is written like a day and is none; of all else the schema has spoken."""
    return isinstance(text, str) and re.match(DATE, text) is not None and not is_day(text)


def _no_day(where: str, name: str, text: object) -> Problem:
    message = _("{name} {text} is not a day in the calendar. Write 2026-11-23.")
    return Problem(where, message.format(name=name, text=repr(text)))


def _check_dates(question: Question, raw: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("valid_until", "text") if question.type == "date" else ("valid_until",):
        if key in raw and _is_no_day(raw[key]):
            yield _no_day(question.id, f"{_question_name(question.id)}: {key}", raw[key])


# --- In words -----------------------------------------------------------------------------


def _question_name(question_id: str) -> str:
    return _("Question '{question}'").format(question=question_id)


def _mitigation_name(question_id: str) -> str:
    return _("The mitigation of '{question}'").format(question=question_id)


def _explain(framework: Framework, document: object, error: ValidationError) -> Problem:
    path = [str(step) for step in error.absolute_path]
    if path[:1] == ["answers"] and len(path) > 1:
        question = framework.by_id[path[1]]
        return Problem(question.id, _about_answer(question, path[2:], error))
    if path[:1] == ["mitigations"] and len(path) > 1 and isinstance(document, dict):
        return _about_mitigation(framework, document, path, error)
    where = path[0] if path else _("the line")
    if path == ["answers"] and error.validator == "additionalProperties":
        return Problem(where, _about_unknown_questions(framework, error))
    return Problem(where, _about_place(where if path else _("The line"), error))


def _about_mitigation(
    framework: Framework, document: Mapping[str, Any], path: list[str], error: ValidationError
) -> Problem:
    place = int(path[1])
    raw = document["mitigations"][place]
    question_id = raw.get("question") if isinstance(raw, dict) else None
    if not isinstance(question_id, str) or question_id not in framework.by_id:
        where = f"mitigations[{place}]"
        name = _("Mitigation {number}").format(number=place + 1)
    else:
        where, name = question_id, _mitigation_name(question_id)
    if error.validator == "const" or error.validator_value == ["evidence"]:
        message = _("{name} is verified, so it needs evidence at grade E4 of its own.")
        return Problem(where, message.format(name=name))
    return Problem(where, _about_place(": ".join([name, *path[2:]]), error))


def _about_place(name: str, error: ValidationError) -> str:
    """Return what is wrong at a place that is not an answer: ``name`` begins the sentence."""
    value: Any = error.instance
    wanted: Any = error.validator_value
    if error.validator == "additionalProperties":
        return _about_unknown_keys(name, error)
    if error.validator == "required":
        missing = [key for key in wanted if key not in value]
        words = ngettext(
            "{name} lacks {keys}. Add it.", "{name} lacks {keys}. Add them.", len(missing)
        )
        return words.format(name=name, keys=_listed(missing))
    if error.validator == "enum":
        known = list(wanted)
        near = get_close_matches(str(value)[:60], known, n=3) if len(known) > 12 else []
        words = _("{name} cannot be {value}. Choose one of: {allowed}.")
        return words.format(name=name, value=_shown(value), allowed=", ".join(near or known))
    if error.validator == "type":
        words = {
            "object": _("{name} should be an object {example}, not {value}."),
            "array": _("{name} should be a list {example}, not {value}."),
            "string": _("{name} should be text in quotes, not {value}."),
        }[wanted]
        example = "{…}" if wanted == "object" else "[…]"
        return words.format(name=name, example=example, value=_shown(value))
    if error.validator == "pattern" and wanted == DATE:
        words = _("{name} {value} is not a date. Write 2026-11-23.")
        return words.format(name=name, value=_shown(value))
    if error.validator == "pattern":
        return _("{name} is empty. Write it, or leave the key out.").format(name=name)
    words = _("{name} is longer than allowed, which is {most}. Shorten it.")
    return words.format(name=name, most=f"{wanted:,}")


def _about_answer(question: Question, path: list[str], error: ValidationError) -> str:
    name, key = _question_name(question.id), path[0] if path else ""
    shape = {"single": '{"option": "…"}', "multiple": '{"options": ["…"]}'}
    wanted = shape.get(question.type, '{"text": "…"}')
    if error.validator is None:
        return _("{name} has both a state and a value. Keep one.").format(name=name)
    if error.validator == "type" and not path:
        words = _("{name} should be answered as {wanted} or with a state.")
        return words.format(name=name, wanted=wanted)
    if error.validator == "additionalProperties":
        return _about_unknown_keys(name, error)
    if error.validator == "required" and error.validator_value == ["reason"]:
        words = _("{name} is declared not applicable without a reason. Add a reason.")
        return words.format(name=name)
    if error.validator == "required":
        words = _("{name} has no value. Answer it as {wanted} or give a state.")
        return words.format(name=name, wanted=wanted)
    if error.validator == "enum":
        return _about_choice(name, key, error)
    return _about_text(name, key, error)


def _about_choice(name: str, key: str, error: ValidationError) -> str:
    if key == "state" and error.instance == "not_applicable":
        return _(
            "{name} cannot be declared not applicable: the method rests on it."
            " Answer it, or leave it open."
        ).format(name=name)
    if key == "state":
        words = _("{name} has no state {value}. Choose one of: {allowed}.")
    elif key == "evidence":
        words = _("{name} has no grade {value}. Choose one of: {allowed}.")
    else:
        words = _("{name} has no option {value}. Choose one of: {allowed}.")
    options: Any = error.validator_value
    return words.format(name=name, value=_shown(error.instance), allowed=", ".join(options))


def _about_text(name: str, key: str, error: ValidationError) -> str:
    wanted: Any = error.validator_value
    places = {"name": name, "key": key, "value": _shown(error.instance)}
    if error.validator == "pattern":
        words = {
            DATE: _("{name}: {key} {value} is not a date. Write 2026-11-23."),
            NUMBER: _("{name}: {key} {value} is not a number. Write 12.5."),
            NOT_BLANK: _("{name}: {key} is empty. Write it, or leave it out."),
        }[wanted]
        return words.format_map(places)
    if error.validator == "minItems":
        words = _("{name}: {key} is empty. Choose at least one, or leave the question open.")
        return words.format_map(places)
    if error.validator == "uniqueItems":
        return _("{name} names the same option twice. Keep one.").format(name=name)
    if error.validator == "maxLength":
        words = ngettext(
            "{name}: {key} is longer than {n} character. Shorten it.",
            "{name}: {key} is longer than {n} characters. Shorten it.",
            wanted,
        )
        return words.format(name=name, key=key, n=f"{wanted:,}")
    if wanted == "array":
        return _("{name}: {key} should be a list {example}.").format(
            name=name, key=key, example="[…]"
        )
    return _("{name}: {key} should be text in quotes.").format(name=name, key=key)


def _about_unknown_questions(framework: Framework, error: ValidationError) -> str:
    return _about_unknown(
        f"{framework.id} {framework.version}",
        error,
        _("{name} has no question {keys}. Allowed: {known}."),
        _("{name} has no question {keys}. Did you mean {near}? Allowed: {known}."),
    )


def _about_unknown_keys(name: str, error: ValidationError) -> str:
    return _about_unknown(
        name,
        error,
        _("{name} has no key {keys}. Allowed: {known}."),
        _("{name} has no key {keys}. Did you mean {near}? Allowed: {known}."),
    )


def _about_unknown(name: str, error: ValidationError, plain: str, guessed: str) -> str:
    """Return the sentence ``plain``, or ``guessed`` where a name is near one that is allowed."""
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
    return (guessed if near else plain).format(
        name=name,
        keys=_listed(unknown),
        near=_listed(list(dict.fromkeys(near))),
        known=", ".join(known),
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _listed(names: list[str]) -> str:
    shown = ", ".join(_shown(name) for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    if more <= 0:
        return shown
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(
        names=shown, n=more
    )
