"""The impact tier: how much is at stake, from the context questions' risk values.

The rule itself is data in the framework: the highest of some values, then steps up or down.
Whatever is open makes the tier a range, from everything open at its best to all at its worst.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from procurement_risk.assessment import Answer
from procurement_risk.conditions import Applies
from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Condition,
    Framework,
    NotAtom,
    Question,
    RiskAtom,
    named_in,
)
from procurement_risk.methods.values import Range, open_quarters


def tier_range(
    framework: Framework, answers: Mapping[str, Answer], applies: Mapping[str, Applies]
) -> Range[int]:
    """Return the tier number (from 1) with open context questions at best, middle and worst.

    Facts that are open take every answer in turn: the low end is the mildest tier that any of
    them allows; the centre and the high end take the gravest.
    """
    scored, facts = _rule_questions(framework)
    values = {q.id: _values(q, answers.get(q.id), applies[q.id]) for q in scored}
    combinations = tuple(_fact_answers(facts, answers))
    ends = []
    for end, choose in enumerate((min, max, max)):
        at_end = {name: value[end] for name, value in values.items()}
        totals = (_total(framework, at_end, chosen) for chosen in combinations)
        ends.append(_tier_number(framework, choose(totals)))
    return Range(*ends)


def _rule_questions(framework: Framework) -> tuple[list[Question], list[Question]]:
    rule = framework.policy.tier_rule
    names = {base.question for base in rule.base}
    for adjustment in rule.adjustments:
        names.update(named_in(adjustment.when))
    named = [framework.by_id[name] for name in sorted(names)]
    return [q for q in named if not q.is_fact], [q for q in named if q.is_fact]


def _values(question: Question, answer: Answer | None, applies: Applies) -> tuple[int, int, int]:
    """Return the question's risk value for the low, central and high tier; hidden counts as 0."""
    if applies is False:
        return (0, 0, 0)
    option = question.option(answer.option) if answer else None
    if option is not None:
        low, centre, high = option.risk, option.risk, option.risk
    else:
        quarters = open_quarters(question, answer)
        low, centre, high = quarters[0] // 4, -(-quarters[1] // 4), quarters[2] // 4
    return (0 if applies is None else low, centre, high)


def _fact_answers(
    facts: list[Question], answers: Mapping[str, Answer]
) -> Iterator[dict[str, str]]:
    names = [fact.id for fact in facts]
    choices = []
    for fact in facts:
        answer = answers.get(fact.id)
        chosen = answer.option if answer else ""
        choices.append((chosen,) if chosen else tuple(option.id for option in fact.options))
    for combination in product(*choices):
        yield dict(zip(names, combination, strict=True))


def _total(framework: Framework, values: Mapping[str, int], facts: Mapping[str, str]) -> int:
    rule = framework.policy.tier_rule
    total = max(values[base.question] - base.subtract for base in rule.base)
    return total + sum(
        adjustment.add
        for adjustment in rule.adjustments
        if _rule_holds(adjustment.when, values, facts)
    )


def _rule_holds(
    condition: Condition, values: Mapping[str, int], facts: Mapping[str, str]
) -> bool:
    if isinstance(condition, AllOf):
        return all(_rule_holds(part, values, facts) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(_rule_holds(part, values, facts) for part in condition.parts)
    if isinstance(condition, RiskAtom):
        return condition.at_least <= values[condition.question] <= condition.at_most
    chosen = facts[condition.question] in condition.options
    return not chosen if isinstance(condition, NotAtom) else chosen


def _tier_number(framework: Framework, total: int) -> int:
    reached = [tier.number for tier in framework.policy.tiers[1:] if total >= tier.start]
    return max(reached, default=1)
