"""The table behind a picture of many sections: a row for each section of each purchase."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from procurement_risk.charts.family import tabulated
from procurement_risk.language import _, pgettext
from procurement_risk.language.numbers import shown
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem


def section_rows(named: Iterable[tuple[str, PortfolioItem]]) -> pd.DataFrame:
    """Return each section's residual risk, per cent, and its band; ``named`` in their order."""
    return tabulated(
        ((name, item, each) for name, item in named for each in item.sections),
        (_("Purchase"), lambda row: row[0]),
        (_("Section"), lambda row: portfolio_words.section_title(*row[1:])),
        (pgettext("end of a range", "Low"), lambda row: shown(row[2].low)),
        (_("Central"), lambda row: shown(row[2].central)),
        (pgettext("end of a range", "High"), lambda row: shown(row[2].high)),
        (_("Band"), lambda row: portfolio_words.band_words(*row[1:])),
    )
