"""Every table for analysts as a Parquet file each, in one ZIP: for DuckDB, Spark or a warehouse.

Rows are written as they come, so a hundred thousand assessments need no more memory than their
one table of results.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from procurement_risk.exports import assessments_csv
from procurement_risk.exports.all_tables import BY_TABLE
from procurement_risk.exports.csv_cells import Cell
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.tables.dictionary import (
    assessment_columns,
    dictionary_rows,
    names,
    tables,
)
from procurement_risk.exports.zips import Zip
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import N_
from procurement_risk.methods import evaluate

Row = Sequence[Cell]
KIND = "ai-procurement-risk-tables"


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands of one assessment in the tables.

    Attributes:
        sections: The sections that have a column each in the table of assessments.
        assessment: Its row there, by column; other assessments may have others beside.
        others: Its rows in every other table.
    """

    sections: Sequence[str]
    assessment: Mapping[str, Cell]
    others: Mapping[str, Sequence[Row]]


def rows_of(exported: Exported) -> Rows:
    """Return the rows of one assessment."""
    result = evaluate(exported.framework, exported.assessment.answer_set)
    sections = assessments_csv.scored_sections([exported])
    columns = assessment_columns(sections)
    own = assessments_csv.row(exported, result, columns)
    others = {name: list(make(exported, result)) for name, make in BY_TABLE.items()}
    return Rows(sections, dict(zip(names(columns), own, strict=True)), others)


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the ZIP: every table, the data dictionary as one of them, and a manifest."""
    file = io.BytesIO()
    write_rows(map(rows_of, assessments), file)
    return file.getvalue()


def write_rows(assessments: Iterable[Rows], file: BinaryIO) -> None:
    """Write what ``rows_of`` gave for each assessment, one after the other, into ``file``."""
    from procurement_risk.exports.tables.parquet import ParquetFile  # pyarrow takes a while

    with TemporaryDirectory() as folder, Zip(file) as packed:
        place = {name: Path(folder, f"{name}.parquet") for name in tables(())}
        writing = {name: ParquetFile(place[name], tables(())[name]) for name in BY_TABLE}
        first, sections = list[Mapping[str, Cell]](), dict[str, None]()
        for each in assessments:
            sections |= dict.fromkeys(each.sections)
            first.append(each.assessment)
            for name, rows in each.others.items():
                writing[name].add(rows)
        columns = tables(sections)
        for name in ("assessments", "dictionary"):
            writing[name] = ParquetFile(place[name], columns[name])
        writing["assessments"].add(
            [row.get(name) for name in names(columns["assessments"])] for row in first
        )
        writing["dictionary"].add(dictionary_rows(sections))
        for name in columns:
            writing[name].end()
            packed.put(place[name].name, place[name].read_bytes(), as_it_is=True)
        head = {"kind": KIND, "format": EXPORT.name, "software": SOFTWARE}
        packed.put_manifest({**head, "files": packed.files})


EXPORT = Export(
    name="parquet",
    title=N_("All tables (Parquet)"),
    purpose=N_("For DuckDB, Spark or a warehouse: the same tables, a typed file each, in a ZIP."),
    ending="zip",
    media_type="application/zip",
    use="analysis",
    one_each=False,
    write=write,
    wants=frozenset({"history"}),
    part=rows_of,
    write_parts=write_rows,
)
