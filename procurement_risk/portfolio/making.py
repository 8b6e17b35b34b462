"""Outcomes that are missing, as after an upgrade, made behind the page a few at a time.

begin(store, ...) -> Making, which says how far it is
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from procurement_risk.canonical import JSON
from procurement_risk.errors import Damaged, ProcurementRiskError
from procurement_risk.storage import Store, Stored
from procurement_risk.storage.kept_outcomes import Lined

WHILE_ONE_WAITS = 100
"""So many or fewer are made at once, in a third of a second."""
A_FEW = 20
"""After so many, what was made is kept, so that it can be shown."""

logger = logging.getLogger(__name__)


class Making:
    """The making of outcomes, which has begun.

    Attributes:
        total: How many there are to make.
        done: How many were looked at so far.
        damaged: Why some of them cannot be made.
    """

    def __init__(
        self,
        store: Store,
        ids: Sequence[str],
        make: Callable[[Stored], JSON | Lined],
        made_by: str,
    ) -> None:
        self._ids = tuple(ids)
        self.total, self.done = len(ids), 0
        self.damaged: list[Damaged] = []
        self._thread = threading.Thread(
            target=self._run, args=(store, make, made_by), name="outcomes", daemon=True
        )
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self._thread.is_alive()

    @property
    def missing(self) -> frozenset[str]:
        """The assessments that have none yet."""
        return frozenset(self._ids[self.done :]) if self.is_running else frozenset()

    def wait(self) -> None:
        """Wait until all are made."""
        self._thread.join()

    def _run(self, store: Store, make: Callable[[Stored], JSON | Lined], made_by: str) -> None:
        try:
            for start in range(0, self.total, A_FEW):
                ids = self._ids[start : start + A_FEW]
                self.damaged += store.make_outcomes(make, made_by, ids)
                self.done = start + len(ids)
        except ProcurementRiskError:  # whoever asks for all of them next is told
            logger.warning("Outcomes could not be made", exc_info=True)
