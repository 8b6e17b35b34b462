"""The method ``weakest-section``: the worst decisive section meets the tier.

    answers ─ applicability ─┬─ tier ──────────────────────────┐
                             ├─ values ─ sections ─ worst band ┼─ decision ─ recommendation
                             └─ stops and flags ───────────────┘

Everything is a range, from the best way the open questions could come out to the worst, and a
recommendation is given only where both ends agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal
from weakref import WeakKeyDictionary

from procurement_risk.assessment import AnswerSet, Mitigation
from procurement_risk.assessment.conditions import (
    Applies,
    Conditions,
    applicability,
    order_conditions,
)
from procurement_risk.framework import DECISIONS, Decision, Framework, Question, Tier
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods.method import AnyResult, Method, is_open
from procurement_risk.methods.red_flags import RedFlags, find_red_flags
from procurement_risk.methods.sections import SectionScore, band_rank, score_section
from procurement_risk.methods.tier import RuleQuestions, rule_questions, tier_range
from procurement_risk.methods.values import Range, Scale, floors_by_grade, scale_of, value_question

Recommendation = Literal["proceed", "conditions", "escalate", "do_not_proceed", "not_ready"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(AnyResult):
    """Everything the method says about one set of answers.

    Attributes:
        tier: Tier numbers, from 1.
        decision_low: The mildest decision any completion could reach.
        decision_high: The gravest.
        recommendation: The decision where both agree, else ``not_ready``.
        challenge: Whether value or ecosystem is High or worse even at the low end.
    """

    tier: Range[int]
    decision_low: Decision
    decision_high: Decision
    recommendation: Recommendation
    challenge: bool

    @property
    def pack_decides(self) -> bool:
        """Whether the pack is enough for every tier still possible; if not, no table decides."""
        return not self.larger_pack

    def figures(self) -> dict[str, int | str | None]:
        """Return the tiers, the decisions, and whether the purchase is called in question."""
        return {
            "tier_low": self.tier.low,
            "tier_central": self.tier.central,
            "tier_high": self.tier.high,
            "decision_low": self.decision_low,
            "decision_high": self.decision_high,
            "challenge": "yes" if self.challenge else "no",
        }

    @property
    def stakes(self) -> Sequence[Tier]:
        """The framework's tiers."""
        return self.framework.policy.tiers

    @property
    def highest_stake(self) -> int:
        """The number of the highest tier still possible."""
        return self.tier.high


