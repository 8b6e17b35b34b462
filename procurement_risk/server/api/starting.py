"""Starting an assessment, as the page Start does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, Field

from procurement_risk.assessment import Assessment, today as calendar
from procurement_risk.assessment.document import assessment_from_document
from procurement_risk.assessment.routes import carried_over
from procurement_risk.assessment.today import today
from procurement_risk.errors import InvalidDocument, Problem, UsageError
from procurement_risk.framework import Framework, origin as origins
from procurement_risk.portfolio.versions_in_use import why_not_started
from procurement_risk.server.api.operation import Asking, Operation, Reply
from procurement_risk.storage import Store


class New(BaseModel, extra="forbid", strict=True):
    """What an assessment begins with."""

    framework: str = Field(max_length=200, description="The id of a questionnaire in use.")
    purchase: dict[str, Any] = Field(description="As in a record; its id may be left out.")
    supplier: dict[str, Any] = Field(description="As in a record.")
    upstreams: list[dict[str, Any]] = Field([], max_length=100, description="As in a record.")
    pack: str = Field("", max_length=100, description="How much is asked; the first if empty.")
    gate: str = Field("", max_length=100, description="The first of the questionnaire if empty.")
    id: str = Field("", max_length=100, description="Made up where it is empty.")
    fictional: bool = Field(False, description="Whether it is made up.")


class Started(BaseModel):
    """What was started."""

    id: str
    revision: int


def _start(asking: Asking, new: New) -> Reply:
    store, now = asking.store, calendar.now()
    framework = _in_use(store, new.framework)
    begun = _assessment(new, framework, asking.name, now)
    route = begun.purchase.route
    carried = carried_over(route, framework, by=asking.name, at=now)
    answer_set = replace(begun.answer_set, answers=carried)
    store.create(
        replace(begun, answer_set=answer_set), framework, asking.name, "Started by a program"
    )
    started = {"id": begun.id, "revision": store.peek(begun.id)}
    headers = {"Location": f"/api/assessments/{begun.id}"}
    return Reply(started, 201, headers=headers)


def _in_use(store: Store, name: str) -> Framework:
    known = {each.id: each for each in origins.in_folders()}
    if name not in known:
        message = f"There is no questionnaire {name!r}. Choose one of: {', '.join(known)}."
        raise InvalidDocument("body", [Problem("framework", message)])
    if refused := why_not_started(known[name], store, store.retired_questionnaires()):
        raise UsageError(refused)
    return known[name]


def _assessment(new: New, framework: Framework, name: str, now: str) -> Assessment:
    """Return the assessment, without answers. Raises InvalidDocument with every problem."""
    pack = new.pack or framework.packs[0].id
    gate = new.gate or (framework.gates[0].id if framework.gates else "")
    document = {
        "id": new.id or str(uuid4()),
        "purchase": {"id": str(uuid4()), **new.purchase},
        "supplier": new.supplier,
        "pack": pack,
        "as_of": today(),
        "state": "draft",
        "answers": {},
        "fictional": new.fictional,
        "created_at": now,
        "created_by": name,
        **({"gate": gate} if gate else {}),
        **({"upstreams": new.upstreams} if new.upstreams else {}),
    }
    if framework.pack(pack) is None:
        allowed = ", ".join(each.id for each in framework.packs)
        message = f"There is no pack {pack!r}. Choose one of: {allowed}."
        raise InvalidDocument("body", [Problem("pack", message)])
    return assessment_from_document(document)


START = Operation(
    method="POST",
    path="/assessments",
    action="start",
    summary="Start an assessment.",
    answer=_start,
    gives=Started,
    status=201,
    cost=20,
    is_once=True,
)
