"""Before an SQLite file is opened: is it whole, is it where it was, does its log belong to it?"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from procurement_risk.errors import StorageError
from procurement_risk.language import _
from procurement_risk.storage.marks import (
    NOTE,
    SHM,
    WAL,
    Note,
    beside,
    is_whole,
    mark_of,
    wal_bytes,
)

OWNER_ALONE = 0o600
_LOOKS, _BETWEEN = 5, 0.05


def prepare(path: Path) -> list[str]:
    """Make the database file where there never was one, and return what to tell the person.

    A log that was written for another file is set aside, never taken in and never thrown away.

    Raises:
        StorageError: If the file was there and is gone, or lacks what stood in its log.
    """
    if not path.exists():
        _refuse_gone(path)
        make(path)
    told = []
    if has_foreign_log(path):
        told.append(_set_aside(path))
    refuse_lacking(path)
    return told


def refuse_lacking(path: Path) -> None:
    """Raise StorageError where the file is a copy that lacks what stood in its log."""
    if _lacks_its_log(path):
        message = _(
            "The file {path} is a copy that was taken while the toolkit was running: what was "
            "saved last stood in the file {wal}, which is not here. Nothing was opened. Put that "
            "file beside it, restore a backup, or take over what is there: "
            "python -m procurement_risk restore --incomplete {path}"
        )
        raise StorageError(message.format(path=path, wal=path.name + WAL))


def _refuse_gone(path: Path) -> None:
    """Raise StorageError where the note, or a log, says that a database was there."""
    if not (beside(path, NOTE).exists() or wal_bytes(path)):
        return
    message = _(
        "The database {path} was here and is gone. Nothing was made in its place. Put it back, or "
        "restore a backup: python -m procurement_risk restore BACKUP. To begin anew, take away "
        "the files whose names begin with {name}."
    )
    raise StorageError(message.format(path=path, name=f"{path.name}-"))


def make(path: Path) -> None:
    """Make an empty file that its owner alone may read; SQLite gives its log the same rights."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE))
    except FileExistsError:
        return
    except OSError as error:
        message = _("The database {place} cannot be made: {reason}. Choose another place.")
        raise StorageError(message.format(place=path, reason=error.strerror)) from error


def has_foreign_log(path: Path) -> bool:
    """Whether the log was written for another file; asked again, for others may change both."""
    for _look in range(_LOOKS):
        if not wal_bytes(path):
            return False
        mark, known = mark_of(path), Note(path).marks()
        if not known or mark in known:
            return False
        time.sleep(_BETWEEN)
    return True


def _lacks_its_log(path: Path) -> bool:
    log = beside(path, WAL)
    for _look in range(_LOOKS):
        if log.exists() or is_whole(mark_of(path)):
            return False
        time.sleep(_BETWEEN)
    return not log.exists()


def _set_aside(path: Path) -> str:
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = beside(path, f"{WAL}-set-aside-{at}")
    beside(path, WAL).rename(aside)
    beside(path, SHM).unlink(missing_ok=True)
    beside(path, NOTE).unlink(missing_ok=True)
    message = _(
        "The database {path} is another file than the one that was open here last. What that one "
        "had saved last and this one may lack was not taken into it: it was set aside as {aside}."
    )
    return message.format(path=path, aside=aside.name)


def mend_rights(path: Path) -> list[str]:
    """Take from others the right to read the database and its log; return what was mended."""
    if os.name != "posix":
        return []
    files = [path, *(beside(path, ending) for ending in (WAL, SHM, NOTE))]
    open_to_others = [each for each in files if each.exists() and each.stat().st_mode & 0o077]
    try:
        for each in open_to_others:
            each.chmod(OWNER_ALONE)
    except OSError as error:
        message = _(
            "Others may read the database {path}, and its rights cannot be changed: {reason}."
        )
        return [message.format(path=path, reason=error.strerror)]
    message = _("Others could read the database {path}. From now on its owner alone can.")
    return [message.format(path=path)] if path in open_to_others else []
