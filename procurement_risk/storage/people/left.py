"""What is left, for one person, of what a call on the store gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.errors import Damaged
from procurement_risk.storage import rows
from procurement_risk.storage.kept_outcomes import Outcomes
from procurement_risk.storage.known_suppliers import KnownSupplier, known_suppliers
from procurement_risk.storage.operations import suppliers as of_suppliers
from procurement_risk.storage.people.accounts import Account
from procurement_risk.storage.people.agreements import Agreement
from procurement_risk.storage.people.organisations import Organisation
from procurement_risk.storage.people.person import ALL
from procurement_risk.storage.people.view import View
from procurement_risk.storage.supplier_decisions import Decision


class Instead(Exception):
    """Ends a check: the call is not made, and ``value`` is what it gives."""

    def __init__(self, value: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.value = value


def all_of_it(view: View, found: Any) -> Any:  # noqa: ANN401
    """Return it as it is."""
    return found


def seen_in(view: View, found: Any) -> Any:  # noqa: ANN401
    """Return what is about assessments that the person sees, in the form in which it came."""
    visible = view.visible()
    if visible is None or found is None:
        return found
    if isinstance(found, Mapping):
        return {name: each for name, each in found.items() if name in visible}
    if not isinstance(found, list | set | frozenset | tuple):
        return found
    return type(found)(each for each in found if _about(each) in visible)


def _about(each: Any) -> str:  # noqa: ANN401
    """Return the id of the assessment that something in a list is about."""
    if isinstance(each, str):
        return each
    names = ("assessment_id", "assessment", "about", "id")
    return str(next(getattr(each, name) for name in names if hasattr(each, name)))


def outcomes(view: View, found: Outcomes) -> Outcomes:
    """Return the outcomes of what the person sees."""
    visible = view.visible()
    if visible is None:
        return found
    return Outcomes(
        {name: each for name, each in found.revisions.items() if name in visible},
        {name: each for name, each in found.fresh.items() if name in visible},
        [each for each in found.damaged if each.name in visible],
    )


def damaged(view: View, found: list[Damaged]) -> list[Damaged]:
    """Return what can no longer be read of what the person sees."""
    visible = view.visible()
    return [each for each in found if visible is None or each.name in visible]


def suppliers(view: View, found: list[KnownSupplier]) -> list[KnownSupplier]:
    """Return the suppliers as the assessments tell that the person sees."""
    visible = view.visible()
    if visible is None:
        return found
    whole = _wholly_seen(view)
    with view.database.reading() as connection:
        told = known_suppliers(connection, visible, {each.id for each in found})
    return [each if each.id in whole else replace(each, given=()) for each in told]


def supplier_names(
    view: View, found: Mapping[str, frozenset[str]]
) -> Mapping[str, frozenset[str]]:
    """Return by what names each supplier goes, as far as assessments tell that the person sees.

    What somebody added to a supplier is told where the person sees all that there is of it.
    """
    visible = view.visible()
    if visible is None:
        return found
    links, whole = of_suppliers.links(view.database), _wholly_seen(view)
    partly = {name for name in visible & links.keys() if links[name] not in whole}
    typed: dict[str, set[str]] = {}
    with view.database.reading() as connection:
        for name, part in rows.parts_named(connection, "supplier", partly).items():
            typed.setdefault(links[name], set()).add(normal_name(str(part.get("name", ""))))
    return {
        name: frozenset(typed.get(links[name], ())) if name in partly else names
        for name, names in found.items()
        if name in visible
    }


def _wholly_seen(view: View) -> frozenset[str]:
    """Return the suppliers of which the person sees every assessment."""
    visible, links = view.visible(), of_suppliers.links(view.database)
    hidden = {links[name] for name in links if visible is not None and name not in visible}
    return frozenset(links.values()) - hidden


def supplier_ids(view: View, found: set[str]) -> set[str]:
    """Return the suppliers of which the person sees an assessment."""
    return found & _suppliers(view)


def decisions(view: View, found: list[Decision]) -> list[Decision]:
    """Return what was decided about suppliers of which the person sees every assessment named."""
    visible = view.visible()
    if visible is None:
        return found
    known, whole = _suppliers(view), _wholly_seen(view)
    return [
        each
        for each in found
        if {each.supplier_id, each.other_id} & known
        and visible.issuperset(each.assessments)
        and (each.assessments or each.supplier_id in whole)
    ]


def _suppliers(view: View) -> set[str]:
    visible, links = view.visible(), of_suppliers.links(view.database)
    return {links[each] for each in links if visible is None or each in visible}


def in_managed(view: View, found: Iterable[Any]) -> list[Any]:
    """Return the roles or tokens of the organisations in which the person gives such."""
    managed = view.person.organisations("manage_people")
    return [each for each in found if managed is None or each.held.organisation in managed]


def in_sending(view: View, found: Iterable[Any]) -> list[Any]:
    """Return the webhooks of the organisations in which the person has other systems told."""
    return [each for each in found if view.person.may("send_out", each.organisation_id)]


def accounts(view: View, found: list[Account]) -> list[Account]:
    """Return who has a role in such an organisation, with those, and who has none at all."""
    managed = view.person.organisations("manage_people")
    if managed is None:
        return found
    theirs = [replace(each, grants=tuple(in_managed(view, each.grants))) for each in found]
    return [
        own for own, whole in zip(theirs, found, strict=True) if own.grants or not whole.grants
    ]


def agreements(view: View, found: list[Agreement]) -> list[Agreement]:
    """Return the agreements of such organisations, from either side."""
    managed = view.person.organisations("manage_people")
    return [
        each
        for each in found
        if managed is None or {each.organisation_id, each.other_id} & managed
    ]


def organisations(view: View, found: list[Organisation]) -> list[Organisation]:
    """Return those in which the person holds a role; all where they make agreements."""
    person = view.person
    held = {each.organisation for each in person.roles}
    if ALL in held or person.may_somewhere("manage_people"):
        return found
    return [each for each in found if each.id in held]
