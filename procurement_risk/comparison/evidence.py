"""How strong the evidence behind an assessment is: weight by evidence grade, and what is open."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.framework import GRADES
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile.evidence import OPEN, STRONG, all_weights_by_grade


def evidence_shares(result: Result) -> dict[str, Fraction]:
    """Return the share of all scored weight by grade, and of what is open; they sum to one.

    All nought where nothing is scored.
    """
    weights = all_weights_by_grade(result)
    total = sum(weights.values()) or 1
    return {grade: Fraction(weights[grade], total) for grade in (*GRADES, OPEN)}


def strong_share(result: Result) -> Fraction:
    """Return the share of weight with independent or checked evidence (E3 and E4)."""
    shares = evidence_shares(result)
    return sum((shares[grade] for grade in STRONG), Fraction(0))
