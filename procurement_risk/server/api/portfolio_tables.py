"""The tables for analysts over all that the caller sees, as JSON, CSV or Parquet."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import Path, Query

from procurement_risk.errors import Problem, UsageError
from procurement_risk.exports import all_tables, bulk
from procurement_risk.exports.tables.dictionary import tables
from procurement_risk.exports.tables.files import TABLE_FILES
from procurement_risk.server.api.operation import Asking, Operation, Reply

MOST = 5_000
TableName: Any = Literal[tuple(tables(()))]
FileKind: Any = Literal[tuple(TABLE_FILES)]


def _table(
    asking: Asking,
    table: Annotated[TableName, Path(description="Which; see the data dictionary.")],
    form: Annotated[FileKind, Query(description="The form of the file.")] = "json",
    set_aside: Annotated[bool, Query(description="Also those that were set aside.")] = False,
) -> Reply:
    there = asking.store.offered(limit=0, archived=None if set_aside else False).total
    if there > MOST:
        message = f"These are {there:,} assessments; at most {MOST:,} are given in one "
        raise UsageError(message + "request. Use the command export --all.")
    chosen = bulk.choose(asking.store, archived=set_aside)
    unread: list[Problem] = []
    wants = all_tables.WORKBOOK.wants if table == "history" else frozenset()
    export = replace(all_tables.WORKBOOK, name=f"table {table}", wants=wants)
    found = list(bulk.exported(asking.store, chosen, export, faulty=unread))
    filled = all_tables.filled(found, [table])[table]
    kind = TABLE_FILES[form]
    headers = {"Content-Disposition": f'attachment; filename="{table}.{form}"'}
    if unread:
        headers["Left-Out"] = str(len(unread))
    return Reply(kind.write(filled), 200, kind.media_type, headers)


TABLE = Operation(
    method="GET",
    path="/tables/{table}",
    action="export",
    summary="Read a table for analysts over all assessments, as JSON, CSV or Parquet.",
    answer=_table,
    cost=200,
    is_long=True,
    sends=tuple(each.media_type for each in TABLE_FILES.values()),
)
