"""What the exports share that are published: the day, and what may be shown on it."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.published import Published
from procurement_risk.assessment.today import today
from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Exported
from procurement_risk.language import _


def published(exported: Exported) -> Published:
    """Return what may be published of an assessment today."""
    return publish(exported.assessment, today())


def named(assessment: Assessment) -> Assessment:
    """Return the assessment that a published file is named after."""
    return publish(assessment, today()).assessment


def the_only(assessments: Sequence[Exported]) -> Exported:
    """Return the only one of ``assessments``. Raises UsageError where there are others."""
    if len(assessments) != 1:
        raise UsageError(_("This is about exactly one assessment. Export them one by one."))
    return assessments[0]
