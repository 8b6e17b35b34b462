"""Finding assessments by words: an index that is written in the same transaction as each part.

    part ── search_text       its words, one row a part that has any; "people" is who wrote
              └─ search_index  SQLite's FTS5 over it; on PostgreSQL an index over lexemes

Every word asked for has to begin a word somewhere in the assessment. What is taken out of a part
leaves the index when ``write`` is called for that part, or ``rebuild`` for all: no word then
stays in the index itself. Names that a person added to a supplier stand in no part, and are read
where they were decided. Where this Python's SQLite has no FTS5, the words are compared one by
one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from procurement_risk.assessment.search_words import words, words_of_part
from procurement_risk.storage import sound, tables
from procurement_risk.storage.prepared import Prepared

Row: TypeAlias = sa.Row[*tuple[Any, ...]]
INDEX = "search_index"
SUPPLIER = "supplier"
PEOPLE = "people"
"""The row that holds the words of who wrote in an assessment, and its id."""

_MAKE_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5("
    "words, content='search_text', content_rowid='id', prefix='2 3', "
    'tokenize="unicode61 remove_diacritics 0")'
)
LEXEMES = "array_to_tsvector(string_to_array(words, ' '))"
_MAKE_POSTGRESQL = (
    f"CREATE INDEX IF NOT EXISTS ix_search_text_words ON search_text USING gin ({LEXEMES})"
)
AT_ONCE = 200


@cache
def has_fts5() -> bool:
    """Whether this Python's SQLite has FTS5."""
    import sqlite3

    with sqlite3.connect(":memory:") as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            return False
    return True


# --- Keeping it up ------------------------------------------------------------------------


def make(connection: sa.Connection, *, is_whole: bool = False) -> None:
    """Make the index where there is none, and fill what it lacks of older assessments.

    Where ``is_whole``, each is known to have its words.
    """
    if connection.dialect.name == "postgresql":
        # Who does not own the table may not even ask to make what is there already.
        there = connection.exec_driver_sql("SELECT to_regclass('ix_search_text_words')").scalar()
        if there is None:
            connection.exec_driver_sql(_MAKE_POSTGRESQL)
    elif has_fts5():
        connection.exec_driver_sql(_MAKE_SQLITE)
    added = not is_whole and _add_missing(connection)
    if _is_fts5(connection) and (added or _is_behind(connection)):
        _rebuild_fts5(connection)


def _its_words() -> sa.Select[tuple[Any, ...]]:
    table = tables.search_text
    its = table.c.assessment_id == sa.bindparam("this")
    return sa.select(table.c.id, table.c.part, table.c.words).where(its)


# Put together once: every click asks, and that takes longer than to ask it.
_ITS_WORDS = _its_words()
_SOME_WORDS = _ITS_WORDS.where(
    tables.search_text.c.part.in_(sa.bindparam("parts", expanding=True))
)
_TWO_WORDS = Prepared(
    _ITS_WORDS.where(tables.search_text.c.part.in_([sa.bindparam("one"), sa.bindparam("other")]))
)


def write(
    connection: sa.Connection, assessment_id: str, parts: Mapping[str, Any], by: str = ""
) -> None:
    """Put the words of ``parts``, JSON by name, in place of what stood there, and who wrote."""
    rows = {name: words_of_part(name, value) for name, value in parts.items()}
    known = _known(connection, assessment_id, [*rows, PEOPLE])
    people = [by, *(value.get("by", "") for value in parts.values() if isinstance(value, dict))]
    then = known[PEOPLE].words.split() if PEOPLE in known else words(assessment_id)
    now = dict.fromkeys([*then, *(word for each in people for word in words(each))])
    rows[PEOPLE] = " ".join(now)
    changed = {
        name: text
        for name, text in rows.items()
        if text != (known[name].words if name in known else "")
    }
    _take_out(connection, [known[name].id for name in changed if name in known])
    _insert(connection, assessment_id, {name: text for name, text in changed.items() if text})


def forget(connection: sa.Connection, assessment_id: str) -> None:
    """Take an assessment out of the index."""
    table = tables.search_text
    query = sa.select(table.c.id).where(table.c.assessment_id == assessment_id)
    _take_out(connection, list(connection.execute(query).scalars()))


def renew(connection: sa.Connection, assessment_id: str) -> None:
    """Make the words of one assessment anew from what stands, as after something was struck."""
    forget(connection, assessment_id)
    rows = {row["part"]: row["words"] for row in _rows_of(connection, [assessment_id])}
    _insert(connection, assessment_id, rows)


def rebuild(connection: sa.Connection) -> None:
    """Make the whole index anew from what stands: nothing that was taken out is left in it."""
    if _is_fts5(connection):
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')")
    connection.execute(tables.search_text.delete())
    _add_missing(connection)
    if _is_fts5(connection):
        _rebuild_fts5(connection)


