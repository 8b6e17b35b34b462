"""Which assessments are of one supplier: a link from each to a supplier that is kept by itself.

    assessment ── supplier_link ── supplier      the spelling, made comparable, and whose it is
              └─ supplier_mark                   its name and numbers, to find others by

A record keeps what was typed. The links are worked out from that by ``same_supplier``, in the
transaction that writes it, and anew for all that hang together with what changed; what a person
decided stands in a spelling's pin. Ids of suppliers stay as long as there is something of them.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa

from procurement_risk.assessment import Supplier, today as calendar
from procurement_risk.assessment.same_supplier import Spelling, grouped, is_same
from procurement_risk.assessment.supplier_numbers import Number
from procurement_risk.storage import sound, tables

AT_ONCE = 400
"""How many marks to ask for in one statement; databases limit its length."""

_POSTGRESQL_LOCK = 7_421_106


def link(connection: sa.Connection, assessment_id: str, supplier: Supplier) -> None:
    """Link an assessment to the supplier that was just written into it."""
    lock(connection)
    old, then = _spelling_of(connection, assessment_id), of(connection, assessment_id)
    new = supplier.spelling
    if old is not None and old.pin and is_same(old._replace(pin=""), new):
        new = new._replace(pin=old.pin)
    if old == new:
        return
    marks = _marks(new) | (_marks(old) if old else set())
    if old is None and (known := _linked_alike(connection, new)):
        _put(connection, assessment_id, new, known)
        return
    forget(connection, assessment_id)
    stands_alone = not _is_marked(connection, marks)
    fresh = new_supplier(connection)
    _put(connection, assessment_id, new, fresh)
    if not stands_alone:
        settle(connection, marks, fresh)
    elif old is not None:
        _drop_unused(connection, {then})


def forget(connection: sa.Connection, assessment_id: str) -> None:
    """Take the link of an assessment away."""
    for table in (tables.supplier_mark, tables.supplier_link):
        connection.execute(table.delete().where(table.c.assessment_id == assessment_id))


def leave(connection: sa.Connection, assessment_id: str) -> None:
    """Take the link of an assessment away, and work out anew who is one without it."""
    lock(connection)
    old = _spelling_of(connection, assessment_id)
    if old is not None:
        forget(connection, assessment_id)
        settle(connection, _marks(old))


def link_missing(connection: sa.Connection) -> None:
    """Link every assessment that has no link yet, as in a database of an older version."""
    own, part, links = tables.assessment, tables.part, tables.supplier_link
    # Which, first: each has a hundred parts, all of which every start would read.
    without = (
        sa.select(own.c.id)
        .outerjoin(links, links.c.assessment_id == own.c.id)
        .where(links.c.assessment_id.is_(None))
    )
    missing = (
        sa.select(part.c.assessment_id, part.c.value)
        .where(part.c.name == "supplier", part.c.assessment_id.in_(without))
        .order_by(part.c.assessment_id)
    )
    for row in connection.execute(missing).all():
        if read := sound.value("supplier", row.value):
            link(connection, row.assessment_id, Supplier(**read))


def lock(connection: sa.Connection) -> None:
    """Keep others from linking until the end of the transaction; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))


def links(connection: sa.Connection) -> dict[str, str]:
    """Return the id of the supplier of every assessment, archived ones too."""
    table = tables.supplier_link
    rows = connection.execute(sa.select(table.c.assessment_id, table.c.supplier_id)).all()
    return {row[0]: row[1] for row in rows}


def of(connection: sa.Connection, assessment_id: str) -> str:
    """Return the id of the supplier of an assessment; empty where it is not here."""
    table = tables.supplier_link
    query = sa.select(table.c.supplier_id).where(table.c.assessment_id == assessment_id)
    return connection.execute(query).scalar() or ""


def pin(connection: sa.Connection, suppliers: Mapping[str, str]) -> None:
    """Write down that a person said of which supplier each assessment is, by its id."""
    marks: set[str] = set()
    for assessment_id, supplier_id in suppliers.items():
        old = _spelling_of(connection, assessment_id)
        if old is not None and old.pin != supplier_id:
            new = old._replace(pin=supplier_id)
            forget(connection, assessment_id)
            _put(connection, assessment_id, new, supplier_id)
            marks |= _marks(old) | _marks(new)
    settle(connection, marks)


def names(connection: sa.Connection, of: list[str] | None = None) -> dict[str, set[str]]:
    """Return the names in the assessments of each supplier, or of these, made comparable."""
    table = tables.supplier_link
    query = sa.select(table.c.supplier_id, table.c.spelling).distinct()
    found: dict[str, set[str]] = {}
    starts = range(0, len(of), AT_ONCE) if of is not None else ()
    few = [table.c.supplier_id.in_((of or [])[start : start + AT_ONCE]) for start in starts]
    for condition in few if of is not None else [sa.true()]:
        for row in connection.execute(query.where(condition)).all():
            found.setdefault(row.supplier_id, set()).add(_spelling(row.spelling).name)
    return found


def new_supplier(connection: sa.Connection) -> str:
    """Make a supplier of which there is nothing yet, and return its id."""
    supplier_id = str(uuid.uuid4())
    _keep_supplier(connection, supplier_id)
    return supplier_id


# --- Who is one ---------------------------------------------------------------------------


def meant(connection: sa.Connection, supplier: Supplier) -> set[str]:
    """Return the ids of the suppliers that what is typed would be; nothing is written.

    There is more than one only where it would join them.
    """
    typed = supplier.spelling
    around = _around(connection, _marks(typed))
    groups = grouped([typed, *(each for each, __ in around)])
    return {supplier_id for each, supplier_id in around if groups[each] == groups[typed]}


