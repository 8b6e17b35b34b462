"""The commands that read other people's formats."""

from __future__ import annotations

from pathlib import Path

import click

from procurement_risk.cli.shared import read
from procurement_risk.cli.terminal import say, say_json


@click.command("ocds-purchase")
@click.option("--ocid", default="", help="Which contracting process, where there are several.")
@click.option("--buyer", default="", help="Who buys, where several use one ocid.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.argument("file", type=click.Path(path_type=Path))
def ocds_purchase(ocid: str, buyer: str, as_json: bool, file: Path) -> None:
    """Show what an Open Contracting (OCDS) release FILE says of a purchase. Nothing is kept."""
    from procurement_risk.imports.ocds_purchase import purchase_from
    from procurement_risk.imports.ocds_release import choose, read_releases

    release = choose(read_releases(read(file), str(file)), ocid, buyer)
    found = purchase_from(release)
    if as_json:
        document = {
            "ocid": release.ocid,
            "release": release.id,
            "date": release.date,
            "fields": {each.field: each.value for each in found.fields},
            "sources": {each.field: each.source for each in found.fields},
            "warnings": found.warnings,
            "notes": found.notes,
        }
        say_json(document)
        return
    for each in found.fields:
        say(f"{each.field:16} {each.value}  ({each.source})")
    for warning in found.warnings:
        say(f"warning: {warning}", err=True)
    for note in found.notes:
        say(f"note: {note}", err=True)


COMMANDS = (ocds_purchase,)
