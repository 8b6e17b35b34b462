"""What is wrong with an answer document, in words: problems about a question or a place."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from procurement_risk.assessment.answers_schema import DATE, NOT_BLANK, NUMBER
from procurement_risk.errors import Problem
from procurement_risk.framework import Framework, Question
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.schema_sentences import Misfit, Words, sentence
from procurement_risk.language.text import show_value

MOST_NAMED = 10

UNKNOWN_KEYS: Words = {
    "unknown": N_("{name} has no key {keys}. Allowed: {known}."),
    "near": N_("{name} has no key {keys}. Did you mean {near}? Allowed: {known}."),
}
UNKNOWN_QUESTIONS: Words = {
    "unknown": N_("{name} has no question {keys}. Allowed: {known}."),
    "near": N_("{name} has no question {keys}. Did you mean {near}? Allowed: {known}."),
}
OF_A_PLACE: Words = {
    "required": lambda number: ngettext(
        "{name} lacks {keys}. Add it.", "{name} lacks {keys}. Add them.", number
    ),
    "enum": N_("{name} cannot be {value}. Choose one of: {allowed}."),
    "type:object": N_("{name} should be an object {example}, not {value}."),
    "type:array": N_("{name} should be a list {example}, not {value}."),
    "type:string": N_("{name} should be text in quotes, not {value}."),
    f"pattern:{DATE}": N_("{name} {value} is not a date. Write 2026-11-23."),
    "pattern": N_("{name} is empty. Write it, or leave the key out."),
    "maxLength": N_("{name} is longer than allowed, which is {most}. Shorten it."),
    "maxItems": N_("{name} is longer than allowed, which is {most}. Shorten it."),
}
OF_AN_ANSWER: Words = {
    "": N_("{name} has both a state and a value. Keep one."),
    "answer": N_("{name} should be answered as {wanted} or with a state."),
    "reason": N_("{name} is declared not applicable without a reason. Add a reason."),
    "required": N_("{name} has no value. Answer it as {wanted} or give a state."),
    "not_applicable": N_(
        "{name} cannot be declared not applicable: the method rests on it."
        " Answer it, or leave it open."
    ),
    "state": N_("{name} has no state {value}. Choose one of: {allowed}."),
    "evidence": N_("{name} has no grade {value}. Choose one of: {allowed}."),
    "enum": N_("{name} has no option {value}. Choose one of: {allowed}."),
    f"pattern:{DATE}": N_("{name}: {key} {value} is not a date. Write 2026-11-23."),
    f"pattern:{NUMBER}": N_("{name}: {key} {value} is not a number. Write 12.5."),
    f"pattern:{NOT_BLANK}": N_("{name}: {key} is empty. Write it, or leave it out."),
    "minItems": N_("{name}: {key} is empty. Choose at least one, or leave the question open."),
    "uniqueItems": N_("{name} names the same option twice. Keep one."),
    "maxLength": lambda most: ngettext(
        "{name}: {key} is longer than {n} character. Shorten it.",
        "{name}: {key} is longer than {n} characters. Shorten it.",
        most,
    ),
    "type:array": N_("{name}: {key} should be a list {example}."),
    "type": N_("{name}: {key} should be text in quotes."),
}


def question_name(question_id: str) -> str:
    """Return what begins a sentence about the answer to a question."""
    return _("Question '{question}'").format(question=question_id)


def mitigation_name(question_id: str) -> str:
    """Return what begins a sentence about the mitigation of a question."""
    return _("The mitigation of '{question}'").format(question=question_id)


def explain(framework: Framework, document: object, misfit: Misfit) -> Problem:
    """Return the problem that ``misfit`` of an answer ``document`` in its long form is."""
    path = [str(step) for step in misfit.path]
    if path[:1] == ["answers"] and len(path) > 1:
        question = framework.by_id[path[1]]
        return Problem(question.id, about_answer(question, path[2:], misfit))
    if path[:1] == ["mitigations"] and len(path) > 1 and isinstance(document, dict):
        return _about_mitigation(framework, document, path, misfit)
    where = path[0] if path else _("the line")
    if path == ["answers"] and misfit.keyword == "additionalProperties":
        name = f"{framework.id} {framework.version}"
        return Problem(where, _about_unknown(UNKNOWN_QUESTIONS, name, misfit))
    return Problem(where, _about_place(where if path else _("The line"), misfit))


def _about_mitigation(
    framework: Framework, document: Mapping[str, Any], path: list[str], misfit: Misfit
) -> Problem:
    place = int(path[1])
    raw = document["mitigations"][place]
    question_id = raw.get("question") if isinstance(raw, dict) else None
    if not isinstance(question_id, str) or question_id not in framework.by_id:
        where = f"mitigations[{place}]"
        name = _("Mitigation {number}").format(number=place + 1)
    else:
        where, name = question_id, mitigation_name(question_id)
    if misfit.keyword == "const" or misfit.limit == ["evidence"]:
        message = _("{name} is verified, so it needs evidence at grade E4 of its own.")
        return Problem(where, message.format(name=name))
    return Problem(where, _about_place(": ".join([name, *path[2:]]), misfit))


def _about_place(name: str, misfit: Misfit) -> str:
    """Return what is wrong at a place that is not an answer: ``name`` begins the sentence."""
    keyword, limit, found = misfit.keyword, misfit.limit, misfit.found
    if keyword == "additionalProperties":
        return _about_unknown(UNKNOWN_KEYS, name, misfit)
    missing = [key for key in limit if key not in found] if keyword == "required" else []
    known = list(limit) if keyword == "enum" else []
    near = get_close_matches(str(found)[:60], known, n=3) if len(known) > 12 else []
    return sentence(
        OF_A_PLACE,
        misfit,
        number=len(missing),
        name=name,
        keys=_listed(missing),
        value=show_value(found),
        allowed=", ".join(near or known),
        example="{…}" if limit == "object" else "[…]",
    )


def about_answer(question: Question, path: list[str], misfit: Misfit) -> str:
    """Return what is wrong with the answer to ``question``, at ``path`` inside it."""
    name, key, keyword = question_name(question.id), path[0] if path else "", misfit.keyword
    if keyword == "additionalProperties":
        return _about_unknown(UNKNOWN_KEYS, name, misfit)
    shape = {"single": '{"option": "…"}', "multiple": '{"options": ["…"]}'}
    rule = ""
    if keyword == "type" and not path:
        rule = "answer"
    elif keyword == "required" and misfit.limit == ["reason"]:
        rule = "reason"
    elif keyword == "enum" and key in ("state", "evidence"):
        is_barred = key == "state" and misfit.found == "not_applicable"
        rule = "not_applicable" if is_barred else key
    return sentence(
        OF_AN_ANSWER,
        misfit,
        rule=rule,
        number=misfit.limit if keyword == "maxLength" else None,
        name=name,
        key=key,
        value=show_value(misfit.found),
        wanted=shape.get(question.type, '{"text": "…"}'),
        allowed=", ".join(misfit.limit) if keyword == "enum" else "",
        example="[…]",
    )


def _about_unknown(words: Words, name: str, misfit: Misfit) -> str:
    """Return which keys are unknown, and which known ones are near them, if any are."""
    known = list(misfit.schema["properties"])
    unknown = sorted(str(key) for key in misfit.found if key not in misfit.schema["properties"])
    folded = {key.lower(): key for key in reversed(known)}
    near = [
        folded[guess]
        for key in unknown[:MOST_NAMED]
        for guess in get_close_matches(key.lower()[:60], folded, n=1)
    ]
    return sentence(
        words,
        misfit,
        rule="near" if near else "unknown",
        name=name,
        keys=_listed(unknown),
        near=_listed(list(dict.fromkeys(near))),
        known=", ".join(known),
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(show_value(name) for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    if more <= 0:
        return shown
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(
        names=shown, n=more
    )
