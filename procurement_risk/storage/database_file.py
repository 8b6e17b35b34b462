"""An SQLite file while it is open: still the same one, and soon whole again after each write.

check     before a write: is it the file that was opened?
begin     before the first write: the file says that it is in use
ended     after a write: a long log is taken in
settle    some seconds after the last write, and at the stop: the file is whole
"""

from __future__ import annotations

import ctypes
import sqlite3
import threading
import time
from pathlib import Path

from procurement_risk.errors import StorageError
from procurement_risk.language import _
from procurement_risk.storage.marks import (
    MARK,
    Note,
    is_whole,
    mark_of,
    new_mark,
    pragma,
    wal_bytes,
)

IDLE_SECONDS = 5.0
"""How long after the last write the file is made whole."""

LONG_LOG = 4_000_000
"""From how many bytes on a log is taken in, however many writes follow."""

CHECKPOINT = "wal_checkpoint"
_PATIENCE = 0.25
_LOOKS, _BETWEEN = 10, 0.05


class DatabaseFile:
    """The SQLite file at ``path``, which is there and has its tables."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = Note(path)
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None
        self._last_write = 0.0
        self._writing = 0
        self._too_long = LONG_LOG
        self._other = ""  # why this is another file than was opened, once that was seen
        self._closed = False
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        for setting in ("wal_autocheckpoint=0", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {setting}")
        stat = path.stat()
        self._identity = stat.st_dev, stat.st_ino
        self._seen = 0, 0
        if not self._note.marks() or wal_bytes(path):
            self.settle()

    # --- Whether it is still the same ---

    def check(self) -> None:
        """Raise StorageError where the file is gone, or is another one than was opened."""
        with self._lock:
            if not self._other:
                self._other = self._what_happened()
                if self._other:
                    self._let_nothing_close()
            if self._other:
                message = _(
                    "{what} Nothing was saved. What was saved before may be missing from it: keep "
                    "a copy of every file whose name begins with {name}, put the right file "
                    "back, and start the toolkit again."
                )
                raise StorageError(message.format(what=self._other, name=self.path.name))

    def _what_happened(self) -> str:
        try:
            stat = self.path.stat()
        except OSError:
            return _("The database {path} is gone.").format(path=self.path)
        replaced = _("The database {path} was replaced while the toolkit was running.")
        if (stat.st_dev, stat.st_ino) != self._identity:
            return replaced.format(path=self.path)
        seen = stat.st_mtime_ns, stat.st_size
        if seen != self._seen:
            if not self._has_known_mark():
                return replaced.format(path=self.path)
            self._seen = seen
        return ""

    def _has_known_mark(self) -> bool:
        for _look in range(_LOOKS):
            try:
                mark = mark_of(self.path)
            except sqlite3.Error:
                return False
            known = self._note.marks()
            if not known or mark in known:
                return True
            time.sleep(_BETWEEN)  # another program may be between the two
        return False

    def _let_nothing_close(self) -> None:
        """Keep one connection open until the program ends.

        The last one to close takes the log into the file, and this is not the file that the log
        was written for.
        """
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._connection))

    # --- In use, and whole again ---

    def begin(self, patience: float) -> None:
        """Say in the file that it is in use, before something is written to its log.

        Raises:
            sqlite3.OperationalError: If another program holds the file for longer than that.
        """
        with self._lock:
            self.check()
            self._wait(patience)
            if is_whole(pragma(self._connection, MARK)):
                self._mark(whole=False, how="PASSIVE")
            self._writing += 1
            self._last_write = time.monotonic()

    def _wait(self, seconds: float) -> None:
        pragma(self._connection, f"busy_timeout={int(seconds * 1000)}")

    def ended(self) -> None:
        """Count a write as done, take in a log that is long, and be whole again soon."""
        with self._lock:
            self._writing -= 1
            self._last_write = time.monotonic()
            size = wal_bytes(self.path)
            if size >= self._too_long:
                settled = self._settle(whole=False)
                self._too_long = LONG_LOG if settled else size + LONG_LOG
            if self._timer is None and not self._closed:
                self._later(IDLE_SECONDS)

    def settle(self) -> bool:
        """Take the log into the file, so that the file alone is whole; return whether it is."""
        with self._lock:
            return self._settle(whole=True)

    def _settle(self, *, whole: bool) -> bool:
        try:
            self.check()
            self._wait(_PATIENCE)
            return self._mark(whole=whole, how="TRUNCATE")
        except (StorageError, sqlite3.Error, OSError):
            return False  # it is not ours to change, or somebody else has it now

    def _mark(self, *, whole: bool, how: str) -> bool:
        with self._note.held() as alone:
            if not alone:
                return False  # another program is taking the log in just now
            mark = new_mark(whole=whole)
            pragma(self._connection, f"{MARK}={mark}")
            self._note.add(mark)
            checkpoint = f"PRAGMA {CHECKPOINT}({how})"
            busy, frames, taken = self._connection.execute(checkpoint).fetchone()
            if busy or frames != taken:
                return False
            self._note.write([mark])
            return True

    def _later(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._when_idle)
        self._timer.daemon = True
        self._timer.start()

    def _when_idle(self) -> None:
        with self._lock:
            self._timer = None
            if self._closed or self._other:
                return
            rest = IDLE_SECONDS - (time.monotonic() - self._last_write)
            if self._writing or rest > 0:
                self._later(max(rest, IDLE_SECONDS / 10))
            elif not self._settle(whole=True):
                self._later(IDLE_SECONDS)

    def close(self) -> None:
        """Make the file whole, and let it go."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
            if wal_bytes(self.path) or not self._says_whole():
                self._settle(whole=True)
            if self._is_the_same():
                self._connection.close()

    def _says_whole(self) -> bool:
        try:
            return is_whole(pragma(self._connection, MARK))
        except sqlite3.Error:
            return False

    def _is_the_same(self) -> bool:
        try:
            self.check()
        except StorageError:
            return False
        return True
