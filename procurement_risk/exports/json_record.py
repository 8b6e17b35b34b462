"""The JSON record: everything needed to recompute the result, with its digest."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from procurement_risk.assessment.record import framework_bytes, make_record
from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import N_, _
from procurement_risk.methods import score_to_document


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the canonical bytes of one assessment's record.

    Raises:
        UsageError: If there is not exactly one assessment.
    """
    if len(assessments) != 1:
        raise UsageError(_("A JSON record holds exactly one assessment. Export them one by one."))
    assessment, framework = assessments[0].assessment, assessments[0].framework
    of, record = getattr(_last, "made", (None, b""))
    if of is not None and of[0] is assessment and of[1] is framework:
        return bytes(record)
    result = score_to_document(framework, assessment.answer_set)
    record = make_record(assessment, framework, result, SOFTWARE)
    _last.made = (assessment, framework), record
    return record


_last = threading.local()
"""The record made last: an export of many makes it to see whether it can be, then writes it."""


EXPORT = Export(
    name="json",
    title=N_("JSON record"),
    purpose=N_("The evidence: everything needed to recompute the result, sealed with a digest."),
    ending="json",
    media_type="application/json",
    use="evidence",
    one_each=True,
    write=write,
    shared=lambda exported: framework_bytes(exported.framework),
)
