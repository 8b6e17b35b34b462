"""Are these answers ones that the framework allows?

Documents are checked against the schema that the framework's answers have before anything is
scored, and each fault comes back as a sentence about a question, with what would be allowed.

    document ── check_answers ──> AnswerSet, or every problem at once
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from jsonschema.protocols import Validator

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.assessment.answer_words import (
    about_answer,
    explain,
    mitigation_name,
    question_name,
)
from procurement_risk.assessment.answers_schema import DATE, answer_schema, answers_schema
from procurement_risk.canonical import Document
from procurement_risk.errors import InvalidAnswers, Problem
from procurement_risk.framework import Framework, Question
from procurement_risk.language import _
from procurement_risk.language.schema_parts import by_parts
from procurement_risk.language.schema_sentences import misfits
from procurement_risk.language.text import show_value

DATE_LIKE = "2027-03-31"
"""A day as it is to be written, for messages that ask for one."""
DEEPEST = 8  # levels of lists and objects; an answer document needs four

_validators: WeakKeyDictionary[Framework, Validator] = WeakKeyDictionary()
_answer_validators: WeakKeyDictionary[Framework, dict[str, Validator]] = WeakKeyDictionary()


def check_answers(
    framework: Framework, document: object, pack: str = "full", name: str = "answers"
) -> AnswerSet:
    """Return the answers in ``document`` as an ``AnswerSet``.

    Args:
        framework: What was asked.
        document: The parsed JSON: ``as_of``, ``gate``, ``answers`` and ``mitigations``; answers
            may be in their short forms.
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
        gate=long_form.get("gate", ""),
        answers={
            question_id: answer_from(framework.by_id[question_id], raw)
            for question_id, raw in long_form.get("answers", {}).items()
        },
        mitigations=tuple(Mitigation(**raw) for raw in long_form.get("mitigations", ())),
    )


def check_answers_fit(document: Document, framework: Framework) -> list[Problem]:
    """Return where the answers of ``document``, an assessment by its shape, do not fit.

    Args:
        document: An assessment that held ``check_assessment``: what that looked at in an answer
            that chooses one option is not looked at again.
        framework: The framework that its answers are meant for.
    """
    unsure = {
        name: raw
        for name, raw in document["answers"].items()
        if not _plainly_fits(framework.by_id.get(name), raw)
    }
    asked: Document = {
        **{key: document[key] for key in ("as_of", "gate", "mitigations") if key in document},
        "answers": unsure,
    }
    try:
        check_answers(framework, asked, document["pack"])
    except InvalidAnswers as error:
        return [each.inside("assessment") for each in error.problems]
    return []


SAID_OF_ANY = frozenset(("option", "evidence", "valid_until", "link", "note", "by", "at", "files"))
"""What every question's answer may say, in what the schema of assessments allows and no less."""


def _plainly_fits(question: Question | None, raw: Mapping[str, Any]) -> bool:
    """Whether an answer in shape chooses an option that there is, and says no more than any may.

    Nearly all do. The framework's own schema takes long to say so.
    """
    if question is None or question.type != "single" or not raw.keys() <= SAID_OF_ANY:
        return False
    return question.option(raw.get("option", "")) is not None


def check_answer(
    framework: Framework, question: Question, raw: Mapping[str, Any]
) -> list[Problem]:
    """Return everything wrong with one answer in its long form; empty where it is allowed."""
    by_question = _answer_validators.setdefault(framework, {})
    if question.id not in by_question:
        by_question[question.id] = by_parts(answer_schema(framework, question))
    problems = [
        Problem(question.id, about_answer(question, [str(step) for step in each.path], each))
        for each in misfits(by_question[question.id], raw)
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
    kept = ("text", "evidence", "valid_until", "link", "note", "reason", "by", "at", "agreed")
    return Answer(
        state=state,
        options=chosen,
        files=tuple(raw.get("files", ())),
        alone=tuple(answer_from(question, each) for each in raw.get("alone", ())),
        **{key: raw[key] for key in kept if key in raw},
    )


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
    if framework not in _validators:
        _validators[framework] = by_parts(answers_schema(framework))
    for misfit in misfits(_validators[framework], document):
        yield explain(framework, document, misfit)


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
        yield _no_day(question.id, f"{mitigation_name(question.id)}: due", raw["due"])
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
        places = {"target": show_value(raw["target"]), "allowed": ", ".join(ids)}
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
            yield _no_day(question.id, f"{question_name(question.id)}: {key}", raw[key])
