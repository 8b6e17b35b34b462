"""Is a file from outside safe to open? Every check is on its bytes, before any library sees it.

The order: size, kind of file, parts, expansion, active content, document type declarations. What
is refused at one step is never looked at by the next.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from procurement_risk.canonical import refuse
from procurement_risk.formats.workbook.active import kind_is, part_is
from procurement_risk.formats.workbook.purpose import copy_words, no_need_words
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import shorten

LARGEST, LARGEST_EXPANDED, MOST_PARTS = 5_000_000, 50_000_000, 500
"""Bytes of the file, bytes of all its parts unpacked, and how many parts."""

MOST_TIMES, MOST_TIMES_PART, FREE = 60, 200, 1_000_000
"""How many times its size the whole, or a part, may unpack to; up to ``FREE`` bytes all may."""

# What zipfile raises over bytes that no program wrote: a name that is no text is a ValueError.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError,
)  # fmt: skip

TEXTS = (".csv", ".tsv", ".txt")
"""What the name of a table ends in that was saved as text."""

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"

_HYPERLINK = "/hyperlink"  # an address that somebody has to click; it is read as text

_DECLARED = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8",
}
"""The longer marks first: that of UTF-32 begins with that of UTF-16."""

_STATED = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_USUAL = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-", "windows-125")


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Refuse what is too large, or no XLSX file at all. Raises InvalidDocument."""
    if len(data) > LARGEST:
        message = _(
            "The file has {n} bytes; a workbook may have {most}. Take pictures and other "
            "sheets out of it, and save it again."
        )
        refuse(name, message.format(n=grouped(len(data)), most=grouped(LARGEST)))
    if data.startswith(OLE):
        message = _(
            "The file is protected with a password, or is an old .xls file. Open it, take "
            "the password off, and save it as XLSX."
        )
        refuse(name, message)
    if not data.startswith(ZIP) and not name.casefold().endswith(TEXTS):
        refuse(name, _("This is not an XLSX file. Save the workbook as XLSX and try again."))


def refuse_unsafe(data: bytes, name: str) -> None:
    """Refuse a file that is damaged, too large when unpacked, or holds anything active.

    Raises:
        InvalidDocument: With what it is, and what to do.
    """
    refuse_other_kinds(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_list(parts, name)
            _refuse_expansion(parts, len(data), name)
            for part in parts:
                refuse_active(part_is(part.filename), name)
            for part in parts:
                _refuse_part(archive, part, name)
    except DAMAGED:
        _refuse_damaged(name)


def _refuse_damaged(name: str) -> None:
    refuse(name, _("The file is damaged. Open it, save it again as XLSX, and send that."))


def _refuse_list(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > MOST_PARTS:
        message = _("The file consists of {n} parts; a workbook may have {most}.")
        refuse(name, f"{message.format(n=len(parts), most=MOST_PARTS)} {copy_words()}")
    seen = Counter(part.filename.replace("\\", "/").casefold() for part in parts)
    twice = sorted(part for part, count in seen.items() if count > 1)
    if twice:
        message = _("The file holds the part {part} twice, so nobody can say which one counts.")
        refuse(name, f"{message.format(part=repr(shorten(twice[0])))} {copy_words()}")
    for part in parts:
        if part.flag_bits & 1:
            refuse(
                name,
                _("Parts of the file are locked with a password. Take it off and save it again."),
            )
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            message = _("The file is packed in a way that no spreadsheet program uses.")
            refuse(name, f"{message} {copy_words()}")


def _refuse_expansion(parts: list[zipfile.ZipInfo], size: int, name: str) -> None:
    total = sum(part.file_size for part in parts)
    if total > LARGEST_EXPANDED or total > max(FREE, MOST_TIMES * size):
        message = _(
            "The file unpacks to {n} bytes, far more than a workbook of its size would hold."
        )
        refuse(name, f"{message.format(n=grouped(total))} {copy_words()}")
    for part in parts:
        if part.file_size > max(FREE, MOST_TIMES_PART * part.compress_size):
            message = _("The part {part} unpacks to far more than its size.")
            refuse(name, f"{message.format(part=repr(shorten(part.filename)))} {copy_words()}")


def refuse_active(what: str, name: str) -> None:
    """Refuse a file that holds ``what``, unless that is empty."""
    if what:
        refuse(name, f"{no_need_words(_(what))} {copy_words()}")


def refuse_outside(name: str) -> None:
    """Refuse a file that leads to something outside it. Raises InvalidDocument."""
    message = _("The file leads to something outside it, which opening it would fetch.")
    refuse(name, f"{message} {copy_words()}")


def _refuse_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    with archive.open(part) as stream:
        data = stream.read(LARGEST_EXPANDED + 1)
    if len(data) > part.file_size:
        _refuse_damaged(name)
    if not _is_xml(part.filename, data):
        return
    text = _decoded(data)
    if text is None or _DECLARED.search(text):
        message = _(
            "The part {part} declares a document type or an entity, or is written in unusual "
            "characters. No spreadsheet program does that."
        )
        refuse(name, f"{message.format(part=repr(shorten(part.filename)))} {copy_words()}")
    if part.filename.casefold().endswith((".rels", "[content_types].xml")):
        _refuse_relations(data, name)


def _is_xml(part: str, data: bytes) -> bool:
    """Whether a part is XML by its name or its first character, in whatever encoding."""
    if part.casefold().endswith((".xml", ".rels", ".vml", ".xsl")):
        return True
    head = data[:64].replace(b"\0", b"")
    for mark in _MARKS:
        head = head.removeprefix(mark.replace(b"\0", b""))
    return head.lstrip().startswith(b"<")


def _decoded(data: bytes) -> str | None:
    """Return the characters of an XML part, zeros left out; None where it states other ones."""
    encoding = next((code for mark, code in _MARKS.items() if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in data[:4]:  # no mark, yet more than a byte a character
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    text = data.decode(encoding, errors="replace").replace("\0", "").lstrip("\ufeff")
    stated = _STATED.match(text)
    return text if stated is None or stated[1].casefold().startswith(_USUAL) else None


def _refuse_relations(data: bytes, name: str) -> None:
    """Refuse what a part is said to be, or said to lead to, where that is active or outside."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        _refuse_damaged(name)
        return
    for element in root.iter():
        kind = element.get("Type") or element.get("ContentType") or ""
        target = element.get("Target") or element.get("PartName") or ""
        is_outside = element.get("TargetMode", "").casefold() == "external"
        if is_outside and kind.endswith(_HYPERLINK):
            continue
        refuse_active(kind_is(kind), name)
        if is_outside:
            refuse_outside(name)
        refuse_active(part_is(target), name)
