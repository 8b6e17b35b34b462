"""One row for every assessment, with its result."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.tables.column import Column, cells
from procurement_risk.exports.tables.dictionary import assessment_columns, names
from procurement_risk.language import N_
from procurement_risk.methods import AnyResult, evaluate


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the CSV file; every framework's sections have columns, empty where not scored."""
    columns = assessment_columns(scored_sections(assessments))
    results = (evaluate(each.framework, each.assessment.answer_set) for each in assessments)
    rows = (row(*both, columns) for both in zip(assessments, results, strict=True))
    return write_csv(names(columns), rows)


def scored_sections(assessments: Sequence[Exported]) -> list[str]:
    """Return the ids of every section that a figure is given for, in reading order."""
    return list(
        dict.fromkeys(
            section.id
            for exported in assessments
            for section in exported.framework.scored_sections
        )
    )


def row(exported: Exported, result: AnyResult, columns: Sequence[Column]) -> tuple[Cell, ...]:
    """Return the row of one assessment, given what its method made of it."""
    return cells(columns, exported, result, exported.assessment)


EXPORT = Export(
    name="assessments-csv",
    title=N_("Assessments (CSV)"),
    purpose=N_("For analysts: one row for every assessment chosen, with its result."),
    ending="csv",
    media_type="text/csv",
    use="analysis",
    one_each=False,
    write=write,
)
