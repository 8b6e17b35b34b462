"""Policies: how each method is set, as an organisation adopted it. Plain immutable data.

Policy       ── bands, tiers, tier rule, evidence floors, decision table    weakest-section
ImpactPolicy ── levels, and a reduction for what was mitigated              impact-mitigation
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from procurement_risk.framework.conditions import Condition, named_in

BandId = str
Decision = Literal["proceed", "conditions", "escalate", "do_not_proceed"]

DECISIONS: tuple[Decision, ...] = ("proceed", "conditions", "escalate", "do_not_proceed")
GRADES = ("E0", "E1", "E2", "E3", "E4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named range of risk, starting at ``start`` per cent and ending where the next starts."""

    id: BandId
    label: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """How much is at stake.

    Attributes:
        number: 1 (least) upwards.
        start: The tier rule's total from which this tier holds; the first tier has no floor.
        packs: Packs that are enough to decide at this tier, the smallest first.
        floors: The least risk value an answer can count for, by evidence grade E0 to E4.
        decisions: The decision for the worst band, by band id.
        notes: A note to show beside a decision, by band id.
    """

    number: int
    label: str
    start: int
    packs: tuple[str, ...]
    floors: tuple[int, ...]
    decisions: Mapping[BandId, Decision]
    notes: Mapping[BandId, str]
    meaning: str = ""
    sign_off: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBase:
    """One candidate for the tier rule's base: a question's risk value less ``subtract``."""

    question: str
    subtract: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TierAdjustment:
    """``add`` steps (negative: fewer) where ``when`` holds."""

    add: int
    when: Condition
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """The highest of ``base``, then every adjustment that holds."""

    base: tuple[TierBase, ...]
    adjustments: tuple[TierAdjustment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPolicy:
    """How a method is set, and who adopted that. Every method has a kind of its own."""

    adopted_by: str = ""

    @property
    def rested_on(self) -> frozenset[str]:
        """Ids of the facts and questions that it names."""
        return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(MethodPolicy):
    """House defaults, to be adopted by the organisation. Bands and tiers rise.

    Attributes:
        core_pack: The id of the pack that is scored alone as well, or empty.
    """

    bands: tuple[Band, ...]
    tiers: tuple[Tier, ...]
    tier_rule: TierRule
    agreed_mitigation_helps: int
    flag_band: BandId
    core_pack: str = ""

    @property
    def rested_on(self) -> frozenset[str]:
        """Ids that the tier rule names."""
        rule = self.tier_rule
        adjusting = (name for each in rule.adjustments for name in named_in(each.when))
        return frozenset((*(base.question for base in rule.base), *adjusting))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How great an impact is. Holds up to ``up_to`` per cent of the most raw points, included.

    ``up_to`` is None for the last level.
    """

    number: int
    label: str
    up_to: int | None = None
    meaning: str = ""
    sign_off: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPolicy(MethodPolicy):
    """How the method ``impact-mitigation`` turns points into a level.

    Attributes:
        phases: How many times the mitigation questions stand in the questionnaire; one of these
            is answered.
        mitigation_from: Per cent of one phase's mitigation points from which they count.
        mitigation_takes_off: Per cent that they then take off the raw points.
        levels: From the least impact to the most.
    """

    phases: int
    mitigation_from: int
    mitigation_takes_off: int
    levels: tuple[Level, ...]
