"""A portfolio as it stood on an earlier day, put together from the history.

    store, day ─> then_of ─> Then ─┬─ items      as they stood when the day began
                                   ├─ changes    every change since, by assessment
                                   └─ unknown    what cannot be known any more: struck out, moved

Only what changed since is scored anew. A value that was struck out since is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from procurement_risk.assessment.parts import assessment_from_parts, assessment_to_parts
from procurement_risk.assessment.today import start_of
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.items import PortfolioItem, item_of
from procurement_risk.portfolio.kept import items_of
from procurement_risk.storage import Store, Stored
from procurement_risk.storage.history import HEADER, HistoryEntry

AT_ONCE = 200
BEGUN = (HEADER, "state")
"""What is read of an assessment that was not on file yet: who began it, and whether it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What there was when a day began.

    Attributes:
        day: That day.
        items: Every assessment that was on file and is not set aside now.
        changes: Every change since, by assessment, those set aside too; of one that began since,
            only where it stands: ``BEGUN``.
        unknown: Ids of assessments whose result then cannot be known any more.
    """

    day: str
    items: tuple[PortfolioItem, ...]
    changes: Mapping[str, Sequence[HistoryEntry]]
    unknown: frozenset[str]


def then_of(store: Store, day: str) -> Then:
    """Return the portfolio of ``store`` as it stood when ``day`` began, in the local time zone."""
    moment = start_of(day)
    firsts = {name: found[moment] for name, found in store.first_changes([moment]).items()}
    begun = [name for name, seq in firsts.items() if seq == 1]
    changes = store.changed_since(moment, begun, BEGUN) if begun else {}
    changes |= store.changed_since(moment, [name for name in firsts if name not in changes])
    now = {item.id: item for item in items_of(store)}
    items = [item for name, item in now.items() if name not in changes]
    unknown = set()
    for name, before in _before(store, changes, [n for n in now if firsts.get(n, 1) > 1], now):
        if before is None:
            unknown.add(name)
        else:
            items.append(before)
    return Then(
        day=day,
        items=tuple(sorted(items, key=lambda item: item.id)),
        changes=changes,
        unknown=frozenset(unknown),
    )


def _before(
    store: Store,
    changes: Mapping[str, Sequence[HistoryEntry]],
    names: Sequence[str],
    now: Mapping[str, PortfolioItem],
) -> Iterator[tuple[str, PortfolioItem | None]]:
    """Yield each of ``names`` as it stood, a few read at once; None where nobody can know."""
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        read = {each.assessment.id: each for each in store.read_many(some).stored}
        for name in some:
            stored = read.get(name)
            yield name, item_before(stored, changes[name], now[name]) if stored else None


def item_before(
    stored: Stored, changes: Sequence[HistoryEntry], now: PortfolioItem
) -> PortfolioItem | None:
    """Return an assessment as it stood before ``changes``; None where that cannot be known."""
    parts: dict[str, Any] = dict(assessment_to_parts(stored.assessment))
    seen = set()
    for change in changes:
        if change.part in seen:
            continue
        seen.add(change.part)
        if change.is_redacted or _is_move(change):
            return None
        if change.part != HEADER:
            parts[change.part] = change.before
    last = changes[0].at
    try:
        assessment = assessment_from_parts(
            {name: value for name, value in parts.items() if value is not None},
            id=now.id,
            fictional=now.fictional,
            created_at=now.created_at,
            created_by=stored.assessment.created_by,
        )
        outcome = evaluate(stored.framework, assessment.answer_set)
        item = item_of(assessment, stored.framework, outcome, last)
    except (ProcurementRiskError, LookupError, TypeError, ValueError):
        return None
    return replace(
        item,
        supplier_id=now.supplier_id,
        supplier_names=now.supplier_names,
        foreign=now.foreign,
    )


def _is_move(change: HistoryEntry) -> bool:
    """Whether it moved to another version of its questionnaire: what counted then is not here."""
    if change.part != HEADER or not isinstance(change.before, dict):
        return False
    after = change.after if isinstance(change.after, dict) else {}
    return change.before.get("framework_digest") != after.get("framework_digest")
