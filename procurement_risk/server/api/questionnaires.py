"""The questionnaires: those that an assessment can be started from, and those answered here."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from procurement_risk.errors import NotFound
from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.origin import digest
from procurement_risk.portfolio.versions_in_use import why_not_started
from procurement_risk.server.api.operation import Asking, Operation, Reply
from procurement_risk.server.api.reading_one import Questionnaire, about
from procurement_risk.storage import Store


class ListedFramework(Questionnaire):
    """A version of a questionnaire."""

    in_use: bool = Field(description="Whether assessments can be started from it.")
    packs: list[str]
    gates: list[str]


class Frameworks(BaseModel):
    """Every one that is known here."""

    frameworks: list[ListedFramework]


class Whole(BaseModel):
    """A version of a questionnaire, whole."""

    framework: dict[str, Any] = Field(description="As in a record and in its YAML file.")
    digest: str


def _frameworks(asking: Asking) -> Reply:
    store, retired = asking.store, asking.store.retired_questionnaires()
    offered = {digest(each) for each in origins.in_folders()}
    listed = [
        {
            **about(each),
            "in_use": name in offered and not why_not_started(each, store, retired),
            "packs": [pack.id for pack in each.packs],
            "gates": [gate.id for gate in each.gates],
        }
        for name, each in _known(store).items()
    ]
    return Reply({"frameworks": listed})


def _framework(
    asking: Asking,
    framework_id: Annotated[str, Path(max_length=200, description="Its id.")],
    version: Annotated[str, Query(max_length=1_000, description="The latest if empty.")] = "",
) -> Reply:
    found = [
        (name, each)
        for name, each in _known(asking.store).items()
        if each.id == framework_id and version in ("", each.version)
    ]
    if not found:
        message = f"There is no questionnaire {framework_id!r} {version}".strip()
        raise NotFound(f"{message} here. See /api/frameworks.")
    name, framework = found[-1]
    tag = f'"{name}"'
    if asking.headers.get("if-none-match", "") == tag:
        return Reply(b"", 304, headers={"ETag": tag})
    return Reply({"framework": dict(framework.document), "digest": name}, headers={"ETag": tag})


def _known(store: Store) -> dict[str, Framework]:
    """Return every version by its digest, those in the folders last."""
    every = (*store.known_frameworks(), *origins.in_folders())
    return {digest(each): each for each in every}


LIST_FRAMEWORKS = Operation(
    method="GET",
    path="/frameworks",
    action="use_questionnaires",
    summary="List the questionnaires that are known here.",
    answer=_frameworks,
    gives=Frameworks,
    cost=20,
)
READ_FRAMEWORK = Operation(
    method="GET",
    path="/frameworks/{framework_id}",
    action="use_questionnaires",
    summary="Read a questionnaire, whole.",
    answer=_framework,
    gives=Whole,
    cost=5,
)
