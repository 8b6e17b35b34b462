"""Claims of a supplier that an answer is confidential: a marking once a person accepts one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procurement_risk.assessment import Assessment, Marking
from procurement_risk.errors import Problem
from procurement_risk.formats.workbook.reading import Return
from procurement_risk.framework import Framework, Question
from procurement_risk.language import _


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that the answer to one question is confidential.

    Attributes:
        question: The question.
        place: The cell in which it is claimed.
        reason: Why, in the supplier's words; a marking needs one, and publishes it.
        marking: What is marked already, or None.
    """

    question: Question
    place: str
    reason: str
    marking: Marking | None

    @property
    def path(self) -> str:
        """The field that it is about."""
        return f"answers.{self.question.id}.answer"


def claims_in(returned: Return, assessment: Assessment, framework: Framework) -> tuple[Claim, ...]:
    """Return what is claimed, in the order of the questions."""
    return tuple(
        Claim(
            question,
            filled.claim,
            filled.claim_reason,
            assessment.markings.get(f"answers.{question.id}.answer"),
        )
        for question in framework.questions()
        if (filled := returned.rows.get(question.id)) is not None and filled.claim
    )


def without_reason(claims: tuple[Claim, ...]) -> Iterator[Problem]:
    """Yield a problem for each claim that gives no reason."""
    for claim in claims:
        if not claim.reason:
            message = _(
                "It is claimed to be confidential without a reason. Ask for one, or mark the "
                "answer by hand."
            )
            yield Problem(claim.place, message)
