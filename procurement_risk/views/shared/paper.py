"""What only a printed page says, such as what was chosen in fields that are not on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from procurement_risk.language.numbers import grouped


def note(words: str) -> None:
    """Write ``words`` on paper alone, literally."""
    st.html(f'<p class="on-paper">{escape(words)}</p>')


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, for_canvas: bool = False
) -> None:
    """Draw a table on paper alone, every cell literally, whole numbers as people read them.

    ``for_canvas``: it stands for one that the screen draws as a canvas, which then is not printed.
    """
    tag = "div" if for_canvas else "section"
    heads = "".join(f"<th>{escape(each)}</th>" for each in columns)
    lines = ("".join(f"<td>{escape(spoken(cell))}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    st.html(
        f'<{tag} class="on-paper"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></{tag}>"
    )


def spoken(cell: object) -> str:
    """Return a cell as people read it: a whole number with its thousands apart."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return grouped(cell)
    return str(cell)
