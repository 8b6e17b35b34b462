"""Framework files: YAML in, ``Framework`` out, or every problem with its line.

    file ── strict_yaml ── document, lines ── framework_document ── Framework
                                                    └── InvalidDocument: every problem at once

The folder is the registry: a file put into ``frameworks/`` is a framework, nothing to register.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from procurement_risk.errors import InvalidDocument, NotFound, Problem, UsageError
from procurement_risk.framework import Framework
from procurement_risk.framework.document import (
    MAX_FAULTS,
    Fault,
    check_framework,
    framework_from_document,
)
from procurement_risk.framework.shipped import FRAMEWORKS, HOME, IS_INSTALLED
from procurement_risk.framework.strict_yaml import Parsed, read_yaml
from procurement_risk.framework.yaml_source import MAX_BYTES
from procurement_risk.language import _, ngettext

FURTHER_FOLDERS = "PROCUREMENT_RISK_FRAMEWORKS"
OWN = HOME / "frameworks"  # in a checkout, that is where ours are
MAX_LISTED = 500

Fingerprint = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """One file of the folders of frameworks: a framework, or what is wrong with it.

    Attributes:
        path: Where it is.
        text: What it holds, as far as it could be read.
        framework: The framework, or None where there are problems.
        problems: Everything wrong with it, in the file's order.
    """

    path: Path
    text: bytes
    framework: Framework | None
    problems: tuple[Problem, ...]


def fingerprint() -> Fingerprint:
    """Return what changes when a file of the folders does: names, times and sizes."""
    found = []
    for path in _framework_files():
        try:
            about = path.stat()
        except OSError:  # gone since the folder was read
            continue
        found.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(found)


def list_files() -> list[FrameworkFile]:
    """Return every file of the folders of frameworks, broken ones too, in order of their names.

    Where two folders hold the same name, the later one counts.
    """
    found = {path.name: read_file(path) for path in _framework_files()}
    return [found[name] for name in sorted(found)]


def read_file(path: Path) -> FrameworkFile:
    """Return the framework in the file ``path``, or what is wrong with it."""
    try:
        text = _read(path)
    except (NotFound, UsageError) as error:
        return FrameworkFile(path, b"", None, (Problem("", str(error)),))
    parsed, problems = _check(text, _expected_id(path))
    framework = None if problems else framework_from_document(parsed.data)
    return FrameworkFile(path, text, framework, tuple(problems))


def check_text(text: str | bytes) -> tuple[Framework | None, list[Problem]]:
    """Return the framework in ``text``, or None and everything wrong with it, by line."""
    parsed, problems = _check(text, "")
    return (None if problems else framework_from_document(parsed.data)), problems


def load_framework(path: Path | str) -> Framework:
    """Return the framework in the file ``path``, or of that id in the folders of frameworks.

    In such a folder the file's name without .yaml must be its id; elsewhere any name will do.

    Raises:
        NotFound: If there is no such file; the message names those there are.
        UsageError: If the file cannot be read.
        InvalidDocument: If anything is wrong with it; ``problems`` are in the file's order.
    """
    path = Path(path)
    if path.suffix not in (".yaml", ".yml") and not path.exists():
        path = framework_file(path.name) or FRAMEWORKS / f"{path.name}.yaml"
    return _framework(_read(path), str(path), _expected_id(path))


def read_framework(text: str | bytes, name: str) -> Framework:
    """Return the framework in ``text``; ``name`` is what to call it in messages.

    Raises:
        InvalidDocument: If anything is wrong with it.
    """
    return _framework(text, name, stem="")


def check_file(path: Path | str) -> list[Problem]:
    """Return everything wrong with the framework file ``path``, in the file's order."""
    return list(read_file(Path(path)).problems)


def list_frameworks() -> list[Framework]:
    """Return every framework that has no problems, by id.

    They come from ``FRAMEWORKS`` and from the folders that the environment variable
    PROCUREMENT_RISK_FRAMEWORKS lists, separated as in PATH; where we are installed and it is not
    set, from ``OWN``. Where two folders hold the same id, the later one counts, so that an
    organisation can put its own version in place of ours.
    """
    return [file.framework for file in list_files() if file.framework is not None]


def add_framework(text: str, framework_id: str, output: Path | None = None) -> Path:
    """Return the new file that ``text`` was written to; a file that is there stays as it is.

    Args:
        text: A framework.
        framework_id: Its id.
        output: The file. Left out: one named for the id, in the first further folder there is,
            or else in ``FRAMEWORKS``.

    Raises:
        UsageError: If the file or the id is taken, or nothing can be written there.
        InvalidDocument: If anything is wrong with the text, or with its id in this place.
    """
    folders = _folders()
    path = output or folders[min(1, len(folders) - 1)] / f"{framework_id}.yaml"
    taken = framework_file(framework_id)
    if taken is not None and output is None:
        raise UsageError(_taken(taken))
    if path.suffix != ".yaml":
        message = _("{file} is no name for a framework: end it in .yaml.")
        raise UsageError(message.format(file=shown(path)))
    _framework(text, shown(path), _expected_id(path))
    try:
        if path.parent == OWN:
            OWN.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(_taken(path)) from error
    except OSError as error:
        message = _("{file}: {reason}. Make its folder, or choose another file with -o FILE.")
        reason = error.strerror or _("cannot be written")
        raise UsageError(message.format(file=shown(path), reason=reason)) from error
    return path


