"""Whether a portfolio is asked of the database, with everything worked out for that.

store ── is_asked ──> every look stands beside its purchase, in ``storage.purchase_lines``
"""

from __future__ import annotations

import logging
import threading
from weakref import WeakKeyDictionary

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.portfolio import kept
from procurement_risk.portfolio.part_of_list import kinds_of
from procurement_risk.portfolio.purchase_columns import rows_of
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import behind, sees_all

MOST_AT_ONCE = 1_000
"""Which look counts of so many purchases is worked out in a second, while somebody waits."""
logger = logging.getLogger(__name__)
_settling: WeakKeyDictionary[Store, threading.Thread] = WeakKeyDictionary()
_settled: WeakKeyDictionary[Store, object] = WeakKeyDictionary()


def is_asked(store: Store) -> bool:
    """Return whether the figures are asked of the database, with everything made for that.

    That is where there are more assessments than are read into memory ahead, and ``kinds_of`` can
    say what there is; and where nobody sees a purchase in part, of which another look may count.
    """
    whole = behind(store)
    if whole.stamp()[0] <= kept.AHEAD_AT_MOST or kinds_of(store) is None:
        return False
    return settle(whole) and (sees_all(store) or not store.purchases_parted())


def settle(store: Store, *, wait: bool = False) -> bool:
    """Work out which look counts of each purchase of which something changed.

    Returns:
        Whether that is known of all. Of many, as after an upgrade, it is worked out behind whoever
        asks, unless they ``wait``.
    """
    stand = store.lines_stamp(kept.MADE_BY), store.purchases_number(), store.foreign()
    if _settled.get(store) == stand:
        return True
    if not wait and (thread := _settling.get(store)) is not None and thread.is_alive():
        return False
    if store.settle_purchases(rows_of, kept.MADE_BY, None if wait else MOST_AT_ONCE):
        _settled[store] = stand[0], store.purchases_number(), stand[2]
        return True
    _settling[store] = thread = threading.Thread(
        target=settle_quietly, args=(store,), name="purchases", daemon=True
    )
    thread.start()
    return False


def settle_quietly(store: Store) -> None:
    """Do so of all, where nobody waits for it."""
    try:
        settle(store, wait=True)
    except ProcurementRiskError:  # whoever asks next has it worked out
        logger.warning("Which looks count could not be worked out", exc_info=True)
