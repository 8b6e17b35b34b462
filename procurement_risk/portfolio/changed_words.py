"""The words for what changed since a day: on screen, on paper and in files alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from procurement_risk.assessment.words import workflow_state
from procurement_risk.framework import words as framework_words
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import shorten
from procurement_risk.portfolio.changed import KINDS, Event, Kind
from procurement_risk.portfolio.words import decision_label, value_words

TITLES: Mapping[Kind, str] = {
    "worse": N_("Worse"),
    "late": N_("Conditions that became late"),
    "expired": N_("Evidence that expired"),
    "withdrawn": N_("Answers withdrawn"),
    "unsettled": N_("No longer settled"),
    "decided": N_("Decided"),
    "new": N_("New"),
    "better": N_("Better"),
    "settled": N_("Settled"),
    "kept": N_("Conditions kept"),
    "over": N_("Closed, withdrawn or not chosen"),
    "aside": N_("Set aside"),
    "unknown": N_("Not to be compared"),
}


def title(kind: Kind) -> str:
    """Return what a kind of change is called."""
    return _(TITLES[kind])


def by_kind(events: Sequence[Event]) -> dict[Kind, list[Event]]:
    """Return the events by their kind, in the order of ``KINDS``; no kind without any."""
    found: dict[Kind, list[Event]] = {}
    for kind in KINDS:
        if of := [event for event in events if event.kind == kind]:
            found[kind] = of
    return found


def summary(events: Sequence[Event]) -> str:
    """Return how much of each kind there is, as a sentence."""
    parts = [f"{title(kind)}: {grouped(len(of))}" for kind, of in by_kind(events).items()]
    return "; ".join(parts) + "." if parts else _("Nothing changed.")


def name(event: Event) -> str:
    """Return which purchase it is about."""
    if event.item is None:
        return event.assessment
    purchase = event.item.purchase
    return _("{purchase}, {buyer}").format(purchase=purchase.title, buyer=purchase.buyer)


def words(event: Event) -> str:
    """Return what changed, by whom and when."""
    parts = [_WORDS[event.kind](event), event.by, day(event.at) if event.at else ""]
    return " · ".join(filter(None, parts))


def _asked(event: Event) -> str:
    """Return the question with what it asks; a fact by what it asks alone."""
    found = event.item.framework.by_id.get(event.question) if event.item else None
    return shorten(framework_words.as_asked(found), 80) if found else event.question


def _new(event: Event) -> str:
    value = value_words(event.item) if event.item else ""
    return ", ".join(filter(None, (value, decision_label(event.after or "none"))))


def _decided(event: Event) -> str:
    after = framework_words.decision(event.after)
    if not event.before:
        return after
    return _("{before} → {after}").format(
        before=framework_words.decision(event.before), after=after
    )


def _moved(event: Event) -> str:
    return _("{before} → {after}").format(
        before=decision_label(event.before or "none"), after=decision_label(event.after)
    )


def _kept(event: Event) -> str:
    late = counted(event.days, "{n} day late", "{n} days late") if event.days else _("in time")
    return f"{_asked(event)}, {late}"


def _late(event: Event) -> str:
    late = counted(event.days, "{n} day late", "{n} days late")
    owner = "" if event.by else ", " + _("nobody named")
    return f"{_asked(event)}, {late}{owner}"


def _expired(event: Event) -> str:
    return _("evidence for {question}").format(question=_asked(event))


def _withdrawn(event: Event) -> str:
    return _("answer to {question}").format(question=_asked(event))


def _over(event: Event) -> str:
    return workflow_state(event.item.state) if event.item else ""


def _aside(event: Event) -> str:
    return _("set aside")


def _unknown(event: Event) -> str:
    return _("moved to another version of its questionnaire, or something was struck out")


_WORDS: Mapping[Kind, Callable[[Event], str]] = {
    "new": _new,
    "decided": _decided,
    "worse": _moved,
    "better": _moved,
    "settled": _moved,
    "unsettled": _moved,
    "kept": _kept,
    "late": _late,
    "expired": _expired,
    "withdrawn": _withdrawn,
    "over": _over,
    "aside": _aside,
    "unknown": _unknown,
}
