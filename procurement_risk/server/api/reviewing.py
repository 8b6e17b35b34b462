"""What reviewers found of sections, finding it, and who signed what was decided.

A program reviews, with the token of a reviewer. It signs nothing: that is for a person.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, Field

from procurement_risk.assessment import Review, SignOff, reviewing, signed, today as calendar
from procurement_risk.assessment.document import to_document
from procurement_risk.assessment.parts import REVIEW
from procurement_risk.errors import NotFound
from procurement_risk.methods import evaluate
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile.signers import to_be_signed
from procurement_risk.server.api.operation import Asking, AssessmentId, Operation, Reply, told
from procurement_risk.server.api.saving import Saved
from procurement_risk.storage.signing import keys

Section = Annotated[str, Path(max_length=100, description="The id of a section, or facts.")]


class Found(BaseModel):
    """A section, and what its last reviewer found of it."""

    section: str
    digest: str = Field(description="What names the section as it stands: to review it, say it.")
    verdict: str = Field(description="accepted, returned, or empty.")
    by: str
    at: str
    note: str
    stands: bool = Field(description="Whether it was accepted as it stands.")
    waits: bool = Field(description="Whether it waits to be reviewed.")


class Reviews(BaseModel):
    """Every section that is reviewed."""

    sections: list[Found]


class Verdict(BaseModel, extra="forbid", strict=True):
    """What a reviewer finds of a section."""

    verdict: Literal["accepted", "returned"]
    digest: str = Field(pattern="^[0-9a-f]{64}$", description="Of the section that was seen.")
    note: str = Field("", max_length=5_000, description="What is to be changed, or a note.")


class Signed(BaseModel):
    """A sign-off."""

    by: str
    post: str
    at: str
    how: str = Field(description="How it was known who they are; name: by a typed name alone.")
    stands: bool = Field(description="Whether what they signed is what stands.")
    sealed: bool = Field(description="Whether the seal of a server's key holds.")


class SignOffs(BaseModel):
    """Who signed, and who is to sign."""

    asked_for: str = Field(description="Who is to sign at its tier, as a sentence.")
    digest: str = Field(description="What a sign-off would be taken over now.")
    sign_offs: list[Signed]


def _reviews(asking: Asking, assessment_id: AssessmentId) -> Reply:
    stored = asking.store.load(assessment_id)
    assessment, framework = stored.assessment, stored.framework
    waiting = reviewing.waiting(assessment, framework)
    found = []
    for name in reviewing.sections(framework):
        last = assessment.reviews.get(name)
        found.append(
            {
                "section": name,
                "digest": reviewing.digest_of(assessment, framework, name),
                "verdict": last.verdict if last else "",
                "by": last.by if last else "",
                "at": last.at if last else "",
                "note": last.note if last else "",
                "stands": reviewing.stands(assessment, framework, name),
                "waits": name in waiting,
            }
        )
    return Reply({"sections": found})


def _review(
    asking: Asking, assessment_id: AssessmentId, section: Section, found: Verdict
) -> Reply:
    store = asking.store
    stored = store.load(assessment_id)
    if section not in reviewing.sections(stored.framework):
        raise NotFound(f"There is no section {section!r} in its questionnaire.")
    review = Review(
        verdict=found.verdict,
        by=asking.name,
        at=calendar.now(),
        digest=found.digest,
        note=found.note.strip(),
    )
    part = f"{REVIEW}{section}"
    stands = stored.revisions.get(part, 0)
    revision = store.save(assessment_id, part, to_document(review), stands, asking.name)
    return Reply({"part": part, "revision": revision})


def _sign_offs(asking: Asking, assessment_id: AssessmentId) -> Reply:
    stored = asking.store.load(assessment_id)
    assessment, framework = stored.assessment, stored.framework
    result = evaluate(framework, assessment.answer_set)
    now = signed.digest_of(assessment, framework)
    found = [
        told(Signed, each, stands=each.digest == now, sealed=_is_sealed(assessment_id, each))
        for each in assessment.sign_offs
    ]
    asked = to_be_signed(result) if isinstance(result, Result) else ""
    return Reply({"asked_for": asked, "digest": now, "sign_offs": found})


def _is_sealed(assessment_id: str, each: SignOff) -> bool:
    sealed = signed.sealed_over(assessment_id, each)
    return bool(each.public_key) and keys.holds(sealed, each)


LIST_REVIEWS = Operation(
    method="GET",
    path="/assessments/{assessment_id}/reviews",
    action="read",
    summary="List the sections, what reviewers found of them, and what waits.",
    answer=_reviews,
    gives=Reviews,
    cost=5,
)
REVIEWING = Operation(
    method="PUT",
    path="/assessments/{assessment_id}/reviews/{section}",
    action="review",
    summary="Accept a section as it was seen, or return it.",
    answer=_review,
    gives=Saved,
    cost=10,
    is_once=True,
)
LIST_SIGN_OFFS = Operation(
    method="GET",
    path="/assessments/{assessment_id}/sign-offs",
    action="read",
    summary="List who signed, and who is to. A program signs nothing.",
    answer=_sign_offs,
    gives=SignOffs,
    cost=5,
)
