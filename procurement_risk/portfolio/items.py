"""What a portfolio knows of one assessment: who buys what from whom, and what came of it.

    Assessment + outcome -> PortfolioItem <-> document

An item holds everything that a figure of the portfolio rests on, so that ten thousand of them are
read without scoring anything again. Ids go in, words come later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from procurement_risk.assessment import (
    UNBOUGHT_STATES,
    Assessment,
    Benefit,
    Purchase,
    RecordedDecision,
    Supplier,
    Trigger,
    Upstream,
    WorkflowState,
)
from procurement_risk.assessment.standing import Look
from procurement_risk.framework import GRADES, BandId, Framework
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.sections import OPEN, SectionScore, evidence_weights
from procurement_risk.methods.weakest_section import Result
from procurement_risk.methods.worst import worst_section
from procurement_risk.portfolio.exits import Exit, exits_of
from procurement_risk.profile.walkthrough import progress, steps

FORM = "9"
"""The form of the documents below and of their columns. Raise it when one written before can no
longer be read, or lacks something."""

EVIDENCE = (*GRADES, OPEN)


class Span(NamedTuple):
    """The least and the most that something may still come to."""

    low: int
    high: int


class SectionFigure(NamedTuple):
    """One section's residual risk, per cent with one decimal, and its bands by id."""

    section: str
    low: str
    central: str
    high: str
    band_low: BandId
    band_central: BandId
    band_high: BandId


class Condition(NamedTuple):
    """An action that lowers the risk of one answer, as far as a portfolio follows it."""

    question: str
    status: str
    owner: str
    due: str
    clause: str


