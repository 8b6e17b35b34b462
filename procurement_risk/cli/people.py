"""The commands for people and their roles, for whoever runs the server of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from procurement_risk.cli.shared import actor, store
from procurement_risk.cli.terminal import say
from procurement_risk.errors import ProcurementRiskError

if TYPE_CHECKING:
    from procurement_risk.storage import Store
    from procurement_risk.storage.people.accounts import Account
    from procurement_risk.storage.people.permissions import Role

EVERYWHERE = "*"


@click.command()
def people() -> None:
    """List who signed in, and the roles that they hold."""
    held = store()
    names = {each.id: each.name for each in held.organisations()}
    for each in held.people():
        off = "" if each.active else " (switched off)"
        say(f"{each.id}  {each.name}{off}  {each.email}  last sign-in {each.last_at}")
        for grant in each.grants:
            where = names.get(grant.held.organisation, "all organisations")
            sections = f" {', '.join(grant.held.sections)}" if grant.held.sections else ""
            say(f"  {grant.id}  {grant.held.role}{sections}, {where}")


@click.command("grant-role")
@click.option("--organisation", default="", help="Where; left out: in all organisations.")
@click.option("--section", "sections", multiple=True, help="Of a specialist, such as DP.")
@click.option("--until", default="", help="The last day on which it counts, such as 2027-03-31.")
@click.argument("person")
@click.argument("role")
def grant_role(
    organisation: str, sections: tuple[str, ...], until: str, person: str, role: str
) -> None:
    """Give PERSON, an id or an e-mail that `people` lists, the ROLE."""
    held = store()
    somebody, where = _person(held, person), _organisation(held, organisation)
    held.grant_role(
        somebody.id, cast("Role", role), where, actor(), sections=sections, until=until
    )
    say(f"{somebody.name}: {role}, {organisation or 'all organisations'}")


@click.command("withdraw-role")
@click.argument("grant")
def withdraw_role(grant: str) -> None:
    """Take back a role, by the id of the GRANT that `people` lists."""
    store().withdraw_role(grant, actor())
    say(f"{grant}: taken back")


@click.command("add-organisation")
@click.argument("name")
def add_organisation(name: str) -> None:
    """Add an organisation, known by NAME where it buys."""
    store().add_organisation(name, actor())
    say(f"{name}: added")


@click.command("signing-keys")
def signing_keys() -> None:
    """List the public keys that sign-offs are sealed with, each with its first day; last, today's.

    Publish them where nobody can change them who could change a record.
    """
    from procurement_risk.storage.signing import keys

    for each in keys.public_keys():
        say(f"{each.digits} {each.since}")


@click.command("renew-signing-key")
def renew_signing_key() -> None:
    """Make another key for sign-offs, which signs from now on. The old ones stay listed."""
    from procurement_risk.storage.signing import keys

    made = keys.renew()
    say(f"{made.digits} {made.since}")


def _person(held: Store, wanted: str) -> Account:
    found = [each for each in held.people() if wanted in (each.id, each.email)]
    if len(found) != 1:
        count = "Nobody" if not found else "More than one person"
        raise ProcurementRiskError(f"{count} here is {wanted!r}. Give an id that people lists.")
    return found[0]


def _organisation(held: Store, wanted: str) -> str:
    if not wanted:
        return EVERYWHERE
    found = [each.id for each in held.organisations() if wanted in (each.id, each.name)]
    if not found:
        raise ProcurementRiskError(f"There is no organisation {wanted!r} here. Add it first.")
    return found[0]


COMMANDS = (
    people,
    grant_role,
    withdraw_role,
    add_organisation,
    signing_keys,
    renew_signing_key,
)
