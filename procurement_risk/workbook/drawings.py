"""What an XLSX file that was found safe has beside its cells: text in drawings, add-ins' panes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from procurement_risk.workbook import limits

PANES = "webextension"


def beside(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return the kind of each such thing, as ``remarks`` has it, and its text."""
    found: list[tuple[str, str]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name.replace("\\", "/") for name in archive.namelist()]
        if any(name.rpartition("/")[2].casefold().startswith(PANES) for name in names):
            found.append(("pane", ""))
        for name in archive.namelist():
            folder, _slash, own = name.replace("\\", "/").casefold().rpartition("/")
            if folder.endswith("drawings") and own.endswith(".xml"):
                found += (("drawing", text) for text in _texts(archive.read(name)))
    return tuple(found[: limits.MOST_BESIDE])


def _texts(part: bytes) -> Iterator[str]:
    """Yield what is written in each shape of a drawing."""
    try:
        root: Element = fromstring(part, forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        return  # openpyxl refuses the file, or needs nothing of it
    for shape in root.iter():
        if shape.tag.endswith("}sp"):
            lines = ["".join(_runs(line)) for line in shape.iter() if line.tag.endswith("}p")]
            if text := "\n".join(lines).strip():
                yield text[: limits.LONGEST_TEXT]


def _runs(line: Element) -> Iterator[str]:
    return (run.text or "" for run in line.iter() if run.tag.endswith("}t"))
