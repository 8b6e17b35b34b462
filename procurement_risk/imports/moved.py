"""The assessments of an audit pack, to be taken over with their histories and files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from procurement_risk.assessment.parts import assessment_to_parts
from procurement_risk.assessment.record import Record, framework_bytes, read_record
from procurement_risk.canonical import canonical_bytes
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.exports import pack_check, verify
from procurement_risk.framework.origin import digest
from procurement_risk.methods import score_to_document
from procurement_risk.storage import HistoryEntry, Whole

HEADER = "assessment"


@dataclass(frozen=True, slots=True)
class Packed:
    """One assessment of an audit pack that holds.

    Attributes:
        pack: The pack, open.
        folder: Where in it the assessment lies; empty where it is the only one.
    """

    pack: verify.Pack
    folder: str

    @property
    def record(self) -> bytes:
        """The bytes of its record."""
        return self.pack.read(self.folder + verify.RECORD)

    def whole(self, record: Record) -> Whole:
        """Return everything about it; ``record`` is what its record says."""
        return _whole(self.pack, self.folder, record)


def wholes_of(place: Path | BinaryIO) -> Iterator[Whole]:
    """Yield every assessment of the audit pack at ``place``, a folder or a ZIP.

    Raises:
        InvalidDocument: If the pack does not hold; it lists every problem.
    """
    refusal = pack_check.refusal(place)
    if refusal:
        raise InvalidDocument("pack", [Problem("", refusal)])
    for each in packed(place):
        yield each.whole(read_record(each.record, score_to_document))


def packed(place: Path | BinaryIO) -> Iterator[Packed]:
    """Yield the assessments of a pack that ``pack_check.refusal`` does not refuse."""
    pack = verify.Pack(place)
    for name in sorted(pack.sizes):
        if name.split("/")[-1] == verify.RECORD:
            yield Packed(pack, name[: -len(verify.RECORD)])


def _whole(pack: verify.Pack, folder: str, record: Record) -> Whole:
    lines = [_line(each) for each in pack.read(folder + verify.HISTORY).splitlines()]
    files = json.loads(pack.read(folder + verify.EVIDENCE)).get("files", [])
    content = {each["sha256"]: pack.read(folder + each["file"]) for each in files}
    header = _last(lines, HEADER)
    return Whole(
        assessment=_own_row(record, header, lines),
        frameworks=[_framework(record, lines)],
        parts=_parts(record, lines),
        lines=lines,
        returns=[_return(each, record, lines) for each in files],
        files={hashlib.sha256(each).hexdigest(): each for each in content.values()},
        evidence=dict(_evidence(pack, folder)),
    )


def _evidence(pack: verify.Pack, folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield the digest and the bytes of each file of evidence that was included."""
    for name in sorted(pack.sizes):
        if name.startswith(folder + verify.FILES):
            content = pack.read(name)
            yield hashlib.sha256(content).hexdigest(), content


def _line(data: bytes) -> dict[str, Any]:
    """Return the row of a line of history: its values as the one text that digests are over."""
    line = json.loads(data)
    row = {name: line.get(name, "") for name in HistoryEntry.__dataclass_fields__}
    values = {name: _text(line[name]) for name in ("before", "after")}
    return {"assessment_id": line["assessment_id"], **row, **values}


def _text(value: object) -> str | None:
    return None if value is None else canonical_bytes(value).decode()


def _last(lines: list[dict[str, Any]], part: str, before: str = "9999") -> Any:  # noqa: ANN401  JSON
    """Return what a part was last changed to, up to a moment; None where it never was."""
    found = [each["after"] for each in lines if each["part"] == part and each["at"] <= before]
    return json.loads(found[-1]) if found and found[-1] is not None else None


def _own_row(record: Record, header: Any, lines: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401
    assessment = record.assessment
    return {
        "id": assessment.id,
        "purchase_id": assessment.purchase.id,
        "framework_digest": digest(record.framework),
        "fictional": assessment.fictional,
        "created_at": assessment.created_at,
        "created_by": assessment.created_by,
        "changed_at": lines[-1]["at"],
        "revision": lines[-1]["seq"],
        "archived": bool(header.get("archived")) if header else False,
        "hold": _text(header.get("hold")) if header else None,
    }


def _framework(record: Record, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "digest": digest(record.framework),
        "framework_id": record.framework.id,
        "version": record.framework.version,
        "document": framework_bytes(record.framework).decode(),
        "added_at": lines[0]["at"],
    }


def _parts(record: Record, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the parts as the record has them, each with the count and the hand of its lines."""
    values = assessment_to_parts(record.assessment)
    written: dict[str, dict[str, Any]] = {}
    for line in lines:
        name = line["part"]
        if name in (HEADER, "erasure"):
            continue
        revision = written[name]["revision"] + 1 if name in written else 1
        written[name] = {
            "assessment_id": record.assessment.id,
            "name": name,
            "value": _text(values.get(name)),
            "revision": revision,
            "by": line["by"],
            "at": line["at"],
        }
    return list(written.values())


def _return(
    file: Mapping[str, Any], record: Record, lines: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the row of a file that a supplier sent back, from the supplier as it was then."""
    return {
        "assessment_id": record.assessment.id,
        "digest": file["sha256"],
        "name": file["name"],
        "size": file["bytes"],
        "supplier": _text(_last(lines, "supplier", file["at"]) or _last(lines, "supplier")),
        "framework_digest": digest(record.framework),
        "by": file["by"],
        "at": file["at"],
    }
