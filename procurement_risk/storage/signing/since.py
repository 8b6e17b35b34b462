"""Since when a sign-off does not stand any more, as the history tells it."""

from __future__ import annotations

from collections.abc import Iterable

from procurement_risk.assessment.parts import ANSWER, FILE, MITIGATION
from procurement_risk.assessment.signed import SIGNED
from procurement_risk.storage.history import HEADER, HistoryEntry


def changed_at(entries: Iterable[HistoryEntry]) -> str:
    """Return when something that is signed was first changed after the last sign-off; or empty."""
    since = ""
    for each in entries:
        if each.part == "sign_offs":
            since = ""
        elif not since and _is_signed(each):
            since = each.at
    return since


def _is_signed(entry: HistoryEntry) -> bool:
    if entry.part == HEADER:  # also tells of setting aside, which leaves the sign-off standing
        before, after = entry.before or {}, entry.after or {}
        return before.get("framework_digest") != after.get("framework_digest")
    return entry.part in SIGNED or entry.part.startswith((ANSWER, MITIGATION, FILE))
