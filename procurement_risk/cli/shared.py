"""What the commands share: finding frameworks and the store, reading and writing files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from procurement_risk.canonical import BYTE_LIMIT
from procurement_risk.cli.terminal import say
from procurement_risk.errors import Problem, ProcurementRiskError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from procurement_risk.exports import Exported
    from procurement_risk.exports.export import Wanted
    from procurement_risk.framework import Framework
    from procurement_risk.framework.versions.whose import Whose
    from procurement_risk.storage import Store
    from procurement_risk.storage.people.person import Person

Form = TypeVar("Form")

COMMAND_LINE = "Command line"
TOKEN = "PROCUREMENT_RISK_TOKEN"
DATABASE = "PROCUREMENT_RISK_DATABASE"


def fail(problems: list[Problem], name: str) -> NoReturn:
    """Show every problem and end with exit code 1."""
    for problem in problems:
        say(problem.located(name), err=True)
    raise click.exceptions.Exit(1)


def store_url() -> str:
    """Return the address of the store that the environment names, or of the default.

    In a team it may stand in the settings of its server as well, and there is no default: a
    command about an empty file would look like one about the team's database.

    Raises:
        InvalidDocument: If the settings cannot be read.
        UsageError: If a team's database is named nowhere.
    """
    from procurement_risk.storage.connection import DEFAULT_URL
    from procurement_risk.storage.people.mode import is_team

    if url := os.environ.get(DATABASE, "").strip():
        return url
    if not is_team():
        return DEFAULT_URL
    from procurement_risk.server import settings

    if url := settings.read(os.environ).database:
        return url
    raise click.UsageError(
        f"{DATABASE} is not set, and no settings of the team's server name a database. "
        f"Set it, or {settings.FILE}."
    )


def store() -> Store:
    """Return the store at that address: opened once a command, which closes it."""
    from procurement_risk.storage import open_store

    url, context = store_url(), click.get_current_context(silent=True)
    held: dict[str, Store] = {} if context is None else context.meta.setdefault(__name__, {})
    if url not in held:
        opened = open_store(url)
        if context is not None:
            context.call_on_close(opened.close)
        for notice in opened.notices:
            say(notice, err=True)
        held[url] = opened.acting(_person(opened))
    return held[url]


def _person(opened: Store) -> Person:
    """Return who gives the command: one person alone, or in a team whose token is set.

    Without a token it is whoever runs the server, who keeps people and backups, and reads nothing.
    """
    from procurement_risk.storage.people.mode import is_team
    from procurement_risk.storage.people.person import ALL, Held, Person
    from procurement_risk.storage.people.tokens import person_of_token

    if not is_team():
        return Person.personal(actor())
    if secret := os.environ.get(TOKEN, "").strip():
        return person_of_token(opened, secret)
    return Person(name=actor(), roles=(Held("administrator", ALL),), how="command")


def fail_if_altered(held: Store) -> None:
    """End with exit code 1 where a log of the store is not what was written; name every line."""
    if problems := held.verify_logs():
        fail(problems, held.place)


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
        return Exported(record.assessment, record.framework).of(whose(record.framework))
    return gather(store(), [name], wants)[0]


def store_if_there() -> Store | None:
    """Return that store, or None where there is none yet, or it cannot be used: none is made."""
    from procurement_risk.errors import StorageError
    from procurement_risk.framework.shipped import HOME

    url = store_url()
    file = url.removeprefix("sqlite:///")
    if url.startswith("sqlite:") and not (HOME / file).is_file():
        return None
    try:
        return store()
    except StorageError:
        return None


def whose(framework: Framework) -> Whose:
    """Return whose a framework is: what the store knows of it, if there is one, counts as well."""
    from procurement_risk.framework.versions.whose import whose as known

    held = store_if_there()
    return known(framework) if held is None else held.whose(framework)


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


def of_file(path: Path, error: ProcurementRiskError) -> str:
    """Return what went wrong with a file, its name in front once."""
    said = str(error)
    return said if said.startswith(f"{path}:") else f"{path}: {said}"


def form_of(path: Path, forms: Mapping[str, Form]) -> Form:
    """Return the one of ``forms`` that the ending of a file's name asks for."""
    if path.suffix.lower() not in forms:
        raise click.UsageError(f"Give -o a name that ends in one of: {', '.join(forms)}.")
    return forms[path.suffix.lower()]


def write(path: Path, data: bytes) -> None:
    """Write a file, or say in plain words why not."""
    try:
        path.write_bytes(data)
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise ProcurementRiskError(f"{path}: {reason}. Choose another place.") from error
