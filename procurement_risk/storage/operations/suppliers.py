"""Which assessments are of one supplier, and what a person decided about that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from procurement_risk.assessment import Assessment, Supplier
from procurement_risk.storage import checked, rows, supplier_decisions, supplier_links
from procurement_risk.storage.database import Database
from procurement_risk.storage.known_suppliers import KnownSupplier, known_suppliers, suppliers_of
from procurement_risk.storage.supplier_decisions import names_given


def of_supplier(database: Database, supplier: Supplier) -> list[str]:
    """Return the ids of assessments of the same supplier, archived ones left out.

    Who is the same is told by ``assessment.same_supplier``, and by what a person decided.
    """
    with database.reading() as connection:
        return rows.of_suppliers(connection, supplier_links.meant(connection, supplier))


def beside(database: Database, assessment: Assessment) -> list[str]:
    """Return the ids of other assessments of the same supplier, archived ones left out."""
    with database.reading() as connection:
        of = supplier_links.of(connection, assessment.id)
        same = {of} if of else supplier_links.meant(connection, assessment.supplier)
        return [each for each in rows.of_suppliers(connection, same) if each != assessment.id]


def of_one_supplier(database: Database, one: str, other: str) -> bool:
    """Whether two assessments, by their ids, are of the same supplier."""
    with database.reading() as connection:
        return supplier_links.of(connection, one) == supplier_links.of(connection, other)


def suppliers(database: Database, near: Collection[str] | None = None) -> list[KnownSupplier]:
    """Return every supplier of which an assessment is not archived, by name.

    Of the assessments ``near`` alone where they are given, and those to which a name was added.
    """
    with database.reading() as connection:
        of = None if near is None else suppliers_of(connection, list(near))
        if of is not None:
            of |= names_given(supplier_decisions.decisions(connection)).keys()
        return known_suppliers(connection, of=of)


def links(database: Database) -> dict[str, str]:
    """Return the id of the supplier of every assessment, archived ones too."""
    with database.reading() as connection:
        return supplier_links.links(connection)


def supplier_names(database: Database, assessment_id: str = "") -> dict[str, frozenset[str]]:
    """Return every name, made comparable, of the supplier of each assessment, or of the one.

    Those of assessments that were set aside are among them, and those that a person added.
    """
    with database.reading() as connection:
        of = supplier_links.of(connection, assessment_id) if assessment_id else ""
        if assessment_id and not of:
            return {}
        names = supplier_decisions.normal_names(connection, [of] if of else None)
        links = {assessment_id: of} if of else supplier_links.links(connection)
    return {each: names[supplier_id] for each, supplier_id in links.items()}


def join_suppliers(
    database: Database, supplier_id: str, other_id: str, actor: str, reason: str = ""
) -> None:
    """Make two suppliers one, the first; nothing that was typed changes.

    Raises:
        NotFound: If one of them is no longer here.
        UsageError: If both are one already, or ``actor`` is empty.
    """
    pen = checked.pen(supplier_id, actor, reason)
    with database.writing() as connection:
        supplier_decisions.join(connection, supplier_id, other_id, pen)


def part_supplier(
    database: Database, supplier_id: str, assessments: Iterable[str], actor: str, reason: str = ""
) -> str:
    """Make some assessments of a supplier those of another one, and return its id.

    Raises:
        NotFound: If the supplier is no longer here.
        UsageError: If one is not of it, none would be left or taken, or ``actor`` is empty.
    """
    pen = checked.pen(supplier_id, actor, reason)
    with database.writing() as connection:
        return supplier_decisions.part(connection, supplier_id, list(assessments), pen)


def name_supplier(
    database: Database,
    supplier_id: str,
    name: str,
    kind: Literal["former", "trading"],
    actor: str,
    reason: str = "",
) -> None:
    """Add a name to a supplier, of which there may be no assessment: others find it by that.

    Raises:
        NotFound: If the supplier is no longer here.
        UsageError: If the name is empty or its own already, or ``actor`` is empty.
    """
    pen = checked.pen(supplier_id, actor, reason)
    with database.writing() as connection:
        supplier_decisions.name(connection, supplier_id, name, kind, pen)


def unname_supplier(
    database: Database, supplier_id: str, name: str, actor: str, reason: str = ""
) -> None:
    """Take away a name that was added. Raises UsageError where it was not."""
    pen = checked.pen(supplier_id, actor, reason)
    with database.writing() as connection:
        supplier_decisions.name(connection, supplier_id, name, "unname", pen)
