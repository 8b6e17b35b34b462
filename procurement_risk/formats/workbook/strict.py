"""Strict Open XML, which Excel writes where somebody chooses it, in the names that are usual.

Strict and Transitional files differ in the addresses of their vocabularies; ISO/IEC 29500-1
Annex A lists them. openpyxl knows only the usual ones.
"""

from __future__ import annotations

import io
import re
import zipfile

_STRICT = b"http://purl.oclc.org/ooxml/"
_TAG = re.compile(rb"<[^<>]*http://purl\.oclc\.org/ooxml/[^<>]*>")
_ADDRESS = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)((?:/\w+)*)")
_RENAMED = {
    b"customProperties": b"custom-properties",
    b"extendedProperties": b"extended-properties",
}


def transitional(data: bytes) -> bytes:
    """Return an XLSX file with the usual addresses; the very bytes where it has no others.

    Texts in cells stay as they are: only what stands inside a tag is an address of a vocabulary.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if not any(_STRICT in archive.read(name) for name in names if name.endswith(".rels")):
            return data
        parts = {name: archive.read(name) for name in names}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            is_xml = name.casefold().endswith((".xml", ".rels", ".vml"))
            archive.writestr(name, _TAG.sub(_usual, part) if is_xml else part)
    return made.getvalue()


def _usual(tag: re.Match[bytes]) -> bytes:
    return _ADDRESS.sub(_renamed, tag[0])


def _renamed(found: re.Match[bytes]) -> bytes:
    room, name, rest = found[1], found[2], found[3]
    for strict, usual in _RENAMED.items():
        name, rest = (usual if name == strict else name), rest.replace(strict, usual)
    return b"http://schemas.openxmlformats.org/" + room + b"/2006/" + name + rest
