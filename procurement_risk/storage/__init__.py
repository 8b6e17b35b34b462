"""Where assessments are kept: one SQLite file, or PostgreSQL for a team.

open_store(url) -> Store     the assessments, part by part, with their append-only history
open_memory_store()          one that keeps nothing
"""

from procurement_risk.storage.connection import DEFAULT_URL
from procurement_risk.storage.drafts import Draft
from procurement_risk.storage.history import HistoryEntry
from procurement_risk.storage.keeping import Tombstone
from procurement_risk.storage.kept_outcomes import Outcome, Outcomes
from procurement_risk.storage.kept_summaries import Summary
from procurement_risk.storage.known_suppliers import KnownSupplier
from procurement_risk.storage.moving_in import Taken, Whole
from procurement_risk.storage.places import Place
from procurement_risk.storage.questionnaire_uses import Use
from procurement_risk.storage.reading import Hold, PartState, Stored
from procurement_risk.storage.releases import Release
from procurement_risk.storage.returns import KeptReturn
from procurement_risk.storage.store import Store, open_memory_store, open_store
from procurement_risk.storage.striking import Erased
from procurement_risk.storage.supplier_decisions import Decision, GivenName