def _taken(path: Path) -> str:
    return _(
        "{file} is there already, and was left as it is. Choose another id, or another "
        "file with -o FILE."
    ).format(file=shown(path))


def shown(path: Path) -> str:
    """Return what to call ``path`` on screen: from the current folder where it lies below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _folders() -> list[Path]:
    default = str(OWN) if IS_INSTALLED else ""
    further = os.environ.get(FURTHER_FOLDERS, default).split(os.pathsep)
    return [FRAMEWORKS, *(Path(folder) for folder in further if folder.strip())]


def _framework_files() -> list[Path]:
    return [path for folder in _folders() for path in sorted(folder.glob("*.yaml"))]


def framework_file(framework_id: str) -> Path | None:
    """Return the file of a framework by its id, the last of several, or None."""
    named = [path for path in _framework_files() if path.stem == framework_id]
    return named[-1] if named else None


def _expected_id(path: Path) -> str:
    """Return the id that the file's place asks for, or empty where it asks for none."""
    folder = path.resolve().parent
    return path.stem if any(folder == known.resolve() for known in _folders()) else ""


def _read(path: Path) -> bytes:
    """Return the file's bytes, but no more than show that it is too large."""
    if path.is_dir():
        message = _("{file} is a folder: name a framework file in it.")
        raise UsageError(message.format(file=path))
    if not path.exists():
        known = ", ".join(str(each) for each in _framework_files()) or _("none")
        message = _("There is no file {file}. Framework files here: {known}.")
        raise NotFound(message.format(file=path, known=known))
    if not path.is_file():
        raise UsageError(_("{file} is not a file: name a framework file.").format(file=path))
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        message = _("{file} cannot be read: {reason}.")
        reason = error.strerror or str(error)
        raise UsageError(message.format(file=path, reason=reason)) from error


def _framework(text: str | bytes, name: str, stem: str) -> Framework:
    parsed, problems = _check(text, stem)
    if problems:
        raise InvalidDocument(name, problems)
    return framework_from_document(parsed.data)


def _check(text: str | bytes, stem: str) -> tuple[Parsed, list[Problem]]:
    parsed = read_yaml(text)
    problems = list(parsed.problems)
    are_all = True
    if parsed.is_complete:
        faults = check_framework(parsed.data)
        # Half, because what merely follows from another fault was counted and then left out.
        are_all = 2 * len(faults) < MAX_FAULTS
        if all(fault.path != ("id",) for fault in faults):
            faults += _misnamed(parsed.data, stem)
        # A value that could not be read is spoken about once, not once more for what it lacks.
        kept = [fault for fault in faults if fault.path not in parsed.refused]
        problems += [_problem(parsed, fault) for fault in kept]
    return parsed, _listed(problems, are_all=are_all)


def _misnamed(document: object, stem: str) -> list[Fault]:
    name = document.get("id") if isinstance(document, dict) else None
    if not stem or not isinstance(name, str) or name == stem:
        return []
    message = _('"id" must be the file\'s name without .yaml: write id: {id}, or rename the file.')
    return [Fault(("id",), message.format(id=stem))]


def _problem(parsed: Parsed, fault: Fault) -> Problem:
    line, column = parsed.place(fault.path)
    message = fault.message
    if fault.other is not None:
        first = _("The first is on line {line}.").format(line=parsed.place(fault.other)[0])
        message = f"{message} {first}"
    return Problem(fault.where, message, line, column)


def _listed(problems: Iterable[Problem], *, are_all: bool) -> list[Problem]:
    """Return ``problems`` by line, each once, the list cut short where nobody would read it.

    ``are_all`` says whether the checks went on to the end.
    """
    unique = dict.fromkeys(problems)
    ordered = sorted(unique, key=lambda problem: (problem.line, problem.column))
    if len(ordered) <= MAX_LISTED:
        return ordered
    more = len(ordered) - MAX_LISTED
    last = ordered[MAX_LISTED]
    if are_all:
        message = ngettext(
            "From here on there is {n} more problem: put those above right first.",
            "From here on there are {n} more problems: put those above right first.",
            more,
        )
    else:
        message = ngettext(
            "From here on there is at least {n} more problem: put those above right first.",
            "From here on there are at least {n} more problems: put those above right first.",
            more,
        )
    words = message.format(n=f"{more:,}")
    return [*ordered[:MAX_LISTED], Problem("", words, last.line, last.column)]
