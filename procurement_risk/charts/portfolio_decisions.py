"""What is recommended for how many purchases, and how far each of them has got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.assessment import UNBOUGHT_STATES, WORKFLOW_STATES, WorkflowState
from procurement_risk.assessment.words import workflow_state
from procurement_risk.charts.family import ON_TOP, SMALL, Gathered, blank, row_heading
from procurement_risk.charts.palettes import palette
from procurement_risk.framework import words as framework_words
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.totals import GRAVEST_FIRST, decision_of

ABOUT = "portfolio"
ROW_PIXELS = 58
BOUGHT = tuple(state for state in WORKFLOW_STATES if state not in UNBOUGHT_STATES)

WAITING: tuple[WorkflowState, ...] = ("draft", "in_review")
WIDE_ENOUGH = 0.3  # the share of the width that a state's name needs, on a phone


def title(items: Sequence[PortfolioItem]) -> str:
    """Return how many purchases there are to be no go-ahead for, as things stand."""
    number = sum(decision_of(item) == "do_not_proceed" for item in items)
    return ngettext(
        "“{decision}” is recommended for {n} of {all} purchase",
        "“{decision}” is recommended for {n} of {all} purchases",
        len(items),
    ).format(
        decision=framework_words.decision("do_not_proceed"),
        n=grouped(number),
        all=grouped(len(items)),
    )


def alt(items: Sequence[PortfolioItem]) -> str:
    """Return every count as one text."""
    parts = []
    for decision, states in _counts(items).items():
        words = [
            f"{workflow_state(state)} {grouped(number)}"
            for state, number in states.items()
            if number
        ]
        parts.append(f"{portfolio_words.decision_label(decision)}: {', '.join(words)}")
    return _("Purchases by what is recommended and where they stand. {counts}.").format(
        counts="; ".join(parts) or _("nothing to show")
    )


def table(items: Sequence[PortfolioItem]) -> pd.DataFrame:
    """Return the number of purchases by recommendation and state."""
    rows = [
        [
            portfolio_words.decision_label(decision),
            *(states[state] for state in BOUGHT),
            sum(states.values()),
        ]
        for decision, states in _counts(items).items()
    ]
    columns = [_("Recommendation"), *map(workflow_state, BOUGHT), _("All")]
    return pd.DataFrame(rows, columns=columns)


def figure(items: Sequence[PortfolioItem], dark: bool = False) -> go.Figure:
    """Return the picture: a bar a recommendation, cut by state; a piece carries both as ids."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    counts = _counts(items)
    most = max((sum(states.values()) for states in counts.values()), default=1)
    for row, (decision, states) in enumerate(counts.items()):
        number = sum(states.values())
        words = counted(number, "{n} purchase", "{n} purchases")
        if waiting := sum(states[state] for state in WAITING):
            undecided = _("{purchases}, {n} not decided yet")
            words = undecided.format(purchases=words, n=grouped(waiting))
        row_heading(around, row + 0.2, portfolio_words.decision_label(decision), words)
    for place, state in enumerate(BOUGHT):
        if not any(states[state] for states in counts.values()):
            continue
        drawn.add_bar(
            x=[states[state] for states in counts.values()],
            y=[row + 0.66 for row in range(len(counts))],
            width=0.46,
            orientation="h",
            name=workflow_state(state),
            customdata=[[decision, state] for decision in counts],
            hoverinfo="none",
            marker={"color": colours.ramp[place], "line": {"color": colours.text, "width": 1}},
            text=[_piece(state, states[state], most) for states in counts.values()],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": SMALL, "color": colours.on_ramp[place]},
            unselected={"textfont": {"color": colours.on_ramp[place]}},
        )
    drawn.update_layout(
        **around.layout(),
        height=80 + ROW_PIXELS * max(len(counts), 1),
        barmode="stack",
        margin={"t": 66, "b": 8},
        clickmode="event+select",
        hovermode="closest",
        legend={**ON_TOP, "traceorder": "normal"},
        xaxis={"range": [0, 1.01 * most], "visible": False},
        yaxis={"range": [max(len(counts), 1), 0], "visible": False},
    )
    return drawn


def _piece(state: WorkflowState, number: int, most: int) -> str:
    """Return what stands in a piece: its number, with its name where there is room for it."""
    if not number:
        return ""
    is_wide = number >= WIDE_ENOUGH * most
    return f"{workflow_state(state)} {grouped(number)}" if is_wide else grouped(number)


def behind(items: Sequence[PortfolioItem], mark: Sequence[str]) -> list[PortfolioItem]:
    """Return the purchases behind a piece that carries ``mark``: a recommendation and a state."""
    return [item for item in items if [decision_of(item), item.state] == list(mark)]


@once
def _counts(items: Sequence[PortfolioItem]) -> Mapping[str, dict[str, int]]:
    """Return how many purchases there are by recommendation and state, the gravest first."""
    found: dict[str, dict[str, int]] = {}
    for item in items:
        states = found.setdefault(decision_of(item), dict.fromkeys(BOUGHT, 0))
        if item.state in states:  # what was never bought is in no portfolio
            states[item.state] += 1
    return {decision: found[decision] for decision in GRAVEST_FIRST if decision in found}
