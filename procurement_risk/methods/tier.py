"""The impact tier: how much is at stake, from the context questions' risk values.

The rule itself is data in the framework: the highest of some values, then steps up or down.
Whatever is open makes the tier a range, from everything open at its best to all at its worst.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from procurement_risk.assessment import Answer
from procurement_risk.conditions import Applies
from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Condition,
    Framework,
    NotAtom,
    Policy,
    Question,
    RiskAtom,
    TierRule,
    named_in,
)
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
    names = [scale.question.id for scale in named.scales]
    points = [_points(s, answers.get(s.question.id), applies[s.question.id]) for s in named.scales]
    facts = list(_fact_answers(named.facts, answers))

    def tiers(end: int) -> list[int]:
        values = {name: value[end] for name, value in zip(names, points, strict=True)}
        return [_tier_number(policy, _total(policy.tier_rule, values, fact)) for fact in facts]

    low = min(tiers(0))
    if len(facts) == 1 and all(value.low == value.high for value in points):
        return Range(low, low, low)
    return Range(low, max(tiers(1)), max(tiers(2)))


def _points(scale: Scale, answer: Answer | None, applies: Applies) -> Quarters:
    """Return whole risk points for the low, central and high tier; a hidden question has 0."""
    if applies is False:
        return Quarters(0, 0, 0)
    chosen = scale.quarters.get(answer.option) if answer else None
    if chosen is None:
        low, central, high = open_quarters(scale, answer)
    else:
        low, central, high = chosen, chosen, chosen
    return Quarters(0 if applies is None else low // 4, -(-central // 4), high // 4)


def _fact_answers(
    facts: tuple[Question, ...], answers: Mapping[str, Answer]
) -> Iterator[dict[str, str]]:
    choices = []
    for fact in facts:
        answer = answers.get(fact.id)
        chosen = answer.option if answer else ""
        choices.append((chosen,) if chosen else tuple(option.id for option in fact.options))
    for combination in product(*choices):
        yield {fact.id: option for fact, option in zip(facts, combination, strict=True)}


def _total(rule: TierRule, values: Mapping[str, int], facts: Mapping[str, str]) -> int:
    total = max(values[base.question] - base.subtract for base in rule.base)
    for adjustment in rule.adjustments:
        if _rule_holds(adjustment.when, values, facts):
            total += adjustment.add
    return total


def _rule_holds(condition: Condition, values: Mapping[str, int], facts: Mapping[str, str]) -> bool:
    if isinstance(condition, RiskAtom):
        return condition.at_least <= values[condition.question] <= condition.at_most
    if isinstance(condition, AllOf):
        return all(_rule_holds(part, values, facts) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(_rule_holds(part, values, facts) for part in condition.parts)
    chosen = facts[condition.question] in condition.options
    return not chosen if isinstance(condition, NotAtom) else chosen


def _tier_number(policy: Policy, total: int) -> int:
    reached = [tier.number for tier in policy.tiers[1:] if total >= tier.start]
    return max(reached, default=1)
