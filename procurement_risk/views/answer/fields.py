"""What each field of a question shows for a stored answer, and the answer that fields make.

document ── values_of ──> the value of each field's widget ── compose ──> document
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.answers_schema import NUMBER
from procurement_risk.assessment.document import answer_from_document
from procurement_risk.framework import Question, QuestionType
from procurement_risk.language import _
from procurement_risk.language.numbers import shown
from procurement_risk.language.phrases import typed_day
from procurement_risk.language.typed_number import one_reading, two_readings, typed_number

STATE = "state:"
NOT_APPLICABLE = STATE + "not_applicable"
CHOICE = ("option", "options", "text", "state", "reason")
COUNTS = ("value", "state", "reason", "evidence", "valid_until")
"""The fields that a result rests on; the others are for the reader."""
EXAMPLE_DATE, EXAMPLE_NUMBER = "31/03/2027", "12.5"

Document = dict[str, Any]
Written = tuple[Document, str]  # what is stored of a value, or why it cannot be


@dataclass(frozen=True, slots=True)
class Kind:
    """How the value of one type of question stands in its widget.

    Attributes:
        shown: What the widget shows for a stored answer.
        written: What is stored of what the widget holds, or why it cannot be.
        holds_states: Whether the widget also offers the states, such as ``state:unknown``.
    """

    shown: Callable[[Document], Any]
    written: Callable[[Question, Any], Written]
    holds_states: bool = False


def _option(_question: Question, value: str | None) -> Written:
    return ({} if value is None else {"option": value}), ""


def _shown_options(document: Document) -> list[str]:
    if "option" in document:  # one chosen option is stored like a single choice
        return [document["option"]]
    return list(document.get("options") or [])


def _options(question: Question, value: list[str] | None) -> Written:
    place = {option.id: n for n, option in enumerate(question.options)}
    chosen = sorted(value or (), key=lambda option: place.get(option, len(place)))
    return ({"options": chosen} if chosen else {}), ""


def _shown_text(document: Document) -> str:
    return str(document.get("text", ""))


def _shown_number(document: Document) -> str:
    """Return a stored number so that it reads one way when it is taken from the field again."""
    return shown(one_reading(_shown_text(document)))


def _text(_question: Question, value: object) -> Written:
    text = str(value or "").strip()
    return ({"text": text} if text else {}), ""


def _day_of(iso: str) -> date | None:
    return date.fromisoformat(iso) if is_day(iso) else None


def _number(question: Question, value: object) -> Written:
    text = str(value or "").strip()
    if readings := two_readings(text):
        words = _("Not saved: write a number like {whole} or {decimal}; “{text}” may be either.")
        whole, decimal = readings
        return {}, words.format(whole=whole, decimal=shown(decimal), text=text)
    found = typed_number(text)
    if text and not re.fullmatch(NUMBER, found, re.ASCII):
        words = _("Not saved: write a number like {example}, not “{text}”.")
        return {}, words.format(example=shown(EXAMPLE_NUMBER), text=text)
    return _text(question, found)


def _date(question: Question, value: object) -> Written:
    text = str(value or "").strip()
    found = typed_day(text)
    if text and not found:
        words = _("Not saved: write the date like {example}, not “{text}”.")
        return {}, words.format(example=EXAMPLE_DATE, text=text)
    return _text(question, found)


KINDS: Mapping[QuestionType, Kind] = {
    "single": Kind(lambda document: document.get("option"), _option, holds_states=True),
    "multiple": Kind(_shown_options, _options),
    "text": Kind(_shown_text, _text),
    "number": Kind(_shown_number, _number),
    "date": Kind(lambda document: _day_of(_shown_text(document)), _date),
}


def values_of(question: Question, document: Document | None) -> dict[str, Any]:
    """Return what each field's widget shows for a stored answer.

    ``value`` holds the option, the options or the text. A single choice also offers the states,
    such as ``state:unknown``, among its options; other questions have a field ``state`` for them.
    """
    document, kind = document or {}, KINDS[question.type]
    state = document.get("state", "answered" if document else "unanswered")
    declared = None if state in ("answered", "unanswered") else STATE + state
    return {
        "value": kind.shown(document) or declared if kind.holds_states else kind.shown(document),
        "state": None if kind.holds_states else declared,
        "evidence": document.get("evidence", "E0"),
        "reason": document.get("reason", ""),
        "link": document.get("link", ""),
        "valid_until": _day_of(document.get("valid_until", "")),
        "note": document.get("note", ""),
    }


def compose(
    question: Question, stored: Document | None, values: Mapping[str, Any]
) -> tuple[Document | None, str]:
    """Return the answer that the widgets' ``values`` make, and what cannot be saved yet.

    None where nothing is left of the answer. Fields left as they are keep exactly what is
    stored. Where one cannot be saved, the stored value of that field stays and the text says
    what is missing; the other fields are not held up.
    """
    before = values_of(question, stored)
    now = {**before, **values}
    changed = {name for name, value in now.items() if value != before[name]}
    if not changed:
        return stored, ""
    document = dict(stored or {})
    problem = ""
    for name in changed & {"link", "valid_until", "note", "evidence"}:
        text = str(now[name] or "").strip()
        if name == "valid_until" and text:
            found = typed_day(text)
            if not found:
                words = _("The date is not saved: write it like {example}, not “{text}”.")
                problem = words.format(example=EXAMPLE_DATE, text=text)
                continue
            text = found
        document.pop(name, None)
        if text and (name, text) != ("evidence", "E0"):
            document[name] = text
    if changed & {"value", "state", "reason"}:
        choice, missing = _choice(question, now)
        if missing:
            problem = missing
        else:
            gone = {*CHOICE, "alone", "agreed"}  # two people answered something else
            document = {k: v for k, v in document.items() if k not in gone} | choice
    return _with_state(document), problem


def _with_state(document: Document) -> Document | None:
    """Return ``document`` with a state where it lacks an answer; None where it is empty."""
    if not any(name in document for name in ("option", "options", "text", "state")):
        document = {**document, "state": "unanswered"}
    left = document.keys() - {"by", "at"}
    return None if left == {"state"} and document["state"] == "unanswered" else document


def _choice(question: Question, now: Mapping[str, Any]) -> Written:
    """Return the value or state that was chosen, empty where there is none, or what lacks."""
    kind, value = KINDS[question.type], now["value"]
    declared = value if kind.holds_states else now["state"]
    if declared == NOT_APPLICABLE:
        reason = str(now["reason"] or "").strip()
        if not reason:
            return {}, _("Not saved yet: write the reason why this does not apply.")
        return {"state": "not_applicable", "reason": reason}, ""
    if isinstance(declared, str) and declared.startswith(STATE):
        return {"state": declared.removeprefix(STATE)}, ""
    return kind.written(question, value)


def counting(document: Document | None) -> Document | None:
    """Return what a result can rest on of an answer, without its note and its link."""
    kept = {k: v for k, v in (document or {}).items() if k not in ("note", "link")}
    return _with_state(kept) if kept else None


def same(one: Document | None, other: Document | None) -> bool:
    """Return whether two answers are the same, whoever gave them and when."""

    def bare(document: Document | None) -> object:
        kept = {k: v for k, v in (document or {}).items() if k not in ("by", "at")}
        return answer_from_document(kept) if kept else None

    return bare(one) == bare(other)
