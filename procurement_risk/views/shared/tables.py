"""Tables: small, read by people, with other people's text shown as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import pandas as pd
import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import literal, plain
from procurement_risk.views.shared import paper
from procurement_risk.views.shared.whole_list import Row, whole_on_paper

# Word joiners keep ids and dates on one line in a narrow column.
_HYPHEN = re.compile(r"(?<=\w)-(?=\d)")


def draw(alt: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Draw a small table, or say that it is empty. Every cell and heading is shown literally."""
    cells = [[_literal(cell) for cell in row] for row in rows]
    if not cells:
        st.caption(_("None yet."))
        return
    table = pd.DataFrame(cells, columns=[_literal(name) for name in columns])
    st.table(table, border="horizontal", hide_index=True, alt=alt)


def draw_whole(alt: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Draw a table of long texts, every cell to its end; on a phone cells stand below one another.

    A cell may have several lines. An address is a link that opens beside the app.
    """
    heads = list(map(literal, columns))
    lines = (
        "".join(f'<td data-head="{head}">{_lines(cell)}</td>' for head, cell in named)
        for named in (zip(heads, row, strict=True) for row in rows)
    )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    st.html(
        f'<table class="whole" aria-label="{literal(alt)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _lines(cell: object) -> str:
    found = cell if isinstance(cell, list) else [cell]
    return "<br>".join(_whole(str(each)) for each in found if each != "")


def _whole(text: str) -> str:
    said = literal(text)
    is_address = text.startswith(("https://", "http://"))
    return f'<a href="{said}" target="_blank">{said}</a>' if is_address else said


def draw_paged(
    alt: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    key: str,
    size: int,
    *,
    file: str | Callable[[Row], Iterable[str]],
) -> None:
    """Draw a long table a page at a time; on paper all of it.

    For ``file`` see ``whole_on_paper``.
    """
    with whole_on_paper(rows, key, size, columns, tuple, file=file) as shown:
        draw(alt, columns, shown)


def draw_frame_paged(alt: str, table: pd.DataFrame, key: str, size: int, *, file: str) -> None:
    """Draw a long data frame in the same way; see ``whole_on_paper`` for ``file``."""
    columns = list(map(str, table.columns))
    rows = list(table.itertuples(index=False, name=None))
    with whole_on_paper(rows, key, size, columns, tuple, file=file) as shown:
        draw(alt, columns, [list(map(paper.spoken, row)) for row in shown])


def on_paper(table: pd.DataFrame) -> None:
    """Draw a table that only a printed page shows, after one that the screen draws as a canvas."""
    rows = table.itertuples(index=False)
    paper.table(list(map(str, table.columns)), rows, for_canvas=True)


def draw_frame(alt: str, table: pd.DataFrame) -> None:
    """Draw a data frame in the same way."""
    rows = (list(map(paper.spoken, row)) for row in table.itertuples(index=False))
    draw(alt, list(table.columns), rows)


def _literal(cell: object) -> str:
    return plain(_HYPHEN.sub("\u2060-\u2060", str(cell)))
