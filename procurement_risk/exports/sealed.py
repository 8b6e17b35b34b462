"""What both forms of the leadership page share: the page itself, and the record it rests on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from procurement_risk.errors import UsageError
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Exported
from procurement_risk.language import _
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.report import Page, Room, leadership_page, marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a leadership page is made from.

    Attributes:
        exported: The assessment and its framework, the look before, and its place in a portfolio.
        outcome: What the framework's method makes of it.
        record: Its record, as bytes.
        digest: The SHA-256 that stands in the record.
    """

    exported: Exported
    outcome: AnyResult
    record: bytes
    digest: str

    def page(self, room: Room) -> Page:
        """Return the page, shortened to ``room``."""

        def make() -> Page:
            return leadership_page(
                self.exported.assessment,
                self.exported.framework,
                self.outcome,
                digest=self.digest,
                foreign=self.exported.foreign_notice,
                earlier=self.exported.earlier,
                portfolio_facts=self.exported.portfolio,
                room=room,
            )

        return marked(make, self.exported.framework.language)


def matter(exported: Exported) -> Matter:
    """Return what the page of one assessment is made from.

    Raises:
        InvalidDocument: If something in it cannot be put in a record.
    """
    return matter_with(exported, json_record.write([exported]))


def matter_with(exported: Exported, record: bytes) -> Matter:
    """Return the same where the record is written already."""
    return Matter(
        exported=exported,
        outcome=evaluate(exported.framework, exported.assessment.answer_set),
        record=record,
        digest=digest_in(record),
    )


def digest_in(record: bytes) -> str:
    """Return the SHA-256 that stands in a record."""
    return str(json.loads(record)["digest"])


def matter_of(assessments: Sequence[Exported]) -> Matter:
    """Return what the page is made from, given the assessment and perhaps the one it follows.

    Raises:
        UsageError: If there are others.
    """
    if len(assessments) == 1:
        return matter(assessments[0])
    if len(assessments) == 2:
        new, old = assessments
        if new.assessment.replaces == old.assessment.id:
            return matter(replace(new, earlier=(old.framework, old.assessment.answer_set)))
    raise UsageError(
        _(
            "A leadership page is about exactly one assessment. Export them one by one; only the "
            "assessment that the first one follows may be named after it."
        )
    )
