"""The command ``convert spreadsheet``: a list of questions into a framework, or back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import read, write
from procurement_risk.cli.terminal import say
from procurement_risk.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

SHEETS, FRAMEWORKS = (".xlsx", ".ods", ".csv", ".tsv", ".txt", ".xls", ".xlsm"), (".yaml", ".yml")


@click.command("spreadsheet")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--mapping", type=click.Path(path_type=Path), help="How the columns are read.")
@click.option("--show-mapping", is_flag=True, help="Show how the columns are read, and stop.")
@click.option(
    "--title", default="", help="What people read; left out: the title in the file, or its name."
)
@click.option("--framework-version", default="", help="The version to write; left out: 1.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@click.argument("file", type=click.Path(path_type=Path))
def spreadsheet(
    file: Path,
    output: Path | None,
    mapping: Path | None,
    show_mapping: bool,
    title: str,
    framework_version: str,
    force: bool,
) -> None:
    """Turn the list of questions FILE (.xlsx, .ods, .csv) into a framework (.yaml), or back.

    Which column holds what is told by the words over them. --show-mapping shows it: keep it in a
    file, change it, and give it with --mapping. What could not be carried is named by its cell.
    A framework becomes a workbook (.xlsx) that can be edited and brought in again.
    """
    ending = file.suffix.lower()
    if ending not in SHEETS + FRAMEWORKS:
        raise UsageError(f"{file}: name an .xlsx, .ods or .csv file, or a .yaml file.")
    if show_mapping and ending in SHEETS:
        _show(file)
        return
    wanted = FRAMEWORKS if ending in SHEETS else (".xlsx",)
    if output is None or output.suffix.lower() not in wanted:
        raise UsageError(f"Name the file to write with -o, so that it ends in {wanted[0]}.")
    if output.exists() and not force:
        raise UsageError(f"{output} is there already. Name another file, or add --force.")
    if ending in SHEETS:
        data, notes = _from_sheet(file, output, mapping, title, framework_version)
    else:
        data, notes = _to_sheet(file)
    write(output, data)
    for note in notes:
        say(f"{file}: {note}", err=True)
    say(f"{output}: written.")
    if ending in SHEETS:
        say("See what is left to be set, and whether it can be used:")
        say(f"python -m procurement_risk check {output}")


def _show(file: Path) -> None:
    from procurement_risk.formats.workbook.questionnaire import propose, read_sheets

    say(propose(read_sheets(read(file), file.name)).yaml().rstrip())


def _from_sheet(
    file: Path, output: Path, mapping: Path | None, title: str, version: str
) -> tuple[bytes, Iterable[object]]:
    from procurement_risk.formats.workbook.questionnaire import (
        from_spreadsheet,
        read_mapping,
        read_sheets,
    )

    book = read_sheets(read(file), file.name)
    mapped = None
    if mapping is not None:
        mapped = read_mapping(read(mapping).decode("utf-8", "replace"), str(mapping))
    made = from_spreadsheet(book, file.name, mapped, title, version, output.stem)
    return made.yaml(file.name).encode(), made.notes


def _to_sheet(file: Path) -> tuple[bytes, Iterable[object]]:
    from procurement_risk.formats.workbook.questionnaire import to_spreadsheet
    from procurement_risk.framework.files import load_framework

    framework = load_framework(file)
    base = framework.based_on
    notes = []
    if base is not None:
        notes.append(
            f"It extends {base.id} {base.version}. The workbook holds the whole, and comes back "
            "as a questionnaire of its own, which no longer follows that one."
        )
    return to_spreadsheet(framework.document), notes