@dataclass(frozen=True, slots=True)
class _AskedSection:
    """A scored section, what the pack asks of it by its gate, and what of that is core."""

    id: str
    scales: tuple[Scale, ...]
    ids: frozenset[str]
    core: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What depends on the framework, pack and gate alone, worked out once.

    ``asked`` are scored; ``wanted`` are those whose answer can change the result: the facts, what
    is scored, and what has several choices and others rest on.
    """

    conditions: Conditions
    tier_questions: RuleQuestions
    asked: tuple[Question, ...]
    wanted: tuple[Question, ...]
    with_red_flag: tuple[Question, ...]
    sections: tuple[_AskedSection, ...]


_plans: WeakKeyDictionary[Framework, dict[tuple[str, str], _Plan]] = WeakKeyDictionary()


def _plan(framework: Framework, answer_set: AnswerSet) -> _Plan:
    known = _plans.setdefault(framework, {})
    key = (answer_set.pack, answer_set.gate)
    if key not in known:
        known[key] = _make_plan(framework, *key)
    return known[key]


def _make_plan(framework: Framework, pack_id: str, gate_id: str) -> _Plan:
    pack = framework.pack(pack_id)
    if pack is None:
        raise KeyError(pack_id)
    due = [q for q in framework.questions() if pack.asks(q.id) and framework.is_due(q, gate_id)]
    asked = tuple(q for q in due if q.type == "single")
    wanted = (q for q in due if q.type == "single" or q.id in framework.rested_on)
    core = framework.pack(framework.policy.core_pack)
    sections = []
    for section in framework.sections:
        if section.role != "context":
            scales = tuple(scale_of(q) for q in asked if q.section == section.id)
            ids = frozenset(scale.question.id for scale in scales)
            in_core = frozenset(each for each in ids if core is not None and core.asks(each))
            sections.append(_AskedSection(section.id, scales, ids, in_core))
    return _Plan(
        conditions=order_conditions(framework),
        tier_questions=rule_questions(framework),
        asked=asked,
        wanted=(*framework.facts, *wanted),
        with_red_flag=tuple(q for q in asked if q.red_flag is not None),
        sections=tuple(sections),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What the sections of one set of answers are scored by."""

    framework: Framework
    answer_set: AnswerSet
    mitigations: Mapping[str, Mitigation]
    applies: Mapping[str, Applies]
    tiers: Range[int]
    flags: RedFlags

    def section(self, section: _AskedSection) -> SectionScore | None:
        """Return what a section comes to."""
        policy, answers = self.framework.policy, self.answer_set.answers
        floors = floors_by_grade(policy, self.tiers)
        values = [
            value_question(
                scale,
                answers.get(scale.question.id),
                self.mitigations.get(scale.question.id),
                floors,
                self.answer_set.as_of,
                agreed_helps=policy.agreed_mitigation_helps,
                mandatory=self.applies[scale.question.id] is True,
            )
            for scale in section.scales
            if self.applies[scale.question.id] is not False
        ]
        return score_section(
            policy,
            self.framework.scale_max,
            values,
            acts=self.flags.acts_among(section.ids),
            core=section.core,
        )

    def is_like(self, near: Result) -> bool:
        """Whether ``near`` rests on the same but for some answers."""
        mine, its = self.answer_set, near.answer_set
        return (
            near.framework is self.framework
            and near.tier == self.tiers
            and (its.as_of, its.pack, its.gate) == (mine.as_of, mine.pack, mine.gate)
            and its.mitigations is mine.mitigations
        )

    def leaves(self, section: _AskedSection, near: Result) -> bool:
        """Whether a section comes to what it does in ``near``."""
        answers, then, was = self.answer_set.answers, near.answer_set.answers, near.applies
        return near.red_flags.acts_among(section.ids) == self.flags.acts_among(
            section.ids
        ) and all(
            answers.get(each) is then.get(each) and self.applies[each] is was[each]
            for each in section.ids
        )


def score(framework: Framework, answer_set: AnswerSet, near: Result | None = None) -> Result:
    """Return what the method makes of ``answer_set``, which has been checked before.

    Args:
        framework: The questionnaire.
        answer_set: The answers.
        near: A result of answers most of which are the very same: the sections in which all are
            are taken over, which makes trying one answer after the other three times as quick.

    Raises:
        KeyError: If the framework has no such pack.
    """
    plan = _plan(framework, answer_set)
    answers = answer_set.answers
    mitigations = {m.question: m for m in answer_set.mitigations}
    applies = applicability(plan.conditions, answers)
    tiers = tier_range(framework.policy, plan.tier_questions, answers, applies)
    flags = find_red_flags(plan.with_red_flag, answers, mitigations, applies, tiers)
    case = _Case(framework, answer_set, mitigations, applies, tiers, flags)
    if near is not None and not case.is_like(near):
        near = None
    sections = {
        section.id: near.sections[section.id]
        if near is not None and case.leaves(section, near)
        else case.section(section)
        for section in plan.sections
    }
    pack_decides = all(
        answer_set.pack in framework.tier(number).packs
        for number in range(tiers.low, tiers.high + 1)
    )
    decisive = [
        scored
        for section in framework.sections
        if section.role == "decisive" and (scored := sections[section.id]) is not None
    ]
    low, high = _decisions(framework, decisive, tiers, flags, pack_decides=pack_decides)
    return Result(
        framework=framework,
        answer_set=answer_set,
        applies=applies,
        tier=tiers,
        sections=sections,
        red_flags=flags,
        decision_low=low,
        decision_high=high,
        recommendation=_recommend(decisive, low, high, flags),
        larger_pack="" if pack_decides else framework.tier(tiers.high).packs[0],
        challenge=_challenged(framework, sections),
        open=tuple(
            q.id for q in plan.wanted if applies[q.id] is not False and is_open(answers.get(q.id))
        ),
    )


