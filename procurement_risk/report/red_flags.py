"""Stops and flags in words, the same on every page that names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from procurement_risk.assessment import Mitigation, StopOverride
from procurement_risk.assessment.overdue import standing
from procurement_risk.language import _
from procurement_risk.methods.weakest_section import Result
from procurement_risk.report.page import Line
from procurement_risk.report.subject import Subject, asked_and_answered


class Group(NamedTuple):
    """Questions of one kind, and what is said before each of them."""

    lead: str
    questions: Sequence[str]


def fired(result: Result) -> tuple[Group, ...]:
    """Return what has fired, the gravest kind first."""
    flags = result.red_flags
    return (
        Group(_("Stop {question}"), flags.stops_fired),
        Group(_("Flag, perhaps a stop: {question}"), flags.acting),
        Group(_("Flag {question}"), flags.flags_fired),
    )


def pending(result: Result) -> tuple[Group, ...]:
    """Return what may still fire, the gravest kind first."""
    flags = result.red_flags
    may_stop = [name for name in flags.stops_pending if name not in set(flags.acting)]
    return (
        Group(_("May still stop it: {question}"), may_stop),
        Group(_("May still be a flag: {question}"), flags.flags_pending),
    )


def line(
    subject: Subject,
    name: str,
    lead: str,
    overrides: Sequence[StopOverride] = (),
    *,
    reasons: bool = False,
) -> Line:
    """Return what one of them asked, what was answered, who overrode it, and perhaps why."""
    said = [asked_and_answered(subject, subject.framework.by_id[name])]
    said += [
        overridden(subject, each, reason=reasons) for each in overrides if each.question == name
    ]
    return Line(" ".join(said), lead.format(question=name))


def overridden_so_far(subject: Subject, override: StopOverride, today: str) -> str:
    """Return who overrode a stop, until when and why, and whether that day has passed."""
    parts = [overridden(subject, override, reason=False)]
    if override.until < today:
        parts.append(_("That day has passed."))
    parts.append(_("Reason: {reason}").format(reason=subject.text(override.reason)))
    return " ".join(parts)


def overridden(subject: Subject, override: StopOverride, *, reason: bool) -> str:
    """Return who overrode a stop, until when, and perhaps why. It is still a stop."""
    words = _("Overridden by {name}, until {date}; it is still a stop.")
    if reason:
        words = _("Overridden by {name}, until {date}; it is still a stop. Reason: {reason}")
    return words.format(
        name=subject.name(override.by),
        date=subject.date(override.until),
        reason=subject.text(override.reason),
    )


def conditioned(subject: Subject, condition: Mitigation, day: str) -> str:
    """Return that there is a condition on a stop or flag, where it stands, and when it is due."""
    words = _("Condition: {status}, no day set.")
    if condition.due:
        words = _("Condition: {status}, due {date}.")
    return words.format(status=standing(condition, day), date=subject.date(condition.due))
