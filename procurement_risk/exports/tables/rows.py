"""The rows of the tables that have no CSV file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from procurement_risk.exports.csv_cells import Cell
from procurement_risk.exports.export import Exported
from procurement_risk.exports.tables.column import Column
from procurement_risk.exports.tables.dictionary import (
    BENEFITS,
    ENDS,
    FIGURES,
    FINDINGS,
    HISTORY,
    MITIGATIONS,
    UPSTREAMS,
)
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import AnyResult
from procurement_risk.profile.findings import find

Row = tuple[Cell, ...]
Rows = Callable[[Exported, AnyResult], Iterator[Row]]
Things = Callable[[Exported, AnyResult], Iterable[object]]


def sections(exported: Exported, result: AnyResult) -> Iterator[Row]:
    """Yield a row for each section that is scored."""
    for section in exported.framework.sections:
        scored = result.sections.get(section.id)
        if scored is not None:
            yield (
                exported.assessment.id,
                section.id,
                section.title,
                section.role,
                *(
                    one_decimal(getattr(getattr(scored, figure), end))
                    for figure in FIGURES
                    for end in ENDS
                ),
                *(getattr(scored.band, end) for end in ENDS),
                one_decimal(100 * scored.complete),
            )


def _about(columns: Sequence[Column], things: Things) -> Rows:
    """Return what yields a row for each of ``things``: its cells, as the columns give them."""

    def rows(exported: Exported, result: AnyResult) -> Iterator[Row]:
        for each in things(exported, result):
            yield tuple(column.cell(exported, result, each) for column in columns)

    return rows


mitigations = _about(MITIGATIONS, lambda exported, _r: exported.assessment.answer_set.mitigations)
upstreams = _about(UPSTREAMS, lambda exported, _result: exported.assessment.upstreams)
benefits = _about(BENEFITS, lambda exported, _result: exported.assessment.benefits)
findings = _about(FINDINGS, lambda _exported, result: find(result))
history = _about(HISTORY, lambda exported, _result: exported.history)
