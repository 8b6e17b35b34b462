"""The audit pack: a ZIP that shows what stood when, and that checks itself.

    record.json, framework.json and .yaml      what the result is worked out from
    history.jsonl, evidence.json, returns/     how each answer came to be, and on what evidence
    evidence/                                  the files of evidence, where they were asked for
    leadership.pdf, page.json                  what those who decide were shown, and from what
    checkpoint.txt, manifest.json              what to keep elsewhere, and every file's SHA-256
    README.txt, verify.py                      how to check all of it, and with what

Of several assessments each has a folder of its own; the last two rows stand once, at the top. The
manifest is written last, so that no more than one assessment is held at a time. The same bytes
come out again but for who made it and on which day, which the manifest says and no seal covers.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from procurement_risk.assessment.today import today
from procurement_risk.canonical import Document
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.exports import json_record, verify
from procurement_risk.exports.export import (
    Export,
    Exported,
    chosen_twice,
    naming,
    stem_of,
)
from procurement_risk.exports.pack_files import WITH_EVIDENCE, files_of
from procurement_risk.exports.pack_readme import readme
from procurement_risk.exports.zips import Zip
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import N_, _, current
from procurement_risk.storage import HistoryEntry

PACK_VERSION = 2
README, PROGRAM = "README.txt", "verify.py"


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the pack of one assessment, or of several with a folder for each.

    Raises:
        UsageError: If there is none, if one stands there twice, or if one comes without history.
    """
    packed = io.BytesIO()
    if len(assessments) == 1:
        _write([replace(part(assessments[0]), folder="")], packed)
    else:
        _write(map(part, sorted(assessments, key=_stem)), packed)
    return packed.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a pack holds of one assessment.

    Attributes:
        id: The assessment's id.
        folder: Where its files lie.
        files: The files by name.
        left_out: Why one that could be there is not, by its name.
        kept: What a checkpoint names of its record, and the number and hash of the last line.
        notice: What has to be known of its result; or empty.
        made_by: Who takes it out; empty where nobody said.
    """

    id: str
    folder: str
    files: Mapping[str, bytes]
    left_out: Mapping[str, str]
    kept: tuple[Document, int, str]
    notice: str
    made_by: str


def part(exported: Exported) -> Part:
    """Return what a pack holds of one assessment, in a folder of its own.

    Raises:
        UsageError: If it comes without history.
    """
    name = exported.assessment.id
    with naming(name):
        files, left_out = files_of(exported)
    return Part(
        id=name,
        folder=f"{_stem(exported)}/",
        files=files,
        left_out=left_out,
        kept=_kept_elsewhere(files[verify.RECORD], exported.history),
        notice=exported.foreign_notice,
        made_by=exported.made_by,
    )


def _stem(exported: Exported) -> str:
    assessment = exported.assessment
    return stem_of(assessment.id, assessment.purchase, assessment.supplier)


def _write(parts: Iterable[Part], file: BinaryIO) -> None:
    """Write the pack of ``parts``, which come in order of their folders, into ``file``.

    Raises:
        UsageError: If there is none, or if one stands there twice.
    """
    held: dict[str, str] = {}
    left_out: list[dict[str, str]] = []
    kept: list[tuple[Document, int, str]] = []
    notices: dict[str, None] = {}
    made = {"on": today()}
    with Zip(file) as packed:
        for each in parts:
            if each.id in held:
                raise UsageError(chosen_twice(each.id))
            for inside in sorted(each.files):
                as_it_is = inside.startswith(verify.FILES)
                packed.put(each.folder + inside, each.files[inside], as_it_is=as_it_is)
            held[each.id] = each.folder
            made |= {"by": each.made_by} if each.made_by else {}
            notices[each.notice] = None
            left_out += [
                {"file": each.folder + inside, "why": each.left_out[inside]}
                for inside in sorted(each.left_out)
            ]
            kept.append(each.kept)
        if not held:
            raise UsageError(_("Choose at least one assessment."))
        packed.put(README, readme(list(filter(None, notices))).encode())
        packed.put(PROGRAM, Path(verify.__file__).read_bytes())
        about: Document = {
            "kind": verify.PACK,
            "pack_version": PACK_VERSION,
            "software": SOFTWARE,
            "language": current(),
            "made": made,
            "assessments": [{"id": each, "folder": held[each]} for each in held],
            "files": _by_name(packed),
            "left_out": left_out,
        }
        seals = verify.seals(about)
        lines = [
            verify.checkpoint_line(*stood, seals[folder])
            for stood, folder in zip(kept, held.values(), strict=True)
        ]
        packed.put(verify.CHECKPOINT, "".join(f"{line}\n" for line in lines).encode())
        packed.put_manifest({**about, "files": _by_name(packed)})


def _by_name(packed: Zip) -> list[Document]:
    return sorted(packed.files, key=lambda each: str(each["file"]))


def _kept_elsewhere(record: bytes, history: Sequence[HistoryEntry]) -> tuple[Document, int, str]:
    """Return what a checkpoint names: of a record, and the number and hash of the last line."""
    document = json.loads(record)
    about = {
        "assessment": {"id": document["assessment"]["id"]},
        "digest": document["digest"],
        "software": document["software"],
    }
    return about, len(history), history[-1].hash if history else verify.START


def checkpoint(exported: Exported) -> str:
    """Return the line that shows later whether the history up to now was changed.

    It is what ``verify --checkpoint`` takes. Where no record can be made, it names the last line
    of the history alone.
    """
    try:
        record = json_record.write([exported])
    except InvalidDocument:
        last = exported.history[-1]
        return f"{last.seq} {last.hash}"
    return verify.checkpoint_line(*_kept_elsewhere(record, exported.history))


EXPORT = Export(
    name="audit-pack",
    title=N_("Audit pack"),
    purpose=N_("For auditors: the record, its history and evidence, and a program to check them."),
    ending="zip",
    media_type="application/zip",
    use="evidence",
    one_each=False,
    write=write,
    wants=frozenset({"words", "earlier", "portfolio", "history", "files", "evidence"}),
    extras=(WITH_EVIDENCE,),
    part=part,
    write_parts=_write,
)
