"""The suppliers that are kept: each once, with every name and number that it goes by."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from procurement_risk.assessment import Supplier
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.assessment.supplier_numbers import Number
from procurement_risk.storage import sound, tables
from procurement_risk.storage.rows import chosen
from procurement_risk.storage.supplier_decisions import GivenName, decisions, names_given


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSupplier:
    """A supplier on file, as its assessments tell; archived ones are left out.

    Attributes:
        id: Its id, which stays.
        name: Its name now: that of the assessment changed last.
        other_names: Names that are no spelling of that one: former ones, and those it trades
            under.
        spellings: Every name as it was typed.
        given: Names that a person added, which stand in no assessment.
        numbers: Its numbers, by the register that gave them.
        company_number: A number as it was typed last.
        group: Whom it belongs to, or empty.
        jurisdiction: Whose law controls it, or empty.
        assessments: Their ids, the one changed last first.
    """

    id: str
    name: str
    other_names: tuple[str, ...]
    spellings: tuple[str, ...]
    numbers: tuple[Number, ...]
    company_number: str
    group: str
    jurisdiction: str
    assessments: tuple[str, ...]
    given: tuple[GivenName, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by: as typed, and as added."""
        return (*self.spellings, *(each.name for each in self.given))


def suppliers_of(connection: sa.Connection, ids: list[str]) -> set[str]:
    """Return the ids of the suppliers of some assessments."""
    link = tables.supplier_link
    return {
        name
        for condition in chosen(link.c.assessment_id, ids)
        for name in connection.execute(sa.select(link.c.supplier_id).where(condition)).scalars()
    }


def known_suppliers(
    connection: sa.Connection,
    only: Collection[str] | None = None,
    of: Collection[str] | None = None,
) -> list[KnownSupplier]:
    """Return every supplier of which an assessment is not archived, by name.

    ``only`` says which assessments tell of them, and ``of`` which suppliers are meant, by their
    ids; left out, it is all.
    """
    link, part, own = tables.supplier_link, tables.part, tables.assessment
    query = (
        sa.select(link.c.supplier_id, link.c.assessment_id, part.c.value)
        .join(part, part.c.assessment_id == link.c.assessment_id)
        .join(own, own.c.id == link.c.assessment_id)
        .where(part.c.name == "supplier", own.c.archived.is_(False))
        .order_by(own.c.changed_at.desc(), own.c.id)
    )
    found: dict[str, list[tuple[str, Supplier]]] = {}
    known: dict[str, Supplier | None] = {}  # the same few are written again and again
    told = [
        row
        for condition in chosen(link.c.supplier_id, None if of is None else list(of))
        for row in connection.execute(query.where(condition)).all()
    ]
    for supplier_id, assessment_id, value in told:
        if only is not None and assessment_id not in only:
            continue
        if value not in known:
            read = sound.value("supplier", value)
            known[value] = Supplier(**read) if read else None
        if (supplier := known[value]) is not None:
            found.setdefault(supplier_id, []).append((assessment_id, supplier))
    given = names_given(decisions(connection))
    made = [
        replace(_made(supplier_id, each), given=given.get(supplier_id, ()))
        for supplier_id, each in found.items()
    ]
    return sorted(made, key=lambda each: (each.name.casefold(), each.id))


def _made(supplier_id: str, found: list[tuple[str, Supplier]]) -> KnownSupplier:
    suppliers = list(dict.fromkeys(supplier for __, supplier in found))
    spellings = tuple(dict.fromkeys(each.name for each in suppliers))
    by_normal: dict[str, str] = {}
    for name in spellings:
        by_normal.setdefault(normal_name(name), name)
    name, *others = by_normal.values()
    return KnownSupplier(
        id=supplier_id,
        name=name,
        other_names=tuple(others),
        spellings=spellings,
        numbers=tuple(sorted({n for each in suppliers for n in each.spelling.numbers})),
        company_number=_first(each.company_number for each in suppliers),
        group=_first(each.group for each in suppliers),
        jurisdiction=_first(each.jurisdiction for each in suppliers),
        assessments=tuple(assessment_id for assessment_id, __ in found),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
