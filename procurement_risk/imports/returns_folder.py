"""A folder of workbooks from several suppliers: what each of them holds. Nothing is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from procurement_risk.errors import (
    InvalidAnswers,
    InvalidDocument,
    Problem,
    ProcurementRiskError,
    UsageError,
)
from procurement_risk.formats.workbook.difference import facts_of
from procurement_risk.formats.workbook.reading import file_digest
from procurement_risk.formats.workbook.safety import LARGEST
from procurement_risk.imports.workbook import IMPORT, OpenedReturn, open_return
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line
from procurement_risk.storage import Store

MOST_FILES, MOST_NAMED = 500, 20
LOCKS = ("~$", ".~lock.")
"""What Excel's and LibreOffice's locks begin with, which lie beside a file while it is open."""


@dataclass(frozen=True, slots=True)
class CheckedReturn:
    """One file of the folder.

    Attributes:
        file: Its name.
        digest: Its SHA-256; empty where it was not read.
        assessment: The id of the assessment it was sent out for, or empty.
        title: The purchase's title, likewise.
        supplier: The supplier's name, likewise.
        issue: The issue number, likewise.
        return_by: The day by which it was to come back, likewise.
        signed: Who answers for it, likewise.
        claims: The questions whose answers are claimed to be confidential.
        counts: How many rows are ``answered``, ``empty``, ``missing``, ``refused``, and so on.
        problems: Every problem, each with its cell.
        remarks: What else is in the file, for somebody to look at, likewise.
    """

    file: str
    digest: str = ""
    assessment: str = ""
    title: str = ""
    supplier: str = ""
    issue: str = ""
    return_by: str = ""
    signed: str = ""
    claims: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        lists = {"problems": self.problems, "remarks": self.remarks}
        listed = {
            name: [{"where": each.where, "message": each.message} for each in found]
            for name, found in lists.items()
        }
        return {**asdict(self), **listed}


def check_folder(store: Store, folder: Path) -> Iterator[CheckedReturn]:
    """Yield what each thing in ``folder`` holds, by name; what is left out is named as well.

    Only what lies in the folder itself is read: no folder within it, and no link, wherever it
    leads.

    Raises:
        UsageError: If the folder cannot be read, or holds no workbook.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        message = _("{folder} cannot be read: {reason}. Name a folder of workbooks.")
        words = message.format(folder=repr(str(folder)), reason=error.strerror)
        raise UsageError(words) from error
    left_out = {entry.name: _left_out(entry) for entry in found}
    count = sum(not reason for reason in left_out.values())
    if not count:
        raise UsageError(_nothing_in(folder, list(left_out)))
    if count > MOST_FILES:
        message = _("There are {n} files in {folder}; check at most {most} at once.")
        words = message.format(
            n=grouped(count), folder=repr(str(folder)), most=grouped(MOST_FILES)
        )
        raise UsageError(words)
    for entry in found:
        if reason := left_out[entry.name]:
            yield CheckedReturn(entry.name, problems=(Problem("", reason),))
        else:
            yield _checked(store, entry)


def _left_out(entry: os.DirEntry[str]) -> str:
    """Return why something in the folder is not read, or empty."""
    name = entry.name.casefold()
    if name.startswith(LOCKS):
        return _(
            "This marks a file that is open in a program, so it was not read. Close the file "
            "there: what lies here may be older than what is on the screen."
        )
    if name.startswith("."):
        return _("This is a hidden file, so it was not read. Rename it if it is a return.")
    if not entry.is_file(follow_symlinks=False):
        return _("This is a link or a folder, so it was not read. Put the file itself here.")
    if not name.endswith(tuple(f".{ending}" for ending in IMPORT.endings)):
        return _("This is no workbook (XLSX, ODS or CSV), so it was not read.")
    return ""


def _nothing_in(folder: Path, names: list[str]) -> str:
    message = _("There is no XLSX file in {folder}, and none of ODS or CSV.")
    words = message.format(folder=repr(str(folder)))
    if not names:
        return words
    shown = ", ".join(one_line(name) for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    rest = counted(more, "and {n} more", "and {n} more") if more > 0 else ""
    left = _("Not read: {names}.").format(names=f"{shown} {rest}".strip())
    return f"{words} {left}"


def _checked(store: Store, entry: os.DirEntry[str]) -> CheckedReturn:
    try:
        data = _read(Path(entry.path))
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror)
        return CheckedReturn(entry.name, problems=(Problem("", message),))
    digest = file_digest(data)
    try:
        opened = open_return(store, data, entry.name)
    except (InvalidDocument, InvalidAnswers) as error:
        return CheckedReturn(entry.name, digest, problems=tuple(error.problems))
    except ProcurementRiskError as error:
        return CheckedReturn(entry.name, digest, problems=(Problem("", str(error)),))
    return _of_opened(opened, digest)


def _read(path: Path) -> bytes:
    # Between the look and the opening somebody may have put a link in the file's place.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        return file.read(LARGEST + 1)


def _of_opened(opened: OpenedReturn, digest: str) -> CheckedReturn:
    assessment = opened.stored.assessment
    counts: dict[str, int] = {}
    problems: tuple[Problem, ...] = (Problem("", opened.refusal),) if opened.refusal else ()
    remarks: tuple[Problem, ...] = ()
    claims: tuple[str, ...] = ()
    signed = ""
    if opened.returned is not None and opened.difference is not None:
        signed = opened.returned.signature.words
        claims = tuple(each.question.id for each in opened.difference.claims)
        remarks = tuple(Problem(each.place, each.words) for each in opened.difference.remarks)
        counts = dict(facts_of(opened.returned, opened.difference))
        problems = opened.difference.problems
    return CheckedReturn(
        file=opened.name,
        digest=digest,
        assessment=assessment.id,
        title=assessment.purchase.title,
        supplier=assessment.supplier.name,
        issue=opened.stamp.issue,
        return_by=opened.stamp.return_by,
        signed=signed,
        claims=claims,
        counts=counts,
        problems=problems,
        remarks=remarks,
    )
