"""The words for what rests on a supplier: on screen, on paper and in files alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procurement_risk.assessment.words import mitigation_status, workflow_state
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, counted, day, listed
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.resting import OVER, STAGES, WAYS, Ahead, Rest, Stage, Way
from procurement_risk.portfolio.totals import money

WAY_LABELS: Mapping[Way, str] = {
    "seller": N_("As the seller"),
    "model": N_("On its model"),
    "host": N_("On its hosting"),
    "cloud": N_("On its cloud"),
}

BASIS = N_(
    "Each purchase counts once in the last column, however many ways it rests on the supplier, so "
    "the columns before it may add up to more. Values that are not known are in no sum."
)
NOTHING = N_("Nothing that is bought now rests on this supplier.")


def headline(rests: Sequence[Rest]) -> str:
    """Return ``6 purchases rest on it, £6.925m committed``."""
    found = [rest for rest in rests if not rest.is_over]
    if not found:
        return _(NOTHING)
    sums = money(rest.item for rest in found)
    purchases = counted(len(found), "{n} purchase rests on it", "{n} purchases rest on it")
    if sums.unknown == len(found):
        return _("{purchases}; no value is known").format(purchases=purchases)
    return portfolio_words.committed_words(purchases, sums)


def left_out(rests: Sequence[Rest]) -> str:
    """Return how many are over and in no figure, or empty."""
    parts = [
        f"{workflow_state(stage)}: {grouped(number)}"
        for stage in OVER
        if (number := sum(rest.stage == stage for rest in rests))
    ]
    if not parts:
        return ""
    return _("In no figure here: {parts}.").format(parts=", ".join(parts))


# --- By state -----------------------------------------------------------------------------


def stage_label(stage: Stage) -> str:
    """Return where a purchase stands."""
    return _("Supplier open") if stage == "supplier_open" else workflow_state(stage)


def stage_columns() -> tuple[str, ...]:
    """Return the headings of ``stage_rows``."""
    return (_("Where it stands"), *(_(WAY_LABELS[way]) for way in WAYS), _("Each once"))


def stage_rows(rests: Sequence[Rest]) -> list[tuple[str, ...]]:
    """Return count and pounds by where they stand, and of all of them last."""
    found = [rest for rest in rests if not rest.is_over]
    rows = [
        (stage_label(stage), *_cells([rest for rest in found if rest.stage == stage]))
        for stage in STAGES
        if any(rest.stage == stage for rest in found)
    ]
    return [*rows, (_("All"), *_cells(found))] if rows else []


def _cells(rests: Sequence[Rest]) -> list[str]:
    by_way = [[rest.item for rest in rests if way in rest.ways] for way in WAYS]
    return [*map(_cell, by_way), _cell([rest.item for rest in rests])]


def _cell(items: Sequence[PortfolioItem]) -> str:
    """Return ``6 · £6.925m``; how many values are not known, where that is so."""
    if not items:
        return _("none")
    sums = money(items)
    value = about_pounds(sums.committed) if sums.known else _("not known")
    words = f"{grouped(len(items))} · {value}"
    if sums.known and sums.unknown:
        words += " " + _("({n} not known)").format(n=grouped(sums.unknown))
    return words


# --- Each purchase, and each day ----------------------------------------------------------


def purchase_columns() -> tuple[str, ...]:
    """Return the headings of ``purchase_row``."""
    return (
        _("Purchase"),
        _("Public body"),
        _("Sold by"),
        _("Rests on it"),
        _("Where it stands"),
        _("Value"),
        _("Advice"),
    )


def purchase_row(rest: Rest) -> tuple[str, ...]:
    """Return one purchase as cells."""
    item = rest.item
    return (
        item.purchase.title,
        item.purchase.buyer,
        item.supplier.name,
        ways_words(rest),
        stage_label(rest.stage),
        portfolio_words.value_words(item),
        portfolio_words.decision_words(item),
    )


def ways_words(rest: Rest) -> str:
    """Return every way in which a purchase rests on the supplier."""
    first, *others = (_(WAY_LABELS[way]) for way in rest.ways)
    return listed([first, *(each[:1].lower() + each[1:] for each in others)])


def day_columns() -> tuple[str, ...]:
    """Return the headings of ``day_row``."""
    return _("Day"), _("What"), _("Purchase"), _("Who")


def day_row(each: Ahead) -> tuple[str, ...]:
    """Return one day of what lies ahead as cells."""
    return day(each.day), what_words(each), each.item.purchase.title, _who(each)


def what_words(each: Ahead) -> str:
    """Return what happens on a day; that it is overdue, where it is."""
    if each.condition is None:
        return portfolio_words.date_label(each.kind)
    words = each.condition.clause or mitigation_status(each.condition.status)
    label = _("Condition overdue") if each.is_late else _("Condition due")
    return f"{label}: {each.condition.question}, {words}"


def _who(each: Ahead) -> str:
    owner = each.condition.owner if each.condition else each.item.owner
    return owner or _("nobody yet")
