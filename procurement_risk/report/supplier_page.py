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
from procurement_risk.report.page import (
    EVERYTHING,
    Bar,
    BarRow,
    Bars,
    Extent,
    Line,
    Page,
    Paragraph,
    Part,
    Table,
    shortened,
)

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
    other_names = ", ".join(names)
    known = [Line(standing, _("The supplier as an organisation"))]
    if other_names:
        known.insert(0, Line(shortened(other_names, EVERYTHING.text), _("Also called")))
    made_up = any(item.fictional for item in items)
    notices = [
        _("Some or all of this is fictional demonstration data.") if made_up else "",
        foreign_words(items),
    ]
    return Page(
        kind=_("Supplier"),
        title=shortened(name, EVERYTHING.name),
        subtitle=_("Everything that rests on it, as the seller and underneath"),
        notice=" ".join(filter(None, notices)),
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
    title = _("What rests on it, by where it stands")
    words = [_(resting_words.BASIS) if rows else _(resting_words.NOTHING)]
    after = Line(" ".join(filter(None, [*words, resting_words.left_out(rests)])))
    if not rows:
        return Part(title=title, side="whole", blocks=(Paragraph(line=after),))
    table = _table(title, resting_words.stage_columns(), rows, STAGES)
    return Part(title=title, side="whole", blocks=(table, Paragraph(line=after)))


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
    yield Part(title=title, side="whole", blocks=(bars,))


def due(days: Sequence[Ahead]) -> Part:
    """Return breaks, contract ends and conditions due."""
    title = _("Breaks, contract ends and conditions due: {n}").format(n=len(days))
    if not days:
        nothing = Paragraph(line=Line(_("No day is on file from now on.")))
        return Part(title=title, side="whole", blocks=(nothing,))
    rows = [resting_words.day_row(each) for each in days]
    table = _table(title, resting_words.day_columns(), rows, DAYS)
    return Part(title=title, side="whole", blocks=(table,))


def purchases(rests: Sequence[Rest]) -> Part:
    """Return every purchase that rests on it, those that are over last."""
    title = _("Every purchase that rests on it")
    rows = [resting_words.purchase_row(rest) for rest in rests]
    if not rows:
        nothing = Paragraph(line=Line(_(resting_words.NOTHING)))
        return Part(title=title, side="whole", blocks=(nothing,))
    table = _table(title, resting_words.purchase_columns(), rows, PURCHASES)
    return Part(title=title, side="whole", blocks=(table,))


def _table(
    title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]
) -> Table:
    short = tuple(tuple(shortened(cell, EVERYTHING.name) for cell in row) for row in rows)
    return Table(title=title, columns=columns, rows=short, widths=widths)
