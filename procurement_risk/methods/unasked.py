"""What is open and not asked: the pack leaves it out, and what the pack asks rests on it."""

from __future__ import annotations

from procurement_risk.framework import Condition, named_in
from procurement_risk.methods.method import is_open
from procurement_risk.methods.weakest_section import Result


def unasked(result: Result) -> tuple[str, ...]:
    """Return the open questions that keep others uncertain and are not asked, in reading order.

    They are what the tier or a condition rests on, outside the pack or before their gate.
    """
    framework, answers = result.framework, result.answer_set.answers
    questions = tuple(framework.questions())
    resting: list[Condition | None] = [
        q.when for q in questions if result.in_pack(q.id) and result.applies[q.id] is None
    ]
    waiting = {*framework.policy.rested_on} if result.tier.low < result.tier.high else set()
    waiting.update(name for when in resting for name in named_in(when))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        question = framework.by_id[name]
        if name in found or result.applies[name] is False:
            continue
        found.add(name)
        waiting.update(named_in(question.when))
    return tuple(
        q.id
        for q in questions
        if q.id in found and not result.in_pack(q.id) and is_open(answers.get(q.id))
    )


def asked_besides(result: Result) -> frozenset[str]:
    """Return what a pack that may decide asks besides its own: what their conditions rest on.

    What would change nothing is left out. What is answered stays, to be seen and changed.
    """
    framework, answers = result.framework, result.answer_set.answers
    pack = framework.pack(result.answer_set.pack)
    if pack is None or pack.questions is None:  # nothing is outside
        return frozenset()
    if not any(pack.id in tier.packs for tier in framework.policy.tiers):
        return frozenset()
    asked = (q for q in framework.questions() if result.in_pack(q.id))
    named = {name for q in asked for name in named_in(q.when)} - {f.id for f in framework.facts}
    answered = {name for name in named if not is_open(answers.get(name))}
    found = answered | set(unasked(result))
    return frozenset(
        name
        for name in found
        if not result.in_pack(name)
        and framework.is_due(framework.by_id[name], result.answer_set.gate)
    )
