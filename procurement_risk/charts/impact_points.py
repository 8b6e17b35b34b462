"""Impact and mitigation points against the marks that decide: level edges, and the cliff."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import Gathered, blank, literal
from procurement_risk.charts.palettes import Palette, palette
from procurement_risk.language import _
from procurement_risk.language.phrases import percent
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.impact_points import Bounds
from procurement_risk.profile import impact_words

ABOUT = "impact"
HEIGHT = 280
IMPACT, MITIGATION = 1.4, 0.0  # where the two bars stand


def title(result: ImpactResult) -> str:
    """Return how many points there are, and the level they make."""
    return _("{current} of {most} impact points after the reduction: {level}").format(
        current=result.current,
        most=result.max_raw,
        level=impact_words.level_label(result.framework, result.level),
    )


def alt(result: ImpactResult) -> str:
    """Return the picture in two sentences."""
    return impact_words.published_sentence(result) + " " + impact_words.hidden_sentence(result)


def table(result: ImpactResult) -> pd.DataFrame:
    """Return one row for each figure: as published, at least, at most, and out of how many."""
    outlook = result.outlook
    one_phase = phase_points(result)
    rows = [
        (_("Impact points"), result.raw, outlook.raw, result.max_raw),
        (_("Mitigation points"), result.mitigation, outlook.mitigation, one_phase),
        (_("After the reduction"), result.current, outlook.current, result.max_raw),
    ]
    return pd.DataFrame(
        [[name, now, each.low, each.high, most] for name, now, each, most in rows],
        columns=[_("Figure"), _("As published"), _("At least"), _("At most"), _("Out of")],
    )


def phase_points(result: ImpactResult) -> int:
    """Return the most mitigation points of one phase, a part of a point dropped.

    Where questions of several phases can be asked together, there can be more: then that many.
    """
    one_phase = result.max_mitigation // result.framework.impact_policy.phases
    return max(one_phase, result.outlook.mitigation.high)


def figure(result: ImpactResult, dark: bool = False) -> go.Figure:
    """Return two bars, each with its range and its marks; per cent of the most there could be."""
    colours = palette(dark)
    picture, around = blank(dark), Gathered()
    most = max(result.max_raw, 1)
    one_phase = max(phase_points(result), 1)
    _bar(picture, around, colours, IMPACT, result.current, result.outlook.current, most)
    low_and_high = result.outlook.mitigation
    _bar(picture, around, colours, MITIGATION, result.mitigation, low_and_high, one_phase)
    policy = result.framework.impact_policy
    start = 0
    for level in policy.levels:
        end = 100 if level.up_to is None else level.up_to
        _mark(around, colours, IMPACT, end)
        _label(around, colours, IMPACT, (start + end) / 2, level.label)
        start = end
    cliff = 100 * result.needed / one_phase
    _mark(around, colours, MITIGATION, cliff)
    words = _("counts from {n}").format(n=result.needed)
    _label(around, colours, MITIGATION, min(cliff, 88), words)
    names = [
        _("Mitigation: {n} of {most}").format(n=result.mitigation, most=one_phase),
        _("Impact: {n} of {most}").format(n=result.current, most=result.max_raw),
    ]
    picture.update_yaxes(range=[-0.55, 2.0], visible=False)
    shares = [0, 25, 50, 75, 100]
    picture.update_xaxes(
        range=[0, 100], tickvals=shares, ticktext=[percent(n) for n in shares], showgrid=False
    )
    for place, name in zip((MITIGATION, IMPACT), names, strict=True):
        _label(around, colours, place, 0, name, above=0.42, anchor="left", bold=True)
    margin = {"l": 12, "r": 12, "t": 4, "b": 28}
    picture.update_layout(**around.layout(), height=HEIGHT, showlegend=False, margin=margin)
    return picture


def _bar(
    picture: go.Figure,
    around: Gathered,
    colours: Palette,
    place: float,
    value: int,
    bounds: Bounds,
    most: int,
) -> None:
    low, high = 100 * bounds.low / most, 100 * bounds.high / most
    for left, right, colour in (
        (0, 100, colours.shade),
        (low, max(high, low + 0.6), colours.envelope),
    ):
        around.add_box((left, right), (place - 0.18, place + 0.18), colour, layer="below")
    marker = {"symbol": "diamond", "size": 14, "color": colours.accent}
    picture.add_scatter(
        x=[100 * value / most], y=[place], mode="markers", marker=marker, cliponaxis=False
    )


def _mark(around: Gathered, colours: Palette, place: float, x: float) -> None:
    around.add_line((x, x), (place - 0.24, place + 0.24), colours.line, 2)


def _label(
    around: Gathered,
    colours: Palette,
    place: float,
    x: float,
    words: str,
    *,
    above: float = -0.34,
    anchor: str = "center",
    bold: bool = False,
) -> None:
    text = f"<b>{literal(words)}</b>" if bold else literal(words)
    around.add_text(x, place + above, text, colour=colours.text, xanchor=anchor)
