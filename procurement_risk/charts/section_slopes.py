"""Since last time: a line for each section from its residual risk then to what it is now."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import SIZE, Gathered, blank, literal, tabulated
from procurement_risk.charts.palettes import palette
from procurement_risk.language import _
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.text import shorten
from procurement_risk.profile.trend import Trend

ABOUT = "trend"
HEIGHT, LONGEST = 420, 14  # pixels; characters
LEAST = 40  # points from the best to the worst end at least, so that a small move looks small
APART, ABOVE, BELOW = 0.065, 0.25, 0.2  # of what is shown: between two names, and room around


class Slope(NamedTuple):
    """One section's residual risk then and now, per cent; None where it was not scored."""

    title: str
    then: Fraction | None
    now: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """How far it moved."""
        return None if self.then is None or self.now is None else self.now - self.then


def title(found: Trend) -> str:
    """Return how many sections became worse, and how many better."""
    moves = [each.change for each in slopes(found) if each.change is not None]
    words = _("Residual risk since last time: more in {worse} of {all} sections, less in {better}")
    return words.format(
        all=grouped(len(moves)),
        worse=grouped(sum(each > 0 for each in moves)),
        better=grouped(sum(each < 0 for each in moves)),
    )


def alt(found: Trend) -> str:
    """Return every section then and now."""
    parts = [
        _("{section} from {then} to {now}").format(
            section=each.title, then=_number(each.then), now=_number(each.now)
        )
        for each in slopes(found)
    ]
    return _("Residual risk of each section, per cent. {sections}.").format(
        sections="; ".join(parts) or _("nothing to show")
    )


def table(found: Trend) -> pd.DataFrame:
    """Return a row for each section: then, now and how far it moved."""
    return tabulated(
        slopes(found),
        (_("Section"), lambda each: each.title),
        (_("Then, %"), lambda each: _number(each.then)),
        (_("Now, %"), lambda each: _number(each.now)),
        (_("Change, points"), lambda each: "" if each.change is None else decimal(each.change)),
    )


def slopes(found: Trend) -> list[Slope]:
    """Return the sections that were scored then or now, the worst now first."""
    every = []
    for section in found.sections:
        if "residual" in section.figures:
            middle = section.figures["residual"].central
            every.append(Slope(section.title, _exact(middle.before), _exact(middle.after)))
    scored = [each for each in every if each.then is not None or each.now is not None]
    return sorted(scored, key=lambda each: (each.now is None, -(each.now or 0), each.title))


def figure(found: Trend, dark: bool = False) -> go.Figure:
    """Return the picture: a strong line where it became worse, a dotted one where better."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    every = slopes(found)
    for each in every:
        if each.change is None:
            continue
        is_worse = each.change > 0
        drawn.add_scatter(
            x=[0, 1],
            y=[float(each.then or 0), float(each.now or 0)],
            mode="lines+markers",
            line={
                "color": colours.accent if is_worse else colours.muted,
                "width": 3.5 if is_worse else 1.5,
                "dash": "dot" if each.change < 0 else "solid",
            },
            marker={"size": 8},
            hoverinfo="none",
        )
    low, high = _shown(every)
    for side, words in (("then", _("Then")), ("now", _("Now"))):
        _add_names(around, every, side, (low, high), colours.muted)
        heading = f"<b>{literal(words)}</b>"
        place = high + (ABOVE - 0.05) * (high - low)
        around.add_text(int(side == "now"), place, heading, SIZE, xanchor="center")
    drawn.update_layout(
        **around.layout(),
        height=HEIGHT,
        showlegend=False,
        margin={"t": 8, "b": 8},
        xaxis={"range": [-1.5, 2.5], "visible": False},
        yaxis={
            "range": [low - BELOW * (high - low), high + ABOVE * (high - low)],
            "visible": False,
        },
    )
    return drawn


def _shown(every: Sequence[Slope]) -> tuple[float, float]:
    """Return the best and the worst figure there is, at least ``LEAST`` points apart."""
    found = [float(end) for each in every for end in (each.then, each.now) if end is not None]
    low, high = min(found, default=0.0), max(found, default=100.0)
    missing = max(LEAST - (high - low), 0)
    return low - missing / 2, high + missing / 2


def _add_names(
    around: Gathered, every: Sequence[Slope], side: str, shown: tuple[float, float], colour: str
) -> None:
    """Write each section with its figure beside its end, and lead there where it had to move."""
    known = [(float(value), each) for each in every if (value := getattr(each, side)) is not None]
    known.sort(key=lambda pair: (pair[0], pair[1].title))
    apart = APART * (shown[1] - shown[0])
    at, outwards = (0, -1) if side == "then" else (1, 1)
    places = _apart([value for value, _each in known], apart)
    for place, (value, each) in zip(places, known, strict=True):
        around.add_line((at, at + 0.14 * outwards), (value, place), colour)
        name = literal(f"{shorten(each.title, LONGEST)} {_number(getattr(each, side))}")
        anchor = "right" if outwards < 0 else "left"
        around.add_text(at + 0.16 * outwards, place, name, xanchor=anchor)


def _apart(values: Sequence[float], apart: float) -> list[float]:
    """Return rising ``values`` moved as little as keeps names apart, crowds about their middle."""
    crowds: list[list[float]] = []  # of each the values, as if names took no room
    for number, value in enumerate(values):
        crowds.append([value - number * apart])
        while len(crowds) > 1 and _middle(crowds[-2]) >= _middle(crowds[-1]):
            last = crowds.pop()
            crowds[-1] += last
    middles = [_middle(crowd) for crowd in crowds for _value in crowd]
    return [middle + number * apart for number, middle in enumerate(middles)]


def _middle(crowd: Sequence[float]) -> float:
    return sum(crowd) / len(crowd)


def _exact(value: Fraction | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _number(value: Fraction | None) -> str:
    return _("not scored") if value is None else decimal(value)
