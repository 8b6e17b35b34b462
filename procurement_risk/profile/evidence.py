"""How much of the weight rests on which grade of evidence, and how much on nothing yet."""

from __future__ import annotations

from procurement_risk.framework import GRADES
from procurement_risk.methods.sections import OPEN, SectionScore, evidence_weights
from procurement_risk.methods.weakest_section import Result

__all__ = ["OPEN", "STRONG", "STRONGEST_FIRST", "all_weights_by_grade", "weights_by_grade"]

STRONGEST_FIRST = (*reversed(GRADES), OPEN)
STRONG = ("E4", "E3")  # independent, or checked by us


def weights_by_grade(result: Result, scored: SectionScore) -> dict[str, int]:
    """Return one section's weight by grade, strongest first; what is open stands under ``open``.

    Evidence that ran out before the day the result was scored as of counts as E0.
    """
    weights = evidence_weights(scored, result.answer_set)
    return {grade: weights[grade] for grade in STRONGEST_FIRST}


def all_weights_by_grade(result: Result) -> dict[str, int]:
    """Return the weight by grade over every section that is scored."""
    total = dict.fromkeys(STRONGEST_FIRST, 0)
    for scored in result.sections.values():
        if scored is not None:
            for grade, weight in weights_by_grade(result, scored).items():
                total[grade] += weight
    return total
