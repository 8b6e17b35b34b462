"""Comparing suppliers for one purchase: side by side, and how firm the order is.

    entries ─ comparable ─┬─ candidates, in order of G ─┬─ differences, by question
                          ├─ stopped                    ├─ firmness: stability, rank shares
                          └─ apart, with the reason     └─ tornado: what moves the lead

Only what the page or the command asks for is worked out.
"""

from __future__ import annotations

from procurement_risk.comparison.candidates import Candidate, Entry
from procurement_risk.comparison.compare import MOST_COMPARED, Comparison, compare
