"""How much of a file is read, and how much one that we write may hold: the same numbers.

A workbook that we send out is held to these when it is written, so that it comes back whole.
"""

from __future__ import annotations

MOST_SHEETS, MOST_ROWS, MOST_CELLS, MOST_BESIDE = 50, 5_000, 60_000, 200
LONGEST_TEXT, MOST_TEXT = 40_000, 3_000_000
"""Characters of one cell, and of all: one long text may stand in many cells at no cost."""
