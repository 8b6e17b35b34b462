"""The words for what is asked of leadership: what, by when, of whom, and what is advised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from procurement_risk.language import N_, _
from procurement_risk.language.phrases import about_pounds, counted, day, from_to, listed
from procurement_risk.portfolio import words
from procurement_risk.portfolio.headlines import Asked, Headlines, Wanted, mildest_to_gravest
from procurement_risk.portfolio.items import PortfolioItem

WANTED: Mapping[Wanted, str] = {
    "decision": N_("Decide"),
    "answers": N_("Decide once the answers are in"),
    "supplier": N_("Choose the supplier"),
    "review": N_("Review the decision"),
}


def asked_title(found: Headlines) -> str:
    """Return how much is asked of leadership."""
    if not found.asked:
        return _("Nothing is asked of you")
    return counted(
        len(found.asked), "{n} decision is asked of you", "{n} decisions are asked of you"
    )


def asked_sentence(found: Headlines) -> str:
    """Return how many can be decided now, and how many are late; empty where nothing waits."""
    if not found.asked:
        return ""
    ready, late = found.ready_and_late()
    parts = [counted(ready, "{n} can be decided now", "{n} can be decided now")]
    if rest := len(found.asked) - ready:
        parts.append(counted(rest, "{n} waits for answers", "{n} wait for answers"))
    if late:
        parts.append(counted(late, "{n} is past its day", "{n} are past their day"))
    return "; ".join(parts) + "."


def wanted_words(each: Asked) -> str:
    """Return what is to be decided."""
    return _(WANTED[each.wanted])


def by_when(each: Asked) -> str:
    """Return by when, and whether that has passed."""
    if not each.due:
        return _("no day set")
    words = _("by {day}, past") if each.is_late else _("by {day}")
    return words.format(day=day(each.due))


def of_whom(each: Asked) -> str:
    """Return who signs, else who is responsible."""
    return each.signs or each.owner or _("nobody named")


def advice_words(each: Asked) -> str:
    """Return what is recommended; where the supplier is open, from which to which."""
    if not each.bids:
        return words.decision_words(each.item)
    return range_words(each.bids)


def asked_words(each: Asked) -> str:
    """Return a decision in a line: what, by when, of whom, what it costs, what is advised."""
    parts = (
        wanted_words(each),
        by_when(each),
        of_whom(each),
        words.value_words(each.item) if not each.bids else bids_value(each.bids),
        advice_words(each),
    )
    return " · ".join(parts)


def range_words(bids: Sequence[PortfolioItem]) -> str:
    """Return from which to which recommendation the bids go: ``3 bids, Proceed to Escalate``."""
    number = counted(sum(bid.times for bid in bids), "{n} bid", "{n} bids")
    ends = [words.decision_label(each) for each in mildest_to_gravest(bids)]
    settled = [each for each in mildest_to_gravest(bids) if each not in ("not_ready", "none")]
    said = [from_to(ends[0], ends[len(settled) - 1])] if settled else []
    return ", ".join([number, listed([*said, *ends[len(settled) :]])])


def bids_value(bids: Iterable[PortfolioItem]) -> str:
    """Return from what to what the bids would commit."""
    known = sorted({bid.committed for bid in bids if bid.committed is not None})
    if not known:
        return _("value not known")
    return from_to(about_pounds(known[0]), about_pounds(known[-1]))
