"""Saving a part over the revision that was seen: an answer, a decision, and all others."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field

from procurement_risk.assessment import today as calendar
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.parts import ANSWER
from procurement_risk.canonical import JSON
from procurement_risk.errors import InvalidAnswers, NotFound, Problem, StaleSave
from procurement_risk.framework import Framework
from procurement_risk.profile import gates
from procurement_risk.server.api import problems
from procurement_risk.server.api.operation import Asking, AssessmentId, Operation, Reply
from procurement_risk.server.api.problems import Refusal
from procurement_risk.storage import Store

DECISION = "decision"
_TAG = re.compile(r'"([0-9]{1,15})"')


class Change(BaseModel, extra="forbid", strict=True):
    """A new value, and what it was based on."""

    value: Any = Field(description="The new value as in a record; null empties it.")
    revision: int | None = Field(
        None,
        ge=0,
        lt=2**53,
        description="The revision that it is based on; 0 where nothing was written yet. "
        "If-Match says the same.",
    )
    reason: str = Field("", max_length=5_000, description="Why, for the history.")


class Saved(BaseModel):
    """What stands now."""

    part: str
    revision: int


Part = Annotated[str, Path(max_length=200, description="Such as purchase, state or answer:DP-02.")]
Question = Annotated[str, Path(max_length=100, description="The id of a question.")]


def _save_part(asking: Asking, assessment_id: AssessmentId, part: Part, change: Change) -> Reply:
    return _save(asking, assessment_id, part, change)


def _answer(
    asking: Asking, assessment_id: AssessmentId, question: Question, change: Change
) -> Reply:
    return _save(asking, assessment_id, f"{ANSWER}{question}", change)


def _decide(asking: Asking, assessment_id: AssessmentId, change: Change) -> Reply:
    return _save(asking, assessment_id, DECISION, change)


def _save(asking: Asking, assessment_id: str, part: str, change: Change) -> Reply:
    store, value, framework = asking.store, change.value, None
    store.peek(assessment_id)  # what is not there is said before what is wrong with the value
    expected, is_tag = _expected(asking, change)
    if part.startswith(ANSWER):
        framework = store.framework_of(assessment_id)
        value = _checked(framework, part.removeprefix(ANSWER), value, asking.name)
    elif part == DECISION and isinstance(value, dict):
        value = {**_decided_here(store, assessment_id, asking.name), **value}
    try:
        revision = store.save(
            assessment_id, part, value, expected, asking.name, change.reason, framework
        )
    except StaleSave as error:
        if not is_tag:
            raise
        return problems.of_error(error, 412)
    return Reply({"part": part, "revision": revision}, headers={"ETag": f'"{revision}"'})


def _expected(asking: Asking, change: Change) -> tuple[int, bool]:
    """Return the revision that a change is based on, and whether If-Match says so."""
    said = asking.headers.get("if-match", "")
    if change.revision is not None:
        return change.revision, False
    if found := _TAG.fullmatch(said.strip()):
        return int(found[1]), True
    message = 'Say which revision it is based on: revision in the body, or If-Match: "3".'
    raise Refusal(428, message)


def _checked(framework: Framework | None, question_id: str, value: JSON, name: str) -> JSON:
    """Return an answer with who gave it and when. Raises where its question has no such answer."""
    question = framework.by_id.get(question_id) if framework else None
    if framework is None or question is None:
        message = f"There is no question {question_id!r} in its questionnaire."
        raise NotFound(message)
    if value is None:
        return None
    if not isinstance(value, dict):
        message = 'Write an answer as an object, such as {"option": "a"}.'
        raise InvalidAnswers("value", [Problem(question_id, message)])
    answer = {**value, "by": name, "at": calendar.now()}
    if found := check_answer(framework, question, answer):
        raise InvalidAnswers("value", found)
    return answer


def _decided_here(store: Store, assessment_id: str, name: str) -> dict[str, str]:
    """Return what stands in a decision that does not say it: who, when, and for which gate."""
    stored = store.load(assessment_id)
    gate = gates.gate_of(stored.framework, stored.assessment.answer_set)
    return {"by": name, "at": calendar.now(), **({"gate": gate.id} if gate else {})}


ANSWERING = Operation(
    method="PUT",
    path="/assessments/{assessment_id}/answers/{question}",
    action="answer",
    summary="Answer a question, over the revision that was seen.",
    answer=_answer,
    gives=Saved,
    cost=10,
    is_once=True,
)
DECIDING = Operation(
    method="PUT",
    path="/assessments/{assessment_id}/decision",
    action="decide",
    summary="Record a decision.",
    answer=_decide,
    gives=Saved,
    cost=10,
    is_once=True,
)
SAVING = Operation(
    method="PUT",
    path="/assessments/{assessment_id}/parts/{part}",
    action=None,
    summary="Save any part, such as the purchase or the state; who may depends on the part.",
    answer=_save_part,
    gives=Saved,
    cost=10,
    is_once=True,
)
