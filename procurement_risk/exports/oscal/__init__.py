"""OSCAL 1.2.1 assessment-results: one assessment, for assurance teams and their tools.

The mapping and its limits stand in ``docs/exchange.md``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.oscal.document import document
from procurement_risk.exports.sealed import matter
from procurement_risk.language import N_, _


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the document of one assessment; the same record gives the same bytes.

    Raises:
        UsageError: If there is not exactly one assessment.
        InvalidDocument: If something in it cannot be put in a record.
    """
    if len(assessments) != 1:
        raise UsageError(_("An OSCAL file holds exactly one assessment. Export them one by one."))
    found = document(matter(assessments[0]))
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


EXPORT = Export(
    name="oscal",
    title=N_("OSCAL assessment results (JSON)"),
    purpose=N_("For assurance teams: answers, findings and risks in the NIST format."),
    ending="json",
    media_type="application/json",
    use="systems",
    one_each=True,
    write=write,
)
