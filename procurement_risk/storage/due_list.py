"""What of a store may be disposed of, what is held, and what is kept, one line an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment import retention
from procurement_risk.assessment.retention import Due, Rule
from procurement_risk.errors import Damaged
from procurement_risk.language import N_
from procurement_risk.storage.reading import Stored
from procurement_risk.storage.store import Store

Standing = Literal["held", "due", "kept"]

STANDINGS: Mapping[Standing, str] = {
    "held": N_("Under a legal hold"),
    "due": N_("May be disposed of"),
    "kept": N_("Kept"),
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One assessment: when it is due, and whether it may go."""

    stored: Stored
    due: Due
    standing: Standing


def due_list(store: Store, rules: Iterable[Rule], day: str) -> tuple[list[DueLine], list[Damaged]]:
    """Return a line for every assessment, those set aside too, the one due first at the top.

    What has no day comes last. A legal hold counts whatever the day. Of what can no longer be
    read it returns why: nothing says when that is due.
    """
    rules = tuple(rules)
    lines = []
    names = store.supplier_names()
    read = store.read_many()
    for stored in read.stored:
        about = stored.assessment
        found = retention.due(about, stored.changed_at, rules, names.get(about.id, ()))
        standing: Standing = "due" if found.is_reached(day) else "kept"
        lines.append(DueLine(stored, found, "held" if stored.hold else standing))
    lines.sort(key=lambda line: (line.due.day or "~", line.stored.assessment.id))
    return lines, read.damaged
