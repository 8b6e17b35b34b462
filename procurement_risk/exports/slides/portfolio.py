"""The slides of the portfolio: its leadership page, and the charts of its purchases."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from procurement_risk.charts import portfolio_heat_map
from procurement_risk.exports.slides import charts
from procurement_risk.exports.slides.deck import ROOM, deck_of
from procurement_risk.exports.slides.writing import write
from procurement_risk.language import _
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.profile.looks import band_look
from procurement_risk.report import PortfolioFigures, marked, portfolio_page
from procurement_risk.report.page import Plot, Series

Items = Sequence[PortfolioItem]


def pptx(figures: PortfolioFigures) -> bytes:
    """Return the slides of a portfolio."""
    items = [item for found in figures.decisions.values() for item in found]
    native = {"portfolio_heat_map": sections}
    same = ("portfolio_decisions",)  # the page has its figures
    further = charts.slides_of("portfolio", items, native, same) if items else ()
    page = marked(lambda: portfolio_page(figures, room=ROOM))
    return write(deck_of(page, further))


def sections(items: Items) -> Plot | None:
    """Return how many purchases are in each band, by section; None where none is scored."""
    open_ = _("not settled")
    counts: dict[str, dict[str, int]] = {}
    ranks: dict[str, tuple[int, int]] = {}
    looks = {}
    for item in items:
        policy = item.framework.policy if item.sections else None
        for figure in item.sections:
            settled = figure.band_low == figure.band_high
            label = portfolio_words.band_words(item, figure) if settled else open_
            row = counts.setdefault(portfolio_words.section_title(item, figure), {})
            row[label] = row.get(label, 0) + 1
            if policy is not None and settled:
                place = [band.id for band in policy.bands].index(figure.band_low)
                ranks[label] = (0, place)
                looks[label] = band_look(policy, figure.band_low)
            ranks.setdefault(label, (1, 0))
    if not counts:
        return None
    return Plot(
        title=_("Residual risk by section, number of purchases in each band"),
        rows=tuple(counts),
        series=tuple(
            Series(
                name=label,
                values=tuple(Fraction(row.get(label, 0)) for row in counts.values()),
                looks=tuple(looks[label] for __ in counts) if label in looks else (),
            )
            for label in sorted(ranks, key=ranks.__getitem__)
        ),
        stacked=True,
        most=None,
        decimals=0,
        alt=portfolio_heat_map.alt(items),
    )
