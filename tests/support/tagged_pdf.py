"""What a screen reader gets from a PDF: its structure, read back and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

HEADING = re.compile(r"H([1-6])")
ROWS_OF = {"Table": ("THead", "TBody", "TR", "Caption", "TFoot"), "L": ("LI", "Caption", "L")}


@dataclass
class Element:
    """One element of the structure tree: its standard type, its own entries, what is in it."""

    kind: str
    entries: Any
    children: list[Element]

    def every(self) -> Iterator[Element]:
        """Yield this element and everything inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.every()


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def pages(data: bytes) -> int:
    return len(read(data).pages)


@lru_cache(maxsize=1)  # a test asks for several of its words
def text(data: bytes) -> str:
    """Return the words of the page, each run of white space as one space."""
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


def tree(data: bytes) -> Element | None:
    """Return the structure tree, or None where there is none."""
    root = read(data).trailer["/Root"]
    if "/StructTreeRoot" not in root:
        return None
    top = root["/StructTreeRoot"]
    roles = top.get("/RoleMap", {})
    return Element("Root", top, list(_children(top, roles)))


def _children(entries: Any, roles: Any) -> Iterator[Element]:
    inside = entries.get("/K", [])
    for each in inside if isinstance(inside, list) else [inside]:
        child = each.get_object()
        if hasattr(child, "get") and "/S" in child:
            kind = child["/S"]
            kind = roles.get(kind, kind)
            yield Element(kind.removeprefix("/"), child, list(_children(child, roles)))


def faults(data: bytes) -> list[str]:
    """Return what keeps a screen reader from reading the PDF as it should be read."""
    reader = read(data)
    root = reader.trailer["/Root"]
    found = []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("it is not marked as tagged")
    if not root.get("/Lang"):
        found.append("it names no language")
    if not (reader.metadata and reader.metadata.title):
        found.append("it has no title")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        found.append("a viewer would show the file's name for its title")
    if any("/StructParents" not in page for page in reader.pages):
        found.append("a page is tied to no structure")
    top = tree(data)
    if top is None or not top.children:
        return [*found, "it has no structure tree"]
    return [*found, *_figures(top), *_headings(top), *_tables(top), *_nesting(top)]


def _figures(top: Element) -> Iterator[str]:
    for element in top.every():
        if element.kind == "Figure" and not str(element.entries.get("/Alt", "")).strip():
            yield "a figure has no words"


def _headings(top: Element) -> Iterator[str]:
    levels = [int(m[1]) for each in top.every() if (m := HEADING.fullmatch(each.kind))]
    if not levels:
        yield "it has no heading"
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"


def _tables(top: Element) -> Iterator[str]:
    for table in (each for each in top.every() if each.kind == "Table"):
        heads = [each for each in table.every() if each.kind == "TH"]
        if not heads:
            yield "a table has no headings"
        if any("/Scope" not in str(each.entries.get("/A", "")) for each in heads):
            yield "a table's heading does not say what it is the heading of"


def _nesting(top: Element) -> Iterator[str]:
    for element in top.every():
        for child in element.children:
            if element.kind in ROWS_OF and child.kind not in ROWS_OF[element.kind]:
                yield f"a {child.kind} stands in a {element.kind}"
