"""Since last time: a line for each section from its residual risk then to what it is now."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import SIZE, Gathered, blank, literal, tabulated
from procurement_risk.charts.palettes import palette
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.text import shorten
from procurement_risk.profile.trend import SectionTrend, Trend

ABOUT = "trend"
HEIGHT, APART, LONGEST = 420, 5.2, 14  # pixels; points that two names keep apart; characters


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
            name = _name(found, section)
            every.append(Slope(name, _exact(middle.before), _exact(middle.after)))
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
    for x, anchor, side, words in (
        (0, "right", "then", _("Then")),
        (1, "left", "now", _("Now")),
    ):
        _add_names(around, every, (x, anchor), side)
        heading = f"<b>{literal(words)}</b>"
        around.add_text(x, 106, heading, SIZE, xanchor="center")
    drawn.update_layout(
        **around.layout(),
        height=HEIGHT,
        showlegend=False,
        margin={"t": 8, "b": 8},
        xaxis={"range": [-1.5, 2.5], "visible": False},
        yaxis={"range": [-4, 110], "visible": False},
    )
    return drawn


def _add_names(around: Gathered, every: Sequence[Slope], at: tuple[float, str], side: str) -> None:
    """Write each section with its figure beside its end, moved apart where they would overlap."""
    x, anchor = at
    known = [(value, each) for each in every if (value := getattr(each, side)) is not None]
    known.sort(key=lambda pair: (pair[0], pair[1].title))
    places = _apart([float(value) for value, _each in known])
    for place, (value, each) in zip(places, known, strict=True):
        name = f"{shorten(each.title, LONGEST)} {decimal(value)}"
        shift = -8 if anchor == "right" else 8
        around.add_text(x, place, literal(name), xanchor=anchor, xshift=shift)


def _name(found: Trend, section: SectionTrend) -> str:
    """Return a section's short title, in the new version where that has it."""
    for framework in (found.move.new, found.move.old):
        for each in framework.sections:
            if each.id == section.id:
                return short_title(each)
    return section.title


def _apart(values: Sequence[float]) -> list[float]:
    """Return rising ``values`` moved as little as keeps names apart, none of them above 100."""
    places: list[float] = []
    for value in values:
        places.append(max(value, places[-1] + APART) if places else value)
    limit = 100.0
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], limit)
        limit = places[at] - APART
    return places


def _exact(value: Fraction | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _number(value: Fraction | None) -> str:
    return _("not scored") if value is None else decimal(value)
