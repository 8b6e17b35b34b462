"""What both forms of the leadership page share: the page itself, and the record it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procurement_risk.assessment import AnswerSet
from procurement_risk.canonical import read_json
from procurement_risk.errors import UsageError
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Exported
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.report import Page, PortfolioFacts, Room, leadership_page

Earlier = tuple[Framework, AnswerSet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a leadership page is made from.

    Attributes:
        exported: The assessment and its framework.
        outcome: What the framework's method makes of it.
        record: Its record, as bytes.
        digest: The SHA-256 that stands in the record.
        earlier: The look before, or None.
        portfolio_facts: What the portfolio says about the purchase, or None.
    """

    exported: Exported
    outcome: AnyResult
    record: bytes
    digest: str
    earlier: Earlier | None
    portfolio_facts: PortfolioFacts | None

    def page(self, room: Room) -> Page:
        """Return the page, shortened to ``room``."""
        return leadership_page(
            *self.exported,
            self.outcome,
            digest=self.digest,
            earlier=self.earlier,
            portfolio_facts=self.portfolio_facts,
            room=room,
        )


def matter(
    exported: Exported,
    earlier: Earlier | None = None,
    portfolio_facts: PortfolioFacts | None = None,
) -> Matter:
    """Return what the page of one assessment is made from.

    Raises:
        InvalidDocument: If something in it cannot be put in a record.
    """
    record = json_record.write([exported])
    document = read_json(record)
    assert isinstance(document, dict)
    assessment, framework = exported
    return Matter(
        exported=exported,
        outcome=evaluate(framework, assessment.answer_set),
        record=record,
        digest=str(document["digest"]),
        earlier=earlier,
        portfolio_facts=portfolio_facts,
    )


def matter_of(assessments: Sequence[Exported]) -> Matter:
    """Return what the page is made from, given the assessment and perhaps the one it follows.

    Raises:
        UsageError: If there are others.
    """
    if len(assessments) == 1:
        return matter(assessments[0])
    if len(assessments) == 2 and assessments[0][0].replaces == assessments[1][0].id:
        earlier, framework = assessments[1]
        return matter(assessments[0], (framework, earlier.answer_set))
    raise UsageError(
        _(
            "A leadership page is about exactly one assessment. Export them one by one; only the "
            "assessment that the first one follows may be named after it."
        )
    )
