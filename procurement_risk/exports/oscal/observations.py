"""Answers as OSCAL observations: one for each answer, in whatever state it is.

What was carried over from an earlier look and is not confirmed yet is one too, marked so. Who
answered, and the notes between colleagues, stay in the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.assessment import Answer, Assessment, CarriedAnswer
from procurement_risk.exports.oscal.values import (
    Ids,
    Part,
    address,
    markup,
    moment,
    prop,
    props,
    yes,
)
from procurement_risk.framework import Framework, Question
from procurement_risk.profile.carrying import unconfirmed

# How an answer was come by, by the grade of what supports it.
METHODS = {"E0": "INTERVIEW", "E1": "INTERVIEW", "E2": "EXAMINE", "E3": "EXAMINE", "E4": "TEST"}


def observations(
    assessment: Assessment, framework: Framework, ids: Ids, origin: Part
) -> Iterator[Part]:
    """Yield an observation for each answer, and each carried one that waits, in reading order.

    Args:
        assessment: What was answered.
        framework: The questions.
        ids: Gives the UUIDs.
        origin: What they come from.
    """
    answer_set, waiting = assessment.answer_set, unconfirmed(assessment)
    for question in framework.by_id.values():
        answer = answer_set.answers.get(question.id)
        if answer is not None:
            yield _observation(question, answer, ids, origin, moment(answer_set.as_of))
        if question.id in waiting:
            yield _carried(question, waiting[question.id], ids, origin)


def _carried(question: Question, carried: CarriedAnswer, ids: Ids, origin: Part) -> Part:
    """Return what an earlier look observed; nobody has confirmed it, so no finding rests on it."""
    answer = carried.answer or Answer()
    found = _observation(question, answer, ids, origin, moment(carried.as_of))
    marks = [prop("carried-over", "not-confirmed"), prop("carried-from", carried.day)]
    found["uuid"] = ids.of("carried", question.id)
    found["props"] += [mark for mark in marks if mark is not None]
    return found


def _observation(question: Question, answer: Answer, ids: Ids, origin: Part, as_of: str) -> Part:
    expires = moment(answer.valid_until)
    method = METHODS[answer.evidence] if answer.state == "answered" else "INTERVIEW"
    found: Part = {
        "uuid": ids.of("observation", question.id),
        "title": markup(f"{question.id}: {question.ask}"),
        "description": markup(said(question, answer)),
        **props(
            prop("question-id", question.id),
            prop("answer-state", answer.state),
            prop("option", " ".join(answer.options)),
            prop("evidence-grade", answer.evidence if answer.state == "answered" else ""),
            prop("has-note", yes(bool(answer.note))),
        ),
        "methods": [method],
        "types": ["control-objective"],
        "origins": [origin],
        "subjects": [{"subject-uuid": ids.of("party", "supplier"), "type": "party"}],
        "collected": moment(answer.at) or as_of,
    }
    if answer.link:
        found["relevant-evidence"] = [_evidence(answer.link)]
    return found | ({"expires": expires} if expires else {})


def _evidence(link: str) -> Part:
    href = address(link)
    words = {"description": markup(f"Evidence: {link}")}
    return {"href": href} | words if href else words


def said(question: Question, answer: Answer) -> str:
    """Return what was answered, in the framework's words, or the name of the state it is in."""
    if answer.state == "not_applicable":
        return f"not_applicable: {answer.reason}"
    if answer.state != "answered":
        return answer.state
    chosen = [question.option(name) for name in answer.options]
    labels = [option.label for option in chosen if option is not None]
    return "; ".join(labels) or answer.text or answer.state
