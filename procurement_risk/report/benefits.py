"""What was promised beside what was found, on the leadership page of one assessment."""

from __future__ import annotations

from procurement_risk.language import _
from procurement_risk.profile import benefit_words
from procurement_risk.report.page import Line, Part, Points
from procurement_risk.report.parts import and_more, part
from procurement_risk.report.subject import Subject


def benefits(subject: Subject) -> Part:
    """Return each measure with what was promised and found."""
    found = subject.assessment.benefits
    shown = found[: subject.room.rows]
    items = tuple(
        Line(subject.text(benefit_words.sentence(each)), subject.name(each.measure))
        for each in shown
    )
    points = Points(items=items, more=and_more(len(found) - len(shown)))
    return part(_("Promised and found"), points, side="left")
