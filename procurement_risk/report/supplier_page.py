"""Everything that rests on one supplier, as a page: by state, what is due, and each purchase.

The screen draws the blocks of the same parts, so that it and the paper cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from procurement_risk.language import N_, _, current
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import month
from procurement_risk.portfolio import resting_words
from procurement_risk.portfolio.ahead import KINDS, Dated, by_month
from procurement_risk.portfolio.resting import Ahead, Rest, ahead, dated
from procurement_risk.portfolio.words import foreign_words
from procurement_risk.report import foot
from procurement_risk.report.page import EVERYTHING, Bar, BarRow, Bars, Extent, Line, Page, Part
from procurement_risk.report.parts import notice, part, said, table

KIND_HEADS = (N_("Decisions"), N_("Conditions"), N_("Breaks"), N_("Ends"))  # as in ``KINDS``
STAGES, DAYS, PURCHASES = (4, 4, 4, 4, 4, 4), (4, 9, 6, 4), (6, 5, 5, 5, 4, 4, 4)  # widths


def supplier_page(
    name: str, names: Sequence[str], rests: Sequence[Rest], standing: str, today: str
) -> Page:
    """Return the page, seen from ``today``; it takes as many sheets as it needs.

    Args:
        name: What the supplier is called.
        names: What else it is called.
        rests: What rests on it: see ``portfolio.resting``.
        standing: What its assessment as an organisation says, or that there is none.
        today: From which dates are looked at, as an ISO text.
    """
    items = [rest.item for rest in rests]
    known = [Line(standing, _("The supplier as an organisation"))]
    if names:
        known.insert(0, Line(EVERYTHING.said(", ".join(names)), _("Also called")))
    return Page(
        kind=_("Supplier"),
        title=EVERYTHING.called(name),
        subtitle=_("Everything that rests on it, as the seller and underneath"),
        notice=notice(any(item.fictional for item in items), foreign_words(items)),
        headline=resting_words.headline(rests),
        headline_lead=_("What rests on it"),
        meaning=_(
            "There is no score for a supplier here, and no rank: the same supplier can be low "
            "risk in one use and high in another."
        ),
        top=tuple(known),
        parts=(
            by_stage(rests),
            *_months(dated(rests, today)),
            due(ahead(rests, today)),
            purchases(rests),
        ),
        foot=foot.of_purchases(items, today),
        language=current(),
        day=today,
    )


def by_stage(rests: Sequence[Rest]) -> Part:
    """Return counts and pounds by where the purchases stand and how they rest on it."""
    rows = resting_words.stage_rows(rests)
    words = [_(resting_words.BASIS) if rows else _(resting_words.NOTHING)]
    after = " ".join(filter(None, [*words, resting_words.left_out(rests)]))
    title = _("What rests on it, by where it stands")
    return part(title, table(title, resting_words.stage_columns(), rows, STAGES), said(after))


def _months(about: Dated) -> Iterator[Part]:
    """Yield what is due in each month of the next year, where anything is."""
    counts = by_month(about)
    totals = {each: sum(found.values()) for each, found in counts.items()}
    most = max(totals.values())
    if not most:
        return
    rows = []
    for each, found in counts.items():
        name, share = month(f"{each}-01"), Fraction(100 * totals[each], most)
        bar = Bar(
            outlined=None,
            filled=Extent(Fraction(0), share),
            shade=Fraction(1, 2),
            cuts=(),
            alt=f"{name}: {grouped(totals[each])}",
        )
        cells = tuple(grouped(found[kind]) for kind in KINDS)
        rows.append(BarRow(name=name, bar=bar if totals[each] else None, cells=cells))
    title = _("Due within a year, by month: {n}").format(n=grouped(sum(totals.values())))
    bars = Bars(
        title=title,
        columns=(_("Month"), _("0 to {n}").format(n=grouped(most)), *map(_, KIND_HEADS)),
        rows=tuple(rows),
        legend=_("The bar: how much is due in the month, decisions and agreed conditions too."),
    )
    yield part(title, bars)


def due(days: Sequence[Ahead]) -> Part:
    """Return breaks, contract ends and conditions due."""
    title = due_title(days)
    rows = map(resting_words.day_row, days)
    found = table(title, resting_words.day_columns(), rows, DAYS)
    return part(title, found, nothing=_("No day is on file from now on."))


def due_title(days: Sequence[Ahead]) -> str:
    """Return what that part is called."""
    return _("Breaks, contract ends and conditions due: {n}").format(n=grouped(len(days)))


def purchases(rests: Sequence[Rest]) -> Part:
    """Return every purchase that rests on it, those that are over last."""
    title = purchases_title()
    rows = map(resting_words.purchase_row, rests)
    found = table(title, resting_words.purchase_columns(), rows, PURCHASES)
    return part(title, found, nothing=_(resting_words.NOTHING))


def purchases_title() -> str:
    """Return what that part is called."""
    return _("Every purchase that rests on it")
