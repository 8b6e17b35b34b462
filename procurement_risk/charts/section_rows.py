"""The table behind a picture of many sections: a row for each section of each purchase."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from procurement_risk.language import _, pgettext
from procurement_risk.language.numbers import shown
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem


def section_rows(named: Iterable[tuple[str, PortfolioItem]]) -> pd.DataFrame:
    """Return each section's residual risk, per cent, and its band; ``named`` in their order."""
    rows = [
        [
            name,
            portfolio_words.section_title(item, each),
            *map(shown, (each.low, each.central, each.high)),
            portfolio_words.band_words(item, each),
        ]
        for name, item in named
        for each in item.sections
    ]
    columns = [
        _("Purchase"),
        _("Section"),
        pgettext("end of a range", "Low"),
        _("Central"),
        pgettext("end of a range", "High"),
        _("Band"),
    ]
    return pd.DataFrame(rows, columns=columns)
