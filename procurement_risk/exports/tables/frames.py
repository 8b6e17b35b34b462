"""The tables for analysts as pandas data frames, for notebooks and programs.

Columns are those of the data dictionary: numbers as numbers, days as days, an empty cell as one
that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from procurement_risk.assessment.record import Record
from procurement_risk.exports.all_tables import Table, filled
from procurement_risk.exports.csv_cells import Cell
from procurement_risk.exports.export import Exported
from procurement_risk.exports.tables.column import Column
from procurement_risk.framework.versions.whose import whose

NUMBERS = {"whole number": pd.Int64Dtype(), "percentage": pd.Float64Dtype()}


def portfolio_table(records: Iterable[Record]) -> pd.DataFrame:
    """Return a row for each assessment with its result, as in the format ``assessments-csv``."""
    return frame_of(filled(_exported(records), ["assessments"])["assessments"])


def profile_tables(records: Iterable[Record]) -> dict[str, pd.DataFrame]:
    """Return what each assessment comes to: sections, answers, mitigations, upstreams, findings.

    Each of the five is a table over all of ``records``, joined by ``assessment_id``.
    """
    names = ("sections", "answers", "mitigations", "upstreams", "findings")
    return {name: frame_of(each) for name, each in filled(_exported(records), names).items()}


def _exported(records: Iterable[Record]) -> list[Exported]:
    return [
        Exported(each.assessment, each.framework).of(whose(each.framework)) for each in records
    ]


def frame_of(table: Table) -> pd.DataFrame:
    """Return one table as a data frame."""
    columns, rows = table
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {column.name: _series(column, each) for column, each in zip(columns, cells, strict=True)}
    )


def _series(column: Column, cells: Sequence[Cell]) -> pd.Series:
    values = pd.Series([None if cell == "" else cell for cell in cells], dtype="object")
    if column.kind == "date":
        return pd.to_datetime(values, format="%Y-%m-%d")
    return values.astype(NUMBERS.get(column.kind, pd.StringDtype()))
