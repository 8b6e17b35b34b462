"""What is found by words: in the index of ``search``, and by names that a person added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from procurement_risk.assessment.search_words import asked_words, words
from procurement_risk.storage import search, supplier_decisions, supplier_links, tables
from procurement_risk.storage.search import INDEX, LEXEMES, SUPPLIER


class Found(NamedTuple):
    """An assessment that was found, and the parts in which some of the words stand."""

    assessment: str
    parts: tuple[str, ...]
    archived: bool


def find(connection: sa.Connection, text: str) -> list[Found]:
    """Return every assessment in which each word of ``text`` begins a word, archived ones too.

    The one changed last stands first. Nothing is found where there is no word in ``text``.
    """
    asked = asked_words(text)
    hits = [_holding(connection, each) for each in asked]
    if not hits:
        return []
    for hit, named in zip(hits, _named(connection, asked), strict=True):
        for each in named:
            hit.setdefault(each, set()).add(SUPPLIER)
    ids = set(hits[0]).intersection(*hits[1:])
    table = tables.assessment
    query = sa.select(table.c.id, table.c.archived).order_by(table.c.changed_at.desc(), table.c.id)
    return [
        Found(row.id, _parts(row.id, hits), row.archived)
        for row in connection.execute(query)
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


def _named(connection: sa.Connection, asked: list[tuple[str, ...]]) -> list[set[str]]:
    """Return for each word the assessments to whose supplier a name that has it was added."""
    given = supplier_decisions.names_given(supplier_decisions.decisions(connection))
    has = {of: [w for each in names for w in words(each.name)] for of, names in given.items()}
    links = supplier_links.links(connection) if has else {}
    found = []
    for alternatives in asked:
        meant = {of for of in has if any(word.startswith(alternatives) for word in has[of])}
        found.append({each for each, of in links.items() if of in meant})
    return found


def _parts(assessment_id: str, hits: Iterable[Mapping[str, set[str]]]) -> tuple[str, ...]:
    return tuple(sorted({part for hit in hits for part in hit[assessment_id]}))


def _holding(connection: sa.Connection, alternatives: tuple[str, ...]) -> dict[str, set[str]]:
    """Return the parts in which a word begins with one of these, by assessment."""
    table = tables.search_text
    query = sa.select(table.c.assessment_id, table.c.part)
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
        return sa.text(f"{LEXEMES} @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
    if search.has_fts5():
        asked = " OR ".join(f'"{each}" *' for each in alternatives)
        rows = sa.text(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :asked")
        return tables.search_text.c.id.in_(rows.bindparams(asked=asked).columns(rowid=sa.Integer))
    words_column = sa.literal(" ") + tables.search_text.c.words
    return sa.or_(*(words_column.like(f"% {each}%") for each in alternatives))
