"""What a file of many holds of one assessment, made by itself: in order, or in other processes.

Exported -> make -> Made -> exports.bulk.write_made
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from procurement_risk.assessment import Assessment
from procurement_risk.errors import UsageError
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Export, Exported, naming, stem_of
from procurement_risk.exports.zips import pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One assessment in one format.

    Attributes:
        id: The assessment's id.
        told: The id for a manifest, which a published one may not name.
        as_of: The day of its answers.
        name: What its file is called, without an ending.
        content: The file as it will lie in a ZIP, or the format's own part of a file for many.
        unfit: Why this format has no such file; empty where it has.
        fault: What is wrong with it, so that nothing was made; or empty.
    """

    id: str
    told: str
    as_of: str
    name: str
    content: Any = None
    unfit: str = ""
    fault: str = ""


def make(export: Export, exported: Exported) -> Made:
    """Return what ``export`` makes of one assessment."""
    assessment = exported.assessment
    shown = export.named(assessment)
    unfit = export.unfit(assessment, exported.framework) if export.unfit else ""
    content, fault = None, ""
    try:
        with naming(assessment.id):
            if not unfit and export.part is None:
                shared = export.shared(exported) if export.shared else b""
                content = pack(export.write([exported]), shared)
            elif not unfit:
                json_record.write([exported])
    except UsageError as error:
        fault = str(error)
    if export.part is not None and not fault:
        content = export.part(exported)
    return Made(
        id=assessment.id,
        told=_told(export, assessment),
        as_of=assessment.answer_set.as_of,
        name=stem_of(assessment.id, shown.purchase, shown.supplier),
        content=content,
        unfit=unfit,
        fault=fault,
    )


def _told(export: Export, assessment: Assessment) -> str:
    """Return the id for a manifest; its digest where something is withheld that it may name."""
    is_withheld = any(each.ground != "public" for each in assessment.markings.values())
    if not export.is_published or not is_withheld:
        return assessment.id
    return name_for_all(assessment.id)


def name_for_all(assessment_id: str) -> str:
    """Return what stands in place of an id that may say too much."""
    return hashlib.sha256(assessment_id.encode()).hexdigest()[:12]
