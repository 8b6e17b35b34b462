"""One table for analysts as a file: JSON, CSV or Parquet, with the columns of the dictionary."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from procurement_risk.exports.all_tables import Table
from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.exports.tables.column import Column
from procurement_risk.exports.tables.dictionary import names


@dataclass(frozen=True, slots=True)
class TableFile:
    """One form of file: what it is, and what writes it."""

    media_type: str
    write: Callable[[Table], bytes]


def write_json(table: Table) -> bytes:
    """Return a list with an object for each row; what is empty is null, numbers are numbers."""
    columns, rows = table
    listed = [
        {column.name: _value(column, cell) for column, cell in zip(columns, row, strict=True)}
        for row in rows
    ]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


def write_parquet(table: Table) -> bytes:
    """Return a Parquet file: typed columns, and what is empty is missing."""
    from procurement_risk.exports.tables import parquet  # pyarrow takes a while

    return parquet.write_parquet(*table)


def _value(column: Column, cell: Cell) -> str | int | float | None:
    if cell == "" or cell is None:
        return None
    if column.kind == "percentage":
        return float(cell)
    return int(cell) if column.kind == "whole number" else cell


TABLE_FILES: Mapping[str, TableFile] = {
    "json": TableFile("application/json", write_json),
    "csv": TableFile("text/csv", lambda table: write_csv(names(table[0]), table[1])),
    "parquet": TableFile("application/vnd.apache.parquet", write_parquet),
}
