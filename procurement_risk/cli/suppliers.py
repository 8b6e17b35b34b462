"""The commands that find by words, and that say who is one supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from procurement_risk.cli.shared import actor, store
from procurement_risk.cli.terminal import say, say_json

if TYPE_CHECKING:
    from procurement_risk.storage import KnownSupplier

KINDS = {"former": "formerly", "trading": "trades as"}
DONE = {
    "join": "joined with another",
    "part": "parted from another",
    "former": "added the former name {name}",
    "trading": "added the trading name {name}",
    "unname": "took the name {name} away",
}
REASON = click.option("--reason", default="", help="Why; it stands beside the decision.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@click.argument("text", nargs=-1, required=True)
def find(as_json: bool, text: tuple[str, ...]) -> None:
    """Find assessments by TEXT, anywhere in them: names, numbers, ids, answers, notes, people.

    Each word has to begin a word there. Those set aside are found too, and marked. Exit 1 where
    nothing is found.
    """
    from procurement_risk.portfolio.finding import find_lines

    found = find_lines(store(), " ".join(text))
    for each in found:
        if as_json:
            say_json(each.as_document())
            continue
        say(f"{each.id}{' (set aside)' if each.archived else ''}")
        say(f"  {each.title} · {each.buyer} · {each.supplier}")
        say(f"  found in: {', '.join(each.where)}")
    if not found:
        say("No assessment has these words. Try fewer of them, or their beginnings.", err=True)
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@click.argument("name", nargs=-1)
def suppliers(as_json: bool, name: tuple[str, ...]) -> None:
    """List the suppliers on file, or those of NAME: ids, numbers, likely twins, decisions."""
    from procurement_risk.portfolio.twins import REASONS, twins_of

    held = store()
    known = held.suppliers()
    decisions = held.supplier_decisions()
    shown = [each for each in known if _is_meant(each, " ".join(name))]
    for each in shown:
        twins = twins_of(each, known, decisions) if name or len(known) <= 500 else ()
        if as_json:
            say_json(_document(each) | {"likely": [twin.supplier.id for twin in twins]})
            continue
        say(f"{each.id}  {each.name}")
        if each.other_names:
            say(f"  also: {'; '.join(each.other_names)}")
        for given in each.given:
            say(f"  {KINDS[given.kind]}: {given.name}")
        numbers = [f"{n.scheme or 'number'} {n.value}" for n in each.numbers]
        rest = [f"group {each.group}" if each.group else "", each.jurisdiction]
        say(
            "  " + " · ".join([*numbers, *filter(None, rest), f"{len(each.assessments)} assessed"])
        )
        for twin in twins:
            say(f"  likely {twin.supplier.id}  {twin.supplier.name}: {REASONS[twin.reason]}")
        for decision in decisions if name else ():
            if each.id in (decision.supplier_id, decision.other_id):
                done = DONE[decision.what].format(name=decision.name)
                line = f"  {decision.at[:10]} {decision.by}: {done}. {decision.reason}"
                say(line.rstrip())
    if not shown:
        say("No such supplier is on file.", err=True)
        raise click.exceptions.Exit(1)


def _is_meant(supplier: KnownSupplier, name: str) -> bool:
    if not name or name == supplier.id:
        return True
    wanted = name.casefold()
    return any(wanted in each.casefold() for each in supplier.names)


def _document(supplier: KnownSupplier) -> dict[str, object]:
    return {
        "id": supplier.id,
        "name": supplier.name,
        "other_names": list(supplier.other_names),
        "given_names": [each._asdict() for each in supplier.given],
        "numbers": [{"scheme": n.scheme, "id": n.value} for n in supplier.numbers],
        "group": supplier.group,
        "jurisdiction": supplier.jurisdiction,
        "assessments": list(supplier.assessments),
    }


@click.command("join-suppliers")
@REASON
@click.argument("supplier")
@click.argument("other")
def join_suppliers(reason: str, supplier: str, other: str) -> None:
    """Join SUPPLIER and OTHER, ids that `suppliers` lists: all of it counts as the first.

    What was typed stays as it was. `part-supplier` undoes it.
    """
    store().join_suppliers(supplier, other, actor(), reason)
    say(f"{other}: joined to {supplier}")


@click.command("part-supplier")
@REASON
@click.argument("supplier")
@click.argument("ids", nargs=-1, required=True)
def part_supplier(reason: str, supplier: str, ids: tuple[str, ...]) -> None:
    """Part the assessments IDS from SUPPLIER: they count as another one from now on."""
    new = store().part_supplier(supplier, ids, actor(), reason)
    say(f"{new}: {len(set(ids))} parted from {supplier}")


@click.command("name-supplier")
@REASON
@click.option("--trading", is_flag=True, help="It trades under the name; else it is a former one.")
@click.option("--remove", is_flag=True, help="Take the name away again.")
@click.argument("supplier")
@click.argument("name")
def name_supplier(reason: str, trading: bool, remove: bool, supplier: str, name: str) -> None:
    """Add NAME to SUPPLIER, an id that `suppliers` lists, though no assessment has it.

    Whoever types or imports that name is shown this supplier. Nothing is joined by itself.
    """
    if remove:
        store().unname_supplier(supplier, name, actor(), reason)
        say(f"{supplier}: no longer {name}")
        return
    kind: Literal["former", "trading"] = "trading" if trading else "former"
    store().name_supplier(supplier, name, kind, actor(), reason)
    say(f"{supplier}: {KINDS[kind]} {name}")


COMMANDS = (find, suppliers, join_suppliers, part_supplier, name_supplier)
