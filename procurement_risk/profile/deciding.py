"""Whether a decision may be recorded, beside what is recommended and what stands in its way.

proceed or conditions over a fired legal duty   never: it can only be met
over another stop, or milder than recommended   reason, name, a day by which it is looked at
graver than recommended                         reason
while nothing is settled                        reason, and the open answers it accepts

The tool recommends and a named person decides, but not everything can be decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.assessment import RecordedDecision
from procurement_risk.assessment.answers import DATE_LIKE, is_day
from procurement_risk.errors import Problem
from procurement_risk.framework import DECISIONS
from procurement_risk.framework.words import decision as decision_words
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import listed
from procurement_risk.methods import AnyResult
from procurement_risk.methods.weakest_section import Result

GOING_AHEAD = ("proceed", "conditions")
MOST_NAMED = 6  # open answers in one sentence; the rest is counted


def problems(
    decision: RecordedDecision, result: AnyResult, before: RecordedDecision | None = None
) -> list[Problem]:
    """Return why ``decision`` cannot be recorded over ``result``; empty where it can.

    ``where`` of each is the field of ``RecordedDecision`` to put right: ``decision``, ``by``,
    ``at``, ``reason``, ``review_by`` or ``accepted_open``.

    ``decision.accepted_open`` holds the ids of the open answers that it accepts, as
    ``to_accept(result)`` lists them. The reason that was given ``before`` for something else is
    none for this.
    """
    found = [*_missing(decision)]
    if decision.decision and isinstance(result, Result):
        found += _beside(decision, result, before)
    return found


def forbidden_by(decision: str, result: AnyResult) -> list[str]:
    """Return the fired legal duties over which ``decision`` cannot be recorded, by question id."""
    by_id = result.framework.by_id
    fired = [(name, by_id[name].red_flag) for name in result.red_flags.stops_fired]
    duties = [name for name, flag in fired if flag is not None and flag.legal_duty]
    return duties if decision in GOING_AHEAD else []


def to_accept(result: AnyResult) -> tuple[str, ...]:
    """Return the ids of the open answers that a decision recorded now has to accept by name.

    They are all that are open while nothing is settled, and none once something is.
    """
    return result.open if result.recommendation == "not_ready" else ()


def needs_review(decision: str, result: AnyResult) -> bool:
    """Return whether ``decision`` needs a reason and a day by which it is looked at again.

    It is milder than the mildest that any way of answering could lead to; over a fired stop every
    decision but the gravest is.
    """
    if not isinstance(result, Result) or decision not in DECISIONS:
        return False
    return DECISIONS.index(decision) < DECISIONS.index(result.decision_low)


def _missing(decision: RecordedDecision) -> Iterator[Problem]:
    """Yield what every decision needs."""
    wrong = _("The date is not a date. Write it like {example}.").format(example=DATE_LIKE)
    if not decision.decision:
        yield Problem("decision", _("Choose a decision."))
    if not decision.by.strip():
        yield Problem("by", _("Write who decided: a name and a post."))
    if not decision.at:
        yield Problem("at", _("Give the day of the decision."))
    elif not is_day(decision.at[:10]):
        yield Problem("at", wrong)
    if decision.review_by and not is_day(decision.review_by):
        message = _("The review date is not a date. Write it like {example}.")
        yield Problem("review_by", message.format(example=DATE_LIKE))


def _beside(
    decision: RecordedDecision, result: Result, before: RecordedDecision | None
) -> Iterator[Problem]:
    """Yield what the decision needs beside this result."""
    duties = forbidden_by(decision.decision, result)
    if duties:
        message = _(
            "{stops} is a legal duty that is not met, so this cannot go ahead. Meet it, then "
            "change the answer; or decide to escalate or not to proceed."
        )
        if len(duties) > 1:
            message = _(
                "{stops} are legal duties that are not met, so this cannot go ahead. Meet them, "
                "then change the answers; or decide to escalate or not to proceed."
            )
        yield Problem("decision", message.format(stops=listed(duties)))
        return
    missing = _reason_needed(decision.decision, result)
    if missing and decision.reason.strip():
        missing = _reason_left_over(decision, before)
    if missing:
        yield Problem("reason", missing)
    if needs_review(decision.decision, result):
        yield from _look_again(decision)
    left = [each for each in to_accept(result) if each not in decision.accepted_open]
    if left:
        message = ngettext(
            "Nothing is settled while {questions} is open. Answer it, or accept it as open.",
            "Nothing is settled while {questions} are open. Answer them, or accept them as open.",
            len(left),
        )
        yield Problem("accepted_open", message.format(questions=_named(left)))


def _named(ids: list[str]) -> str:
    """Return the first few ids, and how many more there are."""
    more = len(ids) - MOST_NAMED
    if more <= 1:
        return listed(ids)
    rest = ngettext("{n} more", "{n} more", more).format(n=grouped(more))
    return listed([*ids[:MOST_NAMED], rest])


def _reason_needed(decision: str, result: Result) -> str:
    """Return what to say where a reason is missing; empty where none is needed."""
    stops = result.red_flags.stops_fired
    if decision in GOING_AHEAD and stops:
        message = _("This goes ahead over {stops}, so write the reason.")
        return message.format(stops=listed(stops))
    if decision == result.recommendation:
        return ""
    message = _("This differs from the recommendation ({decision}), so write the reason.")
    return message.format(decision=decision_words(result.recommendation))


def _reason_left_over(decision: RecordedDecision, before: RecordedDecision | None) -> str:
    """Return what to say of a reason that was given for another decision, or empty."""
    if before is None or before.decision == decision.decision:
        return ""
    if before.reason.strip() != decision.reason.strip():
        return ""
    message = _("This reason was given for “{decision}”. Write the reason for this one.")
    return message.format(decision=decision_words(before.decision))


def _look_again(decision: RecordedDecision) -> Iterator[Problem]:
    """Yield that no day is named by which the decision is looked at again."""
    if not decision.review_by:
        message = _(
            "This is milder than the recommendation, so give the day by which it is looked at "
            "again."
        )
        yield Problem("review_by", message)
    elif is_day(decision.review_by) and decision.review_by < decision.at[:10]:
        message = _("The day to look again is before the decision. Write a later one.")
        yield Problem("review_by", message)