class Expiry(NamedTuple):
    """The day from which on the evidence of one answer no longer counts.

    Attributes:
        grade: What the evidence is graded as.
        counts: Whether the answer counts: the pack asks for it, and its condition holds or may.
    """

    question: str
    until: str
    grade: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioItem:
    """One assessment, as a portfolio sees it.

    Attributes:
        id: The assessment's id.
        framework: The framework version it was answered against.
        purchase: Without its description, which no figure rests on.
        decided: What a named person decided, or None.
        tier: Tier numbers; None where the method knows no tiers.
        level: Level numbers; None where the method knows no levels, or nothing is scored.
        recommendation: A decision or ``not_ready``; empty where the method gives none, as are
            ``decision_low`` and ``decision_high``.
        worst: The id of the worst decisive section, or empty.
        sections: The sections that are scored, in reading order.
        evidence: Weight of the answers by grade E0 to E4, then of what is open.
        open: How many questions are open.
        stops: Ids of questions whose stop has fired.
        flags: Ids of questions whose flag has fired.
        conditions: Every mitigation, proposed ones too.
        triggers: Everything that called for a new look, dealt with or not.
        expiries: Evidence that has an end.
        exits: What is answered about leaving: see ``exits``.
        benefits: What was promised and what was found.
        owner: Who is responsible for it.
        answered: How many of the questions that are asked are settled.
        asked: How many are asked.
        larger_pack: The pack to take next where this one is too small to decide, or empty.
        supplier_id: The supplier in the store, however it is spelled; empty outside a store.
        supplier_names: Every name that it goes by there, made comparable.
        foreign: Whether nobody here knows its framework. It is no part of the document: a
            framework may be adopted while the assessment stays as it is.
    """

    id: str
    framework: Framework
    purchase: Purchase
    supplier: Supplier
    as_of: str
    upstreams: tuple[Upstream, ...] = ()
    state: WorkflowState = "draft"
    fictional: bool = False
    replaces: str = ""
    created_at: str = ""
    changed_at: str = ""
    decided: RecordedDecision | None = None
    tier: Span | None = None
    level: Span | None = None
    recommendation: str = ""
    decision_low: str = ""
    decision_high: str = ""
    worst: str = ""
    sections: tuple[SectionFigure, ...] = ()
    evidence: tuple[int, ...] = (0,) * len(EVIDENCE)
    open: int = 0
    stops: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    expiries: tuple[Expiry, ...] = ()
    exits: tuple[Exit, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    owner: str = ""
    answered: int = 0
    asked: int = 0
    larger_pack: str = ""
    supplier_id: str = ""
    supplier_names: frozenset[str] = frozenset()
    foreign: bool = False

    @property
    def times(self) -> int:
        """For how many it stands: see ``several``."""
        return 1

    @property
    def committed(self) -> int | None:
        """Whole pounds committed; None where unknown."""
        return self.purchase.committed_value

    @property
    def scaled(self) -> int | None:
        """Whole pounds if a pilot grows to full use; what is committed where it is no pilot."""
        scaled = self.purchase.value_if_scaled
        return self.purchase.committed_value if scaled is None else scaled

    def worst_figure(self) -> SectionFigure | None:
        """Return the figure of the worst decisive section, or None where none is scored."""
        return next((each for each in self.sections if each.section == self.worst), None)

    def days_known(self) -> tuple[str, str, str] | None:
        """Return the days that ``waiting.days_of`` gives, where they are worked out by now."""
        return None


def item_of(
    assessment: Assessment, framework: Framework, outcome: AnyResult, changed_at: str = ""
) -> PortfolioItem:
    """Return what a portfolio knows of ``assessment``, whose ``outcome`` was worked out before."""
    answered, flags, worst = assessment.answer_set, outcome.red_flags, worst_section(outcome)
    scored = {name: each for name, each in outcome.sections.items() if each is not None}
    weights = dict.fromkeys(EVIDENCE, 0)
    for each in scored.values():
        for grade, weight in evidence_weights(each, answered).items():
            weights[grade] += weight
    settled, asked = progress(steps(framework, outcome))
    return PortfolioItem(
        id=assessment.id,
        framework=framework,
        purchase=replace(assessment.purchase, description=""),
        supplier=assessment.supplier,
        as_of=answered.as_of,
        upstreams=assessment.upstreams,
        state=assessment.state,
        fictional=assessment.fictional,
        replaces=assessment.replaces,
        created_at=assessment.created_at,
        changed_at=changed_at,
        decided=assessment.decision,
        recommendation=outcome.recommendation,
        worst=worst[0].id if worst else "",
        sections=tuple(_figure(name, each) for name, each in scored.items()),
        evidence=tuple(weights.values()),
        open=len(outcome.open),
        stops=(*flags.stops_fired, *flags.acting),
        flags=tuple(flags.flags_fired),
        conditions=tuple(
            Condition(m.question, m.status, m.owner, m.due, m.clause) for m in answered.mitigations
        ),
        triggers=assessment.triggers,
        expiries=tuple(
            Expiry(
                question,
                answer.valid_until,
                answer.evidence,
                question in framework.by_id and outcome.counts(question),
            )
            for question, answer in sorted(answered.answers.items())
            if answer.valid_until and answer.state == "answered"
        ),
        exits=exits_of(assessment, framework, outcome),
        benefits=assessment.benefits,
        owner=assessment.responsible,
        answered=settled,
        asked=asked,
        larger_pack=outcome.larger_pack,
        **OF_ONE_METHOD[framework.method](outcome),
    )


def look_of_item(item: PortfolioItem) -> Look:
    """Return what of ``item`` tells whether it counts: see ``assessment.standing``."""
    return Look(
        id=item.id,
        as_of=item.as_of,
        created_at=item.created_at,
        replaces=item.replaces,
        decided=item.decided is not None,
        unbought=item.state in UNBOUGHT_STATES,
        foreign=item.foreign,
        closed=item.state == "closed",
    )


def _tier(result: Result) -> dict[str, Any]:
    return {
        "tier": Span(result.tier.low, result.tier.high),
        "decision_low": result.decision_low,
        "decision_high": result.decision_high,
    }


def _level(result: ImpactResult) -> dict[str, Any]:
    level = result.outlook.level
    return {"level": Span(level.low, level.high) if level else None}


# What an item holds only of the results of one method, by its name.
OF_ONE_METHOD: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "weakest-section": _tier,
    "impact-mitigation": _level,
}


def _figure(section: str, scored: SectionScore) -> SectionFigure:
    figure, band = scored.residual, scored.band
    low, central, high = map(one_decimal, (figure.low, figure.central, figure.high))
    return SectionFigure(section, low, central, high, band.low, band.central, band.high)
