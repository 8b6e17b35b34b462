"""How much hangs on each: its share of committed value now, and if the pilots scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import ON_TOP, Gathered, blank, row_heading, tabulated
from procurement_risk.charts.palettes import Palette, palette
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import counted, percent, share
from procurement_risk.portfolio import concentration_words
from procurement_risk.portfolio.concentration import Concentration, Group, Measure

ABOUT = "concentration"
MOST_ROWS = 12
TICKS = (0, 25, 50, 75, 100)
ROW_PIXELS = 52
MIDDLE = 0.7  # of a row, where its dots stand
MEASURES: tuple[Measure, ...] = ("committed", "scaled", "count")
LABELS: Mapping[Measure, str] = {
    "committed": N_("Share of committed value"),
    "scaled": N_("Share if the pilots scale"),
}


def title(found: Concentration) -> str:
    """Return what most purchases hang on, and what has the largest share of committed value."""
    shared, largest = concentration_words.most_shared(found), found.largest("committed")
    parts = []
    if shared is not None:
        purchases = concentration_words.purchases_of(shared, found)
        parts.append(_("{name} in {purchases}").format(name=shared.name, purchases=purchases))
    if largest is not None:
        words = _("{name} with the largest share of committed value, {share}")
        part = share(found.share(largest, "committed"))
        parts.append(words.format(name=largest.name, share=part))
    words = "; ".join(parts) or _("nothing is shared")
    return f"{_kind(found)}: {words}"


def alt(found: Concentration) -> str:
    """Return the shares of every group that is drawn, as one text."""
    parts = [
        f"{group.name}: {concentration_words.group_words(found, group)}" for group in _drawn(found)
    ]
    if (left := len(found.groups) - len(parts)) > 0:
        parts.append(counted(left, "{n} more in the table", "{n} more in the table"))
    return _("Shares, by {kind}. {groups}.").format(
        kind=_kind(found), groups="; ".join(parts) or _("nothing to show")
    )


def table(found: Concentration) -> pd.DataFrame:
    """Return every group with its sums and shares."""
    return tabulated(
        found.groups,
        (_kind(found), lambda group: group.name),
        (_("Purchases"), lambda group: len(group.items)),
        (_("Share of purchases, %"), lambda group: _percent(found, group, "count")),
        (_("Committed, £"), lambda group: group.weights["committed"]),
        (_("Share of committed value, %"), lambda group: _percent(found, group, "committed")),
        (_("If the pilots scale, £"), lambda group: group.weights["scaled"]),
        (_("Share if they scale, %"), lambda group: _percent(found, group, "scaled")),
    )


def figure(found: Concentration, dark: bool = False) -> go.Figure:
    """Return the picture: a dot for the share now, a ring for the share if the pilots scale."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    groups = _drawn(found)
    for row, group in enumerate(groups):
        _add_heading(around, found, group, row)
        now, then = (_share(found, group, measure) for measure in LABELS)
        if now is not None and then is not None and now != then:
            middle = row + MIDDLE
            around.add_line((now, then), (middle, middle), colours.text, 2)
    for measure in reversed(list(LABELS)):
        _add_dots(drawn, found, groups, measure, colours)
    drawn.update_layout(
        **around.layout(),
        height=120 + ROW_PIXELS * max(len(groups), 1),
        margin={"t": 78, "b": 36},
        clickmode="event+select",
        hovermode="closest",
        legend={**ON_TOP, "traceorder": "reversed"},
        xaxis={"range": [-2, 102], "tickvals": TICKS, "ticktext": [percent(n) for n in TICKS]},
        yaxis={"range": [max(len(groups), 1), 0], "visible": False},
    )
    return drawn


def _add_heading(around: Gathered, found: Concentration, group: Group, row: int) -> None:
    """Write what a group is called, in how many purchases it is, and its shares."""
    now, then = (share(found.share(group, measure)) for measure in LABELS)
    shares = now if now == then else _("{now}, {then} if pilots scale").format(now=now, then=then)
    words = f"{shares}; {concentration_words.purchases_of(group, found)}"
    row_heading(around, row + 0.26, group.name, words)


def _add_dots(
    drawn: go.Figure,
    found: Concentration,
    groups: Sequence[Group],
    measure: Measure,
    colours: Palette,
) -> None:
    is_now = measure == "committed"
    drawn.add_scatter(
        x=[_share(found, group, measure) for group in groups],
        y=[row + MIDDLE for row in range(len(groups))],
        mode="markers",
        name=_(LABELS[measure]),
        customdata=[[group.key] for group in groups],
        hoverinfo="none",
        marker={
            "symbol": "circle" if is_now else "circle-open",
            "size": 12 if is_now else 15,
            "color": colours.accent if is_now else colours.text,
            "line": {"width": 2, "color": colours.text},
        },
        cliponaxis=False,
    )


def _share(found: Concentration, group: Group, measure: Measure) -> float | None:
    """Return where its mark stands, or None: what is not known has none, and is not 0."""
    part = found.share(group, measure)
    return None if part is None else float(100 * part)


def _percent(found: Concentration, group: Group, measure: Measure) -> str:
    part = found.share(group, measure)
    return _("not known") if part is None else decimal(100 * part)


def _drawn(found: Concentration) -> tuple[Group, ...]:
    """Return the groups with the greatest shares by any measure, in the order of the table."""
    ranked = sorted(
        found.groups,
        key=lambda group: max(found.share(group, m) or Fraction(0) for m in MEASURES),
        reverse=True,
    )
    kept = {group.key for group in ranked[:MOST_ROWS]}
    return tuple(group for group in found.groups if group.key in kept)


def _kind(found: Concentration) -> str:
    return concentration_words.kind_label(found.kind)
