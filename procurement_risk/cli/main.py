"""The command line: ``python -m procurement_risk``.

Exit codes: 0 all is well; 1 what was checked or asked for has problems, each of them listed;
2 the command itself was mistyped.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from procurement_risk.cli import (
    backup as cli_backup,
    bulk as cli_bulk,
    compare as cli_compare,
    evidence as cli_evidence,
    exchange as cli_exchange,
    frameworks as cli_frameworks,
    gates as cli_gates,
    keeping as cli_keeping,
    looks as cli_looks,
    notify as cli_notify,
    people as cli_people,
    person as cli_person,
    portfolio as cli_portfolio,
    publication as cli_publication,
    questionnaires as cli_questionnaires,
    reading as cli_reading,
    run as cli_run,
    scoring as cli_scoring,
    supplier_link as cli_supplier_link,
    suppliers as cli_suppliers,
    versions as cli_versions,
    workbook as cli_workbook,
)
from procurement_risk.cli.shared import actor, exported, store, write
from procurement_risk.cli.terminal import say, shown, write_any_letter
from procurement_risk.cli.verifying import UNCONFIRMED, verify_all
from procurement_risk.cli.verifying_store import FAILS, verify_store
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework.shipped import VERSION


class Plain(click.Group):
    """Shows every deliberate error as its text, never as a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  click's own signature
        """Run the program, on streams that take every letter."""
        write_any_letter()
        return super().main(*args, **extra)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for, each with its first sentence in full."""
        for title, commands in KINDS:
            with formatter.section(title):
                lines = [(each.name or "", each.get_short_help_str(200)) for each in commands]
                formatter.write_dl(lines)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own signature
        """Run the command and turn deliberate errors into exit code 1."""
        try:
            return super().invoke(ctx)
        except ProcurementRiskError as error:
            say(str(error), err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(1)
        except click.ClickException as error:
            vars(error)["message"] = shown(error.message)
            raise
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("PROCUREMENT_RISK_DEBUG"):
                raise
            say(
                f"This is a fault in the toolkit ({type(error).__name__}: {error}). Nothing was "
                "changed. Set PROCUREMENT_RISK_DEBUG=1 to see where, and report it.",
                err=True,
            )
            ctx.exit(1)


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="procurement_risk")
def main() -> None:
    """AI Procurement Risk Toolkit: the app, and what it does as commands.

    COMMAND --help says more of one. Exit codes: 0, all is well; 1, something was refused or has
    problems, each of them listed; 2, the command itself was mistyped.
    """


EVIDENCE_HELP = (
    "For the audit pack: the files of evidence as well. Nothing looks through them, so a name "
    "that was struck out elsewhere may stand in them."
)


@main.command("export")
@click.option("--list", "list_formats", is_flag=True, help="Name the formats and stop.")
@click.option("--format", "name", help="The format to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--all", "everything", is_flag=True, help="Every assessment in the store.")
@click.option("--archived", is_flag=True, help="With --all: those set aside as well.")
@click.option("--return-by", default="", help="For the workbook: the day to return it by.")
@click.option("--contact", default="", help="For the workbook: whom the supplier may ask.")
@click.option("--with-evidence", is_flag=True, help=EVIDENCE_HELP)
@click.argument("records", nargs=-1)
def export(
    list_formats: bool,
    name: str | None,
    output: Path | None,
    everything: bool,
    archived: bool,
    return_by: str,
    contact: str,
    with_evidence: bool,
    records: tuple[str, ...],
) -> None:
    """Write RECORDS (record files, or ids in the store) to a file in another format.

    Several records, or --all, go into one ZIP if the file's name ends in .zip.
    """
    from procurement_risk.exports import EXPORTS
    from procurement_risk.exports.export import saying

    if list_formats:
        for each in EXPORTS.values():
            say(f"{each.name:16} {each.purpose}")
        return
    if name not in EXPORTS:
        raise click.UsageError(f"Give --format one of: {', '.join(EXPORTS)}.")
    if output is None:
        raise click.UsageError("Say where to write: -o FILE.")
    if everything == bool(records) or (archived and not everything):
        raise click.UsageError("Name a record file, or an id in the store, or --all of them.")
    export = EXPORTS[name]
    given = {"return-by": return_by.strip(), "contact": contact.strip()}
    given["with-evidence"] = "yes" if with_evidence else ""
    said = {key: text for key, text in given.items() if text}
    if everything:
        cli_publication.say_where_to_look(export)
        cli_bulk.export_all(export, output, said, archived=archived)
        return
    named = (exported(each, export.wants) for each in records)
    found = list(saying(named, export, said, actor()))
    cli_publication.say_what_to_look_at(export, found)
    if export.one_each and len(found) > 1 and output.suffix.lower() == ".zip":
        cli_bulk.write_several(export, output, found)
        return
    data = export.write(found)
    write(output, data)
    say(f"{output}: {len(data):,} bytes")


@main.command("import")
@click.option("--replace", is_flag=True, help="Write over what stands here; history keeps it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(replace: bool, files: tuple[Path, ...]) -> None:
    """Bring record FILES, ZIPs of them, or audit packs, into the store: each whole or not at all.

    From an audit pack the history and the supplier's files come along, as with move.
    Exit 1 if one is refused, or if something else stands here under its id.
    """
    cli_bulk.import_files(files, replace=replace)


@main.command()
@click.option(
    "--checkpoint", default="", help="For audit packs: a line kept elsewhere, or a file."
)
@click.option("--key", default="", help="For audit packs: a published public key, or a file.")
@click.option("--known", is_flag=True, help="Exit 1 where a questionnaire is not known here.")
@click.option("--all", "everything", is_flag=True, help="All that the store holds, instead.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def verify(
    checkpoint: str, key: str, known: bool, everything: bool, files: tuple[Path, ...]
) -> None:
    """Check that records, audit packs, backups, or all of the store, are as they were written.

    Of a record the digest has to hold and the result to recompute. An audit pack, as a ZIP or a
    folder, is checked as its own verify.py does, and compared with what the toolkit writes. Of a
    database file, a backup, or with --all the store: each history, log, kept file and file of
    evidence.

    Exit 0 if all hold; 1 if one does not; 3 if what was checked holds and something of a pack
    could not be checked, which is printed as NOT CONFIRMED.

    It also says whose questionnaire a record's result rests on, and how one that is not known
    here differs from the one of its name.
    """
    if everything == bool(files):
        raise click.UsageError("Name FILES to check, or give --all for the store.")
    if everything:
        ends = {verify_store(store())}
    else:
        ends = verify_all(files, checkpoint, known=known, key=key)
    for end in (FAILS, UNCONFIRMED):
        if end in ends:
            raise click.exceptions.Exit(end)


@main.command()
def demo() -> None:
    """Load the fictional demonstration portfolio into the store."""
    from procurement_risk.imports.demonstration import load_demonstration

    count = load_demonstration(store(), actor())
    say(f"{count} fictional assessments loaded. All of it is invented.")


KINDS: tuple[tuple[str, tuple[click.Command, ...]], ...] = (
    ("The app", (*cli_run.COMMANDS, demo)),
    ("What is on file", (*cli_reading.COMMANDS, *cli_suppliers.COMMANDS)),
    ("Results", (*cli_scoring.COMMANDS, *cli_compare.COMMANDS, *cli_portfolio.COMMANDS)),
    (
        "Out and in",
        (
            export,
            import_,
            *cli_workbook.COMMANDS,
            *cli_supplier_link.COMMANDS,
            *cli_publication.COMMANDS,
            *cli_evidence.COMMANDS,
            *cli_exchange.COMMANDS,
        ),
    ),
    ("From look to look", (*cli_looks.COMMANDS, *cli_gates.COMMANDS)),
    (
        "Keeping and checking",
        (verify, *cli_backup.COMMANDS, *cli_keeping.COMMANDS, *cli_person.COMMANDS),
    ),
    (
        "Questionnaires",
        (*cli_frameworks.COMMANDS, *cli_questionnaires.COMMANDS, *cli_versions.COMMANDS),
    ),
    ("For a team", (*cli_people.COMMANDS, *cli_notify.COMMANDS)),
)
"""Every command, by what it is for, as the help lists them."""

for _title, commands in KINDS:
    for command in commands:
        main.add_command(command)
