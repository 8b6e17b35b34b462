"""ZIP files with the same bytes each time, and a list of what is in them."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from procurement_risk.canonical import digest_of, write_json

MANIFEST = "manifest.json"
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time that every file in a ZIP of ours has: the earliest there is."""

_UNIX, _PLAIN_FILE = 3, 0o100644 << 16
LEVEL = 4
"""Records are 7 % larger by it than at the usual 6, in less than half the time."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it will lie in a ZIP.

    Attributes:
        sha256: The digest of its bytes.
        crc: Their check sum.
        size: How many they are.
        deflated: The same, compressed.
    """

    sha256: str
    crc: int
    size: int
    deflated: bytes


def pack(data: bytes, shared: bytes = b"") -> Packed:
    """Return ``data`` compressed.

    Args:
        data: The bytes of a file.
        shared: A stretch of them that many files have: it is compressed once for all.
    """
    before, stretch, after = data.partition(shared) if shared else (data, b"", b"")
    deflated = _deflated(before, LEVEL, zlib.Z_FULL_FLUSH if stretch else zlib.Z_FINISH)
    if stretch:
        deflated += _kept(stretch) + _deflated(after, LEVEL, zlib.Z_FINISH)
    return Packed(hashlib.sha256(data).hexdigest(), zlib.crc32(data), len(data), deflated)


def _deflated(data: bytes, level: int, end: int) -> bytes:
    """Return ``data`` compressed by itself: after a full flush it can stand between others."""
    made = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return made.compress(data) + made.flush(end)


@lru_cache(maxsize=4)
def _kept(stretch: bytes) -> bytes:
    return _deflated(stretch, zlib.Z_BEST_COMPRESSION, zlib.Z_FULL_FLUSH)


class Zip:
    """A ZIP that is being written, file after file; it ends with the ``with`` it stands in.

    Attributes:
        files: Name, SHA-256 and size of each file, in the order in which they were put in.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self.files: list[dict[str, str | int]] = []

    def __enter__(self) -> Zip:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the ZIP, a broken one too."""
        self._archive.close()

    def put(self, name: str, data: bytes, *, as_it_is: bool = False) -> dict[str, str | int]:
        """Write a file, smaller unless ``as_it_is``; return what the manifest says of it."""
        info = _info(name)
        info.compress_type = zipfile.ZIP_STORED if as_it_is else zipfile.ZIP_DEFLATED
        self._archive.writestr(info, data, compresslevel=LEVEL)
        return self._listed(name, hashlib.sha256(data).hexdigest(), len(data))

    def put_packed(self, name: str, packed: Packed) -> dict[str, str | int]:
        """Write a file that was compressed already; return what the manifest says of it."""
        info, archive = _info(name), self._archive
        info.compress_type, info.header_offset = zipfile.ZIP_DEFLATED, archive.start_dir
        info.CRC, info.file_size = packed.crc, packed.size
        info.compress_size = len(packed.deflated)
        # What ``writestr`` does around compressing; it takes nothing that is compressed.
        self._file.seek(archive.start_dir)
        self._file.write(info.FileHeader())
        self._file.write(packed.deflated)
        archive.start_dir = self._file.tell()
        archive.filelist.append(info)
        archive.NameToInfo[name] = info
        archive.comment = b""  # so that it is known to have changed
        return self._listed(name, packed.sha256, packed.size)

    def _listed(self, name: str, digest: str, size: int) -> dict[str, str | int]:
        said: dict[str, str | int] = {"file": name, "sha256": digest, "bytes": size}
        self.files.append(said)
        return said

    def put_manifest(self, about: dict[str, object]) -> None:
        """Write the manifest, which says ``about`` and carries its own digest."""
        document = dict(about)
        document["digest"] = digest_of(document)
        self.put(MANIFEST, write_json(document))


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, MOMENT)
    info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
    return info


_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_MADE = rb"\g<1>1980-01-01T00:00:00Z"


def same_each_time(made: bytes, *, stamped: bool = False) -> bytes:
    """Return a ZIP that a library wrote, such as an XLSX, without the time of its writing.

    Args:
        made: The ZIP.
        stamped: Whether the document inside says itself when it was made, and is to keep that.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as archive, Zip(file) as anew:
        for name in archive.namelist():
            data = archive.read(name)
            anew.put(name, data if stamped else _STAMP.sub(_MADE, data))
    return file.getvalue()