def _decisions(
    framework: Framework,
    scored: Sequence[SectionScore],
    tiers: Range[int],
    flags: RedFlags,
    *,
    pack_decides: bool,
) -> tuple[Decision, Decision]:
    low: Decision = "proceed"
    high: Decision = "do_not_proceed"
    if pack_decides:
        policy = framework.policy
        first, last = policy.bands[0].id, policy.bands[-1].id

        def worst(ids: list[str], default: str) -> str:
            return max(ids, key=lambda band: band_rank(policy, band), default=default)

        low = framework.tier(tiers.low).decisions[worst([s.band.low for s in scored], first)]
        high = framework.tier(tiers.high).decisions[worst([s.band.high for s in scored], last)]
    if flags.flags_fired or flags.acting:
        low = _graver(low, "escalate")
    if flags.stops_fired:
        low = "do_not_proceed"
    if flags.flags_fired or flags.flags_pending:
        high = _graver(high, "escalate")
    if flags.stops_fired or flags.stops_pending:
        high = "do_not_proceed"
    return low, high


def _graver(one: Decision, other: Decision) -> Decision:
    return max(one, other, key=DECISIONS.index)


def _recommend(
    scored: Sequence[SectionScore], low: Decision, high: Decision, flags: RedFlags
) -> Recommendation:
    if flags.stops_fired:
        return "do_not_proceed"
    if not any(section.has_mandatory for section in scored):
        return "not_ready"
    return low if low == high else "not_ready"


def _challenged(framework: Framework, sections: Mapping[str, SectionScore | None]) -> bool:
    policy = framework.policy
    least = band_rank(policy, policy.flag_band)
    scores = (sections[s.id] for s in framework.sections if s.role == "challenge")
    return any(s is not None and band_rank(policy, s.band.low) >= least for s in scores)


def output(result: Result) -> dict[str, Any]:
    """Return the result as the ``score`` command writes it: names, and percentages as texts."""

    def section(scored: SectionScore | None) -> dict[str, Any] | None:
        if scored is None:
            return None
        return {
            "claimed": asdict(scored.claimed.each(one_decimal)),
            "inherent": asdict(scored.inherent.each(one_decimal)),
            "residual": asdict(scored.residual.each(one_decimal)),
            "band": asdict(scored.band),
            "complete": one_decimal(100 * scored.complete),
        }

    flags = result.red_flags
    return {
        "framework": result.framework.id,
        "version": result.framework.version,
        **_by_version(result),
        "pack": result.answer_set.pack,
        "tier": asdict(result.tier),
        "sections": {name: section(scored) for name, scored in result.sections.items()},
        "stops": {"fired": list(flags.stops_fired), "pending": list(flags.stops_pending)},
        "flags": {"fired": list(flags.flags_fired), "pending": list(flags.flags_pending)},
        "decision": {"low": result.decision_low, "high": result.decision_high},
        "recommendation": result.recommendation,
        "challenge": result.challenge,
        "open": _open(result),
    }


def _open(result: Result) -> list[str]:
    """Return what is open as results say it: version 1 left out what has several choices."""
    by_id, whole = result.framework.by_id, result.framework.method_version > 1
    return [name for name in result.open if whole or by_id[name].type == "single"]


def _by_version(result: Result) -> dict[str, Any]:
    """Return what results say since version 2: an older one keeps its bytes."""
    version = result.framework.method_version
    if version == 1:
        return {}
    gate = result.framework.gate(result.answer_set.gate)
    return {
        "method_version": version,
        "gate": gate.id if gate else "",
        "not_due": list(result.not_due),
    }


METHOD = Method(
    score=score,
    score_near=score,
    output=output,
    recommends=True,
    graded=True,
    tried=("single",),
)
