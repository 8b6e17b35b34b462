"""The links by which suppliers answer: made, listed, revoked."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from procurement_risk.errors import NotAllowed
from procurement_risk.imports.answer_link import LONGEST_CONTACT, make
from procurement_risk.server.api.operation import Asking, AssessmentId, Operation, Reply, told
from procurement_risk.storage.people import refusing

LinkId = Annotated[str, Path(max_length=40, description="The id of a link.")]


class NewLink(BaseModel, extra="forbid", strict=True):
    """What a link begins with."""

    until: str = Field(max_length=10, description="The last ISO day on which it works.")
    contact: str = Field("", max_length=LONGEST_CONTACT, description="Whom the supplier may ask.")
    language: str = Field("", max_length=20, description="Of the questions, where in several.")


class OneLink(BaseModel):
    """A link, and how far the supplier is. What it wrote comes in like a workbook."""

    id: str
    until: str
    by: str
    at: str
    opened_at: str
    saved_at: str
    submitted_at: str
    revoked_at: str
    answered: int
    asked: int
    signed: str = Field(description="Who answers for it, once it is submitted.")
    waits: bool = Field(description="Whether what was submitted waits to be taken in.")


class Links(BaseModel):
    """The links of an assessment, the newest first."""

    links: list[OneLink]


class MadeLink(BaseModel):
    """A link that was made."""

    path: str = Field(
        description="The end of its address, told once: empty where the request came again."
    )


def _answer_links(asking: Asking, assessment_id: AssessmentId) -> Reply:
    asking.store.peek(assessment_id)
    found = asking.store.answer_links(assessment_id)
    return Reply({"links": [told(OneLink, each) for each in found]})


def _demand(asking: Asking, assessment_id: str) -> None:
    """Raise NotAllowed, or NotFound, before anything is looked for that is not theirs to ask."""
    asking.store.peek(assessment_id)
    if not asking.store.may("take_back", assessment_id):
        raise NotAllowed(refusing.refusal(asking.person, "take_back"))


def _make_answer_link(asking: Asking, assessment_id: AssessmentId, new: NewLink) -> Reply:
    _demand(asking, assessment_id)
    path = make(asking.store, assessment_id, new.until, new.contact, asking.name, new.language)
    return Reply({"path": path}, 201, kept={"path": ""})


def _revoke_answer_link(asking: Asking, assessment_id: AssessmentId, link: LinkId) -> Reply:
    store = asking.store
    store.revoke_answer_link(assessment_id, link, asking.name)
    (found,) = (each for each in store.answer_links(assessment_id) if each.id == link)
    return Reply(told(OneLink, found))


LIST_LINKS = Operation(
    method="GET",
    path="/assessments/{assessment_id}/links",
    action="read",
    summary="List the links by which its supplier answers, and how far the supplier is.",
    answer=_answer_links,
    gives=Links,
    cost=5,
)
MAKE_LINK = Operation(
    method="POST",
    path="/assessments/{assessment_id}/links",
    action="take_back",
    summary="Make a link by which the supplier answers without an account.",
    answer=_make_answer_link,
    gives=MadeLink,
    status=201,
    cost=20,
    is_once=True,
)
REVOKE_LINK = Operation(
    method="PUT",
    path="/assessments/{assessment_id}/links/{link}/revoked",
    action="take_back",
    summary="Let a link work no longer; what was submitted by it stays.",
    answer=_revoke_answer_link,
    gives=OneLink,
    cost=10,
)
