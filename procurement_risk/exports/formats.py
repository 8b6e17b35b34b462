"""Formats an assessment leaves in. To add one: a module here, and a line in ``EXPORTS``."""

from __future__ import annotations

from procurement_risk.exports import (
    all_tables,
    answers_csv,
    assessments_csv,
    atrs,
    audit_pack,
    conditions,
    history_files,
    json_record,
    ocds,
    oscal,
    parquet_tables,
    workbook,
)
from procurement_risk.exports.export import Export
from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.exports.published import (
    assessment_summary,
    known_risks,
    summary as public_summary,
)
from procurement_risk.exports.slides import assessment as slides

EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        json_record.EXPORT,
        workbook.EXPORT,
        leadership_pdf.EXPORT,
        leadership_html.EXPORT,
        slides.EXPORT,
        public_summary.HTML,
        public_summary.PDF,
        conditions.EXPORT,
        known_risks.EXPORT,
        assessment_summary.EXPORT,
        answers_csv.EXPORT,
        assessments_csv.EXPORT,
        audit_pack.EXPORT,
        history_files.CSV,
        history_files.JSON,
        all_tables.WORKBOOK,
        parquet_tables.EXPORT,
        all_tables.DATA_DICTIONARY,
        oscal.EXPORT,
        ocds.EXPORT,
        atrs.MARKDOWN,
        atrs.TEXT,
        atrs.JSON,
    )
}
