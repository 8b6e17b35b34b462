"""Commands for whoever keeps a framework: check, new-framework, diff, convert."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import read, store_if_there, write
from procurement_risk.cli.spreadsheets import spreadsheet
from procurement_risk.cli.terminal import say, say_json
from procurement_risk.errors import UsageError
from procurement_risk.framework.starter import BODIES, starter

if TYPE_CHECKING:
    from procurement_risk.formats.surveyjs import Note
    from procurement_risk.framework import Framework


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check framework FILES; without any, all that are shipped. Exit 1 if there are problems.

    What is allowed and probably not meant is told as a warning, on standard error.
    """
    from procurement_risk.assessment.today import today
    from procurement_risk.framework.advice import advice
    from procurement_risk.framework.alike import alike
    from procurement_risk.framework.files import left_out, read_file
    from procurement_risk.framework.overlay.notices import extends_line, notices
    from procurement_risk.framework.shipped import FRAMEWORKS

    chosen = files or (*sorted(FRAMEWORKS.glob("*.yaml")), *left_out())
    count = 0
    for path in chosen:
        file = read_file(path)
        problems = [problem.located(str(path)) for problem in file.problems]
        if file.framework is not None:
            problems = _refusals(path, file.framework)
        count += len(problems)
        for problem in problems:
            say(problem)
        if not problems:
            say(f"{path}: no problems found")
        if file.framework is None:
            continue
        if extends := extends_line(file.framework):
            say(f"{path}: {extends}")
        for each in alike(file.framework, file.text):
            say(replace(each, message=f"warning: {each.message}").located(str(path)), err=True)
        warnings = [*notices(file.framework), *_newer_base(file.framework)]
        for warning in (*warnings, *advice(file.framework, today())):
            say(f"{path}: warning: {warning}", err=True)
    if count:
        raise click.exceptions.Exit(1)


def _newer_base(framework: Framework) -> Iterator[str]:
    from procurement_risk.framework.overlay.notices import newer_base, newer_words

    if framework.based_on and (words := newer_words(framework)):
        extends = f"{framework.based_on.id}@{newer_base(framework)}"
        yield f"{words} diff --onto {extends} says what becomes of its changes there."


def _refusals(path: Path, framework: Framework) -> list[str]:
    """Return why a framework cannot be used beside the assessments here, where there are some."""
    from procurement_risk.framework.versions.compare import refuse_unchanged_version

    held = store_if_there()
    if held is None:
        return []
    refused = refuse_unchanged_version(framework, held.known_frameworks(framework.id))
    return [f"{path}: {refused}"] if refused else []


@click.command("new-framework")
@click.option("--title", default="", help="What people read; left out: made from the id.")
@click.option(
    "--method",
    type=click.Choice(list(BODIES)),
    default="weakest-section",
    show_default=True,
    help="How answers become a result.",
)
@click.option("--language", "languages", multiple=True, help="A language's code, the first first.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.argument("id_", metavar="ID")
def new_framework(
    title: str, method: str, languages: tuple[str, ...], output: Path | None, id_: str
) -> None:
    """Write a framework to start from, named ID, into the folder of frameworks."""
    from procurement_risk.framework.files import add_framework, shown

    path = shown(add_framework(starter(id_, title, method, languages or ("en",)), id_, output))
    say(f"{path}: written. Change what its comments name, then run:")
    say(f"python -m procurement_risk check {path}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead of lines.")
@click.option(
    "--onto", "base", metavar="ID@VERSION", help="Say what becomes of the overlay OLD on this one."
)
@click.argument("old")
@click.argument("new", required=False)
def diff(old: str, new: str | None, as_json: bool, base: str | None) -> None:
    """Show what changed from framework OLD to NEW, each a YAML file or an id, by question.

    With --onto, show which changes of the overlay OLD still apply on another version of what it
    extends, and which clash there; exit 1 if any do.
    """
    if base:
        _diff_onto(old, base)
        return
    if new is None:
        raise click.UsageError("Name two frameworks, or an overlay and --onto ID@VERSION.")
    from procurement_risk.framework.files import load_framework
    from procurement_risk.framework.versions import likely
    from procurement_risk.framework.versions.compare import (
        compare,
        comparison_lines,
        comparison_to_document,
        refuse_unchanged_version,
    )

    before, after = load_framework(old), load_framework(new)
    comparison = compare(before, after)
    if as_json:
        document = comparison_to_document(comparison) | likely.to_document(before, after)
        say_json(document, indent=2)
    else:
        for line in (*comparison_lines(comparison), *likely.lines(before, after)):
            say(line)
    if warning := refuse_unchanged_version(after, [before]):
        say(f"Warning: {warning}", err=True)


def _diff_onto(old: str, base: str) -> None:
    from procurement_risk.framework.files import bases, framework_file
    from procurement_risk.framework.overlay.onto import onto, onto_lines

    path = Path(old)
    if not path.exists() and not path.suffix:
        path = framework_file(old) or path
    found = onto(read(path), base, bases)
    for line in onto_lines(found, str(path)):
        say(line)
    if found.clashes:
        raise click.exceptions.Exit(1)


@click.group()
def convert() -> None:
    """Turn questionnaires that others publish into frameworks, and back."""


@convert.command("surveyjs")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file.")
@click.option("--title", default="", help="What people read; left out: the survey's own.")
@click.option("--framework-version", default="", help="The version to write; left out: 1.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@click.argument("file", type=click.Path(path_type=Path))
def surveyjs(file: Path, output: Path, title: str, framework_version: str, force: bool) -> None:
    """Turn the SurveyJS questionnaire FILE (.json) into a framework (.yaml), or the other way.

    Says what could not be carried over. Refuses where a score would change.
    """
    ending = file.suffix.lower()
    if ending not in (".json", ".yaml", ".yml"):
        raise UsageError(f"{file}: name a .json file (SurveyJS) or a .yaml file (a framework).")
    wanted = (".yaml", ".yml") if ending == ".json" else (".json",)
    if output.suffix.lower() not in wanted:
        raise UsageError(f"{output}: name the file to write so that it ends in {wanted[0]}.")
    if output.exists() and not force:
        raise UsageError(f"{output} is there already. Name another file, or add --force.")
    if ending == ".json":
        from procurement_risk.formats.surveyjs import from_surveyjs

        converted = from_surveyjs(read(file), output.name, title, framework_version)
        data, notes = converted.yaml(file.name).encode(), converted.notes
    else:
        data, notes = _to_surveyjs(file)
    write(output, data)
    for note in notes:
        say(f"{file}: {note}", err=True)
    say(f"{output}: written. {_noted(len(notes))}")


convert.add_command(spreadsheet)


def _noted(number: int) -> str:
    if number == 0:
        return "Everything was carried over."
    if number == 1:
        return "One note says what was left out or changed."
    return f"{number:,} notes say what was left out or changed."


def _to_surveyjs(file: Path) -> tuple[bytes, tuple[Note, ...]]:
    from procurement_risk.formats.surveyjs import to_surveyjs
    from procurement_risk.framework.files import load_framework

    survey, notes = to_surveyjs(load_framework(file).document)
    text = json.dumps(survey, ensure_ascii=False, indent=1)
    return f"{text}\n".encode(), notes


COMMANDS = (check, new_framework, diff, convert)
