"""What one answer did: the result with it, beside the result without it.

Everything else stands as it does now in both, so that a sentence speaks of this answer alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from procurement_risk.assessment import Answer
from procurement_risk.framework import Question
from procurement_risk.methods import AnyResult, evaluate


@dataclass(frozen=True, slots=True)
class Effect:
    """What one answer did.

    Attributes:
        question: The question that it answers.
        before: The result with the answer that stood before it.
        after: The result with it.
        stops: The stops that it fired.
        flags: The flags that it fired; a stop that is one until the tier is known among them.
        lifted: The stops and flags that had fired and do so no longer.
        more: The questions that are asked now, and were not.
        fewer: The questions that are no longer asked, but for ``fewer_stops``.
        fewer_stops: Those no longer asked that might have stopped it.
    """

    question: Question
    before: AnyResult
    after: AnyResult
    stops: tuple[str, ...]
    flags: tuple[str, ...]
    lifted: tuple[str, ...]
    more: tuple[str, ...]
    fewer: tuple[str, ...]
    fewer_stops: tuple[str, ...]


def effect_of(
    result: AnyResult,
    question: Question,
    former: Answer | None,
    known: AnyResult | None = None,
) -> Effect:
    """Return what the answer to ``question`` that stands in ``result`` did.

    Args:
        result: What is made of the answers as they stand.
        question: The question.
        former: The answer to it that stood before; None: there was none.
        known: A result that is at hand. If it is of these answers, nothing is scored again.
    """
    answers = {k: v for k, v in result.answer_set.answers.items() if k != question.id}
    if former is not None:
        answers[question.id] = former
    earlier = replace(result.answer_set, answers=answers)
    if known is None or known.framework is not result.framework or known.answer_set != earlier:
        known = evaluate(result.framework, earlier)
    return between(known, result, question)


def between(before: AnyResult, after: AnyResult, question: Question) -> Effect:
    """Return what changed from one result to another by the answer to ``question``."""
    stopped, flagged = set(before.red_flags.stops_fired), _flagged(before)
    asked_before, asked_now = _asked(before), _asked(after)
    gone = tuple(name for name in asked_before if name not in asked_now)
    may_stop = {*before.red_flags.stops_fired, *before.red_flags.stops_pending}
    fired = {*after.red_flags.stops_fired, *_flagged(after)}
    return Effect(
        question=question,
        before=before,
        after=after,
        stops=tuple(name for name in after.red_flags.stops_fired if name not in stopped),
        flags=tuple(name for name in _flagged(after) if name not in {*stopped, *flagged}),
        lifted=tuple(
            name
            for name in (*before.red_flags.stops_fired, *flagged)
            if name not in fired and name not in gone
        ),
        more=tuple(name for name in asked_now if name not in asked_before),
        fewer=tuple(name for name in gone if name not in may_stop),
        fewer_stops=tuple(name for name in gone if name in may_stop),
    )


def _flagged(result: AnyResult) -> tuple[str, ...]:
    return (*result.red_flags.flags_fired, *result.red_flags.acting)


def _asked(result: AnyResult) -> dict[str, None]:
    """Return what is put to people, in reading order."""
    pack = result.framework.pack(result.answer_set.pack)
    return {
        question.id: None
        for question in result.framework.questions()
        if (pack is None or pack.asks(question.id)) and result.is_asked(question.id)
    }