def settle(connection: sa.Connection, marks: set[str], fresh: str = "") -> None:
    """Work out anew who is one, among all that hangs together with ``marks``.

    Args:
        connection: The transaction.
        marks: Where to begin.
        fresh: A supplier made just now, whose id is used only where there is no other.
    """
    around = _around(connection, marks)
    groups = grouped(each for each, __ in around)
    ids = _ids(around, groups, fresh)
    table, of = tables.supplier_link, tables.supplier_mark
    for (spelling, then), __ in around.items():
        now = ids[groups[spelling]]
        if now != then:
            same = sa.select(of.c.assessment_id).where(of.c.mark == _digest(_text(spelling)))
            _keep_supplier(connection, now)
            connection.execute(
                table.update()
                .where(table.c.assessment_id.in_(same), table.c.supplier_id == then)
                .values(supplier_id=now)
            )
    _drop_unused(connection, {then for __, then in around} - set(ids.values()) | {fresh})


def _ids(
    around: Mapping[tuple[Spelling, str], int], groups: Mapping[Spelling, int], fresh: str
) -> dict[int, str]:
    """Return an id for each group: its pin, or the one that most of it have and none other."""
    ids = {groups[each]: each.pin for each, __ in around if each.pin}
    counts: Counter[tuple[int, str]] = Counter()
    for (spelling, supplier_id), number in around.items():
        counts[groups[spelling], supplier_id] += number
    taken = set(ids.values())
    by_use = sorted(counts, key=lambda each: (each[1] == fresh, -counts[each], each[1]))
    for group, supplier_id in by_use:
        if group not in ids and supplier_id not in taken:
            ids[group] = supplier_id
            taken.add(supplier_id)
    for group in groups.values():
        ids.setdefault(group, str(uuid.uuid4()))
    return ids


def _around(connection: sa.Connection, marks: set[str]) -> dict[tuple[Spelling, str], int]:
    """Return every spelling that hangs together with ``marks``, whose it is, and how often."""
    link, mark = tables.supplier_link, tables.supplier_mark
    found: dict[tuple[Spelling, str], int] = {}
    asked: set[str] = set()
    while wanted := sorted(marks - asked)[:AT_ONCE]:
        asked.update(wanted)
        having = sa.select(mark.c.assessment_id).where(mark.c.mark.in_(wanted))
        query = (
            sa.select(link.c.spelling, link.c.supplier_id, sa.func.count())
            .where(link.c.assessment_id.in_(having))
            .group_by(link.c.spelling, link.c.supplier_id)
        )
        for text, supplier_id, number in connection.execute(query):
            spelling = _spelling(text)
            found[spelling, supplier_id] = number
            marks = marks | _marks(spelling)
    return found


# --- Rows ---------------------------------------------------------------------------------


def _text(spelling: Spelling) -> str:
    numbers = sorted(list(each) for each in spelling.numbers)
    return json.dumps([spelling.name, numbers, spelling.pin], ensure_ascii=False)


def _spelling(text: str) -> Spelling:
    name, numbers, pinned = json.loads(text)
    return Spelling(name, frozenset(Number(*each) for each in numbers), pinned)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _marks(spelling: Spelling) -> set[str]:
    """Return what others may share with a spelling, as digests: of one length, whatever it is."""
    texts = [f"name {spelling.name}", *(f"number {s} {v}" for s, v in spelling.numbers)]
    if spelling.pin:
        texts.append(f"pin {spelling.pin}")
    return {_digest(text) for text in texts}


def _spelling_of(connection: sa.Connection, assessment_id: str) -> Spelling | None:
    table = tables.supplier_link
    query = sa.select(table.c.spelling).where(table.c.assessment_id == assessment_id)
    text = connection.execute(query).scalar()
    return None if text is None else _spelling(text)


def _linked_alike(connection: sa.Connection, spelling: Spelling) -> str | None:
    """Return the supplier of another assessment with just this spelling, or None."""
    link, mark = tables.supplier_link, tables.supplier_mark
    query = (
        sa.select(link.c.supplier_id)
        .join(mark, mark.c.assessment_id == link.c.assessment_id)
        .where(mark.c.mark == _digest(_text(spelling)))
        .limit(1)
    )
    found = connection.execute(query).scalar()
    return None if found is None else str(found)


def _is_marked(connection: sa.Connection, marks: set[str]) -> bool:
    """Whether any assessment has one of these marks."""
    table = tables.supplier_mark
    query = sa.select(table.c.mark).where(table.c.mark.in_(sorted(marks))).limit(1)
    return connection.execute(query).first() is not None


def _put(connection: sa.Connection, assessment_id: str, spelling: Spelling, to: str) -> None:
    text = _text(spelling)
    connection.execute(
        tables.supplier_link.insert(),
        {"assessment_id": assessment_id, "supplier_id": to, "spelling": text},
    )
    rows = [
        {"assessment_id": assessment_id, "mark": mark}
        for mark in sorted(_marks(spelling) | {_digest(text)})
    ]
    connection.execute(tables.supplier_mark.insert(), rows)


def _keep_supplier(connection: sa.Connection, supplier_id: str) -> None:
    table = tables.supplier
    known = sa.select(table.c.id).where(table.c.id == supplier_id)
    if connection.execute(known).first() is None:
        now = calendar.now()
        connection.execute(table.insert(), {"id": supplier_id, "made_at": now})


def _drop_unused(connection: sa.Connection, ids: set[str]) -> None:
    table, used = tables.supplier, tables.supplier_link
    if ids:
        using = sa.select(used.c.supplier_id).where(used.c.supplier_id.in_(sorted(ids)))
        gone = table.delete().where(table.c.id.in_(sorted(ids)), table.c.id.not_in(using))
        connection.execute(gone)
