"""A table for analysts as Parquet: each column typed by the dictionary, what is empty missing.

Days are dates, times moments in UTC, amounts and counts whole numbers, percentages floats, and all
else text; no type is ever found out from what stands in a cell.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from procurement_risk.assessment.answers import is_day
from procurement_risk.exports.csv_cells import Cell
from procurement_risk.exports.tables.column import Column

ROWS_AT_ONCE = 20_000
"""How many rows are held before they are written; what reads a file skips so many at once."""


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if is_day(cell) else None


def _moment(cell: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


TYPES: Mapping[str, tuple[Any, Callable[[Any], Any]]] = {
    "whole number": (pa.int64(), int),
    "percentage": (pa.float64(), float),
    "date": (pa.date32(), _day),
    "time": (pa.timestamp("us", tz="UTC"), _moment),
}
"""The type of each kind of column, and what makes a value of a cell; any other kind is text."""


class ParquetFile:
    """A Parquet file that is being written, row after row; ``end`` it when done."""

    def __init__(self, file: Path | io.BytesIO, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._schema = pa.schema(
            [
                pa.field(each.name, TYPES.get(each.kind, (pa.string(),))[0], metadata=_about(each))
                for each in columns
            ]
        )
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[Sequence[Cell]] = []

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Put rows at its end.

        Raises:
            ValueError: If a row has more or fewer cells than the table has columns.
        """
        for row in rows:
            if len(row) != len(self._columns):
                raise ValueError(f"{len(row)} cells for {len(self._columns)} columns")
            self._rows.append(row)
            if len(self._rows) >= ROWS_AT_ONCE:
                self._write()

    def end(self) -> None:
        """Write what is left, and close it."""
        if self._rows:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        cells = list(zip(*self._rows, strict=True))
        arrays = [
            pa.array([_value(column, cell) for cell in each], type=field.type)
            for column, each, field in zip(self._columns, cells, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []


def write_parquet(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return one table as a Parquet file."""
    held = io.BytesIO()
    file = ParquetFile(held, columns)
    file.add(rows)
    file.end()
    return held.getvalue()


def _about(column: Column) -> dict[str, str]:
    """Return what the file says of a column beside its type."""
    told = {"meaning": column.meaning, "unit": column.unit, "allowed": "; ".join(column.allowed)}
    return {name: text for name, text in told.items() if text}


def _value(column: Column, cell: Cell) -> object:
    if cell is None or cell == "":
        return None
    made = TYPES.get(column.kind)
    return made[1](cell) if made else str(cell)
