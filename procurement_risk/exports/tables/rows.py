"""The rows of the tables that have no CSV file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from procurement_risk.exports.csv_cells import Cell
from procurement_risk.exports.export import Exported
from procurement_risk.exports.tables.column import Column, cells
from procurement_risk.exports.tables.dictionary import (
    BENEFITS,
    FINDINGS,
    HISTORY,
    MITIGATIONS,
    SECTIONS,
    UPSTREAMS,
)
from procurement_risk.methods import AnyResult
from procurement_risk.profile.findings import find

Row = tuple[Cell, ...]
Rows = Callable[[Exported, AnyResult], Iterator[Row]]
Things = Callable[[Exported, AnyResult], Iterable[object]]


def _about(columns: Sequence[Column], things: Things) -> Rows:
    """Return what yields a row for each of ``things``: its cells, as the columns give them."""

    def rows(exported: Exported, result: AnyResult) -> Iterator[Row]:
        for each in things(exported, result):
            yield cells(columns, exported, result, each)

    return rows


def _scored(exported: Exported, result: AnyResult) -> Iterable[object]:
    return (s for s in exported.framework.sections if result.sections.get(s.id) is not None)


sections = _about(SECTIONS, _scored)
mitigations = _about(MITIGATIONS, lambda exported, _r: exported.assessment.answer_set.mitigations)
upstreams = _about(UPSTREAMS, lambda exported, _result: exported.assessment.upstreams)
benefits = _about(BENEFITS, lambda exported, _result: exported.assessment.benefits)
findings = _about(FINDINGS, lambda _exported, result: find(result))
history = _about(HISTORY, lambda exported, _result: exported.history)
