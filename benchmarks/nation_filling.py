"""A store at the size of a nation, made by SQL: copies of the fictional portfolio.

Each table is copied in one statement, as often as it takes: assessments, their purchase, supplier,
upstreams and state, outcomes, lines and words, but neither answers nor history. Titles, buyers,
suppliers and purchases get names of their own, so that there are as many as there would be.
"""

import sqlalchemy as sa

from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.portfolio import kept
from procurement_risk.storage import search, tables

SUPPLIERS, BUYERS = 100, 25
"""In how many copies each supplier and each buyer has a name of its own."""
PARTS = ("purchase", "supplier", "upstreams", "state")
IN_PURCHASE = (("id", "turn"), ("title", "its"), ("buyer", "buyer"), ("chosen_supplier", "seller"))
"""What of a purchase is named anew, and by what."""
LAWS = (
    "United Kingdom",
    "United States",
    "Ireland",
    "Netherlands",
    "Denmark",
    "Singapore",
    "Canada",
)
"""Under which a supplier stands, before its name."""
COPIED = (
    tables.assessment,
    tables.part,
    tables.outcome,
    tables.outcome_line,
    tables.waiting_line,
    tables.search_text,
    tables.assessment_buyer,
    tables.supplier_link,
    tables.supplier_mark,
)


def fill(store, number):
    """Copy every assessment of the fictional portfolio as often as it takes."""
    load_demonstration(store, "Ada")
    kept.items_of(store)
    ids = [each.id for each in store.summaries()]
    with store.engine.begin() as connection:
        # Indexes are quicker to make anew than to keep up, and rows to believe than to look up.
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP INDEX ix_search_text_words")
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
        indexes = [index for table in COPIED for index in table.indexes]
        for index in indexes:
            index.drop(connection)
        _copy(connection, tables.supplier, list(_suppliers(connection)), SUPPLIERS - 1)
        for table in COPIED:
            _copy(connection, table, ids, number // len(ids) - 1)
        for index in indexes:
            index.create(connection)
        search.make(connection, is_whole=True)
        search.purge(connection)  # SQLite's own index is made anew, of the copied words too
    with store.engine.connect() as connection:
        is_postgresql = connection.dialect.name == "postgresql"
        said = "VACUUM ANALYZE" if is_postgresql else "ANALYZE"  # as a server does by itself
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(said)


def _suppliers(connection):
    return connection.execute(sa.select(tables.supplier.c.id)).scalars()


def _copy(connection, table, ids, times):
    """Copy the rows of ``ids`` so many times, each with the number of its turn in its names."""
    turns = sa.select(sa.literal(1).label("n")).cte("turns", recursive=True)
    turns = turns.union_all(sa.select(turns.c.n + 1).where(turns.c.n < times))
    turn, its = sa.cast(turns.c.n, sa.String), table.c.get("assessment_id", table.c.get("id"))
    values = {each.name: each for each in table.c} | _named(table, turns.c.n, turn, its)
    if table is tables.search_text:
        del values["id"]
    query = sa.select(*values.values()).select_from(table.join(turns, sa.true()))
    query = query.where(its.in_(ids))
    if table is tables.part:
        query = query.where(table.c.name.in_(PARTS))
    connection.execute(table.insert().from_select(list(values), query))


def _named(table, n, turn, its):
    """Return the columns that are not copied as they are."""
    supplier, buyer = (sa.cast(n % each, sa.String) for each in (SUPPLIERS, BUYERS))
    named = {its.name: its + "-n" + turn}
    if table is tables.assessment:
        named["purchase_id"] = "n" + turn + "-" + table.c.purchase_id
    said = {"turn": "n" + turn + "-", "its": turn + " ", "buyer": buyer + " "}
    said |= {"seller": supplier + " "}
    if table is tables.part:
        text = _with(table.c.value, {f'"{n}":"': said[by] for n, by in IN_PURCHASE})
        text = _with(text, {'"name":"': said["seller"]})
        is_named = table.c.name.in_(("purchase", "supplier"))
        named["value"] = sa.case((is_named, text), else_=table.c.value)
    if table is tables.outcome:
        whose = {f'"jurisdiction":"{each}","name":"': said["seller"] for each in LAWS}
        text = _with(table.c.document, {f'"{n}":"': said[by] for n, by in IN_PURCHASE} | whose)
        named["document"] = text
    if table is tables.outcome_line:
        text = _with(table.c.brief, {f'"{n}":"': said[by] for n, by in IN_PURCHASE})
        named["brief"] = _with(text, {'"{\\"name\\":\\"': said["seller"]})
        named["title_key"] = turn + " " + table.c.title_key
        for column in (table.c.supplier, table.c.supplier_key):
            named[column.name] = supplier + " " + column
    if table is tables.assessment_buyer:
        named["buyer"] = buyer + " " + table.c.buyer
    if table is tables.supplier_link:
        named["supplier_id"] = _other(table.c.supplier_id, n, supplier)
        named["spelling"] = sa.func.replace(table.c.spelling, '["', '["' + supplier + " ")
    return named


def _with(text, named):
    """Return ``text`` with what is said put behind each beginning of a name."""
    for begin, said in named.items():
        text = sa.func.replace(text, begin, sa.literal(begin) + said)
    return text


def _other(supplier_id, n, supplier):
    """Return the id of the copy of a supplier; in every hundredth turn it is the same one."""
    return sa.case((n % SUPPLIERS == 0, supplier_id), else_=supplier_id + "-n" + supplier)
