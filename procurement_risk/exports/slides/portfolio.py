"""The slides of the portfolio: its leadership page, and the charts of its purchases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from procurement_risk import charts as registry
from procurement_risk.charts import section_shares
from procurement_risk.exports.slides import charts
from procurement_risk.exports.slides.deck import ROOM, Slide, deck_of
from procurement_risk.exports.slides.writing import write
from procurement_risk.framework.words import band_label
from procurement_risk.language import _
from procurement_risk.portfolio.bands import frameworks_of
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.profile.looks import band_look
from procurement_risk.report import PortfolioFigures, marked, portfolio_page
from procurement_risk.report.page import Plot, Series

Items = Sequence[PortfolioItem]


def pptx(figures: PortfolioFigures) -> bytes:
    """Return the slides of a portfolio."""
    items = [item for found in figures.decisions.values() for item in found]
    page = marked(lambda: portfolio_page(figures, room=ROOM))
    return write(deck_of(page, _charts(items) if items else ()))


def _charts(items: Items) -> Iterator[Slide]:
    """Yield each chart that the page does not have, in the form for so many purchases."""
    right = registry.form("value", len(items))
    other = {name for pair in registry.FORMS.values() for name in pair}
    without = {"portfolio_decisions", *other} - {"section_shares", right}
    yield from charts.slides_of("portfolio", items, {"section_shares": sections}, without)


def sections(items: Items) -> Plot | None:
    """Return how many purchases are in each band, by section; None where none is scored."""
    found = section_shares.table(items)
    if found.empty:
        return None
    name, *labels = found.columns
    looks = {
        band_label(framework, band.id): band_look(framework.policy, band.id)
        for framework in frameworks_of(items)
        for band in framework.policy.bands
    }
    return Plot(
        title=_("Residual risk by section, number of purchases in each band"),
        rows=tuple(found[name]),
        series=tuple(
            Series(
                name=label,
                values=tuple(Fraction(int(number)) for number in found[label]),
                looks=(looks[label],) * len(found) if label in looks else (),
            )
            for label in labels
        ),
        alt=section_shares.alt(items),
        stacked=True,
        most=None,
        decimals=0,
    )
