"""How much of a file is read, and how much one that we write may hold: the same numbers.

A workbook that we send out is held to these when it is written, so that it comes back whole.
"""

from __future__ import annotations

MOST_SHEETS, MOST_ROWS, MOST_CELLS, MOST_BESIDE = 50, 5_000, 60_000, 200
LONGEST_TEXT, MOST_TEXT = 40_000, 3_000_000
"""Characters of one cell, and of all: one long text may stand in many cells at no cost."""

MOST_AREAS, MOST_CHOICES, MOST_OFFERED, LONGEST_CHOICE = 2_000, 300, 60_000, 1_000
"""Areas of a sheet that are made one or have a list; what one list offers, and all of a sheet."""
