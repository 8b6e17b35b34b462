"""Ways in: each checks a file whole before anything is written.

To add one, write a module here with what it takes, and a line in ``IMPORTS``.
"""

from __future__ import annotations

from procurement_risk.imports import ocds_release, record, workbook
from procurement_risk.imports.importing import Import

IMPORTS: dict[str, Import] = {
    each.name: each for each in (record.IMPORT, workbook.IMPORT, ocds_release.IMPORT)
}

__all__ = ["IMPORTS", "Import"]
