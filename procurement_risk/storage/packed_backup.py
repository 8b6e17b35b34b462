"""A backup and its files of evidence in one ZIP, as the page gives it and all take it back.

The database is ``backup.sqlite3``; each file lies by its SHA-256 in ``backup.sqlite3-evidence``.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import IO

from procurement_risk.errors import StorageError, UsageError
from procurement_risk.language import _
from procurement_risk.storage.evidence.contents import ENDING, folder_of

DATABASE = "backup.sqlite3"
_EVIDENCE = re.compile(re.escape(f"{DATABASE}{ENDING}/") + "[0-9a-f]{64}")


def size(backup: Path) -> int:
    """Return how many bytes a backup and the files of evidence beside it have."""
    folder = folder_of(backup)
    files = [backup, *(folder.iterdir() if folder.is_dir() else ())]
    return sum(each.stat().st_size for each in files)


def pack(backup: Path, file: IO[bytes]) -> None:
    """Write a backup, and what lies in the folder beside it, into ``file``."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        packed.write(backup, DATABASE)
        for each in sorted(folder_of(backup).iterdir()):
            packed.write(each, f"{DATABASE}{ENDING}/{each.name}")


def is_packed(path: Path) -> bool:
    """Whether a file is such a ZIP."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as packed:
            return DATABASE in packed.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def unpack(path: Path, folder: Path) -> Path:
    """Write what is in such a ZIP into an empty folder, and return the backup there.

    Raises:
        UsageError: If there is something else in it.
        StorageError: If it is damaged.
    """
    backup = folder / DATABASE
    folder_of(backup).mkdir(mode=0o700)
    try:
        with zipfile.ZipFile(path) as packed:
            _refuse_overlapping(packed, path)
            for info in packed.infolist():
                name, is_stored = info.filename, info.compress_type == zipfile.ZIP_STORED
                if not is_stored or not (name == DATABASE or _EVIDENCE.fullmatch(name)):
                    raise _no_backup(path)
                with packed.open(info) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        message = _("{path} is damaged: {fault} Use another copy of it.")
        raise StorageError(message.format(path=path, fault=f"{error}.")) from error
    return backup


def _refuse_overlapping(packed: zipfile.ZipFile, path: Path) -> None:
    """Raise UsageError where files lie in one another: stored as they are, all have room."""
    if sum(info.file_size for info in packed.infolist()) > path.stat().st_size:
        raise _no_backup(path)


def _no_backup(path: Path) -> UsageError:
    message = _("{path} is not a backup as it was downloaded. Use that file.")
    return UsageError(message.format(path=path))
