"""What in an ODS file a spreadsheet program would run, or fetch from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from procurement_risk.formats.workbook.active import CONNECTIONS, CONTROLS, LINKS, MACROS, OBJECTS
from procurement_risk.formats.workbook.safety import refuse_active, refuse_outside
from procurement_risk.language import _

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SCRIPT = "{urn:oasis:names:tc:opendocument:xmlns:script:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"

FOLDERS: Mapping[str, str] = {
    "basic": MACROS,
    "scripts": MACROS,
    "dialogs": MACROS,
    "objectreplacements": OBJECTS,
    "database": CONNECTIONS,
}
"""By the first folder in the name of a part."""

ELEMENTS: Mapping[str, str] = {
    f"{OFFICE}script": MACROS,
    f"{TABLE}table-source": LINKS,
    f"{TABLE}cell-range-source": LINKS,
    f"{TABLE}dde-links": LINKS,
    f"{TABLE}dde-link": LINKS,
    f"{OFFICE}dde-source": LINKS,
    f"{TABLE}database-source-sql": CONNECTIONS,
    f"{TABLE}database-source-table": CONNECTIONS,
    f"{TABLE}database-source-query": CONNECTIONS,
    f"{DRAW}object": OBJECTS,
    f"{DRAW}object-ole": OBJECTS,
    f"{DRAW}applet": OBJECTS,
    f"{DRAW}plugin": OBJECTS,
    f"{DRAW}floating-frame": OBJECTS,
    f"{FORM}form": CONTROLS,
}
"""By the element that stands for it."""

_OBJECT = re.compile(r"object \d+")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\\|\.\./\.\./|#?'?file:", re.IGNORECASE)


def refuse_parts(parts: list[str], name: str) -> None:
    """Refuse a file by the names of its parts. Raises InvalidDocument."""
    for part in parts:
        folder = part.casefold().replace("\\", "/").split("/")[0]
        refuse_active(OBJECTS if _OBJECT.fullmatch(folder) else FOLDERS.get(folder, ""), name)


def refuse_elements(root: Element, name: str) -> None:
    """Refuse a file by what one of its parts says. Raises InvalidDocument.

    An address in a text is one that somebody has to click, and is read as text.
    """
    for element in root.iter():
        tag = str(element.tag)
        refuse_active(MACROS if tag.startswith(SCRIPT) else ELEMENTS.get(tag, ""), name)
        target = element.get(LINK, "")
        if tag != f"{TEXT}a" and _OUTSIDE.match(target):
            refuse_outside(name)


def locked_words() -> str:
    """Return the sentence that a file is locked with a password."""
    return _("Parts of the file are locked with a password. Take it off and save it again.")
