"""What an XLSX file that was found safe has beside its cells: text in drawings, add-ins' panes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from procurement_risk.formats.workbook import limits

PANES = "webextension"
NOTES = re.compile(r"(^|/)comments?[0-9]*\.xml$")


Beside = tuple[str, str, str]


def beside(data: bytes) -> tuple[Beside, ...]:
    """Return the kind of each such thing, as ``remarks`` has it, its text and where it is."""
    found: list[Beside] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: name.replace("\\", "/").casefold() for name in archive.namelist()}
        if any(called.rpartition("/")[2].startswith(PANES) for called in parts.values()):
            found.append(("pane", "", ""))
        # Excel writes each conversation as a note as well, which is read with its cell.
        has_notes = any(NOTES.search(called) for called in parts.values())
        for name, called in parts.items():
            if not called.endswith(".xml"):
                continue
            if "drawings/" in called:
                found += (("drawing", text, "") for text in _texts(archive.read(name)))
            elif "threadedcomments/" in called and not has_notes:
                found += _thread(archive.read(name))
    return tuple(found[: limits.MOST_BESIDE])


def _root(part: bytes) -> Element | None:
    try:
        root: Element = fromstring(part, forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        return None  # openpyxl refuses the file, or needs nothing of it
    return root


def _thread(part: bytes) -> Iterator[Beside]:
    """Yield each thing that is said in the conversations of a sheet, with its cell."""
    root = _root(part)
    for each in root.iter() if root is not None else ():
        if each.tag.casefold().endswith("}threadedcomment"):
            text = "".join(child.text or "" for child in each if child.tag.endswith("}text"))
            yield "thread", text[: limits.LONGEST_TEXT], each.get("ref", "")


def _texts(part: bytes) -> Iterator[str]:
    """Yield what is written in each shape of a drawing."""
    root = _root(part)
    for shape in root.iter() if root is not None else ():
        if shape.tag.endswith("}sp"):
            lines = ["".join(_runs(line)) for line in shape.iter() if line.tag.endswith("}p")]
            if text := "\n".join(lines).strip():
                yield text[: limits.LONGEST_TEXT]


def _runs(line: Element) -> Iterator[str]:
    return (run.text or "" for run in line.iter() if run.tag.endswith("}t"))
