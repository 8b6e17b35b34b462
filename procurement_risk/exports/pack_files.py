"""What lies in an audit pack in the folder of one assessment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from procurement_risk.canonical import Document, write_json
from procurement_risk.errors import ProcurementRiskError, UsageError
from procurement_risk.exports import verify
from procurement_risk.exports.export import Exported, Extra, KeptFile
from procurement_risk.exports.leadership import pdf as leadership_pdf
from procurement_risk.exports.pack_page import document_of
from procurement_risk.exports.pack_readme import PAGE, PDF, YAML
from procurement_risk.exports.sealed import matter
from procurement_risk.formats.workbook.kinds import kind_of
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.language import N_, _
from procurement_risk.storage import HistoryEntry
from procurement_risk.storage.evidence import limits


def files_of(exported: Exported) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files by name, and why one that could be there is not."""
    assessment = exported.assessment
    if not exported.history:
        message = _(
            "An audit pack needs the history, which a record file does not hold. Bring the record "
            "in first, then name {name}."
        )
        raise UsageError(message.format(name=repr(assessment.id)))
    about = matter(exported)
    record = json.loads(about.record)
    framework = write_json(record["framework"])
    files = {
        verify.RECORD: about.record,
        verify.FRAMEWORK: framework,
        verify.EVIDENCE: write_json(
            {**verify.evidence_of(record["assessment"]), "files": list(map(_kept, exported.files))}
        ),
        verify.HISTORY: b"".join(
            write_json(history_line(assessment.id, entry)) + b"\n" for entry in exported.history
        ),
    }
    files[PAGE] = write_json(document_of(exported))
    files |= {_place(each): each.content for each in exported.files}
    evidence, left_out = _evidence(exported)
    files |= evidence
    text = yaml_of(framework)
    if text:
        files[YAML] = text.encode()
    else:
        left_out[YAML] = _("The questionnaire cannot be written as YAML without a change.")
    try:
        files[PDF] = leadership_pdf.pdf(about)
    except ProcurementRiskError as error:
        left_out[PDF] = str(error)
    return files, left_out


def _evidence(exported: Exported) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files of evidence that are to be included, and why each other one is not."""
    files, left_out = {}, {}
    for digest, each in exported.assessment.files.items():
        ending = limits.ending_of(limits.safe_name(each.name, digest))
        name = f"{verify.FILES}{digest}.{ending}"
        if exported.evidence is None or not exported.said.get(WITH_EVIDENCE.name):
            left_out[name] = _("Nobody asked for the files of evidence.")
        elif each.size > verify.MOST_BYTES:
            left_out[name] = _("It is larger than a pack may hold.")
        else:
            try:
                files[name] = exported.evidence(digest)
            except ProcurementRiskError as error:
                left_out[name] = str(error)
    return files, left_out


def _place(file: KeptFile) -> str:
    """Return where a kept file lies: by its digest, whatever it was called."""
    return f"{verify.RETURNS}{file.sha256}.{kind_of(file.content, file.name)}"


def _kept(file: KeptFile) -> dict[str, str | int]:
    return {
        "file": _place(file),
        "sha256": file.sha256,
        "bytes": len(file.content),
        "name": file.name,
        "by": file.by,
        "at": file.at,
    }


def history_line(assessment_id: str, entry: HistoryEntry) -> Document:
    """Return one line of a history as the pack holds it, with what its hash is taken over."""
    values: Mapping[str, Any] = {
        name: getattr(entry, name)
        for name in HistoryEntry.__dataclass_fields__
        if entry.by_digest or name not in verify.WHO_KEYS
    }
    return {"assessment_id": assessment_id, **values}


@lru_cache(maxsize=8)
def yaml_of(framework: bytes) -> str:
    """Return a framework as YAML that reads back as the same; empty where there is none.

    Many assessments share one.
    """
    document = json.loads(framework)
    text = write_yaml(document)
    parsed = read_yaml(text)
    return text if not parsed.problems and parsed.data == document else ""


WITH_EVIDENCE = Extra(
    name="with-evidence",
    title=N_(
        "With the files of evidence, which may be confidential, and in which nobody has looked "
        "for names"
    ),
    kind="yes",
    longest=3,
)
