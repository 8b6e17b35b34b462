"""A chart of the portfolio, with the table behind it, and what somebody picked in it."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from procurement_risk.charts import Chart
from procurement_risk.exports.csv_cells import safe, write_csv
from procurement_risk.language import _
from procurement_risk.views import portfolio_list, profile_tables, session
from procurement_risk.wording import plain

ROWS = 25
Subject = TypeVar("Subject")


def draw(
    name: str, chart: Chart[Subject], subject: Subject, note: str = "", *, picks: bool = True
) -> list[str]:
    """Draw ``chart`` of ``subject`` and return what the mark that was picked carries, or nothing.

    Args:
        name: The chart's name, for its key.
        chart: The chart.
        subject: What it draws.
        note: A line under the title.
        picks: Whether its marks can be picked.
    """
    st.subheader(plain(chart.title(subject)), anchor=False)
    if note:
        st.caption(note)
    figure = chart.figure(subject, dark=session.dark())
    config = {"displayModeBar": False, "scrollZoom": False}
    key, alt = f"chart:{name}", chart.alt(subject)
    if picks:
        drawn = st.plotly_chart(
            figure,
            theme=None,
            config=config,
            alt=alt,
            key=key,
            on_select="rerun",
            selection_mode="points",
        )
        points = list(drawn.selection.points)
    else:
        st.plotly_chart(figure, theme=None, config=config, alt=alt, key=key)
        points = []
    _draw_table(name, chart, subject)
    return [str(each) for each in points[0].get("customdata", [])] if points else []


def _draw_table(name: str, chart: Chart[Subject], subject: Subject) -> None:
    shown = st.expander(_("Show the table"), key=f"table:{name}", on_change="rerun")
    if not shown.open:
        return
    with shown:
        whole = chart.table(subject)
        places = portfolio_list.paged(range(len(whole)), f"table:{name}", ROWS)
        alt = _("The numbers of the chart: {chart}").format(chart=name)
        profile_tables.draw(whole.iloc[list(places)], alt)
        st.download_button(
            _("Download as CSV"),
            data=lambda: write_csv(
                [safe(name) for name in whole.columns], whole.itertuples(index=False)
            ),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv:{name}",
        )
