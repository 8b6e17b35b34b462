"""What waits, counted and parted by the database; ``waiting`` judges what of it is shown.

store, a name, day ── work_of ──> Work: what waits for that person, and for anybody else
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.portfolio.kept import MADE_BY, lines_coming, made_item, told
from procurement_risk.portfolio.waiting import Waiting, waits
from procurement_risk.portfolio.waiting_spans import compared
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import behind, sees_all
from procurement_risk.storage.waiting_lines import Line, Number, Sought

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """What waits for a person, or for others.

    Attributes:
        number: How much that is, and how much of it is late.
    """

    store: Store
    name: str
    sought: Sought
    number: Number

    def part(self, limit: int, offset: int = 0) -> list[Waiting]:
        """Return a part of it: what is late first, then by its day."""
        lines = self.store.waiting_part(self.sought, limit, offset)
        return _judged(self, lines)


@dataclass(frozen=True, slots=True)
class Work:
    """All that waits.

    Attributes:
        scored: In how many assessments something could wait.
    """

    mine: Share
    others: Share
    scored: int


_whole: WeakKeyDictionary[Store, tuple[object, Number, int]] = WeakKeyDictionary()
"""How much waits in each store, for whoever sees all of it, and when that was asked."""


def work_of(store: Store, name: str, day: str) -> Work:
    """Return what waits on a day for ``name``, and for anybody else, as far as it is made."""
    every = Sought(day=day, made_by=MADE_BY, person=compared(name))
    whole, scored = _counted(store, every)
    theirs, others = replace(every, whose="theirs"), replace(every, whose="others")
    mine = store.waiting_number(theirs) if every.person else Number(0, 0)
    left = Number(whole.whole - mine.whole, whole.late - mine.late)
    return Work(Share(store, name, theirs, mine), Share(store, name, others, left), scored)


def make_ready(store: Store, day: str) -> None:
    """Make and count, before somebody asks, what ``work_of`` counts; much is made behind it."""
    try:
        if lines_coming(store) is None:
            _counted(store, Sought(day=day, made_by=MADE_BY))
    except ProcurementRiskError:  # whoever asks next is told
        logger.warning("What waits could not be counted ahead", exc_info=True)


def _counted(store: Store, every: Sought) -> tuple[Number, int]:
    if not sees_all(store):
        return store.waiting_number(every), store.listed_scored(MADE_BY)
    whole = behind(store)
    stand = whole.lines_stamp(MADE_BY), every.day
    kept = _whole.get(whole)
    if kept is None or kept[0] != stand:
        kept = stand, whole.waiting_number(every), whole.listed_scored(MADE_BY)
        _whole[whole] = kept
    return kept[1], kept[2]


def _judged(share: Share, lines: Sequence[Line]) -> list[Waiting]:
    """Return what waits by the rule of ``lines``, in their order."""
    whole, is_theirs = behind(share.store), share.sought.whose == "theirs"
    foreign = whole.foreign()
    made = whole.read_outcomes(MADE_BY, ids={each.assessment_id for each in lines}).fresh
    held = {
        name: [
            each
            for each in waits(told(item, foreign), share.sought.day)
            if each.is_for(share.name) == is_theirs
        ]
        for name, one in made.items()
        if (item := made_item(one)) is not None
    }
    found = []
    for line in lines:
        left = held.get(line.assessment_id, [])
        alike = (n for n, e in enumerate(left) if (e.kind, e.question, e.due) == line[1:])
        if (place := next(alike, None)) is not None:
            found.append(left.pop(place))
    return found
