"""Two people who answered one question alone: what stands until they agree, and agreeing.

    two answers ─┬─ the same ──> that answer, with both kept in it
                 └─ they differ ──> unanswered, with both kept: unsettled ── agreed_on ──> one

Whatever asks what an open answer may still come out as asks ``unsettled`` first: then it is one
of the two, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from procurement_risk.assessment.answered import Answer
from procurement_risk.assessment.asked import HandOver
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.language import _

SAID = ("state", "options", "text", "evidence", "valid_until")
"""What of two answers is compared: what a result rests on."""


def is_same_answer(one: Answer, other: Answer) -> bool:
    """Whether two people said the same, whatever they noted beside it."""
    return all(getattr(one, name) == getattr(other, name) for name in SAID)


def put_together(one: Answer, other: Answer) -> Answer:
    """Return what stands once both answered: their answer, or an open one that holds both."""
    both = (one, other)
    if is_same_answer(*both):
        return replace(one, alone=both)
    return Answer(state="unanswered", alone=both)


def unsettled(answer: Answer | None) -> tuple[Answer, ...]:
    """Return the two answers that differ while nobody has agreed on one; else nothing."""
    if answer is None or answer.state != "unanswered" or len(answer.alone) < 2:
        return ()
    return answer.alone


def agreed_on(answer: Answer, place: int, reason: str, by: str, at: str) -> Answer:
    """Return the answer at ``place`` of the two as the one that stands, with both and why."""
    return replace(answer.alone[place], alone=answer.alone, agreed=reason, by=by, at=at)


def possible(answer: Answer, options: frozenset[str]) -> frozenset[str]:
    """Return which of ``options`` an unsettled answer may choose; "" where it may be none."""
    found: set[str] = set()
    for each in unsettled(answer):
        if each.state == "answered":
            found.update(each.options)
        else:
            found.update([""] if each.state == "not_applicable" else options)
    return frozenset(found)


def options_left(answer: Answer | None, options: Sequence[str]) -> list[str]:
    """Return which of ``options`` an open answer may still turn out to be, in their order.

    All of them where neither of two who differ chose one.
    """
    if answer is None or not unsettled(answer):
        return list(options)
    left = possible(answer, frozenset(options))
    return [each for each in options if each in left] or list(options)


def taken(answer: Answer | None, option: str) -> Answer:
    """Return the answer that an open one becomes by ``option``, as it is tried and drawn.

    That is the answer of whoever of the two gave it, on their evidence; else it is believed.
    """
    both = tuple(each for each in unsettled(answer) if option in each.options)
    if len(both) > 1:  # they differ in their evidence
        return Answer(state="unanswered", alone=both)
    return both[0] if both else Answer(options=(option,), evidence="E4")


def may_not_apply(answer: Answer | None) -> bool:
    """Whether one of the two said that the question does not apply, and nothing is agreed."""
    return any(each.state == "not_applicable" for each in unsettled(answer))


def refused(before: Answer | None, after: Answer | None) -> str:
    """Return why an answer cannot be written over what stands, as a sentence; else empty."""
    if both := unsettled(before):
        kept = after is not None and after.alone == both
        if after is None or not kept:
            return _("Two people answered this alone and differ. Agree on one of the two first.")
        if unsettled(after):
            return ""
        if not after.agreed.strip():
            return _("Write why you agreed on this one.")
        if not any(is_same_answer(after, each) for each in both):
            return _("Agree on one of the two answers, as it is.")
        return ""
    told = (before.alone, before.agreed) if before else ((), "")
    if after is not None and (after.alone, after.agreed) not in (told, ((), "")):
        return _("What two people answered alone is written by themselves, and by nobody else.")
    return ""


# --- A section that two people answer alone ------------------------------------------------


def is_under_way(handover: HandOver | None) -> bool:
    """Whether two people are answering a section alone."""
    return handover is not None and bool(handover.second) and not handover.done_at


def assessors(handover: HandOver) -> tuple[str, str]:
    """Return the two who answer alone."""
    return handover.owner, handover.second


def answers_alone(handover: HandOver, person: str) -> bool:
    """Whether somebody is one of the two who are answering a section alone."""
    return is_under_way(handover) and any(is_same_person(e, person) for e in assessors(handover))


def together(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return what stands by question; what only one of the two answered stands as they did."""
    found = {name: replace(each, alone=(each,)) for name, each in {**one, **other}.items()}
    both = one.keys() & other.keys()
    return found | {name: put_together(one[name], other[name]) for name in sorted(both)}
