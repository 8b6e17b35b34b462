"""Taking assessments out, in every format that the page Records and the command have."""

from __future__ import annotations

import io
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import ConfigDict, Field, create_model

from procurement_risk.errors import NotFound, Problem, UsageError
from procurement_risk.exports import EXPORTS, Export, bulk
from procurement_risk.exports.export import file_name, saying
from procurement_risk.exports.gather import gather
from procurement_risk.server.api.operation import Asking, AssessmentId, Operation, Reply

MOST = 1_000
Format: Any = Literal[tuple(EXPORTS)]
Wanted = Annotated[Format, Path(description="The name of a format.")]
_EXTRAS = {each.name: each for export in EXPORTS.values() for each in export.extras}


_FIELDS: dict[str, Any] = {
    name.replace("-", "_"): (
        str,
        Field("", alias=name, max_length=each.longest, description=f"{each.title}."),
    )
    for name, each in _EXTRAS.items()
}
Said: Any = create_model("Said", __config__=ConfigDict(extra="forbid"), **_FIELDS)


def _export(
    asking: Asking, assessment_id: AssessmentId, format: Wanted, said: Annotated[Said, Query()]
) -> Reply:
    export = EXPORTS[format]
    _refuse_unavailable(export)
    found = gather(asking.store, [assessment_id], export.wants, what=export.name)
    one = found[0].assessment
    if export.unfit and (unfit := export.unfit(one, found[0].framework)):
        raise UsageError(unfit)
    texts = {name: text for name, text in said.model_dump(by_alias=True).items() if text}
    data = export.write(list(saying(found, export, texts, asking.name)))
    return _file(data, export.media_type, file_name(export.named(one), export.ending))


def _export_several(
    asking: Asking,
    format: Wanted,
    ids: Annotated[
        list[str] | None,
        Query(
            alias="id", max_length=MOST, description="Which; left out: all, set aside ones not."
        ),
    ] = None,
) -> Reply:
    export, store = EXPORTS[format], asking.store
    _refuse_unavailable(export)
    chosen = bulk.choose(store, ids)
    if ids and (missing := set(ids) - {each.id for each in chosen}):
        store.peek(min(missing))  # says that it is not there
        raise NotFound(f"There is no assessment {min(missing)!r} here.")
    if len(chosen) > MOST:
        message = f"These are {len(chosen):,}; at most {MOST:,} are taken out in one request. "
        raise UsageError(message + "Name them by id, or use the command export --all.")
    faulty: list[Problem] = []
    file, read = io.BytesIO(), bulk.exported(store, chosen, export, faulty=faulty)
    bulk.write_many(export, saying(read, export, {}, asking.name), file, faulty=faulty)
    ending = bulk.ending_of(export)
    kind = "application/zip" if export.one_each else export.media_type
    return _file(file.getvalue(), kind, f"{export.name}.{ending}")


def _refuse_unavailable(export: Export) -> None:
    if export.unavailable:
        raise UsageError(export.unavailable)


def _file(data: bytes, media_type: str, name: str) -> Reply:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(data, 200, media_type, headers)


_kinds = tuple(dict.fromkeys(each.media_type for each in EXPORTS.values()))
_operation = partial(Operation, method="GET", action="export", gives=None, is_long=True, cost=100)
EXPORT = _operation(
    path="/assessments/{assessment_id}/exports/{format}",
    summary="Take one assessment out in a format.",
    answer=_export,
    sends=_kinds,
)
EXPORT_SEVERAL = _operation(
    path="/exports/{format}",
    summary="Take several assessments out, in one file or a ZIP with a manifest.",
    answer=_export_several,
    sends=(*_kinds, "application/zip"),
)
