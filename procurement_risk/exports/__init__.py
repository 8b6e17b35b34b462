"""Formats an assessment leaves in. To add one: a module here, and a line in ``EXPORTS``."""

from __future__ import annotations

from procurement_risk.exports import (
    all_tables,
    answers_csv,
    assessments_csv,
    atrs,
    json_record,
    leadership_html,
    leadership_pdf,
    ocds,
    oscal,
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
        all_tables.WORKBOOK,
        all_tables.DATA_DICTIONARY,
        oscal.EXPORT,
        ocds.EXPORT,
        atrs.MARKDOWN,
        atrs.JSON,
    )
}

__all__ = ["EXPORTS", "Export", "Exported"]
