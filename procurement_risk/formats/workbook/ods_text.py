"""The text of a cell in an ODS file: lines, addresses behind it, what is struck out, notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from procurement_risk.formats.workbook.ods_safety import LINK, OFFICE, TEXT

_BLANKS = re.compile(r"[ \t\r\n]+")
MOST_BLANKS = 1_000


@dataclass(slots=True)
class Read:
    """What was read of a cell so far."""

    struck_styles: Collection[str]
    lines: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, a paragraph to a line."""
        return "\n".join(self.lines)

    def paragraphs(self, element: Element) -> None:
        """Read the paragraphs that stand in ``element`` itself."""
        for each in element:
            if each.tag in (f"{TEXT}p", f"{TEXT}h"):
                self.lines.append("".join(self._pieces(each, is_struck=False)))

    def _pieces(self, element: Element, *, is_struck: bool) -> Iterator[str]:
        is_struck = is_struck or element.get(f"{TEXT}style-name", "") in self.struck_styles
        yield self._seen(_BLANKS.sub(" ", element.text or ""), is_struck)
        for each in element:
            if each.tag == f"{TEXT}s":
                count = each.get(f"{TEXT}c", "1")
                yield " " * min(int(count) if count.isdecimal() else 1, MOST_BLANKS)
            elif each.tag == f"{TEXT}tab":
                yield "\t"
            elif each.tag == f"{TEXT}line-break":
                yield "\n"
            elif each.tag != f"{OFFICE}annotation":
                if each.tag == f"{TEXT}a":
                    self.targets.append(each.get(LINK, ""))
                yield from self._pieces(each, is_struck=is_struck)
            yield self._seen(_BLANKS.sub(" ", each.tail or ""), is_struck)

    def _seen(self, text: str, is_struck: bool) -> str:
        if is_struck and text.strip():
            self.struck.append(text)
        return text


def note_in(cell: Element) -> str:
    """Return what is pinned to a cell as a note."""
    found = Read(())
    for note in cell.iter(f"{OFFICE}annotation"):
        found.paragraphs(note)
        for listed in note.iter(f"{TEXT}list-item"):
            found.paragraphs(listed)
    return found.text.strip()
