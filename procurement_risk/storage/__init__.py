"""Where assessments are kept: one SQLite file, or PostgreSQL for a team.

open_store(url) -> Store     the assessments, part by part, with their append-only history
open_memory_store()          one that keeps nothing
"""

from procurement_risk.storage.connection import DEFAULT_URL
from procurement_risk.storage.history import HistoryEntry
from procurement_risk.storage.kept_outcomes import Outcome, Outcomes
from procurement_risk.storage.reading import PartState, Stored, Summary
from procurement_risk.storage.returns import KeptReturn
from procurement_risk.storage.store import Store, open_memory_store, open_store

__all__ = [
    "DEFAULT_URL",
    "HistoryEntry",
    "KeptReturn",
    "Outcome",
    "Outcomes",
    "PartState",
    "Store",
    "Stored",
    "Summary",
    "open_memory_store",
    "open_store",
]
