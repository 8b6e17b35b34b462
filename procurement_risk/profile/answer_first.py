"""What to answer first where nothing is settled yet: quick to find, for headlines."""

from __future__ import annotations

from procurement_risk.framework import DECISIONS
from procurement_risk.methods.weakest_section import Result

FIRST_ANSWERS = 3


def first_to_answer(result: Result) -> tuple[str, ...]:
    """Return the open questions, those to answer first in front.

    The facts, then what sets the tier, then what may stop it, then what weighs most. It is quick
    to find, for headlines; ``advice.ask_next`` tries every answer and tells more.
    """
    framework, stops = result.framework, set(result.red_flags.stops_pending)
    context = {q.id for s in framework.sections if s.role == "context" for q in s.questions}

    def place(name: str) -> tuple[int, int]:
        question = framework.by_id[name]
        if question.is_fact or name in context:
            return (0 if question.is_fact else 1), 0
        return (2 if name in stops else 3), -question.weight

    return tuple(sorted(result.open, key=place))


def named_first(result: Result) -> tuple[str, ...]:
    """Return what a headline that settles nothing names: the first fact, then some questions.

    Empty where something is settled.
    """
    ends = result.decision_low, result.decision_high
    if ends != (DECISIONS[0], DECISIONS[-1]):
        return ()
    by_id, names = result.framework.by_id, first_to_answer(result)
    facts = [name for name in names if by_id[name].is_fact]
    return tuple(facts[:1] + [name for name in names if not by_id[name].is_fact])[:FIRST_ANSWERS]
