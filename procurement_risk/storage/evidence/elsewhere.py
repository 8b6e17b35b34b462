"""Bytes by their SHA-256 in a store that fsspec reaches, such as an S3 bucket.

A store that is cut off may keep silent for minutes. So everything is asked in a thread of its
own, and given up after a few seconds.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from procurement_risk.errors import StorageError
from procurement_risk.language import _

Result = TypeVar("Result")

SECONDS = 8.0


class Elsewhere:
    """The bytes at one address of fsspec, under ``<address>/<digest>``."""

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        try:
            self._files, root = url_to_fs(address)
        except (ImportError, ValueError, OSError) as error:
            message = _(
                "The place for evidence files in {setting} cannot be used: {reason}. Write an "
                "address such as s3://bucket/folder, and install the package that it needs."
            )
            words = message.format(setting="PROCUREMENT_RISK_EVIDENCE", reason=error)
            raise StorageError(words) from error
        self._root = root.rstrip("/")

    def put(self, digest: str, content: bytes) -> None:
        """Write to another name, then move: what has the name of a digest is whole."""

        def write() -> None:
            part = f"{self._root}/.{digest}.{secrets.token_hex(4)}.part"
            try:
                self._files.pipe_file(part, content)
            except FileNotFoundError:
                self._make_folder()
                self._files.pipe_file(part, content)
            self._files.mv(part, self._at(digest))

        _soon(write)

    def get(self, digest: str) -> bytes | None:
        """Return what lies there; None where nothing does."""

        def read() -> bytes | None:
            try:
                return bytes(self._files.cat_file(self._at(digest)))
            except FileNotFoundError:
                return None

        return _soon(read)

    def delete(self, digest: str) -> None:
        """Take it away, if it is there."""

        def take() -> None:
            try:
                self._files.rm_file(self._at(digest))
            except FileNotFoundError:
                return

        _soon(take)

    def _make_folder(self) -> None:
        """Make the folder. A bucket is made by whoever pays for it, not by a mistyped name."""
        bucket = self._root.partition("/")[0]
        if bucket and not self._files.exists(bucket):
            raise FileNotFoundError(bucket)
        self._files.makedirs(self._root, exist_ok=True)

    def _at(self, digest: str) -> str:
        return f"{self._root}/{digest}"


def _soon(ask: Callable[[], Result]) -> Result:
    """Return what ``ask`` gives. Raises StorageError where that fails or takes too long."""
    found: dict[str, Any] = {}

    def run() -> None:
        try:
            found["result"] = ask()
        except Exception as error:
            found["error"] = error

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(SECONDS)
    if "result" in found:
        return found["result"]  # type: ignore[no-any-return]
    message = _(
        "The store for evidence files does not answer, or refuses. Nothing was changed there. Try "
        "again in a moment; if it goes on, tell the administrator."
    )
    raise StorageError(message) from found.get("error")
