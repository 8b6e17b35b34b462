"""What to ask next, and what would change the recommendation.

Both simply score again: once for every option of every open question, once for every answer
that could have been one better or worse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement_risk.assessment import AnswerSet
from procurement_risk.assessment.two_answers import options_left, taken
from procurement_risk.framework import DECISIONS, Decision, Option, Question
from procurement_risk.methods.weakest_section import Recommendation, Result, score


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What answering one open question could bring.

    Attributes:
        question: The open question or fact.
        tried: How many options it may still turn out to be.
        settles: Share of them that settle the recommendation, 0 to 1.
        unsettled: How many of them leave it not ready.
        reachable: The recommendations they lead to, mildest first.
    """

    question: Question
    tried: int
    settles: Fraction
    unsettled: int
    reachable: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs, and the gravest decision possible with it.

    Attributes:
        question: The question that it answers.
        option: What it would be.
        decision_high: The gravest decision possible then.
        recommendation: What is recommended then.
        newly_open: Questions that would be asked and are not answered, where nothing is settled.
    """

    question: Question
    option: Option
    decision_high: Decision
    recommendation: Recommendation
    newly_open: tuple[str, ...] = ()


_ORDER: tuple[Recommendation, ...] = (*DECISIONS, "not_ready")


def _with(answer_set: AnswerSet, question: Question, option: Option) -> AnswerSet:
    answer = taken(answer_set.answers.get(question.id), option.id)
    return replace(answer_set, answers={**answer_set.answers, question.id: answer})


def ask_next(result: Result) -> tuple[NextQuestion, ...]:
    """Return every open question by how much answering it would settle, the most first.

    Each option is tried at evidence E4, everything else left as it is; of two answers that
    differ, both are tried. Ties: fewer options that
    leave the result unsettled, then the heavier question, then its id.
    """
    framework, answer_set = result.framework, result.answer_set
    found = []
    for question_id in result.open:
        question = framework.by_id[question_id]
        every = [option.id for option in question.options]
        left = options_left(answer_set.answers.get(question_id), every)
        outcomes = [
            score(framework, _with(answer_set, question, option), result).recommendation
            for option in question.options
            if option.id in left
        ]
        unsettled = outcomes.count("not_ready")
        settled = len(outcomes) - unsettled
        reachable = tuple(sorted(set(outcomes), key=_ORDER.index))
        found.append(
            NextQuestion(
                question,
                len(outcomes),
                Fraction(settled, len(outcomes)),
                unsettled,
                reachable,
            )
        )
    found.sort(key=lambda n: (-n.settles, n.unsettled, -n.question.weight, n.question.id))
    return tuple(found)


def would_improve(result: Result) -> tuple[Change, ...]:
    """Return, for a settled result, the single better answers that lower the gravest decision.

    For each question the nearest better option that does so is named; the changes that lower
    it most come first. Empty where the recommendation is not settled.
    """
    if result.recommendation == "not_ready":
        return ()
    changes = []
    for question, chosen in _answered(result):
        for option in reversed(question.options[:chosen]):
            again = score(result.framework, _with(result.answer_set, question, option), result)
            if _rank(again.decision_high) < _rank(result.decision_high):
                changes.append(_change(result, question, option, again))
                break
    changes.sort(key=lambda c: (_rank(c.decision_high), -c.question.weight, c.question.id))
    return tuple(changes)


def _change(result: Result, question: Question, option: Option, again: Result) -> Change:
    left = [name for name in again.open if name not in result.open]
    unsettled = again.recommendation == "not_ready"
    high, found = again.decision_high, again.recommendation
    return Change(question, option, high, found, tuple(left) if unsettled else ())


def resting_on(result: Result) -> tuple[Change, ...]:
    """Return, for a settled result, the answers whose worsening by one option raises it."""
    if result.recommendation == "not_ready":
        return ()
    changes = []
    for question, chosen in _answered(result):
        if chosen + 1 < len(question.options):
            option = question.options[chosen + 1]
            again = score(result.framework, _with(result.answer_set, question, option), result)
            if _rank(again.decision_high) > _rank(result.decision_high):
                changes.append(_change(result, question, option, again))
    changes.sort(key=lambda c: (-_rank(c.decision_high), -c.question.weight, c.question.id))
    return tuple(changes)


def without_inapplicable(result: Result) -> Result | None:
    """Return the result with every "not applicable" taken back, or None where there is none."""
    answers = result.answer_set.answers
    kept = {name: a for name, a in answers.items() if a.state != "not_applicable"}
    if len(kept) == len(answers):
        return None
    return score(result.framework, replace(result.answer_set, answers=kept), result)


def _answered(result: Result) -> Iterator[tuple[Question, int]]:
    for question in result.framework.questions():
        answer = result.answer_set.answers.get(question.id)
        if answer is None or not result.counts(question.id):
            continue
        for place, option in enumerate(question.options):
            if option.id == answer.option:
                yield question, place


def _rank(decision: Decision) -> int:
    return DECISIONS.index(decision)
