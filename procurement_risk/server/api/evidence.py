"""Files of evidence: listed, added to an answer, and handed out as they came."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from procurement_risk.assessment.evidence import shown_by
from procurement_risk.errors import NotFound
from procurement_risk.server.api.operation import Asking, AssessmentId, Operation, Reply, told
from procurement_risk.server.limits import A_FILE
from procurement_risk.storage.evidence.limits import safe_name

ANY_TYPE = "application/octet-stream"
Digest = Annotated[
    str,
    Path(description="The SHA-256 of the file.", pattern=re.compile(r"^[0-9a-f]{64}$").pattern),
]
Question = Annotated[str, Path(max_length=100, description="The question that it shows.")]


class OneFile(BaseModel):
    """A file of evidence, and which answers it shows."""

    sha256: str
    name: str
    size: int
    grade: str
    date: str
    valid_until: str
    source: str
    by: str
    at: str
    questions: list[str]


class Files(BaseModel):
    """The files of evidence of an assessment."""

    files: list[OneFile]


class Added(BaseModel):
    """What was kept."""

    sha256: str


class About(BaseModel, extra="forbid"):
    """What is known of a file."""

    name: str = Field("", max_length=300, description="What it is called, with its ending.")
    grade: str = Field("E0", pattern="^E[0-4]$", description="The grade of what it shows.")
    date: str = Field("", max_length=10, description="The ISO day that it is from.")
    valid_until: str = Field("", max_length=10, description="From when on it counts no more.")
    source: str = Field("", max_length=5_000, description="Who made it, or where it is from.")


def _evidence_files(asking: Asking, assessment_id: AssessmentId) -> Reply:
    assessment = asking.store.load(assessment_id).assessment
    found = [
        told(OneFile, each, sha256=digest, questions=shown_by(assessment, digest))
        for digest, each in assessment.files.items()
    ]
    return Reply({"files": found})


def _add_evidence(
    asking: Asking,
    assessment_id: AssessmentId,
    question: Question,
    about: Annotated[About, Query()],
) -> Reply:
    known: dict[str, Any] = about.model_dump(exclude={"name"}, exclude_defaults=True)
    digest = asking.store.add_evidence(
        assessment_id, about.name, asking.body, asking.name, about=known, questions=[question]
    )
    return Reply({"sha256": digest}, 201)


def _evidence_file(asking: Asking, assessment_id: AssessmentId, digest: Digest) -> Reply:
    store = asking.store
    content = store.evidence_content(assessment_id, digest)
    known = store.load(assessment_id).assessment.files.get(digest)
    if known is None:
        raise NotFound(f"There is no file {digest!r} here.")
    name = safe_name(known.name, digest)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(content, 200, ANY_TYPE, headers)


LIST_EVIDENCE = Operation(
    method="GET",
    path="/assessments/{assessment_id}/evidence",
    action="read",
    summary="List the files of evidence, each with the answers that it shows.",
    answer=_evidence_files,
    gives=Files,
    cost=5,
)
ADD_EVIDENCE = Operation(
    method="POST",
    path="/assessments/{assessment_id}/answers/{question}/evidence",
    action="answer",
    summary="Keep a file as evidence of an answer, within the server's limits of size and kind.",
    answer=_add_evidence,
    gives=Added,
    status=201,
    cost=100,
    is_long=True,
    is_once=True,
    takes=(ANY_TYPE,),
    largest=A_FILE,
)
READ_EVIDENCE = Operation(
    method="GET",
    path="/assessments/{assessment_id}/evidence/{digest}",
    action="read",
    summary="Hand a file of evidence out, just as it came.",
    answer=_evidence_file,
    cost=20,
    sends=(ANY_TYPE,),
)
