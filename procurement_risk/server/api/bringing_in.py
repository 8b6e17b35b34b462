"""Bringing files in: each is looked at whole before anything of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from procurement_risk.errors import Problem
from procurement_risk.formats.workbook.difference import in_words
from procurement_risk.imports import IMPORTS, bulk
from procurement_risk.imports.ocds_purchase import purchase_from
from procurement_risk.imports.ocds_release import choose, read_releases
from procurement_risk.imports.workbook import accept_rows, open_return
from procurement_risk.server.api.judging import ZIP_TYPE
from procurement_risk.server.api.operation import JSON_TYPE, Asking, Operation, Reply, told
from procurement_risk.server.api.problems import OneProblem

MOST_BYTES = 10_000_000
ANY_TYPE = "application/octet-stream"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


class BroughtIn(BaseModel):
    """What became of one record."""

    file: str
    outcome: str = Field(description="Such as created, unchanged, would_replace or refused.")
    assessment_id: str
    problems: list[OneProblem]
    questionnaire: str = Field(description="Whose its questionnaire is.")
    notes: list[str] = Field(description="What has to be known of it besides.")


class Records(BaseModel):
    """What became of each record."""

    records: list[BroughtIn]


class Returned(BaseModel):
    """What a supplier's workbook would change, and what of it was written."""

    assessment_id: str
    rows: list[dict[str, Any]] = Field(description="Question, kind, before and after, in words.")
    problems: list[OneProblem]
    written: list[str] = Field(description="The questions whose answers were written.")


class Purchase(BaseModel):
    """What a release says of a purchase. Nothing is kept."""

    ocid: str
    fields: dict[str, Any]
    sources: dict[str, Any]
    warnings: list[str]
    notes: list[str]


class Workbook(BaseModel, extra="forbid"):
    """How a workbook is taken."""

    name: str = Field("workbook.xlsx", max_length=200, description="What the file is called.")
    into: str = Field("", max_length=100, description="Into which; the one it was sent out for.")
    accept: list[str] = Field(
        [], max_length=1_000, description="Questions whose answers are accepted; none: only look."
    )


def _import_record(
    asking: Asking,
    replace: Annotated[bool, Query(description="Write over what is here under its id.")] = False,
    only_look: Annotated[bool, Query(description="Say what would become of it.")] = False,
) -> Reply:
    name = "record.zip" if asking.body.startswith(b"PK") else "record.json"
    found = bulk.sources([(name, asking.body)])
    if only_look:
        reports = bulk.look(asking.store, found)
    else:
        reports = bulk.bring_in(asking.store, found, asking.name, replace=replace)
    return Reply({"records": [_brought(each) for each in reports]})


def _brought(report: bulk.Report) -> dict[str, Any]:
    notes = list(filter(None, (report.foreign, report.unconfirmed, report.likely)))
    problems = _listed(report.problems)
    return told(BroughtIn, report, problems=problems, questionnaire=report.whose, notes=notes)


def _import_workbook(asking: Asking, how: Annotated[Workbook, Query()]) -> Reply:
    opened = open_return(asking.store, asking.body, how.name, how.into)
    rows = opened.difference.offered if opened.difference else ()
    found = list(opened.difference.problems if opened.difference else ())
    if opened.refusal:
        found.append(Problem("", opened.refusal))
    written: tuple[str, ...] = ()
    if how.accept:
        accepted = accept_rows(asking.store, opened, how.accept, asking.name)
        written, found = accepted.written, [*found, *accepted.problems]
    told = [
        {
            "question": each.question.id,
            "kind": each.kind,
            "before": in_words(each.question, each.before),
            "after": in_words(each.question, each.after),
        }
        for each in rows
    ]
    name = opened.stored.assessment.id
    return Reply(
        {"assessment_id": name, "rows": told, "problems": _listed(found), "written": written}
    )


def _import_ocds(
    asking: Asking,
    ocid: Annotated[str, Query(max_length=100, description="Which, where several.")] = "",
    buyer: Annotated[str, Query(max_length=300, description="Who buys, likewise.")] = "",
) -> Reply:
    release = choose(read_releases(asking.body, "release.json"), ocid, buyer)
    found = purchase_from(release)
    return Reply(
        {
            "ocid": release.ocid,
            "fields": {each.field: each.value for each in found.fields},
            "sources": {each.field: each.source for each in found.fields},
            "warnings": found.warnings,
            "notes": found.notes,
        }
    )


def _listed(found: Any) -> list[dict[str, str]]:  # noqa: ANN401
    return [{"where": each.where, "message": each.message} for each in found]


def _largest(name: str) -> int:
    """Return how many bytes a way in takes here; a command takes more."""
    return min(IMPORTS[name].largest * 1_000_000, MOST_BYTES)


IMPORTING: Mapping[str, Operation] = {
    "record": Operation(
        method="POST",
        path="/imports/record",
        answer=_import_record,
        gives=Records,
        cost=100,
        is_long=True,
        is_once=True,
        largest=_largest("record"),
        action="bring_in",
        summary="Bring in a record, or a ZIP of records: each whole or not at all.",
        takes=(JSON_TYPE, ZIP_TYPE),
    ),
    "workbook": Operation(
        method="POST",
        path="/imports/workbook",
        answer=_import_workbook,
        gives=Returned,
        cost=100,
        is_long=True,
        is_once=True,
        largest=_largest("workbook"),
        action="take_back",
        summary="Look at a supplier's workbook, and write the answers that are accepted by name.",
        takes=(XLSX_TYPE, ODS_TYPE, "text/csv", ANY_TYPE),
    ),
    "ocds": Operation(
        method="POST",
        path="/imports/ocds",
        answer=_import_ocds,
        gives=Purchase,
        cost=100,
        is_long=True,
        largest=_largest("ocds"),
        action=None,
        summary="Say what an Open Contracting release tells of a purchase. Nothing is kept.",
        takes=(JSON_TYPE,),
    ),
}
"""The operation of every way in, by its name in ``IMPORTS``."""
