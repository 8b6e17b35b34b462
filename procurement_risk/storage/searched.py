"""What is found by words: in the index of ``search``, and by names that a person added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import sqlalchemy as sa

from procurement_risk.assessment.search_words import MOST_ASKED, asked_words, words
from procurement_risk.storage import search, supplier_decisions, supplier_links, tables
from procurement_risk.storage.people import belonging
from procurement_risk.storage.search import INDEX, LEXEMES, SUPPLIER

BEGINNING = 4
"""So many letters of a word have to agree for another one to be near it."""


class Found(NamedTuple):
    """An assessment that was found, and the parts in which some of the words stand."""

    assessment: str
    parts: tuple[str, ...]
    archived: bool


def find(connection: sa.Connection, text: str, archived: bool | None = None) -> list[Found]:
    """Return every assessment in which each word of ``text`` begins a word, archived ones too.

    The one changed last stands first. Nothing is found where there is no word in ``text``. Of
    those that are archived, or are not, alone, where that is said.
    """
    asked = asked_words(text)
    hits = [_holding(connection, each, archived) for each in asked]
    if not hits:
        return []
    for hit, named in zip(hits, _named(connection, asked), strict=True):
        for each in named:
            hit.setdefault(each, set()).add(SUPPLIER)
    ids = set(hits[0]).intersection(*hits[1:])
    table = tables.assessment
    query = sa.select(table.c.id, table.c.archived).order_by(table.c.changed_at.desc(), table.c.id)
    if archived is not None:
        query = query.where(table.c.archived.is_(archived))
    return [
        Found(row.id, tuple(sorted({part for hit in hits for part in hit[row.id]})), row.archived)
        for row in (connection.execute(query) if ids else ())
        if row.id in ids
    ]


def find_ids(connection: sa.Connection, text: str) -> set[str]:
    """Return the ids of what ``find`` finds, which is quicker."""
    column = tables.search_text.c.assessment_id
    asked = asked_words(text)
    holding = [sa.select(column).distinct().where(_matches(connection, each)) for each in asked]
    hits = [
        set(connection.execute(query).scalars()) | named
        for query, named in zip(holding, _named(connection, asked), strict=True)
    ]
    return hits[0].intersection(*hits[1:]) if hits else set()


def having(connection: sa.Connection, column: sa.Column[Any], text: str) -> sa.ColumnElement[bool]:
    """Return the condition that ``find`` finds the assessment of ``column``."""
    asked, link = asked_words(text), tables.supplier_link
    own = tables.search_text.c.assessment_id
    conditions: list[sa.ColumnElement[bool]] = [] if asked else [sa.false()]
    for each, suppliers in zip(asked, _meant(connection, asked), strict=True):
        held = column.in_(sa.select(own).where(_matches(connection, each)))
        of = sa.select(link.c.assessment_id).where(link.c.supplier_id.in_(sorted(suppliers)))
        conditions.append(sa.or_(held, column.in_(of)) if suppliers else held)
    return sa.and_(*conditions)


def near(
    connection: sa.Connection,
    text: str,
    part: str,
    most: int,
    organisations: Collection[str] | None = None,
) -> list[str]:
    """Return assessments in whose ``part`` words stand that begin as those of ``text`` do.

    First those with all of the words, then those that lack one, then those with any, until there
    are ``most``. Only the first letters have to agree: what is spelled a little otherwise is near.
    """
    asked = [(each[:BEGINNING],) for each in words(text)][:MOST_ASKED]
    asked = list(dict.fromkeys(asked))
    table, found = tables.search_text, dict[str, None]()
    for wanted in _combinations(asked):
        query = sa.select(table.c.assessment_id).where(
            table.c.part == part, *(_matches(connection, each) for each in wanted)
        )
        if organisations is not None:
            query = query.where(table.c.assessment_id.in_(belonging.ids_of(organisations)))
        found.update(dict.fromkeys(connection.execute(query.limit(most)).scalars()))
        if len(found) >= most:
            break
    return list(found)[:most]


def _combinations(asked: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], ...]]:
    """Return all of the words, then all but one of them, then each by itself."""
    sizes = [each for each in (len(asked), len(asked) - 1, 1) if each > 0]
    return [each for size in dict.fromkeys(sizes) for each in combinations(asked, size)]


def _named(connection: sa.Connection, asked: list[tuple[str, ...]]) -> list[set[str]]:
    """Return for each word the assessments to whose supplier a name that has it was added."""
    meant = _meant(connection, asked)
    links = supplier_links.links(connection) if any(meant) else {}
    return [{each for each, of in links.items() if of in suppliers} for suppliers in meant]


def _meant(connection: sa.Connection, asked: list[tuple[str, ...]]) -> list[set[str]]:
    """Return for each word the suppliers to which a name that has it was added."""
    given = supplier_decisions.names_given(supplier_decisions.decisions(connection))
    has = {of: [w for each in names for w in words(each.name)] for of, names in given.items()}
    return [
        {of for of in has if any(word.startswith(alternatives) for word in has[of])}
        for alternatives in asked
    ]


def _holding(
    connection: sa.Connection, alternatives: tuple[str, ...], archived: bool | None
) -> dict[str, set[str]]:
    """Return the parts in which a word begins with one of these, by assessment."""
    table, own = tables.search_text, tables.assessment
    query = sa.select(table.c.assessment_id, table.c.part)
    if archived is not None:
        there = sa.select(own.c.id).where(own.c.archived.is_(archived))
        query = query.where(table.c.assessment_id.in_(there))
    found: dict[str, set[str]] = {}
    for row in connection.execute(query.where(_matches(connection, alternatives))):
        found.setdefault(row.assessment_id, set()).add(row.part)
    return found


def _matches(
    connection: sa.Connection, alternatives: tuple[str, ...]
) -> sa.ColumnElement[bool] | sa.TextClause:
    """Return the condition; the words hold letters and digits alone, so no sign means anything."""
    if connection.dialect.name == "postgresql":
        asked = " | ".join(f"'{each}':*" for each in alternatives)
        return sa.text(f"{LEXEMES} @@ CAST(:asked AS tsquery)").bindparams(_once(asked))
    if search.has_fts5():
        asked = " OR ".join(f'"{each}" *' for each in alternatives)
        rows = sa.text(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :asked")
        found = rows.bindparams(_once(asked)).columns(rowid=sa.Integer)
        return tables.search_text.c.id.in_(found)
    words_column = sa.literal(" ") + tables.search_text.c.words
    return sa.or_(*(words_column.like(f"% {each}%") for each in alternatives))


def _once(asked: str) -> sa.BindParameter[str]:
    """Return the parameter under a name of its own: a statement may ask for several words."""
    return sa.bindparam("asked", asked, unique=True)
