"""Saving several parts at once, each against the revision it was based on: all of them or none."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from procurement_risk.assessment.parts import ANSWER, MITIGATION, REVIEW, part_title
from procurement_risk.canonical import JSON
from procurement_risk.errors import StaleSave
from procurement_risk.framework import Framework
from procurement_risk.storage import alone_answers, checked, decided, fitting, rows, settling
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import HEADER, Pen, canonical_text
from procurement_risk.storage.operations.signing import refuse_written
from procurement_risk.storage.operations.writing import refuse_other_version
from procurement_risk.storage.rows import Row, Stand

NOTHING: tuple[str | None, int] = (None, 0)
JUDGED = ("decision", "state")
"""The parts that are judged beside all that is written with them."""


def save_together(
    database: Database,
    assessment_id: str,
    changes: Mapping[str, tuple[JSON, int]],
    actor: str,
    reason: str = "",
    framework: Framework | None = None,
) -> None:
    """Write several parts, each with its line of history. What stands so already is passed over.

    Args:
        database: Which.
        assessment_id: Whose parts they are.
        changes: By part the new value, None to empty it, and the revision it is based on.
        actor: Who makes the change, as they named themselves.
        reason: Why, where there is something to say.
        framework: The version that answers were given to, where it matters.

    Raises:
        StaleFramework: If the assessment stands on another version by now.
        StaleSave: If another revision of one of them stands by now. Nothing was written.
        NotFound: If there is no such assessment.
        InvalidDocument: If a value cannot be its part, or is a decision that cannot be recorded
            over what was found; it lists every problem.
        UsageError: If the assessment is archived, cannot be in that state, or ``actor`` is empty.
    """
    pen = checked.pen(assessment_id, actor, reason)
    for name in changes:
        refuse_written(name)
    values = {name: checked.checked_part(name, value) for name, (value, __) in changes.items()}
    texts = {name: None if v is None else canonical_text(v) for name, v in values.items()}
    titles = [part_title(name, framework) for name in changes]
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        refuse_other_version(database, row, framework, ", ".join(titles))
        stand = rows.stand(connection, row.id)
        differ = {n: text for n, text in texts.items() if stand.get(n, NOTHING)[0] != text}
        if not differ:
            return
        checked.refuse_archived(row)
        for name in differ:
            old, revision = stand.get(name, NOTHING)
            if revision != changes[name][1]:
                by = rows.parts(connection, [row.id])[row.id][name].by if revision else ""
                raise StaleSave(
                    part_title(name, framework), values[name], _json(old), revision, by
                )
        asked = database.kept_frameworks.of(connection, row.framework_digest)
        _refuse_misfits(asked, texts, stand)
        for name in differ:
            stood = _json(stand.get(name, NOTHING)[0])
            alone_answers.refuse(connection, row.id, asked, name, stood, values[name])
        if "overrides" in differ:  # judged beside what was overridden before
            decided.follows(connection, row, asked, "overrides", values["overrides"])
        for name in (each for each in differ if each.startswith(REVIEW)):
            decided.follows(connection, row, asked, name, values[name])
        rows.take_up(connection, pen, row.revision, HEADER)
        rows.write_parts(connection, pen, stand, differ)
        _decide(connection, row, asked, pen, {n: values[n] for n in JUDGED if n in differ})
        bought = _json(texts.get("purchase"))
        rows.finish(connection, pen, {"purchase_id": bought["id"]} if bought else {})


def _decide(
    connection: sa.Connection, row: Row, asked: Framework, pen: Pen, written: Mapping[str, JSON]
) -> None:
    """Judge a decision and a state beside all that was written with them, and what follows."""
    more: dict[str, str] = {}
    for name, value in written.items():
        more |= decided.follows(connection, row, asked, name, value)
    if more and "state" not in written:
        rows.write_parts(connection, pen, rows.stand(connection, row.id), more)
    if written.get("decision") is not None:
        settling.settle(connection, pen)


def _refuse_misfits(asked: Framework, texts: Mapping[str, str | None], stand: Stand) -> None:
    for name, text in texts.items():
        answer = ANSWER + name.removeprefix(MITIGATION)
        answered = texts[answer] if answer in texts else stand.get(answer, NOTHING)[0]
        fitting.refuse_misfit(asked, name, _json(text), _json(answered))


def _json(text: str | None) -> JSON:
    return None if text is None else json.loads(text)
