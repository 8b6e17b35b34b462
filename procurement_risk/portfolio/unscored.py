"""What of the list could not be read, told without reading what could.

store, ids ── unread_of ──> why each cannot be read, and which only have no outcome yet
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from procurement_risk.errors import Damaged
from procurement_risk.portfolio.kept import MADE_BY
from procurement_risk.storage import Store, Summary
from procurement_risk.storage.people.acting import behind


class Unread(NamedTuple):
    """What has no outcome as it stands: what is damaged, by id, and what is still to be made."""

    damaged: dict[str, Damaged]
    coming: set[str]


def unread_of(store: Store, here: Sequence[Summary]) -> Unread:
    """Return what of ``here``, which could not be scored, could not be read either."""
    whole = behind(store)
    made = whole.read_outcomes(MADE_BY, ids=[each.id for each in here])
    found = {each.name: each for each in made.damaged}
    stands = {name: each.revision for name, each in made.fresh.items()}
    left = [e.id for e in here if e.id not in found and stands.get(e.id) != e.revision]
    found |= {each.name: each for each in (whole.read_many(left).damaged if left else ())}
    return Unread(found, set(left) - found.keys())


def damaged_in(store: Store) -> list[Damaged]:
    """Return why assessments of the list cannot be read."""
    ids = store.listed_unscored()
    return list(unread_of(store, behind(store).summaries(ids)).damaged.values()) if ids else []
