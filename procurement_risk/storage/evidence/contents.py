"""Where the bytes of evidence lie: as the setting says, or else beside the database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from procurement_risk.errors import NotFound, StorageError
from procurement_risk.language import _
from procurement_risk.storage.evidence.folder import Folder
from procurement_risk.storage.marks import beside

SETTING = "PROCUREMENT_RISK_EVIDENCE"
"""Names another place for the bytes: an address that fsspec reads, such as ``s3://…``."""

ENDING = "-evidence"


class Contents(Protocol):
    """Bytes by their SHA-256."""

    def put(self, digest: str, content: bytes) -> None:
        """Keep ``content``, all of it or nothing. Raises StorageError where that fails."""

    def get(self, digest: str) -> bytes | None:
        """Return what lies there, sound or not; None where nothing does."""

    def delete(self, digest: str) -> None:
        """Take it away; nothing happens where it is gone already."""


def contents_of(database: Path | None) -> Contents | None:
    """Return where evidence lies for a database in this file; None where no place is set.

    Raises:
        StorageError: If the setting names a place that cannot be used.
    """
    address = os.environ.get(SETTING, "").strip()
    if address:
        from procurement_risk.storage.evidence.elsewhere import Elsewhere

        return Elsewhere(address)
    return Folder(folder_of(database)) if database is not None else None


def folder_of(database: Path) -> Path:
    """Return the folder of evidence that belongs to a database file, or to a backup."""
    return beside(database, ENDING)


def missing(digest: str) -> NotFound:
    """Return the error that the bytes of a file are gone."""
    message = _(
        "The file with the SHA-256 {digest} is not where evidence is kept. Restore a backup, or "
        "add the same file again."
    )
    return NotFound(message.format(digest=digest[:16] + "…"))


def altered(digest: str) -> StorageError:
    """Return the error that the bytes of a file are others than were kept."""
    message = _(
        "The file with the SHA-256 {digest} was altered after it was kept. Restore a backup, or "
        "add the same file again."
    )
    return StorageError(message.format(digest=digest[:16] + "…"))
