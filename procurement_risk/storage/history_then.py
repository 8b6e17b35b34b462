"""Which questionnaire each line of a history was written under, where it moved to another since.

line 1 … line 7   the one it was made on
line 8            moved: it names both
line 9 … 11       what moving changed: before under the one, after under the other
line 12 …         the one it moved to
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from procurement_risk.framework import Framework
from procurement_risk.storage.history import HEADER, HistoryEntry

Find = Callable[[str], Framework | None]
"""Gives the questionnaire of a digest; None where it is not known here."""


@dataclass(frozen=True, slots=True)
class Under:
    """What the value before and the value after a change are read with."""

    before: Framework
    after: Framework


def under_each(entries: Sequence[HistoryEntry], now: Framework, find: Find) -> Mapping[int, Under]:
    """Return it for each line by its number; ``entries`` are the oldest first, to the last.

    An earlier questionnaire that is not known here is passed over: its lines read as today's.
    """
    found: dict[int, Under] = {}
    standing = now
    for index in range(len(entries) - 1, -1, -1):
        entry = entries[index]
        found[entry.seq] = Under(standing, standing)
        digest = left_behind(entry)
        earlier = find(digest) if digest else None
        if earlier is None:
            continue
        for each in entries[index:]:
            if _moment(each) != _moment(entry):
                break
            found[each.seq] = Under(earlier, standing)
        standing = earlier
    return found


def left_behind(entry: HistoryEntry) -> str:
    """Return the digest of the questionnaire that was left here; empty where none was."""
    if entry.part != HEADER or not isinstance(entry.before, dict):
        return ""
    after = entry.after if isinstance(entry.after, dict) else {}
    before = str(entry.before.get("framework_digest") or "")
    return before if before != after.get("framework_digest") else ""


def _moment(entry: HistoryEntry) -> tuple[str, str, str]:
    return entry.at, entry.by, entry.reason
