"""A chart on a page: its title, the picture, what to download, and the table one click away."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from procurement_risk.assessment import Assessment
from procurement_risk.charts import CHARTS, Chart, palettes
from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.language import ENGLISH, _, current, speaking
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.views.shared import session, tables

# Plotly's own bar of buttons is hidden: the script presses its one button to make a picture.
CONFIG = {
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "displaylogo": False,
    "displayNotifier": False,
    "scrollZoom": False,
}
SCRIPT = '<script src="app/static/chart-download.js"></script>'
ROWS = 25
MINUS = "\N{MINUS SIGN}"
NUMBER = re.compile(rf"{MINUS}?\d+(\.\d+)?")
MARK = "mark"  # what the address calls the mark that was picked, after its chart


def draw(
    chart_name: str,
    subject: object,
    *,
    about: Sequence[str],
    file_name: str,
    note: str = "",
    picks: bool = False,
    name: str = "",
) -> list[str]:
    """Draw a chart with everything that belongs to it, and return what was picked in it.

    Args:
        chart_name: Its name in ``CHARTS``.
        subject: What it draws.
        about: What it is about, for the downloaded picture: a line each under the title.
        file_name: How a downloaded file is called, without its ending.
        note: A sentence or two on how to read it.
        picks: Whether its marks can be picked; what the one that was picked carries comes back.
        name: Tells this chart from the others on the page, where its own name does not.
    """
    chart, name = CHARTS[chart_name], name or chart_name
    title, table = chart.title(subject), chart.table(subject)
    st.subheader(plain(title), anchor=False)
    if note:
        st.caption(note)
    with st.container(key=f"picture-{name}"):
        picked = _draw_picture(name, chart, subject, picks)
        row = downloads(title, for_files(chart, subject, table), about, file_name)
        st.html(SCRIPT + row, unsafe_allow_javascript=True)
    shown = st.expander(_("Show the table"), key=f"table:{name}", on_change="rerun")
    if shown.open:
        with shown:
            words = _("The numbers of the chart: {chart}").format(chart=title)
            tables.draw_frame_paged(words, table, f"table:{name}", ROWS, file="CSV")
    return picked


def _draw_picture(name: str, chart: Chart[Any], subject: object, picks: bool) -> list[str]:
    figure, key = chart.figure(subject, dark=session.dark()), f"chart:{name}"
    if not picks:
        st.plotly_chart(figure, theme=None, config=CONFIG, alt=chart.alt(subject), key=key)
        return []
    st.plotly_chart(
        figure,
        theme=None,
        config=CONFIG,
        alt=chart.alt(subject),
        key=key,
        on_select=lambda: _remember_mark(name, key),
        selection_mode="points",
    )
    return _marked(name)


def _remember_mark(name: str, key: str) -> None:
    """Write what was picked into the address, with the chart that it was picked in."""
    points = list(st.session_state[key].selection.points)
    picked = [str(each) for each in points[0].get("customdata", [])] if points else []
    if picked:
        st.query_params[MARK] = [name, *picked]
    elif MARK in st.query_params:
        del st.query_params[MARK]


def _marked(name: str) -> list[str]:
    """Return what the address says was picked in the chart ``name``."""
    chart, *picked = st.query_params.get_all(MARK) or [""]
    return picked if chart == name else []


def for_files(chart: Chart[Any], subject: object, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as a file holds it: headings and figures the same in every language."""
    if current() == ENGLISH:
        return table
    with speaking(ENGLISH):
        return chart.table(subject)


def downloads(title: str, table: pd.DataFrame, about: Sequence[str], file_name: str) -> str:
    """Return the row of buttons as HTML: a picture as PNG or SVG, and the table as CSV."""
    data = {
        "chart-name": safe_file_name(file_name),
        "chart-title": title,
        "chart-about": "\n".join(about),
        "chart-source": _("Source: AI Procurement Risk Toolkit, {day}").format(
            day=day(session.today())
        ),
        "chart-colours": json.dumps(palettes.lighter() if session.dark() else {}),
    }
    names = {
        "png": _("PNG: download this chart as a picture, {title}"),
        "svg": _("SVG: download this chart as a drawing, {title}"),
        "csv": _("CSV: download the table of this chart, {title}"),
    }
    buttons = []
    for kind, words in names.items():
        own = {**data, "chart-format": kind}
        if kind == "csv":
            own["chart-table"] = b64encode(as_csv(table)).decode("ascii")
        attributes = "".join(f' data-{key}="{escape(text)}"' for key, text in own.items())
        label = escape(words.format(title=title))
        buttons.append(
            f'<button type="button" aria-label="{label}"{attributes}>{kind.upper()}</button>'
        )
    said = escape(_("Download"))
    return f'<div class="chart-downloads"><span>{said}</span>{"".join(buttons)}</div>'


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a chart's table as CSV in which no text starts a formula."""
    rows = [[_cell(cell) for cell in row] for row in table.itertuples(index=False)]
    return write_csv([str(name) for name in table.columns], rows)


def _cell(value: object) -> Cell | Decimal:
    """Return a cell as a file holds it: what is a number on screen is one there, with its sign."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = str(value)
    return Decimal(text.replace(MINUS, "-")) if NUMBER.fullmatch(text) else text


def safe_file_name(text: str) -> str:
    """Return ``text`` as a file's name: letters, digits and hyphens, and not too many."""
    words = re.findall(r"[^\W_]+", text)
    return "-".join(words)[:100].rstrip("-") or "chart"


def about(assessment: Assessment) -> list[str]:
    """Return what a picture of one assessment says of it under its title."""
    lines = [
        f"{assessment.purchase.title} · {assessment.purchase.buyer} · {assessment.supplier.name}",
        _("as of {date}").format(date=day(assessment.answer_set.as_of)),
    ]
    return [*lines, *fictional([assessment])]


def fictional(assessments: Iterable[Assessment | PortfolioItem]) -> list[str]:
    """Return the line that says of made-up data that it is, where any is among it."""
    return [_("Fictional demonstration data")] if any(a.fictional for a in assessments) else []
