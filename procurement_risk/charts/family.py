"""What all charts share: fonts, texts and lines that are gathered, rows that fit a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias, TypeVar

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.palettes import Palette, band_colour, palette
from procurement_risk.framework import Policy
from procurement_risk.language.text import kept_apart, one_line, shorten

Figure: TypeAlias = go.Figure
T = TypeVar("T")

FONT = '"Source Sans", "Segoe UI", Helvetica, Arial, sans-serif'
SIZE, SMALL = 14, 13  # the two sizes of text, in pixels
HEADING_ONLY = 0.36  # the height of a row without a picture, in rows
ON_TOP = {"y": 1, "yref": "container", "yanchor": "top"}
"""Where the key stands, above the picture."""
INSIDE: dict[str, Any] = {
    "textposition": "inside",
    "insidetextanchor": "middle",
    "textangle": 0,
    "constraintext": "none",
}
"""How a bar is lettered: in its middle, at its size."""
LONGEST_TITLE = 26  # characters of a row's title that leave room for its figures on a phone


def template(colours: Palette) -> go.layout.Template:
    """Return the layout every chart starts from."""
    axis = {
        "gridcolor": colours.shade,
        "linecolor": colours.line,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": SMALL, "color": colours.text},
    }
    layout = go.Layout(
        font={"family": FONT, "size": SIZE, "color": colours.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=axis,
        yaxis=axis,
        dragmode=False,
        hovermode=False,
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "font": {"size": SMALL, "color": colours.text},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    return go.layout.Template(layout=layout)


def blank(dark: bool) -> go.Figure:
    """Return an empty figure in the family's dress."""
    return go.Figure(layout={"template": template(palette(dark))})


Ends = tuple[float, float]


def _between(x: Ends, y: Ends) -> dict[str, float]:
    return {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Texts and shapes that a figure is given all at once, by ``update_layout(**each.layout())``.

    Plotly copies and checks all that a figure has for each that is added to it.
    """

    annotations: list[dict[str, object]] = field(default_factory=list)
    shapes: list[dict[str, object]] = field(default_factory=list)

    def add_text(
        self, x: float, y: float, text: str, size: int = SMALL, *, colour: str = "", **more: object
    ) -> None:
        """Gather a text, in which markup counts, at a place of the axes."""
        font = {"size": size, "color": colour} if colour else {"size": size}
        placed = {"x": x, "y": y, "text": text, "font": font}
        self.annotations.append({**placed, "showarrow": False, **more})

    def add_line(
        self, x: Ends, y: Ends, colour: str, width: float = 1, dash: str = "", **more: object
    ) -> None:
        """Gather a line from one end to the other."""
        line = {"color": colour, "width": width, **({"dash": dash} if dash else {})}
        self.shapes.append({"type": "line", **_between(x, y), "line": line, **more})

    def add_box(self, x: Ends, y: Ends, fill: str, **more: object) -> None:
        """Gather a filled rectangle, without an edge where none is said."""
        box = {"type": "rect", **_between(x, y), "fillcolor": fill}
        self.shapes.append({**box, "line": {"width": 0}, **more})

    def layout(self) -> dict[str, Any]:
        """Return what to give the figure's layout."""
        return {"annotations": self.annotations, "shapes": self.shapes}


def row_heading(around: Gathered, y: float, title: str, words: str, *, x: float = 0) -> None:
    """Write a row's title in bold and its words above the row, from ``x``, the left edge."""
    text = f"<b>{literal(shorten(title, LONGEST_TITLE))}</b>  {literal(words)}"
    place: dict[str, Any] = {"xref": "x", "yref": "y", "xanchor": "left", "yanchor": "middle"}
    around.add_text(x, y, text, SIZE, **place, align="left", xshift=-4)


def cuts(policy: Policy) -> list[int]:
    """Return where each band but the best one begins, per cent."""
    return [band.start for band in policy.bands[1:]]


def add_cuts(
    around: Gathered, policy: Policy, top: float, bottom: float, colours: Palette
) -> None:
    """Shade a row from 0 to 100 and draw a line where each band begins."""
    around.add_box((0, 100), (top, bottom), colours.shade)
    for cut in cuts(policy):
        around.add_line((cut, cut), (top, bottom), colours.line, dash="dot")


def name_bands(around: Gathered, policy: Policy, colours: Palette) -> None:
    """Write each band's name in the middle of its range, above the rows."""
    starts = [band.start for band in policy.bands]
    for band, end in zip(policy.bands, [*starts[1:], 100], strict=True):
        colour = band_colour(policy, band.id, colours)
        text = f'<span style="color:{colour}">■</span> <b>{literal(band.label)}</b>'
        around.add_text((band.start + end) / 2, 1, text, xref="x", yref="paper", yanchor="bottom")


def tabulated(things: Iterable[T], *columns: tuple[str, Callable[[T], object]]) -> pd.DataFrame:
    """Return a table with a row for each of ``things``: each column's heading, and its cell."""
    rows = [[cell(each) for _heading, cell in columns] for each in things]
    return pd.DataFrame(rows, columns=[heading for heading, _cell in columns])


def hatched(is_so: bool, colours: Palette) -> dict[str, object]:
    """Return the pattern of a bar, which tells what is open or not settled from the rest."""
    shape = "/" if is_so else ""
    return {"shape": shape, "fgcolor": colours.muted, "size": 7, "solidity": 0.18}


def stack(filled: Sequence[bool]) -> tuple[list[float], float]:
    """Return where each row begins and where the last one ends, in rows.

    A row with nothing but its heading takes less room.
    """
    ends = list(accumulate(1 if full else HEADING_ONLY for full in filled))
    return [0, *ends[:-1]], ends[-1] if ends else 1


def write(
    around: Gathered, x: float, y: float, text: str, size: int = SMALL, *, shift: int = -4
) -> None:
    """Write one line that begins at ``x``, ``shift`` pixels beside it."""
    around.add_text(x, y, literal(text), size, xanchor="left", yanchor="middle", xshift=shift)


def literal(text: str) -> str:
    """Return ``text`` without markup that Plotly would act on, and without what reorders it."""
    shown = kept_apart(one_line(text))
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(words: str, width: int = 14) -> str:
    """Return ``words`` with line breaks so that labels around a circle stay narrow."""
    lines: Sequence[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= width else [*lines, word]
    return "<br>".join(literal(line) for line in lines if line)
