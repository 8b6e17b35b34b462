"""One assessment as it stands: its document, what it comes to, and the revisions to save over."""

from __future__ import annotations

from gzip import compress
from typing import Any

from pydantic import BaseModel, Field

from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework.origin import digest
from procurement_risk.methods import score_to_document
from procurement_risk.server.api.operation import Asking, AssessmentId, Operation, Reply
from procurement_risk.storage import Stored


class Questionnaire(BaseModel):
    """Which version of which questionnaire."""

    id: str
    version: str
    title: str
    digest: str = Field(description="SHA-256: names this text of it and no other.")


class One(BaseModel):
    """An assessment as it stands."""

    assessment: dict[str, Any] = Field(
        description="As in a record: schemas/assessment.schema.json"
    )
    result: dict[str, Any] | None = Field(
        description="As in a record; null where it does not fit its questionnaire."
    )
    framework: Questionnaire
    revision: int = Field(description="Rises with every change to the assessment.")
    revisions: dict[str, int] = Field(
        description="Of each part; name it to save over that. A part never written is at 0."
    )
    changed_at: str
    set_aside: bool
    held: bool = Field(description="Whether a legal hold is on it.")


def _read(asking: Asking, assessment_id: AssessmentId) -> Reply:
    mark = asking.store.opened(assessment_id)
    tag = f'"{mark[0]}-{mark[1][:20]}"'
    if asking.headers.get("if-none-match", "") == tag:
        return Reply(b"", 304, headers={"ETag": tag})

    def make() -> bytes:
        return Reply(one(asking.store.load(assessment_id))).sent

    whole = asking.made.get((assessment_id, mark), make)
    headers = {"ETag": tag, "Vary": "Accept-Encoding"}
    if "gzip" not in asking.headers.get("accept-encoding", ""):
        return Reply(whole, headers=headers)
    # Once for all readers: to pack it takes as long as all the rest.
    packed = asking.made.get((assessment_id, mark, "gzip"), lambda: compress(whole, mtime=0))
    return Reply(packed, headers={**headers, "Content-Encoding": "gzip"})


def one(stored: Stored) -> dict[str, object]:
    """Return an assessment as the interface gives it."""
    assessment, framework = stored.assessment, stored.framework
    return {
        "assessment": assessment_to_document(assessment, framework),
        "result": _result(stored),
        "framework": about(framework),
        "revision": stored.revision,
        "revisions": dict(stored.revisions),
        "changed_at": stored.changed_at,
        "set_aside": stored.archived,
        "held": stored.hold is not None,
    }


def about(framework: Any) -> dict[str, str]:  # noqa: ANN401
    """Return what names a version of a questionnaire."""
    names = {name: getattr(framework, name) for name in ("id", "version", "title")}
    return {**names, "digest": digest(framework)}


def _result(stored: Stored) -> dict[str, object] | None:
    try:
        return dict(score_to_document(stored.framework, stored.assessment.answer_set))
    except (ProcurementRiskError, LookupError, TypeError, ValueError):
        return None  # the list says so too


READ = Operation(
    method="GET",
    path="/assessments/{assessment_id}",
    action="read",
    summary="Read one assessment, what it comes to, and the revision of each of its parts.",
    answer=_read,
    gives=One,
)
