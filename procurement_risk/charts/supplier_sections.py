"""The sections of a supplier's purchases: a strip a section, a mark a purchase, in no rank.

Purchases of the same figure, to a whole per cent, share a mark. The worst of each section is
named; a hollow mark is not settled. No strip says anything of the supplier: each purchase stands
for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import Gathered, blank, cuts, literal, name_bands, row_heading
from procurement_risk.charts.palettes import Palette, band_colour, palette
from procurement_risk.charts.portfolio_heat_map import section_rows
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import shorten
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.bands import section_titles
from procurement_risk.portfolio.items import PortfolioItem, SectionFigure

ABOUT = "supplier"
ROW = 62  # pixels
LONGEST = 22  # characters of a name that fit a phone beside its section
MOST_NAMED = 3  # purchases behind one mark, when somebody points at it


@dataclass(frozen=True, slots=True)
class Block:
    """One purchase: what it is called, what was found, and what to say of the bid, or nothing."""

    name: str
    item: PortfolioItem
    standing: str = ""

    def called(self, longest: int | None = None) -> str:
        """Return its name, shortened where ``longest`` says so, and what to say of the bid."""
        name = shorten(self.name, longest) if longest else self.name
        if not self.standing:
            return name
        return _("{title} ({standing})").format(title=name, standing=self.standing)


def title(blocks: Sequence[Block]) -> str:
    """Return what the picture shows."""
    return counted(
        len(blocks),
        "Residual risk of each section, for {n} purchase",
        "Residual risk of each section, for {n} purchases, each by itself",
    )


def alt(blocks: Sequence[Block]) -> str:
    """Return how many purchases each strip has, and the worst of it."""
    parts = [
        f"{section}: {grouped(len(found))}, {_worst_words(found)}"
        for section, found in _strips(blocks).items()
        if found
    ]
    return _("Residual risk, per cent; of each section the number and the worst. {all}.").format(
        all="; ".join(parts) or _("nothing to show")
    )


def table(blocks: Sequence[Block]) -> pd.DataFrame:
    """Return one row for each section of each purchase: its residual risk, and its band."""
    return section_rows((block.called(), block.item) for block in blocks)


def figure(blocks: Sequence[Block], dark: bool = False) -> go.Figure:
    """Return the picture: as high as there are sections, however many purchases there are."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    strips = {name: found for name, found in _strips(blocks).items() if found}
    policies = {block.item.framework.policy.bands for block in blocks if block.item.sections}
    for row, (section, found) in enumerate(strips.items()):
        top = row * ROW
        row_heading(around, top + 14, section, _worst_words(found))
        around.add_box((0, 100), (top + 28, top + ROW - 6), colours.shade)
        drawn.add_scatter(**_marks(found, top + (ROW + 22) / 2, colours))
    if len(policies) == 1:
        policy = next(b.item.framework.policy for b in blocks if b.item.sections)
        name_bands(around, policy, colours)
        for cut in cuts(policy):
            around.add_line((cut, cut), (0, 1), colours.line, dash="dot", yref="paper")
    drawn.update_layout(
        **around.layout(),
        height=ROW * max(len(strips), 1) + 74,
        margin={"t": 36, "b": 36},
        showlegend=False,
        hovermode="closest",
        xaxis={"range": [-2, 102], "tickvals": [0, 25, 50, 75, 100], "showgrid": False},
        yaxis={"range": [ROW * max(len(strips), 1), 0], "visible": False},
    )
    return drawn


Found = Sequence[tuple[Block, SectionFigure]]


def _strips(blocks: Sequence[Block]) -> dict[str, list[tuple[Block, SectionFigure]]]:
    found: dict[str, list[tuple[Block, SectionFigure]]] = {
        name: [] for name in section_titles([block.item for block in blocks])
    }
    for block in blocks:
        for each in block.item.sections:
            found[portfolio_words.section_title(block.item, each)].append((block, each))
    return found


def _worst_words(found: Found) -> str:
    """Return the worst purchase of a section with its figure and its band."""
    block, figure = max(found, key=lambda pair: (Fraction(pair[1].central), pair[0].item.id))
    return f"{portfolio_words.figure_words(block.item, figure)}: {block.called(LONGEST)}"


def _marks(found: Found, y: float, colours: Palette) -> dict[str, object]:
    """Return the marks of one strip, as Plotly takes them: one for each figure that occurs."""
    groups = list(_groups(found))
    inks = [
        band_colour(g[0][0].item.framework.policy, g[0][1].band_central, colours) for g in groups
    ]
    fills = [
        ink if all(each.low == each.high for _b, each in group) else colours.paper
        for ink, group in zip(inks, groups, strict=True)
    ]
    return {
        "x": [float(group[0][1].central) for group in groups],
        "y": [y for _group in groups],
        "mode": "markers",
        "customdata": [[len(group)] for group in groups],
        "hovertext": [_hover(group) for group in groups],
        "hoverinfo": "text",
        "marker": {
            "symbol": "square",
            "size": [9 + min(9, 2 * (len(group) - 1) ** 0.5) for group in groups],
            "color": fills,
            "opacity": 1,
            "line": {
                "width": 2,
                "color": [
                    colours.paper if fill == ink else ink
                    for fill, ink in zip(fills, inks, strict=True)
                ],
            },
        },
        "cliponaxis": False,
    }


def _groups(found: Found) -> Iterator[list[tuple[Block, SectionFigure]]]:
    """Yield the purchases of each figure together, so that a picture does not grow with them."""
    by_figure: dict[str, list[tuple[Block, SectionFigure]]] = {}
    for block, figure in found:
        key = f"{round(Fraction(figure.central))} {figure.band_central}"
        by_figure.setdefault(key, []).append((block, figure))
    yield from by_figure.values()


def _hover(group: Found) -> str:
    names = [
        f"{block.called(LONGEST)} {portfolio_words.figure_words(block.item, figure)}"
        for block, figure in group[:MOST_NAMED]
    ]
    if len(group) > MOST_NAMED:
        names.append(counted(len(group) - MOST_NAMED, "and {n} more", "and {n} more"))
    return "<br>".join(map(literal, names))
