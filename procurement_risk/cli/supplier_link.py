"""The commands for links by which suppliers answer, for whoever has a token of an officer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import actor, store, write
from procurement_risk.cli.terminal import say
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language.text import one_line

if TYPE_CHECKING:
    from procurement_risk.storage import Store
    from procurement_risk.storage.answer_links import AnswerLink


@click.command("supplier-link")
@click.option("--until", required=True, help="The last day on which it works.")
@click.option("--contact", default="", help="Whom the supplier may ask.")
@click.option("--language", default="", help="Of the questions, where they are in several.")
@click.argument("assessment")
def supplier_link(until: str, contact: str, language: str, assessment: str) -> None:
    """Make a link by which the supplier of an ASSESSMENT answers, and print it, once.

    It leads to the server of the team, whose settings have to be there.
    """
    import os

    from procurement_risk.imports.answer_link import make
    from procurement_risk.server import settings
    from procurement_risk.storage.people.mode import is_team

    if not is_team():
        raise ProcurementRiskError(
            "A link leads to the server of a team, and there is none: PROCUREMENT_RISK_MODE is "
            "not team. Send the workbook: export --format workbook."
        )
    origin = settings.read(os.environ).origin
    path = make(store(), assessment, until, contact, actor(), language)
    say(f"{origin}{path}")


@click.command("supplier-links")
@click.argument("assessment", default="")
def supplier_links(assessment: str) -> None:
    """List the links of an ASSESSMENT, or all of them, and how far each supplier is."""
    for each in store().answer_links(assessment):
        say(f"{each.id}  {each.assessment_id}  made {each.at[:10]}, until {each.until}")
        say(f"  {_standing(each)}")


@click.command("revoke-link")
@click.argument("link")
def revoke_link(link: str) -> None:
    """Let a LINK, an id that `supplier-links` lists, work no longer."""
    held = store()
    held.revoke_answer_link(_one(held, link).assessment_id, link, actor())
    say(f"{link}: revoked")


@click.command("submitted-workbook")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), required=True)
@click.argument("link")
def submitted_workbook(file: Path, link: str) -> None:
    """Write what was submitted by a LINK as a workbook, for `import-workbook`."""
    held = store()
    write(file, held.answer_link_file(_one(held, link).assessment_id, link))
    say(f"{file}: written")


def _one(held: Store, wanted: str) -> AnswerLink:
    found = [each for each in held.answer_links() if each.id == wanted]
    if not found:
        raise ProcurementRiskError(f"There is no link {wanted!r} here. supplier-links lists them.")
    return found[0]


def _standing(link: AnswerLink) -> str:
    done = f"{link.answered} of {link.asked} answered"
    if link.submitted_at:
        taken = "taken in" if link.is_taken else "set aside" if link.discarded_at else "waits"
        return f"submitted {link.submitted_at[:10]} by {one_line(link.signed)}, {done}; {taken}"
    if link.revoked_at:
        return f"revoked {link.revoked_at[:10]}, {done}"
    opened = f"opened {link.opened_at[:10]}" if link.opened_at else "not opened yet"
    saved = f", last saved {link.saved_at[:16]}" if link.saved_at else ""
    return f"{opened}{saved}, {done}"


COMMANDS = (supplier_link, supplier_links, revoke_link, submitted_workbook)
