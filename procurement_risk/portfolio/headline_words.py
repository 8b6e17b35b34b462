"""The words for what leadership is told first: on screen, on paper and in files alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from procurement_risk.framework import words as framework_words
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, counted, listed
from procurement_risk.language.text import shorten
from procurement_risk.portfolio import words
from procurement_risk.portfolio.asked_words import range_words
from procurement_risk.portfolio.census import Census, CensusInShort, SupplierOpen
from procurement_risk.portfolio.headlines import Headlines
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.several import Some
from procurement_risk.portfolio.totals import Duplicate, money

# --- Against the advice, and what must not start ------------------------------------------


def against_title(found: Headlines) -> str:
    """Return how many are in life against the advice, and what they cost."""
    if not found.against:
        return _("Nothing runs against advice")
    title = counted(len(found.against), "{n} runs against advice", "{n} run against advice")
    return f"{title}, {_cost(found.against)}"


def against_words(item: PortfolioItem) -> str:
    """Return what is advised, what it costs, and who decided what."""
    return " · ".join((words.decision_words(item), words.value_words(item), who_decided(item)))


def who_decided(item: PortfolioItem) -> str:
    """Return what was decided, by whom; that nobody has decided, where that is so."""
    if item.decided is None:
        return _("nobody decided")
    return _("{decision}, decided by {name}").format(
        decision=framework_words.decision(item.decided.decision), name=item.decided.by
    )


def against_sentence(found: Headlines) -> str:
    """Return what else is to be known of what runs against advice; or empty."""
    return " ".join(filter(None, (_ahead(found), _more_of_it(found.against))))


def barred_sentence(found: Headlines) -> str:
    """Return what else is to be known of what must not start; or empty."""
    return " ".join(filter(None, (_more_of_it(found.barred), _refused(found))))


def _ahead(found: Headlines) -> str:
    """Return how many were decided against the advice and are not in life yet; or empty."""
    if not found.ahead:
        return ""
    return counted(
        len(found.ahead),
        "{n} more is decided against advice, and not in life yet.",
        "{n} more are decided against advice, and not in life yet.",
    )


def barred_title(found: Headlines) -> str:
    """Return how many must not start, and what they cost."""
    if not found.barred:
        return _("Nothing undecided must not start")
    title = counted(len(found.barred), "{n} must not start", "{n} must not start")
    return f"{title}, {_cost(found.barred)}"


def barred_words(item: PortfolioItem) -> str:
    """Return whose it is, what it costs, and why it must not start."""
    return " · ".join((item.purchase.buyer, words.value_words(item), why(item)))


def _refused(found: Headlines) -> str:
    """Return what was decided not to proceed, which asks nothing more; or empty."""
    if not found.refused:
        return ""
    names = [each.purchase.title for each in found.refused[:2]]
    rest = len(found.refused) - len(names)
    names += [counted(rest, "{n} more", "{n} more")] if rest else []
    return _("Stopped already, decided not to proceed: {names}.").format(names=listed(names))


def why(item: PortfolioItem) -> str:
    """Return the stop by what its question asks, else the worst section."""
    if not item.stops:
        return words.worst_words(item)
    first = item.framework.by_id[item.stops[0]]
    rest = len(item.stops) - 1
    said = _("stopped by {id}: {question}").format(id=first.id, question=shorten(first.ask))
    return said + (" " + _("and {n} more").format(n=grouped(rest)) if rest else "")


def _cost(items: Sequence[PortfolioItem]) -> str:
    """Return what they come to, as far as it is known."""
    sums = money(items)
    if not sums.known:
        return _("value not known")
    return about_pounds(sums.committed)


def _more_of_it(items: Iterable[PortfolioItem]) -> str:
    """Return what they come to if the pilots among them scale, and what is not known; or empty."""
    sums = money(items)
    parts = []
    if sums.scaled != sums.committed:
        parts.append(_("{value} if they scale").format(value=about_pounds(sums.scaled)))
    if sums.unknown:
        parts.append(
            counted(sums.unknown, "the value of {n} not known", "the value of {n} not known")
        )
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


# --- Bought more than once ----------------------------------------------------------------


def twice_title(found: Sequence[Duplicate]) -> str:
    """Return how many capabilities are bought more than once."""
    if not found:
        return _("Nothing is bought more than once")
    return counted(
        len(found),
        "{n} capability is bought more than once",
        "{n} capabilities are bought more than once",
    )


def twice_words(found: Duplicate, most: int = 6) -> str:
    """Return the bodies that buy it, each with its price, the dearest first.

    Args:
        found: What is bought more than once.
        most: How many are named; the others are counted.
    """
    prices = [_price(item) for item in (found.named or found.items)[:most]]
    if rest := found.number - len(prices):
        prices.append(counted(rest, "{n} more", "{n} more"))
    return "; ".join(prices)


def _price(item: PortfolioItem) -> str:
    body = item.purchase.buyer
    if item.committed is None:
        return _("{body} at a price not known").format(body=body)
    price = _("{body} {value}").format(body=body, value=about_pounds(item.committed))
    if item.purchase.value_if_scaled is None:
        return price
    return _("{price}, {scaled} if it scales").format(
        price=price, scaled=about_pounds(item.purchase.value_if_scaled)
    )


# --- What is counted ----------------------------------------------------------------------


def open_words(found: Sequence[SupplierOpen]) -> str:
    """Return how many purchases have no supplier yet, and that no sum holds them; or empty."""
    if not found:
        return ""
    bids: Sequence[PortfolioItem] = (
        found.alike if isinstance(found, Some) else [bid for each in found for bid in each.bids]
    )
    number = counted(
        len(found),
        "{n} of them with its supplier open and in no sum",
        "{n} of them with their suppliers open and in no sum",
    )
    return f"{number} ({range_words(bids)})"


def left_out_words(found: Census | CensusInShort, aside: int) -> str:
    """Return what is in no figure here, and why."""
    closed, unbought = len(found.closed), len(found.unbought)
    parts = [counted(closed, "{n} closed", "{n} closed")] if closed else []
    if unbought:
        parts.append(
            counted(unbought, "{n} withdrawn or not chosen", "{n} withdrawn or not chosen")
        )
    if aside:
        parts.append(counted(aside, "{n} assessment set aside", "{n} assessments set aside"))
    if not parts:
        return _("No purchase is left out of these figures.")
    return _("In no figure here: {parts}.").format(parts=listed(parts))
