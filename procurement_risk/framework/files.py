"""Framework files: YAML in, ``Framework`` out, or every problem with its line.

    file ── file_checks ── document ── framework_from_document ── Framework
                └── InvalidDocument: every problem at once

The folder is the registry: a file put into ``frameworks/`` is a framework, nothing to register.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from procurement_risk.errors import InvalidDocument, NotFound, Problem, UsageError
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.file_checks import checked
from procurement_risk.framework.shipped import FRAMEWORKS, HOME, IS_INSTALLED
from procurement_risk.framework.yaml_source import MAX_BYTES
from procurement_risk.language import _

FURTHER_FOLDERS = "PROCUREMENT_RISK_FRAMEWORKS"
VERSIONS = "versions"
OWN = HOME / "frameworks"  # in a checkout, that is where ours are
_ALMOST = (".yml", ".yaml", ".yaml.txt", ".yml.txt")
_NAMES_LANGUAGES = re.compile(rb"languages[\"']?\s*:")

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
    for path in [*bases(), *left_out()]:
        try:
            about = path.stat()
        except OSError:  # gone since the folder was read
            continue
        found.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(found)


def may_name_languages() -> bool:
    """Whether a file of the folders, or one that it may rest on, might name its languages.

    Where none does, all of them are in the one language that a framework has by default, and
    that is told without reading them at length.
    """
    return any(_NAMES_LANGUAGES.search(_glance(path)) for path in bases())


def _glance(path: Path) -> bytes:
    try:
        return _read(path)
    except (NotFound, UsageError):  # gone since, or no file at all: it names nothing
        return b""


def list_files() -> list[FrameworkFile]:
    """Return every file of the folders of frameworks, broken ones and misnamed ones too, by name.

    Where two folders hold the same name, the later one counts.
    """
    found = {path.name: read_file(path) for path in [*_framework_files(), *left_out()]}
    return [found[name] for name in sorted(found)]


def left_out() -> list[Path]:
    """Return the files of the folders whose names almost end in .yaml, so that none is read."""
    return [
        path
        for folder in folders()
        for path in sorted(folder.glob("*"))
        if path.name.lower().endswith(_ALMOST) and path.suffix != ".yaml"
    ]


def read_file(path: Path) -> FrameworkFile:
    """Return the framework in the file ``path``, or what is wrong with it."""
    try:
        text = _read(path)
    except (NotFound, UsageError) as error:
        return FrameworkFile(path, b"", None, (Problem("", str(error)),))
    if _expected_id(path) and path.suffix != ".yaml":
        message = _("{file} is left out, because its name does not end in .yaml: name it {name}.")
        name = path.name.split(".")[0] + ".yaml"
        words = message.format(file=path.name, name=name)
        return FrameworkFile(path, text, None, (Problem("", words),))
    framework, problems = _read_whole(text, _expected_id(path))
    return FrameworkFile(path, text, framework, tuple(problems))


def check_text(text: str | bytes) -> tuple[Framework | None, list[Problem]]:
    """Return the framework in ``text``, or None and everything wrong with it, by line."""
    return _read_whole(text, "")


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
    path = output or own_folder() / f"{framework_id}.yaml"
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


def own_folder() -> Path:
    """Return where an organisation's own are put: the first further folder, or else ours."""
    every = folders()
    return every[min(1, len(every) - 1)]


def folders() -> list[Path]:
    """Return where questionnaires come from: the shipped, then those of this place."""
    default = str(OWN) if IS_INSTALLED else ""
    further = os.environ.get(FURTHER_FOLDERS, default).split(os.pathsep)
    return [FRAMEWORKS, *(Path(folder) for folder in further if folder.strip())]


def _framework_files() -> list[Path]:
    return [path for folder in folders() for path in sorted(folder.glob("*.yaml"))]


def bases() -> list[Path]:
    """Return the files that an overlay may rest on: those of the folders, and earlier versions.

    Those are below ``VERSIONS`` in one of the folders, under any name that ends in .yaml.
    """
    older = (sorted((folder / VERSIONS).rglob("*.yaml")) for folder in folders())
    return [*_framework_files(), *chain.from_iterable(older)]


def framework_file(framework_id: str) -> Path | None:
    """Return the file of a framework by its id, the last of several, or None."""
    named = [path for path in _framework_files() if path.stem == framework_id]
    return named[-1] if named else None


def _expected_id(path: Path) -> str:
    """Return the id that the file's place asks for, or empty where it asks for none."""
    folder = path.resolve().parent
    return path.stem if any(folder == known.resolve() for known in folders()) else ""


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
    framework, problems = _read_whole(text, stem)
    if framework is None:
        raise InvalidDocument(name, problems)
    return framework


class _Unkept(Exception):
    """No fault: what was read depends on more than its text."""

    def __init__(self, framework: Framework | None, problems: list[Problem]) -> None:
        self.read = framework, problems


def _read_whole(text: str | bytes, stem: str) -> tuple[Framework | None, list[Problem]]:
    """Return the framework in ``text``, or everything wrong with it.

    The same text is not read again, unless it has problems, which are told in the language in
    use, or rests on other files.
    """
    try:
        return _whole(text, stem), []
    except _Unkept as unkept:
        return unkept.read


@lru_cache(maxsize=32)
def _whole(text: str | bytes, stem: str) -> Framework:
    parsed, problems = checked(text, stem, bases)
    framework = None if problems else framework_from_document(parsed.data)
    if framework is None or framework.based_on is not None:
        raise _Unkept(framework, problems)
    return framework
