"""The documents in a file of open contracting data: plain or packed, one or one a line.

    bytes -> JSON, or JSON Lines; with a byte-order mark or without; as it is or packed with gzip

Many downloads of open contracting data are JSON Lines packed with gzip. What holds for every file
from outside holds for what is unpacked: it is never more than 5 MB.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from dataclasses import dataclass, field

from procurement_risk.canonical import BYTE_LIMIT, read_json, refuse
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.imports.ocds_parts import JSON
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted

MARK = b"\xef\xbb\xbf"
PACKED = b"\x1f\x8b"
LINE_FAULT = N_("Line {where}: {fault}")
# What differs between two problems of one kind: what was written there.
_VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|[0-9.…]+")


def documents(data: bytes, name: str) -> list[tuple[str, JSON]]:
    """Return each document in a file with the line it stands in; no line where it is the only one.

    Raises:
        InvalidDocument: If it cannot be unpacked, is too large, or is not JSON.
    """
    plain = (_unpacked(data, name) if data.startswith(PACKED) else data).removeprefix(MARK)
    lines = [line for line in plain.splitlines() if line.strip()]
    if len(lines) < 2 or not _is_whole(lines[0]):
        return [("", read_json(plain, name, decimals=True))]
    return _of_lines(plain, name)


def _is_whole(line: bytes) -> bool:
    """Whether a first line is an object by itself, as each line of JSON Lines is."""
    return line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}")


def _of_lines(data: bytes, name: str) -> list[tuple[str, JSON]]:
    if len(data) > BYTE_LIMIT:
        read_json(data, name)  # refuses it in the words for files that are too large
    found, faults = [], Faults()
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        place = _("line {n}").format(n=number)
        try:
            found.append((f"{place}: ", read_json(line.strip(), name, decimals=True)))
        except InvalidDocument as error:
            fault = error.problems[0].message
            words = _(LINE_FAULT).format(where=number, fault=fault)
            faults.add(_VALUE.sub("", fault), place, words)
    if faults:
        raise InvalidDocument(name, faults.problems())
    return found


def _unpacked(data: bytes, name: str) -> bytes:
    if len(data) > BYTE_LIMIT:
        read_json(data, name)  # refuses it in the words for files that are too large
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(BYTE_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        message = _("The file is packed with gzip and cannot be unpacked. Download it again.")
        raise InvalidDocument(name, [Problem("", message)]) from error
    if len(plain) > BYTE_LIMIT:
        message = _("Unpacked, the file has more than {most} bytes. Take the notices you need.")
        refuse(name, message.format(most=grouped(BYTE_LIMIT)))
    return plain


# Problems gathered by their kind, so that one that stands a thousand times is told once.


@dataclass(slots=True)
class Faults:
    """The first problem of each kind, and how many there are."""

    _first: dict[str, Problem] = field(default_factory=dict)
    _number: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._first)

    def add(self, kind: str, where: str, message: str) -> None:
        """Add a problem of ``kind``, which is said by ``message`` if it is the first."""
        self._first.setdefault(kind, Problem(where, message))
        self._number[kind] = self._number.get(kind, 0) + 1

    def problems(self) -> list[Problem]:
        """Return a problem for each kind, which says how many more there are of it."""
        return [
            first if self._number[kind] == 1 else _with_count(first, self._number[kind] - 1)
            for kind, first in self._first.items()
        ]


def _with_count(first: Problem, more: int) -> Problem:
    said = counted(more, "There is {n} more of this kind.", "There are {n} more of this kind.")
    return Problem(first.where, f"{first.message} {said}", first.line, first.column)
