"""Formats an assessment leaves in. To add one: a module here, and a line in ``EXPORTS``."""

from __future__ import annotations

from procurement_risk.exports import (
    answers_csv,
    assessments_csv,
    audit_pack,
    json_record,
    leadership_html,
    leadership_pdf,
)
from procurement_risk.exports.export import Export, Exported

EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        json_record.EXPORT,
        leadership_pdf.EXPORT,
        leadership_html.EXPORT,
        answers_csv.EXPORT,
        assessments_csv.EXPORT,
        audit_pack.EXPORT,
    )
}

__all__ = ["EXPORTS", "Export", "Exported"]
