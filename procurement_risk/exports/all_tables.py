"""Tables for analysts: one workbook with every table, and the data dictionary by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from procurement_risk.exports import answers_csv, assessments_csv
from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.tables.column import Column, cells
from procurement_risk.exports.tables.dictionary import (
    BENEFITS,
    DICTIONARY,
    FINDINGS,
    HISTORY,
    MITIGATIONS,
    SECTIONS,
    UPSTREAMS,
    dictionary_rows,
    names,
    tables,
)
from procurement_risk.language import N_
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.profile.findings import find

# The rows of the tables that have no CSV file of their own.

Rows = Callable[[Exported, AnyResult], Iterator[Sequence[Cell]]]
_Things = Callable[[Exported, AnyResult], Iterable[object]]


def _about(columns: Sequence[Column], things: _Things) -> Rows:
    """Return what yields a row for each of ``things``: its cells, as the columns give them."""

    def rows(exported: Exported, result: AnyResult) -> Iterator[Sequence[Cell]]:
        for each in things(exported, result):
            yield cells(columns, exported, result, each)

    return rows


def _scored(exported: Exported, result: AnyResult) -> Iterable[object]:
    return (s for s in exported.framework.sections if result.sections.get(s.id) is not None)


Table = tuple[Sequence[Column], Iterable[Sequence[Cell]]]

BY_TABLE: Mapping[str, Rows] = {
    "sections": _about(SECTIONS, _scored),
    "answers": answers_csv.rows,
    "mitigations": _about(
        MITIGATIONS, lambda exported, _r: exported.assessment.answer_set.mitigations
    ),
    "upstreams": _about(UPSTREAMS, lambda exported, _result: exported.assessment.upstreams),
    "benefits": _about(BENEFITS, lambda exported, _result: exported.assessment.benefits),
    "findings": _about(FINDINGS, lambda _exported, result: find(result)),
    "history": _about(HISTORY, lambda exported, _result: exported.history),
}


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the workbook: every table, and the data dictionary as its last sheet."""
    from procurement_risk.exports.tables.workbook import write_workbook  # openpyxl takes a while

    return write_workbook(filled(assessments))


def filled(assessments: Sequence[Exported], wanted: Collection[str] = ()) -> dict[str, Table]:
    """Return the columns and rows of the tables ``wanted``, or of every table."""
    results = [evaluate(each.framework, each.assessment.answer_set) for each in assessments]
    sections = assessments_csv.scored_sections(assessments)

    def each_row(make: Rows) -> Iterator[Sequence[Cell]]:
        for exported, result in zip(assessments, results, strict=True):
            yield from make(exported, result)

    def assessment_row(exported: Exported, result: AnyResult) -> Iterator[Sequence[Cell]]:
        yield assessments_csv.row(exported, result, columns["assessments"])

    columns = tables(sections)
    sheets = {name: each_row(make) for name, make in BY_TABLE.items()}
    sheets |= {
        "assessments": each_row(assessment_row),
        "dictionary": iter(dictionary_rows(sections)),
    }
    return {
        name: (columns[name], sheets[name]) for name in columns if not wanted or name in wanted
    }


def write_dictionary(assessments: Sequence[Exported]) -> bytes:
    """Return the data dictionary as CSV, with the columns of these assessments' sections."""
    sections = assessments_csv.scored_sections(assessments)
    return write_csv(names(DICTIONARY), dictionary_rows(sections))


WORKBOOK = Export(
    name="tables",
    title=N_("All tables (XLSX)"),
    purpose=N_("For analysts: assessments, sections, answers, conditions and findings as sheets."),
    ending="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    leads=True,
    use="analysis",
    one_each=False,
    write=write,
    wants=frozenset({"history"}),
)
DATA_DICTIONARY = Export(
    name="data-dictionary",
    title=N_("Data dictionary (CSV)"),
    purpose=N_("What every column of every table means, with its unit and allowed values."),
    ending="csv",
    media_type="text/csv",
    use="analysis",
    one_each=False,
    write=write_dictionary,
)
