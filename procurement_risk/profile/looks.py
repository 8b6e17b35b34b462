"""How a decision, a band and a level look: the one place for their colour, icon and sign.

    decision_look("escalate") ┐
    band_look(policy, "high") ├─> Look ── colour, icon   on screen: st.badge(word, icon=…, color=…)
    verdict(outcome).look     ┘        └─ sign, ink, tint    on paper and in files

There are four gravities and what is not settled; everything that is judged takes one of them, so
that "Escalate" and "High" look the same wherever they stand. A look never stands alone: the word
is beside it, from ``framework.words`` or as ``Verdict.words``. The colours stay apart under the
common kinds of colour blindness; ``ink`` on ``tint`` and on white has a contrast of 4.5 and more,
and ``.streamlit/config.toml`` gives Streamlit's colours of these names the same values.

Pictures take ``mark``, ``cell`` and ``shape``: neighbours differ by 15 (CIEDE2000) and more, also
as somebody sees them who lacks one kind of cone, and on paper cells get darker the worse they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from procurement_risk.framework import BandId, Policy
from procurement_risk.framework.words import decision
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.sections import band_rank
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import impact_words

Colour = Literal["blue", "yellow", "orange", "red", "gray"]


class Variants(NamedTuple):
    """A colour on a light and on a dark background."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Look:
    """How one gravity looks.

    Attributes:
        colour: Streamlit's name of the colour, light and dark.
        icon: The Material symbol, as Streamlit takes it.
        sign: One character that says the same in print and in a table.
        ink: The colour of text and lines on paper.
        tint: The colour behind them.
        mark: The colour of a mark in a picture.
        cell: What fills a cell of a picture.
        on_cell: The colour of text in it.
        shape: The mark that says the same without colour, as Plotly calls it.
    """

    colour: Colour
    icon: str
    sign: str
    ink: str
    tint: str
    mark: Variants
    cell: Variants
    on_cell: Variants
    shape: str


class Verdict(NamedTuple):
    """What a result comes to in a word or two, and how that looks."""

    words: str
    look: Look


GRAVITIES = (
    Look(
        "blue", ":material/check_circle:", "✓", "#14507f", "#e1eef8",
        Variants("#258df2", "#5485b1"),
        Variants("#e3eefa", "#173450"),
        Variants("#1a1a1a", "#f2f2f2"),
        "circle",
    ),
    Look(
        "yellow", ":material/contrast:", "◐", "#6b4e00", "#faeec8",
        Variants("#9e6b0d", "#826708"),
        Variants("#eec344", "#7a5c0a"),
        Variants("#1a1a1a", "#f2f2f2"),
        "square",
    ),
    Look(
        "orange", ":material/warning:", "▲", "#8f2d00", "#fde4d6",
        Variants("#842d04", "#ffa173"),
        Variants("#d96f28", "#ee8a42"),
        Variants("#1a1a1a", "#10171d"),
        "triangle-up",
    ),
    Look(
        "red", ":material/block:", "✕", "#6e0f3a", "#f8dfe9",
        Variants("#3e071f", "#ffeff8"),
        Variants("#560d3c", "#ffd9ec"),
        Variants("#ffffff", "#10161c"),
        "x",
    ),
)  # fmt: skip
"""From the best to the worst."""

UNSETTLED = Look(
    "gray", ":material/pending:", "○", "#40484e", "#e9edef",
    Variants("#6b737a", "#8d969e"),
    Variants("#ffffff", "#0f1417"),
    Variants("#1a1a1a", "#f2f2f2"),
    "diamond",
)  # fmt: skip

DECISIONS: Mapping[str, Look] = dict(
    zip(("proceed", "conditions", "escalate", "do_not_proceed"), GRAVITIES, strict=True)
)


def decision_look(value: str) -> Look:
    """Return how a decision looks; ``not_ready`` and anything unknown look unsettled."""
    return DECISIONS.get(value, UNSETTLED)


def band_look(policy: Policy, band_id: BandId) -> Look:
    """Return how a band looks: the best takes the first gravity, the worst the last."""
    return _at(band_rank(policy, band_id), len(policy.bands))


def scored_verdict(result: Result) -> Verdict:
    """Return the decision in its few words, without what may stand beside it."""
    return Verdict(decision(result.recommendation), decision_look(result.recommendation))


def level_verdict(result: ImpactResult) -> Verdict:
    """Return the level where it is settled, else that it is not."""
    if result.level is None or not result.is_settled:
        return Verdict(decision("not_ready"), UNSETTLED)
    levels = result.framework.impact_policy.levels
    words = impact_words.level_label(result.framework, result.level)
    return Verdict(words, _at(result.level - 1, len(levels)))


def _at(place: int, number: int) -> Look:
    """Return the look of one of ``number`` steps, spread over the gravities."""
    share = Fraction(place, number - 1) if number > 1 else Fraction(0)
    return GRAVITIES[round(share * (len(GRAVITIES) - 1))]
