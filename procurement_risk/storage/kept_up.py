"""What follows from the parts of an assessment and is kept up with them, in one transaction.

    its supplier    supplier_links
    its words       search
    who buys        people.belonging

Whoever takes something out of a part asks ``renew`` afterwards, or ``forget`` for all of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from procurement_risk.assessment import Supplier
from procurement_risk.storage import search, sound, supplier_links, tables, waiting_returns
from procurement_risk.storage.people import belonging


def written(
    connection: sa.Connection, assessment_id: str, parts: Mapping[str, str | None], by: str
) -> None:
    """Keep up with ``parts``, canonical JSON by name, that ``by`` has just written."""
    values = {name: None if text is None else json.loads(text) for name, text in parts.items()}
    if supplier := values.get("supplier"):
        supplier_links.link(connection, assessment_id, Supplier(**supplier))
    if purchase := values.get("purchase"):
        belonging.write(connection, assessment_id, purchase["buyer"])
    search.write(connection, assessment_id, values, by)


def renew(connection: sa.Connection, assessment_id: str) -> None:
    """Make all of it anew from what stands, as after something was struck out."""
    if supplier := _stands(connection, assessment_id, "supplier"):
        supplier_links.link(connection, assessment_id, Supplier(**supplier))
    if purchase := _stands(connection, assessment_id, "purchase"):
        belonging.write(connection, assessment_id, purchase["buyer"])
    search.renew(connection, assessment_id)


def _stands(connection: sa.Connection, assessment_id: str, name: str) -> Any:  # noqa: ANN401  JSON
    part = tables.part
    query = sa.select(part.c.value).where(
        part.c.assessment_id == assessment_id, part.c.name == name
    )
    return sound.value(name, connection.execute(query).scalar())


def forget(connection: sa.Connection, assessment_id: str) -> None:
    """Take all of it away, before the assessment itself."""
    search.forget(connection, assessment_id)
    belonging.forget(connection, assessment_id)
    supplier_links.leave(connection, assessment_id)


def catch_up(engine: sa.Engine) -> None:
    """Make what an older version, or a restored backup, has nothing of."""
    with engine.begin() as connection:
        catch_up_in(connection)


def catch_up_in(connection: sa.Connection) -> None:
    """Do so in a transaction that is under way."""
    kept = _kept(connection)
    if not kept.is_whole:
        supplier_links.lock(connection)
        supplier_links.link_missing(connection)
        belonging.catch_up(connection)
    search.make(connection, is_whole=kept.is_whole)
    waiting_returns.give_up_old(connection)


class _Kept(NamedTuple):
    """How many assessments there are, and of how many each is kept, which none has twice."""

    assessments: int
    suppliers: int
    buyers: int
    words: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing of any."""
        return self.suppliers == self.buyers == self.words == self.assessments


def _kept(connection: sa.Connection) -> _Kept:
    """Count them, which is far quicker than to look for each."""
    return _Kept(*connection.execute(_COUNTED).one())


def _counted() -> sa.Select[*tuple[Any, ...]]:
    words, people = tables.search_text, search.PEOPLE
    counted = (
        sa.select(sa.func.count()).select_from(tables.assessment),
        sa.select(sa.func.count()).select_from(tables.supplier_link),
        sa.select(sa.func.count()).select_from(tables.assessment_buyer),
        # Said as the index has it: a database that is given the word later does not use that.
        sa.select(sa.func.count()).where(words.c.part == sa.literal_column(f"'{people}'")),
    )
    return sa.select(*(each.scalar_subquery() for each in counted))


_COUNTED = _counted()  # put together once: every start asks
