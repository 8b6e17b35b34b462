"""Which kind of file came back, told by its bytes; only a text is known by its name."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from procurement_risk.formats.workbook.safety import DAMAGED, TEXTS, ZIP

Kind = Literal["xlsx", "ods", "csv"]


def is_text(data: bytes, name: str) -> bool:
    """Whether a file is taken for a table that was saved as text."""
    return name.casefold().endswith(TEXTS) and not data.startswith(ZIP)


def kind_of(data: bytes, name: str) -> Kind:
    """Return the kind of a file; XLSX where it is none that is known, which is refused then."""
    if is_text(data, name):
        return "csv"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGED:
        return "xlsx"
    is_xlsx = any(name.startswith("xl/") for name in names)
    return "ods" if "content.xml" in names and not is_xlsx else "xlsx"
