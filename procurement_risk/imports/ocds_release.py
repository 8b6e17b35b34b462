"""Open contracting releases, as Find a Tender and others publish them, read from a file.

    release, release package or record package -> Release, ... -> imports.ocds_purchase

What is not as OCDS 1.1 has it is never guessed at: a file that is something else is refused, and
a part of a release that has another shape than it should is named and left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from procurement_risk.canonical import Document, read_json
from procurement_risk.errors import InvalidDocument, Problem, UsageError
from procurement_risk.imports.importing import Import
from procurement_risk.language import N_, _
from procurement_risk.language.text import one_line, show_value

MOST_RELEASES = 2_000
LONGEST_OCID = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release.

    Attributes:
        ocid: The contracting process it belongs to; never empty.
        id: The release's own id, or empty.
        date: When it was published, as written, or empty.
        tags: What kind of release it says it is.
        title: The tender's title, or empty.
        document: The release itself.
    """

    ocid: str
    id: str
    date: str
    tags: tuple[str, ...]
    title: str
    document: Document


def read_releases(data: bytes, name: str = "release") -> tuple[Release, ...]:
    """Return every release in a file, the newest first, as far as they say when they are from.

    Raises:
        InvalidDocument: If it cannot be read, or is no release, release package or record
            package; it lists every problem.
    """
    document = read_json(data, name, decimals=True)
    found, problems = [], []
    for where, each in _releases(document):
        fault = _fault(each, where)
        if fault:
            problems.append(Problem(where, fault))
        else:
            found.append(_release(each))
    if problems:
        raise InvalidDocument(name, problems)
    if not found or len(found) > MOST_RELEASES:
        message = _(
            "This is not a release, release package or record package of the Open Contracting "
            "Data Standard with 1 to {most} releases in it. Download the OCDS file of the notice."
        )
        raise InvalidDocument(name, [Problem("", message.format(most=f"{MOST_RELEASES:,}"))])
    return tuple(sorted(found, key=lambda release: release.date, reverse=True))


def choose(releases: tuple[Release, ...], ocid: str = "") -> Release:
    """Return the newest release of ``ocid``, or of the only process there is.

    Raises:
        UsageError: If there is none of that ocid, or several processes and none was named.
    """
    ocids = list(dict.fromkeys(release.ocid for release in releases))
    if not ocid and len(ocids) > 1:
        message = _("The file is about {n} contracting processes. Name one by its ocid: {ocids}")
        raise UsageError(message.format(n=len(ocids), ocids=", ".join(ocids[:20])))
    for release in releases:
        if not ocid or release.ocid == ocid:
            return release
    message = _("The file holds no release of {ocid}. It has: {ocids}")
    raise UsageError(message.format(ocid=one_line(ocid), ocids=", ".join(ocids[:20])))


def _releases(document: object) -> Iterator[tuple[str, Any]]:
    """Yield what stands where a release should, and where."""
    if not isinstance(document, dict):
        return
    if isinstance(document.get("records"), list):
        for number, record in enumerate(document["records"]):
            yield from _of_record(record, f"records[{number}]")
    elif isinstance(document.get("releases"), list):
        for number, release in enumerate(document["releases"]):
            yield f"releases[{number}]", release
    elif "ocid" in document:
        yield "release", document


def _of_record(record: object, where: str) -> Iterator[tuple[str, Any]]:
    """Yield the compiled release of a record; where there is none, its single releases."""
    if isinstance(record, dict) and "compiledRelease" in record:
        yield f"{where}.compiledRelease", record["compiledRelease"]
        return
    inside = record.get("releases") if isinstance(record, dict) else None
    if not isinstance(inside, list):
        yield where, None
        return
    for number, release in enumerate(inside):
        yield f"{where}.releases[{number}]", release


def _fault(release: object, where: str) -> str:
    """Return why this cannot be used as a release; empty where it can."""
    if not isinstance(release, dict):
        message = _("{where} is not an OCDS release, or only a link to one. Use the full file.")
        return message.format(where=where)
    ocid = release.get("ocid")
    if not isinstance(ocid, str) or not one_line(ocid) or len(ocid) > LONGEST_OCID:
        message = _("{where}.ocid is {value}, which is no ocid. Use the file as it was published.")
        return message.format(where=where, value=show_value(ocid))
    return ""


def _release(document: Document) -> Release:
    tender, tags = document.get("tender"), document.get("tag")
    return Release(
        ocid=one_line(document["ocid"]),
        id=_text(document.get("id")),
        date=_text(document.get("date")),
        tags=tuple(_text(tag) for tag in tags) if isinstance(tags, list) else (),
        title=_text(tender.get("title")) if isinstance(tender, dict) else "",
        document=document,
    )


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


IMPORT = Import(
    name="ocds",
    title=N_("An OCDS release, release package or record package (JSON)"),
    endings=("json",),
    largest=5,
    command="ocds-purchase",
)
