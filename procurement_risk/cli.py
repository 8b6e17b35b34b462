"""The command line: ``python -m procurement_risk``.

Exit codes: 0 all is well; 1 what was checked or asked for has problems, each of them listed;
2 the command itself was mistyped.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from procurement_risk import __version__
from procurement_risk.canonical import BYTE_LIMIT
from procurement_risk.errors import InvalidAnswers, InvalidDocument, Problem, ProcurementRiskError

if TYPE_CHECKING:
    from procurement_risk.exports import Exported
    from procurement_risk.framework import Framework, MethodName
    from procurement_risk.storage import Store

LONGEST_LINE = 1_000_000
COMMAND_LINE = "Command line"


class Plain(click.Group):
    """Shows every deliberate error as its text, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own signature
        """Run the command and turn deliberate errors into exit code 1."""
        try:
            return super().invoke(ctx)
        except ProcurementRiskError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("PROCUREMENT_RISK_DEBUG"):
                raise
            click.echo(
                f"This is a fault in the toolkit ({type(error).__name__}: {error}). Nothing was "
                "changed. Set PROCUREMENT_RISK_DEBUG=1 to see where, and report it.",
                err=True,
            )
            ctx.exit(1)


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="procurement_risk")
def main() -> None:
    """AI Procurement Risk Toolkit."""


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check framework FILES; without any, all that are shipped. Exit 1 if there are problems."""
    from procurement_risk.loading import FRAMEWORKS, check_file

    chosen = files or tuple(sorted(FRAMEWORKS.glob("*.yaml")))
    count = 0
    for path in chosen:
        problems = check_file(path)
        count += len(problems)
        for problem in problems:
            click.echo(problem.located(str(path)))
        if not problems:
            click.echo(f"{path}: no problems found")
    if count:
        raise click.exceptions.Exit(1)


@main.command("new-framework")
@click.option("--title", default="", help="What people read; left out: made from the id.")
@click.option(
    "--method",
    type=click.Choice(["weakest-section", "impact-mitigation"]),
    default="weakest-section",
    show_default=True,
    help="How answers become a result.",
)
@click.option("--language", "languages", multiple=True, help="A language's code, the first first.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.argument("id_", metavar="ID")
def new_framework(
    title: str, method: MethodName, languages: tuple[str, ...], output: Path | None, id_: str
) -> None:
    """Write a framework to start from, named ID, into the folder of frameworks."""
    from procurement_risk.loading import add_framework, shown
    from procurement_risk.new_framework import starter

    path = shown(add_framework(starter(id_, title, method, languages or ("en",)), id_, output))
    click.echo(f"{path}: written. Change what its comments name, then run:")
    click.echo(f"python -m procurement_risk check {path}")


@main.command()
@click.option("--framework", "name", required=True, help="A framework's id, or a YAML file.")
@click.option("--pack", default="full", show_default=True, help="Which pack to score.")
@click.argument("answers", type=click.File("rb"))
def score(name: str, pack: str, answers: BinaryIO) -> None:
    """Score ANSWERS, one JSON object a line ("-" for standard input), one result a line."""
    from procurement_risk.methods import score_to_document
    from procurement_risk.validation import check_answers

    framework = _framework(name)
    if framework.pack(pack) is None:
        allowed = ", ".join(p.id for p in framework.packs)
        _fail([Problem("pack", f"There is no pack '{pack}'. Choose one of: {allowed}.")], "score")
    checked, problems = [], []
    for number, line in _lines(answers):
        try:
            checked.append(check_answers(framework, _json_object(line), pack))
        except InvalidAnswers as error:
            problems += [Problem(p.where, f"line {number}: {p.message}") for p in error.problems]
    if problems:
        _fail(problems, str(getattr(answers, "name", "-")))
    for answer_set in checked:
        result = score_to_document(framework, answer_set)
        click.echo(json.dumps(result, ensure_ascii=False))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead of lines.")
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str, as_json: bool) -> None:
    """Show what changed from framework OLD to NEW, each a YAML file or an id, by question."""
    from procurement_risk.framework_comparison import (
        compare,
        comparison_lines,
        comparison_to_document,
        refuse_unchanged_version,
    )

    before, after = _framework(old), _framework(new)
    comparison = compare(before, after)
    if as_json:
        document = comparison_to_document(comparison)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for line in comparison_lines(comparison):
            click.echo(line)
    if warning := refuse_unchanged_version(after, [before]):
        click.echo(f"Warning: {warning}", err=True)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            problem = Problem("", f"line {number}: longer than {LONGEST_LINE:,} bytes.")
            _fail([problem], "answers")
        if line.strip():
            yield number, line


def _json_object(line: bytes) -> object:
    from procurement_risk.canonical import read_json

    try:
        return read_json(line.strip())
    except InvalidDocument as error:
        raise InvalidAnswers("line", error.problems) from error


def _framework(name: str) -> Framework:
    from procurement_risk.loading import FRAMEWORKS, load_framework

    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.exists():
        return load_framework(path)
    return load_framework(FRAMEWORKS / f"{path.name}.yaml")


def _fail(problems: list[Problem], name: str) -> None:
    for problem in problems:
        click.echo(problem.located(name), err=True)
    raise click.exceptions.Exit(1)


@main.command("export")
@click.option("--list", "list_formats", is_flag=True, help="Name the formats and stop.")
@click.option("--format", "name", help="The format to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.argument("records", nargs=-1)
def export(
    list_formats: bool, name: str | None, output: Path | None, records: tuple[str, ...]
) -> None:
    """Write RECORDS (record files, or ids in the store) to a file in another format."""
    from procurement_risk.exports import EXPORTS

    if list_formats:
        for each in EXPORTS.values():
            click.echo(f"{each.name:16} {each.purpose}")
        return
    if name not in EXPORTS:
        raise click.UsageError(f"Give --format one of: {', '.join(EXPORTS)}.")
    if output is None:
        raise click.UsageError("Say where to write: -o FILE.")
    if not records:
        raise click.UsageError("Name at least one record file, or an id in the store.")
    data = EXPORTS[name].write([_exported(record) for record in records])
    _write(output, data)
    click.echo(f"{output}: {len(data):,} bytes")


def _exported(name: str) -> Exported:
    path = Path(name)
    if path.is_file():
        from procurement_risk.methods import score_to_document
        from procurement_risk.records import read_record

        record = read_record(_read(path), score_to_document)
        return record.assessment, record.framework
    stored = _store().load(name)
    return stored.assessment, stored.framework


@main.command("import")
@click.option("--replace", is_flag=True, help="Write over what stands here; history keeps it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(replace: bool, files: tuple[Path, ...]) -> None:
    """Bring record FILES into the store, each whole or not at all. Exit 1 if one is refused."""
    from procurement_risk.imports.record import import_record

    store, refused = _store(), 0
    for path in files:
        try:
            done = import_record(store, _read(path), _actor(), replace=replace)
        except InvalidDocument as error:
            refused += 1
            for problem in error.problems:
                click.echo(problem.located(str(path)), err=True)
        except ProcurementRiskError as error:
            refused += 1
            click.echo(f"{path}: {error}", err=True)
        else:
            click.echo(f"{path}: {done.outcome}, id {done.assessment_id}")
    if refused:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def verify(files: tuple[Path, ...]) -> None:
    """Check that each record's digest holds and its result recomputes. Exit 0 only if all do."""
    from procurement_risk.methods import score_to_document
    from procurement_risk.records import verify_record

    bad = 0
    for path in files:
        try:
            problems = verify_record(_read(path), score_to_document)
        except ProcurementRiskError as error:
            problems = [Problem("", str(error))]
        for problem in problems:
            click.echo(problem.located(str(path)))
        if problems:
            bad += 1
        else:
            click.echo(f"{path}: the digest holds and the result recomputes")
    if bad:
        raise click.exceptions.Exit(1)


@main.command()
def demo() -> None:
    """Load the fictional demonstration portfolio into the store."""
    from procurement_risk.imports.demonstration import load_demonstration

    count = load_demonstration(_store(), _actor())
    click.echo(f"{count} fictional assessments loaded. All of it is invented.")


def _store() -> Store:
    from procurement_risk.storage import DEFAULT_URL, open_store

    return open_store(os.environ.get("PROCUREMENT_RISK_DATABASE", DEFAULT_URL))


def _actor() -> str:
    return os.environ.get("PROCUREMENT_RISK_ACTOR", "").strip() or COMMAND_LINE


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(BYTE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ProcurementRiskError(f"{path}: {reason}. Check the name.") from error
    return data


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise ProcurementRiskError(f"{path}: {reason}. Choose another place.") from error
