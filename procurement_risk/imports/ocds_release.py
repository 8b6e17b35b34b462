"""Open contracting releases, as Find a Tender and others publish them, read from a file.

    release, release package or record package, or many of them -> Release, ...
    Release, ... -> choose -> Release -> imports.ocds_purchase

What is not as OCDS 1.1 has it is never guessed at: a file that is something else is refused, and
a part of a release that has another shape than it should is named and left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from procurement_risk.canonical import Document
from procurement_risk.errors import InvalidDocument, Problem, UsageError
from procurement_risk.imports.importing import Import
from procurement_risk.imports.ocds_file import Faults, documents
from procurement_risk.imports.ocds_parts import names_of, part, text as text_of, with_role
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
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
        buyer: The name of who buys, or empty.
        document: The release itself.
    """

    ocid: str
    id: str
    date: str
    tags: tuple[str, ...]
    title: str
    buyer: str
    document: Document


def read_releases(data: bytes, name: str = "release") -> tuple[Release, ...]:
    """Return every release in a file, the newest first, as far as they say when they are from.

    Raises:
        InvalidDocument: If it cannot be read, or is no release, release package or record
            package; it lists every problem.
    """
    found: list[Release] = []
    faults = Faults()
    for line, document in documents(data, name):
        for where, each in _releases(document):
            fault = _fault(each, f"{line}{where}")
            if fault:
                faults.add(fault.kind, f"{line}{where}", fault.message)
            else:
                found.append(_release(each))
    if faults:
        raise InvalidDocument(name, faults.problems())
    if not found or len(found) > MOST_RELEASES:
        message = _(
            "This is not a release, release package or record package of the Open Contracting "
            "Data Standard with 1 to {most} releases in it. Download the OCDS file of the notice."
        )
        raise InvalidDocument(name, [Problem("", message.format(most=grouped(MOST_RELEASES)))])
    return tuple(sorted(found, key=lambda release: _instant(release.date), reverse=True))


def _instant(written: str) -> datetime:
    """Return the moment of a release, so that offsets count; a day is its beginning in UTC."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def buyers_of(releases: Sequence[Release]) -> list[str]:
    """Return the names of who buys, once each however they are written in capitals or not."""
    names: dict[str, str] = {}
    for each in releases:
        if each.buyer:
            names.setdefault(each.buyer.casefold(), each.buyer)
    return list(names.values())


def choose(releases: tuple[Release, ...], ocid: str = "", buyer: str = "") -> Release:
    """Return the newest release of ``ocid``, or of the only process there is.

    Args:
        releases: The newest first.
        ocid: Which process, where there are several.
        buyer: Who buys, where several bodies published under one ocid.

    Raises:
        UsageError: If there is none of that ocid and buyer, or several and none was named.
    """
    if buyer:
        every = buyers_of(releases)
        releases = tuple(r for r in releases if r.buyer.casefold() == one_line(buyer).casefold())
        if not releases:
            message = _("The file holds no release of the buyer {name}. It has: {names}")
            names = ", ".join(every[:20])
            raise UsageError(message.format(name=one_line(buyer), names=names))
    ocids = list(dict.fromkeys(release.ocid for release in releases))
    if not ocid and len(ocids) > 1:
        message = _("The file is about {n} contracting processes. Name one by its ocid: {ocids}")
        raise UsageError(message.format(n=grouped(len(ocids)), ocids=", ".join(ocids[:20])))
    meant = [release for release in releases if not ocid or release.ocid == ocid]
    buyers = buyers_of(meant)
    if len(buyers) > 1:
        message = _(
            "Under {ocid} the file has releases of {n} buyers. Say who is buying with --buyer: "
            "{names}"
        )
        names = "; ".join(buyers[:20])
        raise UsageError(message.format(ocid=meant[0].ocid, n=grouped(len(buyers)), names=names))
    if meant:
        return meant[0]
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


class _Fault(NamedTuple):
    """Why something cannot be used as a release: the kind, and the sentence about this one."""

    kind: str
    message: str


def _fault(release: object, where: str) -> _Fault | None:
    """Return why this cannot be used as a release; None where it can."""
    if not isinstance(release, dict):
        kind = _("{where} is not an OCDS release, or only a link to one. Use the full file.")
        return _Fault(kind, kind.format(where=where))
    ocid = release.get("ocid")
    if not isinstance(ocid, str) or not one_line(ocid) or len(ocid) > LONGEST_OCID:
        kind = _("{where}.ocid is {value}, which is no ocid. Use the file as it was published.")
        return _Fault(kind, kind.format(where=where, value=show_value(ocid)))
    return None


def _release(document: Document) -> Release:
    tags = document.get("tag")
    return Release(
        ocid=one_line(document["ocid"]),
        id=text_of(document, "id"),
        date=text_of(document, "date"),
        tags=tuple(_text(tag) for tag in tags) if isinstance(tags, list) else (),
        title=text_of(part(document, "tender"), "title"),
        buyer=text_of(part(document, "buyer"), "name") or names_of(with_role(document, "buyer")),
        document=document,
    )


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


IMPORT = Import(
    name="ocds",
    title=N_("An OCDS release, release package or record package (JSON or JSON Lines)"),
    endings=("json", "jsonl", "ndjson", "gz"),
    largest=5,
    command="ocds-purchase",
)
