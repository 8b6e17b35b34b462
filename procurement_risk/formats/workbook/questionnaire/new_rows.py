"""A row that somebody added to a questionnaire's workbook: what it leaves empty is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement_risk.formats.workbook.questionnaire import as_written
from procurement_risk.framework.proposals import TO_BE_SET

_USUAL: Mapping[str, str | int] = {
    "why": as_written.NO_WHY,
    "good": as_written.NO_GOOD,
    "evidence": as_written.NO_EVIDENCE,
}
_AS_ABOVE: Mapping[str, str | int] = {
    "answered_by": "supplier",
    "first_gate": "G2",
    "procurement_use": "information",
    "weight": 1,
}


def filled(question: Mapping[str, Any], above: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return a new ``question`` with what it lacks, marked as to be set in its sources.

    Args:
        question: What its row holds.
        above: The question of the row above, empty where there is none.
        where: The workbook and the cell.
    """
    proposed = {**_USUAL, **{key: above.get(key, usual) for key, usual in _AS_ABOVE.items()}}
    lacks = {key: value for key, value in proposed.items() if key not in question}
    sources = list(question.get("sources", (where,)))
    if lacks:
        sources.append(f"{TO_BE_SET} {as_written.LEFT_EMPTY}")
    return {**question, **lacks, "sources": sources}
