"""What goes wrong between us and the database, in words that somebody can act upon."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from procurement_risk.errors import StorageError
from procurement_risk.language import N_, _
from procurement_risk.storage.connection import BUSY_SECONDS

LEAST_ROOM = 100_000
"""With fewer bytes than this left on its disk, a database cannot even be opened."""

_FULL = N_("The disk of the database {place} is full. Free some space on it and try again.")

_SILENT = N_(
    "The database {place} does not answer. Nothing was written. Wait a moment and try again; if "
    "it goes on, tell whoever runs the database."
)

_CROWDED = N_(
    "The database {place} has no connection left. Nothing was written. Wait a moment and try "
    "again; if it goes on, tell whoever runs the database."
)

# What a driver says, in English whatever the language in use, and what to tell the person.
_EXPLANATIONS = (
    (
        "locked",
        N_(
            "The database {place} is in use by another program for longer than {busy} seconds. "
            "Close that program, or wait and try again."
        ),
    ),
    (
        "not a database",
        N_(
            "The database {place} is not a database file. Choose another file name, or restore a "
            "backup."
        ),
    ),
    (
        "malformed",
        N_(
            "The database {place} is damaged. Keep a copy of the file, and restore the last "
            "backup."
        ),
    ),
    (
        "unable to open",
        N_(
            "The database {place} cannot be opened. Check that the folder exists and that you may "
            "write to it."
        ),
    ),
    (
        "readonly",
        N_(
            "The database {place} may only be read. Ask for the right to write to the file and "
            "its folder."
        ),
    ),
    (
        "disk is full",
        _FULL,
    ),
    ("no space left", _FULL),
    ("no answer in time", _SILENT),
    ("statement timeout", _SILENT),
    ("connection timeout", _SILENT),
    ("too many clients", _CROWDED),
    ("too many connections", _CROWDED),
    ("connection slots", _CROWDED),
    ("queuepool limit", _CROWDED),
    (
        "disk i/o",
        N_(
            "The database {place} could not be read or written. Keep it on a local disk, not on a "
            "network share."
        ),
    ),
    (
        "authentication failed",
        N_(
            "The database {place} refused the user name or password. Check the address it was "
            "given."
        ),
    ),
    (
        "does not exist",
        N_(
            "The database {place} is not on that server, or lacks something. Ask the "
            "administrator to create it."
        ),
    ),
    (
        "must be owner",
        N_(
            "The database {place} does not let this user do that. Ask the administrator for the "
            "right to create and write tables."
        ),
    ),
    (
        "permission denied",
        N_(
            "The database {place} does not let this user do that. Ask the administrator for the "
            "right to create and write tables."
        ),
    ),
    (
        "resolve host",
        N_(
            "The database {place} cannot be reached. Check that the server runs and that the "
            "address is right."
        ),
    ),
    (
        "connect",
        N_(
            "The database {place} cannot be reached. Check that the server runs and that the "
            "address is right."
        ),
    ),
)


def in_use(place: str) -> StorageError:
    """Return the error that another program holds the database."""
    return StorageError(_(_EXPLANATIONS[0][1]).format(place=place, busy=BUSY_SECONDS))


@contextmanager
def plain_errors(place: str) -> Iterator[None]:
    """Turn what a database driver raises into a StorageError in plain words."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        said = str(getattr(error, "orig", None) or error).strip()
        for fragment, explanation in _EXPLANATIONS:
            if fragment in said.lower():
                explanation = _FULL if _has_no_room(place) else explanation
                words = _(explanation).format(place=place, busy=BUSY_SECONDS)
                raise StorageError(words) from error
        first = _first(error, said)
        message = _(
            "The database {place} refused: {said}. Nothing was written. Tell the administrator."
        )
        raise StorageError(message.format(place=place, said=first)) from error
    except OSError as error:  # of the files beside it
        message = _("The database {place} cannot be used: {said}. Nothing was written.")
        words = _(_FULL) if error.errno in (errno.ENOSPC, errno.EDQUOT) else message
        raise StorageError(words.format(place=place, said=error.strerror)) from error


def _first(error: BaseException, said: str) -> str:
    """Return the first line of what a driver says; of a server's, its code alone.

    A server's sentence may name it, or whoever connects to it.
    """
    original = getattr(error, "orig", None)
    if original is not None and not isinstance(original, sqlite3.Error):
        return getattr(original, "sqlstate", None) or type(original).__name__
    return said.splitlines()[0] if said else type(error).__name__


def _has_no_room(place: str) -> bool:
    """Whether the disk of a file is full: SQLite then also says that it cannot open or read."""
    folder = Path(place).parent
    return (
        Path(place).is_absolute()
        and folder.is_dir()
        and shutil.disk_usage(folder).free < LEAST_ROOM
    )
