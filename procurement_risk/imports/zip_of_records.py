"""A ZIP of records, which may come from anybody: opened only where it can do no harm.

Nothing is written to a disk under a name from inside, and no more is unpacked at once than one
record may have.
"""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from procurement_risk.canonical import BYTE_LIMIT, read_json
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.exports import verify
from procurement_risk.exports.zips import MANIFEST
from procurement_risk.imports.moved import Packed
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import shorten

MOST_FILES, MOST_IN_ALL = 20_000, 4_000_000_000
MOST_EXPANSION, SMALL = 250, 100_000
# What a desktop adds by itself when it packs a folder.
_CLUTTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|desktop\.ini$|Thumbs\.db$)")
_PACKED = re.compile(r"\.(zip|7z|rar|gz|tgz|bz2|xz|zst|tar)$", re.IGNORECASE)
_PACKED_BYTES = (b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


_OF_A_PACK = frozenset({verify.HISTORY, verify.CHECKPOINT, "verify.py"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file to bring in: its name, and its bytes or why it is refused.

    Attributes:
        packed: All that an audit pack holds of its assessment, where it lies in one.
        place: What the pack is called.
        unconfirmed: What of the pack could not be compared; or empty.
    """

    name: str
    data: bytes = b""
    refused: str = ""
    packed: Packed | None = None
    place: str = ""
    unconfirmed: str = ""


def is_zip(data: bytes) -> bool:
    """Whether a file begins as a ZIP does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class ZipOfRecords:
    """The records in a ZIP, read one after the other.

    Attributes:
        names: Every file that is a record or in the place of one, in order.
        is_pack: Whether it is an audit pack, or was one.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Look at the list of what is inside; nothing is unpacked yet.

        Raises:
            UsageError: If it is no ZIP, or holds too much.
        """
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            message = _("This is no ZIP that can be opened. Ask for the file again.")
            raise UsageError(message) from error
        listed = (each for each in self._archive.infolist() if not each.is_dir())
        held = [each for each in listed if not _CLUTTER.search(each.filename)]
        self._listed: Mapping[str, str] = {}
        # Also one whose manifest was taken out, so that it would be taken for loose records.
        self.is_pack = any(each.filename.split("/")[-1] in _OF_A_PACK for each in held)
        self._counts = Counter(each.filename for each in held)
        self._infos = {each.filename: each for each in held}
        self._broken = ""
        if self.is_pack:  # whose manifest and limits are for ``pack_check``
            self._infos = {
                n: i for n, i in self._infos.items() if n.split("/")[-1] == verify.RECORD
            }
        else:
            _refuse_too_much(held)
            self._broken = self._read_manifest()
        self.names = sorted(self._infos.keys() | self._listed.keys())

    def _read_manifest(self) -> str:
        """Take in what the manifest lists, and return why not."""
        info = self._infos.get(MANIFEST)
        if info is None:
            return ""
        found = self._read(info)
        try:
            if found.refused:
                return found.refused
            manifest = read_json(found.data, MANIFEST)
            listed = {each["file"]: each["sha256"] for each in manifest["files"]}
            if not all(isinstance(text, str) for pair in listed.items() for text in pair):
                raise TypeError
            digest = verify.digest_without(manifest)
            if manifest["digest"] != digest:
                return _("It was changed after it was made. Ask for the original.")
        except InvalidDocument as error:
            return str(error.problems[0].message)
        except (KeyError, TypeError, AttributeError):
            return _("It is not a manifest of this toolkit. Ask for the original.")
        del self._infos[MANIFEST]
        if manifest.get("kind") == verify.PACK:
            self.is_pack = True
            # Of an audit pack the records are brought in; the rest of it is for auditors.
            records = [name for name in listed if name.split("/")[-1] == verify.RECORD]
            self._infos = {n: i for n, i in self._infos.items() if n not in listed or n in records}
            listed = {name: listed[name] for name in records}
        self._listed = listed
        return ""

    def sources(self) -> Iterator[Source]:
        """Yield each file, checked against the manifest where there is one."""
        for name in self.names:
            yield self._source(name)

    def _source(self, name: str) -> Source:
        if name == MANIFEST:
            return Source(name, refused=self._broken)
        if name not in self._infos:
            message = _("The manifest lists it, and it is missing. Ask for the original.")
            return Source(name, refused=message)
        if self._counts[name] > 1:
            message = _("It stands in the ZIP twice. Keep one of the two.")
            return Source(name, refused=message)
        if self._listed and name not in self._listed:
            message = _("The manifest does not list it: it was added later. Ask for the original.")
            return Source(name, refused=message)
        found = self._read(self._infos[name])
        wanted = self._listed.get(name)
        if wanted and not found.refused and hashlib.sha256(found.data).hexdigest() != wanted:
            message = _("It is not the file that the manifest lists. Ask for the original.")
            return Source(name, refused=message)
        return found

    def _read(self, info: zipfile.ZipInfo) -> Source:
        name = info.filename
        if fault := _fault(info):
            return Source(name, refused=fault)
        try:
            with self._archive.open(info) as file:
                data = file.read(BYTE_LIMIT + 1)
        except Exception as error:  # zipfile lets through whatever its decompressors raise
            message = _("It cannot be unpacked ({fault}). Ask for the ZIP again.")
            return Source(name, refused=message.format(fault=shorten(str(error))))
        if data.startswith(_PACKED_BYTES):
            return Source(name, refused=_nested())
        return Source(name, data)


def _refuse_too_much(held: list[zipfile.ZipInfo]) -> None:
    if len(held) > MOST_FILES:
        message = ngettext(
            "The ZIP holds {n} file. At most {most} are read.",
            "The ZIP holds {n} files. At most {most} are read.",
            len(held),
        )
        raise UsageError(message.format(n=grouped(len(held)), most=grouped(MOST_FILES)))
    whole = sum(each.file_size for each in held)
    if whole > MOST_IN_ALL:
        message = _("The ZIP would unpack to {n} bytes. At most {most} are read.")
        raise UsageError(message.format(n=grouped(whole), most=grouped(MOST_IN_ALL)))


def _fault(info: zipfile.ZipInfo) -> str:
    """Return why a file in a ZIP is not opened; empty where it is."""
    if _is_unsafe(info.orig_filename) or stat.S_IFMT(info.external_attr >> 16) not in _FILES:
        return _("Its name leads out of the ZIP, or it is no plain file. Ask for another ZIP.")
    if info.flag_bits & 1:
        return _("It is locked by a password. Ask for a ZIP without one.")
    if _PACKED.search(info.filename):
        return _nested()
    if info.file_size > max(SMALL, MOST_EXPANSION * info.compress_size):
        return _("It would unpack to far more than it is. Ask for another ZIP.")
    if info.file_size > BYTE_LIMIT:
        message = _("It has {n} bytes. At most {most} are read.")
        return message.format(n=grouped(info.file_size), most=grouped(BYTE_LIMIT))
    if not info.filename.lower().endswith(".json"):
        return _("It is no JSON record. Leave it out.")
    return ""


_FILES = (0, stat.S_IFREG)


def _is_unsafe(name: str) -> bool:
    steps = name.split("/")
    return bool(re.search(r"[\x00-\x1f\\:]", name)) or any(step in ("", "..") for step in steps)


def _nested() -> str:
    return _("It is packed once more. Unpack it, and bring in what it holds.")
