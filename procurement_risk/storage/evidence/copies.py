"""Files of evidence beside a backup: written there with it, and taken over from there."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from procurement_risk.errors import Problem, ProcurementRiskError
from procurement_risk.storage.evidence.contents import Contents, altered, folder_of, missing
from procurement_risk.storage.evidence.folder import Folder


def sound(contents: Contents, digest: str) -> bytes:
    """Return the bytes of a file, just as they were added.

    Raises:
        NotFound: If they are gone.
        StorageError: If they were altered, or the place they lie in does not answer.
    """
    found = contents.get(digest)
    if found is None:
        raise missing(digest)
    if hashlib.sha256(found).hexdigest() != digest:
        raise altered(digest)
    return found


def faults(digests: Iterable[str], source: Contents | None) -> list[Problem]:
    """Return which files are gone, altered or out of reach."""
    return copy(digests, source, None)


def copy(
    digests: Iterable[str], source: Contents | None, target: Contents | None
) -> list[Problem]:
    """Copy files from one place to another; return which are gone, altered or out of reach."""
    problems = []
    for digest in digests:
        try:
            if source is None:
                raise missing(digest)
            content = sound(source, digest)
            if target is not None:
                target.put(digest, content)
        except ProcurementRiskError as error:
            problems.append(Problem("evidence", str(error)))
    return problems


def beside(database: Path) -> Folder:
    """Return the folder of evidence that lies beside a database file, or beside a backup."""
    return Folder(folder_of(database))


def bring_along(original: Path, copied: Path) -> None:
    """Have the folder beside a database stand beside its copy too, at least by its name."""
    folder = folder_of(original)
    if not folder.is_dir():
        return
    try:
        folder_of(copied).symlink_to(folder.resolve(), target_is_directory=True)
    except OSError:  # some systems allow no links
        shutil.copytree(folder, folder_of(copied))
