"""What changed from one assessment to the next, answer by answer.

Questions are matched by their ids, so that this works across versions of a framework.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.assessment.words import answer_text, mitigation_status
from procurement_risk.framework import GRADES, Framework, Question
from procurement_risk.methods.values import acting_status, evidence_grade

What = Literal["answer", "evidence", "mitigation", "new", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that differs.

    Attributes:
        question: The question as it stands last; as it stood first where it is gone.
        what: What differs: the answer, the evidence it rests on, or its mitigation; or the
            question itself is ``new``, or ``gone`` with its answer.
        before: What it was, in words; empty where there was nothing.
        after: What it is.
        ran_out: Whether it differs only because time has passed: evidence that ran out, or a
            condition that became overdue.
    """

    question: Question
    what: What
    before: str
    after: str
    ran_out: bool = False


def changed(
    old_framework: Framework,
    old_answers: AnswerSet,
    new_framework: Framework,
    new_answers: AnswerSet,
) -> tuple[Changed, ...]:
    """Return everything that differs: in the new version's reading order, then what is gone."""
    found: list[Changed] = []
    for name, question in new_framework.by_id.items():
        was = old_framework.by_id.get(name)
        if was is None:
            found += _new(question, new_answers)
        else:
            found += _between(was, question, old_answers, new_answers)
    for name, question in old_framework.by_id.items():
        if name not in new_framework.by_id and name in old_answers.answers:
            words = answer_text(question, old_answers.answers[name])
            found.append(Changed(question=question, what="gone", before=words, after=""))
    return tuple(found)


def _new(question: Question, answers: AnswerSet) -> Iterator[Changed]:
    answer = answers.answers.get(question.id)
    if answer is not None:
        words = answer_text(question, answer)
        yield Changed(question=question, what="new", before="", after=words)


def _between(was: Question, now: Question, old: AnswerSet, new: AnswerSet) -> Iterator[Changed]:
    one, other = old.answers.get(was.id), new.answers.get(now.id)
    if _said(one) != _said(other):
        before, after = answer_text(was, one), answer_text(now, other)
        yield Changed(question=now, what="answer", before=before, after=after)
    if one is not None and other is not None and one.options and other.options:
        grades = [GRADES[evidence_grade(a, s.as_of)] for a, s in ((one, old), (other, new))]
        if grades[0] != grades[1]:
            yield Changed(
                question=now,
                what="evidence",
                before=grades[0],
                after=grades[1],
                ran_out=one.evidence == other.evidence,
            )
    yield from _mitigation(was, now, old, new)


def _said(answer: Answer | None) -> tuple[object, ...]:
    """Return what an answer says, whoever gave it and on whatever evidence."""
    if answer is None:
        return "unanswered", (), ""
    return answer.state, answer.options, answer.text


def _mitigation(was: Question, now: Question, old: AnswerSet, new: AnswerSet) -> Iterator[Changed]:
    one, other = _of(was, old), _of(now, new)
    stands = [_standing(m, s.as_of) for m, s in ((one, old), (other, new))]
    if stands[0] != stands[1]:
        yield Changed(
            question=now,
            what="mitigation",
            before=_words(was, one, old.as_of),
            after=_words(now, other, new.as_of),
            ran_out=_kept(one) == _kept(other),
        )


def _of(question: Question, answers: AnswerSet) -> Mitigation | None:
    return next((m for m in answers.mitigations if m.question == question.id), None)


def _kept(mitigation: Mitigation | None) -> tuple[str, str]:
    return (mitigation.status, mitigation.target) if mitigation else ("", "")


def _standing(mitigation: Mitigation | None, as_of: str) -> tuple[str, str]:
    if mitigation is None:
        return "", ""
    return acting_status(mitigation, as_of), mitigation.target


def _words(question: Question, mitigation: Mitigation | None, as_of: str) -> str:
    if mitigation is None:
        return ""
    status = mitigation_status(acting_status(mitigation, as_of))
    target = question.option(mitigation.target)
    return f"{status}: {target.label}" if target is not None else status
