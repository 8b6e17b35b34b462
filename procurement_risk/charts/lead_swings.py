"""What could narrow or turn the lead: each weight over ±50 %, each answer over its options."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    SMALL,
    Gathered,
    blank,
    literal,
    row_heading,
    tabulated,
    write,
)
from procurement_risk.charts.palettes import Palette, palette
from procurement_risk.comparison import Comparison, words
from procurement_risk.comparison.tornado import Swing, Tornado
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.phrases import from_to
from procurement_risk.language.text import shorten

ABOUT = "comparison"
MOST_DRAWN = 12
ROW, TEXT = 52, 20  # pixels: a row, and the line for a question's text
LONGEST_TEXT = 48  # characters of it, on a phone


def title(comparison: Comparison) -> str:
    """Return how large the lead is, and over whom."""
    tornado = comparison.tornado
    return _("{leader} leads {runner_up} by {lead} points of the ordering figure").format(
        leader=tornado.leader, runner_up=tornado.runner_up, lead=words.signed(tornado.lead)
    )


def alt(comparison: Comparison) -> str:
    """Return the swings that are drawn as one text."""
    parts = [
        f"{label(comparison, swing)}: {_range(swing)}"
        for swing in drawn_swings(comparison.tornado)
    ]
    return _("How far the lead moves, in points. {swings}.").format(swings="; ".join(parts))


def drawn_swings(tornado: Tornado) -> list[Swing]:
    """Return the swings there is room for: open answers, the weights, then the widest answers."""
    still_open = [swing for swing in tornado.swings if swing.is_open]
    weights = [swing for swing in tornado.swings if swing.question is None]
    answers = [swing for swing in tornado.swings if swing.question and not swing.is_open]
    return [*still_open, *weights, *answers][:MOST_DRAWN]


def label(comparison: Comparison, swing: Swing) -> str:
    """Return what is moved: ``Weight of Lock-in``, or a question with its text and whose it is."""
    if swing.question is not None:
        return f"{swing.question.id} {swing.question.ask} ({swing.whose})"
    framework = comparison.candidates[0].result.framework
    section = short_title(framework.section(swing.section))
    return _("Weight of {section}").format(section=section)


def _range(swing: Swing) -> str:
    return from_to(words.signed(swing.low), words.signed(swing.high))


def table(comparison: Comparison) -> pd.DataFrame:
    """Return every swing, the widest first."""
    return tabulated(
        comparison.tornado.swings,
        (_("What is moved"), lambda swing: label(comparison, swing)),
        (_("Least lead"), lambda swing: words.signed(swing.low)),
        (_("Greatest lead"), lambda swing: words.signed(swing.high)),
        (_("Least with"), _least),
        (_("Greatest with"), _most),
        (_("Note"), _notes),
    )


def _least(swing: Swing) -> str:
    if swing.least is not None:
        return swing.least.label
    return _("half the weight") if swing.at_half == swing.low else _("half as much again")


def _most(swing: Swing) -> str:
    if swing.most is not None:
        return swing.most.label
    return _("half the weight") if swing.at_half == swing.high else _("half as much again")


def _notes(swing: Swing) -> str:
    notes = [_("open")] if swing.is_open else []
    notes += [_("turns the order")] if swing.turns_order else []
    notes += [_("its worst options fire a stop")] if swing.stops else []
    return "; ".join(notes)


def figure(comparison: Comparison, dark: bool = False) -> go.Figure:
    """Return the picture: a bar from the least lead to the greatest for the widest swings."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    tornado = comparison.tornado
    swings = drawn_swings(tornado)
    tops, bottom = [], 0
    for swing in swings:
        tops.append(bottom)
        bottom += ROW + (TEXT if swing.question else 0)
    bottom = bottom or ROW
    low = float(min([swing.low for swing in swings], default=tornado.lead))
    high = float(max([swing.high for swing in swings], default=tornado.lead))
    low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) * 0.04 or 1.0
    lines = ((0.0, _("level"), "dot"), (float(tornado.lead), _("now"), "solid"))
    for x, name, _dash in lines:
        around.add_text(x, 0, literal(name), yanchor="bottom")
    for top, swing in zip(tops, swings, strict=True):
        _add_heading(around, comparison, swing, top + 14, low - room)
        y = top + 36 + (TEXT if swing.question else 0)
        _add_bar(drawn, swing, y, colours)
        for x, _name, dash in lines:
            around.add_line((x, x), (y - 13, y + 13), colours.text, 2, dash)
    drawn.update_layout(
        **around.layout(),
        height=bottom + 94,
        margin={"t": 34, "b": 60},
        bargap=0,
        xaxis={
            "range": [low - room, high + room],
            "title": {"text": _("Lead, in points"), "font": {"size": SMALL}},
            "showgrid": False,
        },
        yaxis={"range": [bottom, 0], "visible": False},
    )
    return drawn


def _add_heading(
    around: Gathered, comparison: Comparison, swing: Swing, y: float, x: float
) -> None:
    note = _range(swing)
    if swing.question is None:
        note = _("weight: {range}").format(range=note)
    if swing.turns_order:
        note = _("{range}, turns the order").format(range=note)
    row_heading(around, y, _short(comparison, swing), note, x=x)
    if swing.question is not None:
        text = swing.question.ask
        words_open = _("Open: {question}").format(question=text) if swing.is_open else text
        write(around, x, y + TEXT, shorten(words_open, LONGEST_TEXT))


def _short(comparison: Comparison, swing: Swing) -> str:
    """Return a section's title, or ``LI-04 Quillmere Systems Ltd``."""
    if swing.question is None:
        framework = comparison.candidates[0].result.framework
        return short_title(framework.section(swing.section))
    return f"{swing.question.id} {swing.whose}"


def _add_bar(drawn: go.Figure, swing: Swing, y: float, colours: Palette) -> None:
    marker = {
        "color": colours.ramp[1] if swing.question is None else colours.ramp[3],
        "line": {"color": colours.text, "width": 1},
        "pattern": {
            "shape": "/" if swing.turns_order else "",
            "fillmode": "overlay",
            "fgcolor": colours.text,
            "solidity": 0.2,
        },
    }
    drawn.add_bar(
        x=[float(swing.width)],
        base=[float(swing.low)],
        y=[y],
        width=18,
        orientation="h",
        marker=marker,
        showlegend=False,
    )
