"""The commands for what suppliers send back: ``import-workbook`` and ``check-returns``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import actor, read, store, write
from procurement_risk.cli.terminal import number_of, say, say_json
from procurement_risk.errors import Problem
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line

if TYPE_CHECKING:
    from procurement_risk.formats.workbook.difference import Difference, Row
    from procurement_risk.imports.returns_folder import CheckedReturn
    from procurement_risk.imports.workbook import OpenedReturn


@click.command("import-workbook")
@click.option("--accept", is_flag=True, help="Write; without it the differences are only shown.")
@click.option("--dry-run", is_flag=True, help="Only show the differences, as without --accept.")
@click.option("--question", "chosen", multiple=True, help="Write the answer to this one only.")
@click.option("--all", "everything", is_flag=True, help="Write over answers that stand, too.")
@click.option(
    "--claim", "claims", multiple=True, help="Mark the answer to this one as confidential."
)
@click.option("--until", default="", help="With --claim: the last day on which it is withheld.")
@click.option("--assessment", "into", default="", help="Another assessment of the same supplier.")
@click.argument("file", type=click.Path(path_type=Path))
def import_workbook(
    accept: bool,
    dry_run: bool,
    chosen: tuple[str, ...],
    everything: bool,
    claims: tuple[str, ...],
    until: str,
    into: str,
    file: Path,
) -> None:
    """Compare a supplier's workbook FILE with what stands, and write it with --accept.

    --accept writes the answers to questions that have none, where the file did not change the
    question. Name others with --question, or write every one with --all. Exit 1 if anything in
    the file has a problem, or if there is more in it than answers.

    What the supplier claims to be confidential is marked so only where --claim names it, with
    the supplier's reason, which is published in place of the answer.
    """
    if accept and dry_run:
        raise click.UsageError("Choose --accept or --dry-run.")
    if claims and not (accept and until):
        raise click.UsageError("Give --accept and --until DAY with --claim.")
    from procurement_risk.imports.workbook import accept_rows, open_return

    held = store()
    opened = open_return(held, read(file), file.name, into)
    if opened.difference is None:
        assessment = opened.stored.assessment.id
        say(f"{file}: {opened.refusal}", err=True)
        say(
            f"Its workbook: python -m procurement_risk export --format workbook -o FILE "
            f"{assessment}",
            err=True,
        )
        raise click.exceptions.Exit(1)
    difference = opened.difference
    _refuse_unknown(chosen, difference)
    _show(file, opened, difference)
    problems = [*difference.problems]
    if accept:
        wanted = {
            row.question.id for row in difference.offered if _is_wanted(row, chosen, everything)
        }
        done = accept_rows(held, opened, wanted, actor(), claims, until)
        problems += done.problems
        for problem in done.problems:
            say(f"{problem.where}: {problem.message}", err=True)
        answers = counted(len(done.written), "{n} answer", "{n} answers")
        say(f"{answers} written; the file is kept, SHA-256 {done.digest}")
        if done.marked:
            say(f"Marked as commercial until {until}: {', '.join(done.marked)}")
    else:
        say("Nothing was written. Give --accept to write.")
    if problems or difference.remarks:
        raise click.exceptions.Exit(1)


def _is_wanted(row: Row, chosen: tuple[str, ...], everything: bool) -> bool:
    if chosen:
        return row.question.id in chosen
    return everything or (row.kind == "new" and not row.is_reworded)


def _refuse_unknown(chosen: tuple[str, ...], difference: Difference) -> None:
    offered = [row.question.id for row in difference.offered]
    unknown = [name for name in chosen if name not in offered]
    if unknown:
        raise click.UsageError(
            f"Nothing can be written for {', '.join(unknown)}. "
            f"There is something for: {', '.join(offered) or 'no question'}."
        )


def _show(file: Path, opened: OpenedReturn, difference: Difference) -> None:
    _show_about(file, opened)
    for row in difference.offered:
        _show_row(row)
    for problem in difference.problems:
        say(_placed(problem), err=True)
    for remark in difference.remarks:
        say(f"! {_placed(Problem(remark.place, remark.words))}", err=True)
    for claim in difference.claims:
        stands = f" (marked already: {claim.marking.ground})" if claim.marking else ""
        why = one_line(claim.reason) or "no reason is given"
        say(f"{claim.question.id} is claimed to be confidential{stands}: {why}")
    problems = number_of(len(difference.problems), "problem", "problems")
    same = len(difference.rows) - len(difference.offered)
    say(
        f"{len(difference.offered)} to accept, {same} the same, {len(difference.empty)} empty, "
        f"{len(difference.missing)} not in the file, {problems}, "
        f"{len(difference.remarks)} to look at"
    )


def _show_about(file: Path, opened: OpenedReturn) -> None:
    assessment, stamp = opened.stored.assessment, opened.stamp
    title, supplier = one_line(assessment.purchase.title), one_line(assessment.supplier.name)
    say(f"{file}: for {assessment.id}: {title}, {supplier}; issue {stamp.issue}")
    if stamp.return_by:
        say(f"To be returned by {one_line(stamp.return_by)}.")
    signed = opened.returned.signature.words if opened.returned is not None else ""
    say(f"Answered for by: {signed or 'nobody is named'}")
    if opened.is_reused:
        say(f"Sent out for another assessment, on {stamp.issued_at[:10]}.")


def _show_row(row: Row) -> None:
    say(f"{row.question.id} ({row.kind}, {one_line(row.place)})")
    say(f"  - {one_line(row.words_before)}{_grade(row)}")
    say(f"  + {one_line(row.words_after)}, {row.after.evidence}")
    for name in ("link", "valid_until", "note"):
        value = getattr(row.after, name)
        if value and value != getattr(row.before, name, ""):
            say(f"    {name}: {one_line(value)}")
    if row.since:
        say(f"  ! written here at {row.since}, after the workbook was issued")
    if row.is_reworded:
        say("  ! the file does not ask what was asked, see below")


def _grade(row: Row) -> str:
    if row.before is None:
        return ""
    falls = f", falls to {row.after.evidence}" if row.grade_falls else ""
    return f", {row.before.evidence}{falls}"


def _placed(problem: Problem) -> str:
    where = one_line(problem.where)
    return f"{where}: {problem.message}" if where else problem.message


@click.command("check-returns")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write a table here.")
@click.argument("folder", type=click.Path(path_type=Path))
def check_returns(as_json: bool, table: Path | None, folder: Path) -> None:
    """Report what every workbook in FOLDER holds; nothing is written to the store.

    Whatever else lies there is named. Exit 1 if any of it has a problem, holds more than answers,
    or was not read.
    """
    from procurement_risk.imports.returns_folder import check_folder

    checked = list(check_folder(store(), folder))
    if table is not None:
        write(table, _as_csv(checked))
    if as_json:
        documents = [each.document() for each in checked]
        say_json(documents, indent=1)
    else:
        for each in checked:
            _report(each)
    if any(each.problems or each.remarks for each in checked):
        raise click.exceptions.Exit(1)


COUNTS = ("answered", "changes", "empty", "missing", "refused", "problems")


def _counted(number: int, name: str) -> str:
    return number_of(number, {"changes": "change", "problems": "problem"}.get(name, name), name)


def _report(checked: CheckedReturn) -> None:
    say(f"{one_line(checked.file)}  SHA-256 {checked.digest or 'not read'}")
    if checked.assessment:
        title, supplier = one_line(checked.title), one_line(checked.supplier)
        say(f"  {checked.assessment}: {title}, {supplier}; issue {checked.issue}")
        by = f"; to be returned by {one_line(checked.return_by)}" if checked.return_by else ""
        say(f"  answered for by: {checked.signed or 'nobody is named'}{by}")
    if checked.claims:
        say(f"  claimed to be confidential: {', '.join(checked.claims)}")
    if checked.counts:
        say("  " + ", ".join(_counted(checked.counts[name], name) for name in COUNTS))
    for problem in checked.problems:
        say(f"  {_placed(problem)}")
    for remark in checked.remarks:
        say(f"  ! {_placed(remark)}")


def _as_csv(checked: list[CheckedReturn]) -> bytes:
    from procurement_risk.exports.csv_cells import write_csv

    about = (
        *("file", "sha256", "assessment", "title", "supplier", "issue"),
        *("to be returned by", "answered for by", "claimed confidential"),
    )
    rows = [
        [
            one_line(each.file),
            each.digest,
            each.assessment,
            each.title,
            each.supplier,
            each.issue,
            each.return_by,
            each.signed,
            ", ".join(each.claims),
            *(each.counts.get(name) for name in COUNTS),
            len(each.remarks) if each.counts else None,
            *(_placed(found[0]) if found else "" for found in (each.problems, each.remarks)),
        ]
        for each in checked
    ]
    return write_csv((*about, *COUNTS, "to look at", "first problem", "first to look at"), rows)


COMMANDS = (import_workbook, check_returns)
