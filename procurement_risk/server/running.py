"""What a team's server holds while it runs: its settings and its one store."""

from __future__ import annotations

from dataclasses import dataclass

from procurement_risk.server.ended import Ended
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs.

    Attributes:
        team: Its settings, found safe.
        store: The store of this process, which pages and every other door share.
        ended: Which sessions are over before their time.
    """

    team: Team
    store: Store
    ended: Ended | None = None
