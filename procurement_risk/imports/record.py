"""Bring a JSON record in: checked whole, then written whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from procurement_risk.assessment.record import Record, read_record
from procurement_risk.errors import InvalidDocument
from procurement_risk.imports.importing import Import
from procurement_risk.language import N_
from procurement_risk.methods import score_to_document
from procurement_risk.storage import Store


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a record: ``created``, ``unchanged`` or ``replaced``, under which id."""

    assessment_id: str
    outcome: str


def load_record(path: Path | str) -> Record:
    """Return what the record file ``path`` holds.

    Raises:
        InvalidDocument: If its digest, its form or its recomputation does not hold.
    """
    try:
        return read_record(Path(path).read_bytes(), score_to_document)
    except InvalidDocument as error:
        raise InvalidDocument(str(path), error.problems) from error


def import_record(store: Store, data: bytes, actor: str, *, replace: bool = False) -> Imported:
    """Bring in the record in ``data``.

    Raises:
        InvalidDocument: If its digest, its form or its recomputation does not hold.
        UsageError: If something else stands under its id and ``replace`` is False.
    """
    record: Record = read_record(data, score_to_document)
    outcome = store.import_record(record, data, actor, replace=replace)
    return Imported(record.assessment.id, outcome)


IMPORT = Import(
    name="record",
    title=N_("JSON records"),
    endings=("json", "zip"),
    largest=100,
    command="import",
)
