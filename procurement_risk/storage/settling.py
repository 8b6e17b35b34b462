"""A decision deals with what called for the look: there, and in the look that it follows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from procurement_risk.storage import rows
from procurement_risk.storage.history import HEADER, Pen, canonical_text
from procurement_risk.storage.people import belonging

REASON = "Dealt with by the decision on the look that followed, "


def settle(connection: sa.Connection, pen: Pen) -> None:
    """Mark what called for the look that ``pen`` has just decided as dealt with.

    An earlier look that is no longer here, is archived or is another organisation's stays as it
    is. So does everything where an assessment follows none: what was found later is not dealt with
    by its decision.
    """
    followed = rows.part_value(connection, pen.assessment_id, "replaces")
    if followed is None:
        return
    called = _open(connection, pen.assessment_id)
    _resolve(connection, pen, called)
    earlier = rows.locked(connection, json.loads(followed))
    if earlier is None or earlier.archived or not called:
        return
    whose = [belonging.of_assessment(connection, each) for each in (pen.assessment_id, earlier.id)]
    if whose[0] != whose[1]:
        return  # a record that was brought in may name any
    own = _pen_for(pen, earlier.id)
    rows.take_up(connection, own, earlier.revision, HEADER)
    if _resolve(connection, own, called):
        rows.finish(connection, own, {})


def _pen_for(pen: Pen, assessment_id: str) -> Pen:
    reason = f"{REASON}{pen.assessment_id}"
    return Pen(assessment_id=assessment_id, by=pen.by, at=pen.at, reason=reason)


def _key(trigger: Mapping[str, Any]) -> tuple[str, str]:
    return trigger["what"], trigger["at"]


def _triggers(connection: sa.Connection, assessment_id: str) -> list[dict[str, Any]]:
    found = rows.part_value(connection, assessment_id, "triggers")
    return [] if found is None else list(json.loads(found))


def _open(connection: sa.Connection, assessment_id: str) -> set[tuple[str, str]]:
    found = _triggers(connection, assessment_id)
    return {_key(each) for each in found if not each.get("resolved_at")}


def _resolve(connection: sa.Connection, pen: Pen, called: Collection[tuple[str, str]]) -> bool:
    """Write that each of ``called`` that is open is dealt with; return whether any was."""
    before = _triggers(connection, pen.assessment_id)
    after = [
        each
        if each.get("resolved_at") or _key(each) not in called
        else {**each, "resolved_at": pen.at}
        for each in before
    ]
    if after == before:
        return False
    revision = rows.stand(connection, pen.assessment_id)["triggers"][1]
    stood = (canonical_text(before), revision)
    rows.write_part(connection, pen, "triggers", stood, canonical_text(after))
    return True
