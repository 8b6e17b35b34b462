"""How strong the evidence behind an assessment is: weight by evidence grade, and what is open."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.framework import GRADES
from procurement_risk.methods.values import evidence_grade
from procurement_risk.methods.weakest_section import Result

OPEN = "open"
STRONG = ("E3", "E4")


def evidence_shares(result: Result) -> dict[str, Fraction]:
    """Return the share of all scored weight by grade, and of what is open; they sum to one.

    All nought where nothing is scored.
    """
    weights = dict.fromkeys((*GRADES, OPEN), 0)
    for scored in result.sections.values():
        for value in scored.values if scored else ():
            answer = result.answer_set.answers.get(value.question.id)
            if value.is_open or answer is None:
                grade = OPEN
            else:
                grade = GRADES[evidence_grade(answer, result.answer_set.as_of)]
            weights[grade] += value.question.weight
    total = sum(weights.values())
    return {grade: Fraction(weight, total or 1) for grade, weight in weights.items()}


def strong_share(result: Result) -> Fraction:
    """Return the share of weight with independent or checked evidence (E3 and E4)."""
    shares = evidence_shares(result)
    return sum((shares[grade] for grade in STRONG), Fraction(0))