def purge(connection: sa.Connection) -> None:
    """Leave nothing in the index of rows that were taken out: FTS5 itself keeps that for long."""
    if _is_fts5(connection):
        _rebuild_fts5(connection)


def _add_missing(connection: sa.Connection) -> bool:
    """Add words where there are none, not yet to FTS5, and return whether any were missing."""
    table, text = tables.assessment, tables.search_text
    query = (
        sa.select(table.c.id)
        .outerjoin(text, sa.and_(text.c.assessment_id == table.c.id, text.c.part == PEOPLE))
        .where(text.c.assessment_id.is_(None))
        .order_by(table.c.id)
    )
    missing = list(connection.execute(query).scalars())
    for start in range(0, len(missing), AT_ONCE):
        rows = _rows_of(connection, missing[start : start + AT_ONCE])
        connection.execute(tables.search_text.insert(), rows)
    return bool(missing)


def _rows_of(connection: sa.Connection, ids: list[str]) -> list[dict[str, str]]:
    """Return the rows of words of assessments, at least one for each, from what stands."""
    part, own = tables.part, tables.assessment
    origin = sa.select(own.c.id, own.c.created_by).where(own.c.id.in_(ids))
    people = {row.id: [row.id, row.created_by] for row in connection.execute(origin)}
    new = []
    query = sa.select(part.c.assessment_id, part.c.name, part.c.value, part.c.by)
    for row in connection.execute(query.where(part.c.assessment_id.in_(ids))):
        value = sound.value(row.name, row.value)
        people[row.assessment_id].append(row.by)
        if isinstance(value, dict):
            people[row.assessment_id].append(value.get("by", ""))
        if text := words_of_part(row.name, value):
            new.append({"assessment_id": row.assessment_id, "part": row.name, "words": text})
    for assessment_id, names in people.items():
        text = " ".join(
            dict.fromkeys(word for name in dict.fromkeys(names) for word in words(name))
        )
        new.append({"assessment_id": assessment_id, "part": PEOPLE, "words": text})
    return new


def _known(connection: sa.Connection, assessment_id: str, parts: list[str]) -> dict[str, Row]:
    """Return the rows of some parts of an assessment, by part."""
    asked: dict[str, Any] = {"this": assessment_id}
    if len(parts) == 2:  # as every click has it
        found = _TWO_WORDS.on(connection, {**asked, "one": parts[0], "other": parts[1]})
    elif len(parts) <= AT_ONCE:
        found = connection.execute(_SOME_WORDS, {**asked, "parts": parts})
    else:
        found = connection.execute(_ITS_WORDS, asked)
    return {row.part: row for row in found}


def _take_out(connection: sa.Connection, ids: list[int]) -> None:
    table = tables.search_text
    if _is_fts5(connection):  # it reads the old words to take them out
        for each in ids:
            connection.exec_driver_sql(f"DELETE FROM {INDEX} WHERE rowid = ?", (each,))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        connection.execute(table.delete().where(table.c.id.in_(some)))
    if ids and connection.dialect.name == "sqlite" and not has_fts5():
        _mark_behind(connection)


def _insert(connection: sa.Connection, assessment_id: str, rows: Mapping[str, str]) -> None:
    if not rows:
        return
    new = [{"assessment_id": assessment_id, "part": p, "words": w} for p, w in rows.items()]
    connection.execute(tables.search_text.insert(), new)
    if _is_fts5(connection):
        connection.exec_driver_sql(
            f"INSERT INTO {INDEX}(rowid, words) SELECT id, words FROM search_text "
            f"WHERE assessment_id = ? AND id NOT IN (SELECT id FROM {INDEX}_docsize)",
            (assessment_id,),
        )
    elif connection.dialect.name == "sqlite":
        _mark_behind(connection)


def _is_fts5(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite" and has_fts5()


def _is_behind(connection: sa.Connection) -> bool:
    """Whether something was written without FTS5 since: that empties what is asked here.

    What is written with it later has later numbers, so the first of them tells.
    """
    first = "SELECT min(id) FROM"
    mine, its = f"({first} {INDEX}_docsize)", f"({first} search_text)"
    return bool(connection.exec_driver_sql(f"SELECT {mine} IS NOT {its}").scalar())


def _mark_behind(connection: sa.Connection) -> None:
    """Note that FTS5's index no longer fits; without FTS5 its own tables can still be emptied."""
    if sa.inspect(connection).has_table(f"{INDEX}_docsize"):
        connection.exec_driver_sql(f"DELETE FROM {INDEX}_docsize")


def _rebuild_fts5(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")
