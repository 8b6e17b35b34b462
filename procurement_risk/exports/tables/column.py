"""A column of a table for analysts: what it holds, in which unit, and what it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from procurement_risk.exports.csv_cells import Cell
from procurement_risk.exports.export import Exported
from procurement_risk.methods import AnyResult

Kind = Literal["text", "whole number", "percentage", "date", "time", "choice", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: Its heading; the same in CSV and in XLSX.
        kind: What stands in a cell. A list is texts with spaces or "; " between them; a time is
            ISO 8601 in UTC. Any cell may be empty: unknown or not applicable, never 0.
        meaning: What it says, as one sentence.
        unit: Of a number.
        low: The least number there can be, or empty.
        high: The most, or empty.
        allowed: Every value of a choice.
        of: Gives the cell of what a row is about; what that has by the name itself where None.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    low: str = ""
    high: str = ""
    allowed: tuple[str, ...] = ()
    of: Callable[[Exported, AnyResult, Any], Cell | bool] | None = None

    def given(self, of: Callable[[Exported, AnyResult, Any], Cell | bool]) -> Column:
        """Return the same column, whose cells ``of`` gives."""
        return replace(self, of=of)

    def cell(self, exported: Exported, result: AnyResult, each: object) -> Cell:
        """Return the cell of ``each``; what is true or not is ``yes`` or ``no``."""
        found = self.of(exported, result, each) if self.of else getattr(each, self.name)
        return ("yes" if found else "no") if isinstance(found, bool) else found


def cells(
    columns: Iterable[Column], exported: Exported, result: AnyResult, each: object
) -> tuple[Cell, ...]:
    """Return the row of ``each``: its cells, as the columns give them."""
    return tuple(column.cell(exported, result, each) for column in columns)


def text(name: str, meaning: str) -> Column:
    """Return a column of texts."""
    return Column(name=name, kind="text", meaning=meaning)


def texts(name: str, meaning: str) -> Column:
    """Return a column of several texts in one cell."""
    return Column(name=name, kind="list", meaning=meaning)


def whole(name: str, meaning: str, unit: str, low: str = "0", high: str = "") -> Column:
    """Return a column of whole numbers."""
    return Column(name=name, kind="whole number", meaning=meaning, unit=unit, low=low, high=high)


def percent(name: str, meaning: str) -> Column:
    """Return a column of percentages with one decimal."""
    return Column(
        name=name, kind="percentage", meaning=meaning, unit="per cent", low="0.0", high="100.0"
    )


def day(name: str, meaning: str) -> Column:
    """Return a column of calendar days."""
    return Column(name=name, kind="date", meaning=meaning, unit="year-month-day")


def time(name: str, meaning: str) -> Column:
    """Return a column of moments, kept as texts since spreadsheets know no time zone."""
    return Column(name=name, kind="time", meaning=meaning, unit="ISO 8601, UTC")


def choice(name: str, meaning: str, allowed: Iterable[str]) -> Column:
    """Return a column with one of a few values."""
    return Column(name=name, kind="choice", meaning=meaning, allowed=tuple(allowed))
