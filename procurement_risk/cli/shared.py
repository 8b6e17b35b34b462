"""What the commands share: finding frameworks and the store, reading and writing files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from procurement_risk.canonical import BYTE_LIMIT
from procurement_risk.cli.terminal import say
from procurement_risk.errors import Problem, ProcurementRiskError

if TYPE_CHECKING:
    from collections.abc import Collection

    from procurement_risk.exports import Exported
    from procurement_risk.exports.export import Wanted
    from procurement_risk.storage import Store

COMMAND_LINE = "Command line"
DATABASE = "PROCUREMENT_RISK_DATABASE"


def fail(problems: list[Problem], name: str) -> NoReturn:
    """Show every problem and end with exit code 1."""
    for problem in problems:
        say(problem.located(name), err=True)
    raise click.exceptions.Exit(1)


def store() -> Store:
    """Return the store that the environment names, or the default one."""
    from procurement_risk.storage import DEFAULT_URL, open_store

    return open_store(os.environ.get(DATABASE, DEFAULT_URL))


def exported(name: str, wants: Collection[Wanted] = ()) -> Exported:
    """Return the assessment in a record file, or that of an id in the store.

    Raises:
        ProcurementRiskError: If there is neither, or the record does not hold.
    """
    from procurement_risk.exports import Exported
    from procurement_risk.exports.gather import gather

    path = Path(name)
    if path.is_file():
        from procurement_risk.assessment.record import read_record
        from procurement_risk.methods import score_to_document

        record = read_record(read(path), score_to_document)
        return Exported(record.assessment, record.framework)
    return gather(store(), [name], wants)[0]


def actor() -> str:
    """Return the name under which changes from the command line stand in the history."""
    return os.environ.get("PROCUREMENT_RISK_ACTOR", "").strip() or COMMAND_LINE


def read(path: Path) -> bytes:
    """Return the bytes of a file, no more than show that it is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(BYTE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ProcurementRiskError(f"{path}: {reason}. Check the name.") from error
    return data


def write(path: Path, data: bytes) -> None:
    """Write a file, or say in plain words why not."""
    try:
        path.write_bytes(data)
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise ProcurementRiskError(f"{path}: {reason}. Choose another place.") from error
