"""The impact tier: how much is at stake, from the context questions' risk values.

The rule itself is data in the framework: the highest of some values, then steps up or down.
Whatever is open makes the tier a range. At the low end a step up counts only where it certainly
applies and a step down wherever it may, at the high end the other way round: so the range holds
for any rule, also for one in which more risk could lower the tier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from procurement_risk.assessment import Answer
from procurement_risk.assessment.conditions import Applies
from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Condition,
    Framework,
    Never,
    NotAtom,
    Policy,
    Question,
    RiskAtom,
    TierAdjustment,
    TierRule,
    named_in,
)
from procurement_risk.methods.red_flags import possible_options
from procurement_risk.methods.values import Quarters, Range, Scale, open_quarters, scale_of


@dataclass(frozen=True, slots=True)
class RuleQuestions:
    """What the tier rule names: questions, by their risk values, and facts, by their options."""

    scales: tuple[Scale, ...]
    facts: tuple[Question, ...]


def rule_questions(framework: Framework) -> RuleQuestions:
    """Return what the framework's tier rule names, in reading order."""
    rule = framework.policy.tier_rule
    names = {base.question for base in rule.base}
    for adjustment in rule.adjustments:
        names.update(named_in(adjustment.when))
    named = [question for name, question in framework.by_id.items() if name in names]
    return RuleQuestions(
        scales=tuple(scale_of(question) for question in named if not question.is_fact),
        facts=tuple(question for question in named if question.is_fact),
    )


def tier_range(
    policy: Policy,
    named: RuleQuestions,
    answers: Mapping[str, Answer],
    applies: Mapping[str, Applies],
) -> Range[int]:
    """Return the tier number (from 1) with open context questions at best, middle and worst.

    Facts that are open take every answer in turn: the low end is the mildest tier that any of
    them allows; the centre and the high end take the gravest.
    """
    points = rule_points(named, answers, applies)
    totals = [_totals(policy.tier_rule, points, f) for f in fact_answers(named.facts, answers)]
    return Range(
        tier_number(policy, min(total.low for total in totals)),
        tier_number(policy, max(total.central for total in totals)),
        tier_number(policy, max(total.high for total in totals)),
    )


def rule_points(
    named: RuleQuestions, answers: Mapping[str, Answer], applies: Mapping[str, Applies]
) -> dict[str, Quarters]:
    """Return the risk points of each question that the tier rule names, at best to worst."""
    return {
        scale.question.id: points_of(
            scale, answers.get(scale.question.id), applies[scale.question.id]
        )
        for scale in named.scales
    }


def points_of(scale: Scale, answer: Answer | None, applies: Applies) -> Quarters:
    """Return whole risk points for the low, central and high tier; a hidden question has 0."""
    if applies is False:
        return Quarters(0, 0, 0)
    chosen = scale.quarters.get(answer.option) if answer else None
    if chosen is None:
        low, central, high = open_quarters(scale, answer)
    else:
        low, central, high = chosen, chosen, chosen
    return Quarters(0 if applies is None else low // 4, -(-central // 4), high // 4)


def fact_answers(
    facts: tuple[Question, ...], answers: Mapping[str, Answer]
) -> Iterator[dict[str, str]]:
    """Yield the facts' options as answered; where one is open, with each of its options."""
    choices = []
    for fact in facts:
        choices.append(possible_options(fact, answers.get(fact.id)))
    for combination in product(*choices):
        yield {fact.id: option for fact, option in zip(facts, combination, strict=True)}


def _totals(
    rule: TierRule, points: Mapping[str, Quarters], facts: Mapping[str, str]
) -> Range[int]:
    bases = [(points[base.question], base.subtract) for base in rule.base]
    low = max(value.low - subtract for value, subtract in bases)
    central = max(value.central - subtract for value, subtract in bases)
    high = max(value.high - subtract for value, subtract in bases)
    for adjustment in rule.adjustments:
        steps = step(adjustment, points, facts)
        low, central, high = low + steps.low, central + steps.central, high + steps.high
    return Range(low, central, high)


def step(
    adjustment: TierAdjustment, points: Mapping[str, Quarters], facts: Mapping[str, str]
) -> Range[int]:
    """Return what one adjustment adds at the low end, in the middle and at the high end."""
    add = adjustment.add
    ends = {name: (value.low, value.high) for name, value in points.items()}
    holds = rule_holds(adjustment.when, ends, facts)
    if holds is not None:
        return Range(add, add, add) if holds else Range(0, 0, 0)
    middle = {name: (value.central, value.central) for name, value in points.items()}
    central = add if rule_holds(adjustment.when, middle, facts) else 0
    return Range(min(add, 0), central, max(add, 0))


def rule_holds(
    condition: Condition, ends: Mapping[str, tuple[int, int]], facts: Mapping[str, str]
) -> Applies:
    """Return whether ``condition`` holds for all values from end to end; None: for some.

    A fact that is not among ``facts`` is open.
    """
    if isinstance(condition, RiskAtom):
        low, high = ends[condition.question]
        if high < condition.at_least or low > condition.at_most:
            return False
        return True if condition.at_least <= low and high <= condition.at_most else None
    if isinstance(condition, (AllOf, AnyOf)):
        settling = isinstance(condition, AnyOf)
        values = [rule_holds(part, ends, facts) for part in condition.parts]
        if settling in values:
            return settling
        return None if None in values else not settling
    if isinstance(condition, Never):
        return False
    if condition.question not in facts:
        return None
    chosen = facts[condition.question] in condition.options
    return not chosen if isinstance(condition, NotAtom) else chosen


def tier_number(policy: Policy, total: int) -> int:
    """Return the number of the tier that risk points, summed up by the rule, reach."""
    reached = [tier.number for tier in policy.tiers[1:] if total >= tier.start]
    return max(reached, default=1)
