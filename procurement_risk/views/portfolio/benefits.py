"""On the Portfolio page: what was promised of each purchase beside what was found."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment import Benefit
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.portfolio.benefits import Benefits, benefits_of
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.profile import benefit_words
from procurement_risk.views.shared import tables
from procurement_risk.views.shared.whole_list import whole_on_paper

ROWS = 25


def draw(items: Sequence[PortfolioItem]) -> None:
    """Draw how many in life are measured, and every measure."""
    found = benefits_of(items)
    st.subheader(_("Promised and found"), anchor=False)
    st.markdown(plain(_words(found)))
    if not found.measures:
        st.caption(_("Write what is promised on the Overview of an assessment, under “Benefits”."))
        return
    columns = (_("Purchase"), *benefit_words.columns())
    with whole_on_paper(
        found.measures, "benefits", ROWS, columns, _row, file=lambda each: [each[0].id]
    ) as shown:
        tables.draw(_("Promised and found"), columns, map(_row, shown))


def _row(measured: tuple[PortfolioItem, Benefit]) -> tuple[str, ...]:
    item, each = measured
    return item.purchase.title, *benefit_words.cells(each)


def _words(found: Benefits) -> str:
    live = len(found.measured) + len(found.promised_only) + len(found.unknown)
    if not live:
        return _("No purchase is in life yet.")
    words = _("{live}: {measured} measured, {promised} promised only, {unknown} with neither.")
    return words.format(
        live=counted(live, "{n} purchase in life", "{n} purchases in life"),
        measured=grouped(len(found.measured)),
        promised=grouped(len(found.promised_only)),
        unknown=grouped(len(found.unknown)),
    )
