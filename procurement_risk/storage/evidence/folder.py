"""Bytes by their SHA-256, in a folder that its owner alone may open."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from procurement_risk.errors import StorageError
from procurement_risk.language import _

_FOLDER, _FILE = 0o700, 0o600
UNFINISHED, LEFT_SECONDS = ".part", 3_600
_OURS = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{64}\.[0-9a-f]{8}\.part")


class Folder:
    """The bytes in one folder; it is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, digest: str, content: bytes) -> None:
        """Write to another name, then rename: what has the name of a digest is whole."""
        try:
            if self._holds(digest):
                return
            self.path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
            part = self.path / f".{digest}.{secrets.token_hex(4)}{UNFINISHED}"
            try:
                self._write(part, content)
                part.replace(self.path / digest)
            finally:
                part.unlink(missing_ok=True)
            _settle(self.path)
        except OSError as error:
            message = _(
                "The file cannot be kept in {folder}: {reason}. Free some room or ask for the "
                "right to write there, then add it again."
            )
            words = message.format(folder=self.path, reason=error.strerror)
            raise StorageError(words) from error

    def _holds(self, digest: str) -> bool:
        """Whether it is here and sound; what was altered is written anew."""
        found = self.get(digest)
        return found is not None and hashlib.sha256(found).hexdigest() == digest

    def _write(self, part: Path, content: bytes) -> None:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def get(self, digest: str) -> bytes | None:
        """Return what lies there; None where nothing does."""
        try:
            return (self.path / digest).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            message = _("The folder {folder} cannot be read: {reason}. Ask the administrator.")
            words = message.format(folder=self.path, reason=error.strerror)
            raise StorageError(words) from error

    def delete(self, digest: str) -> None:
        """Take it away, if it is there."""
        with suppress(FileNotFoundError, NotADirectoryError):
            (self.path / digest).unlink()

    def tidy(self, used: Collection[str]) -> None:
        """Take away what was left behind by a program that was killed, after an hour.

        Args:
            used: The SHA-256 of every file in use.
        """
        for each in self.path.iterdir() if self.path.is_dir() else ():
            is_ours = _OURS.fullmatch(each.name) and each.name not in used
            with suppress(OSError):
                if is_ours and time.time() - each.stat().st_mtime > LEFT_SECONDS:
                    each.unlink()


def _settle(folder: Path) -> None:
    """Have the disk keep the new name too, where a folder can be told to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
