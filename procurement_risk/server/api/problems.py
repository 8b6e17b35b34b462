"""Every refusal as a problem document (RFC 9457): what, where, and what to do; all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field

from procurement_risk.errors import (
    Damaged,
    InvalidAnswers,
    InvalidDocument,
    NotAllowed,
    NotFound,
    Problem,
    ProcurementRiskError,
    StaleFramework,
    StaleSave,
    StorageError,
    UsageError,
    WouldReplace,
    path_text,
)
from procurement_risk.server.api.operation import Reply

MEDIA_TYPE = "application/problem+json"

STATUS: Mapping[type[ProcurementRiskError], int] = {
    NotAllowed: 403,
    NotFound: 404,
    StaleSave: 409,
    StaleFramework: 409,
    WouldReplace: 409,
    Damaged: 500,
    InvalidDocument: 422,
    InvalidAnswers: 422,
    UsageError: 422,
    StorageError: 503,
}
"""The status of every error that is raised on purpose; of several that fit, the first."""


class Refusal(Exception):
    """A request that is refused before anything is asked of the store."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


class OneProblem(BaseModel):
    """One thing that is wrong."""

    where: str = Field(description="Where: a path in what was sent, or a question's id.")
    message: str = Field(description="What is wrong, and what to send instead.")


class ProblemDocument(BaseModel, extra="allow"):
    """A refusal (RFC 9457)."""

    type: str = Field(description="Always about:blank: the status says what kind it is.")
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="What is wrong and what to do, for a person to read.")
    problems: list[OneProblem] = Field(description="Each thing wrong by itself, all at once.")


def document(
    status: int, detail: str, problems: Iterable[Problem] = (), **more: object
) -> dict[str, Any]:
    """Return a problem document."""
    listed = [{"where": each.where, "message": each.message} for each in problems]
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return {**body, "problems": listed, **more}


def reply(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Reply:
    """Return the answer that something is refused."""
    return Reply(document(status, detail), status, MEDIA_TYPE, headers or {})


def of_error(error: ProcurementRiskError, status: int = 0) -> Reply:
    """Return the answer that says what an error says, with all that it carries."""
    status = status or next((n for kind, n in STATUS.items() if isinstance(error, kind)), 422)
    headers = {"Retry-After": "5"} if status == 503 else {}
    more: dict[str, object] = {}
    problems: Iterable[Problem] = ()
    if isinstance(error, InvalidDocument | InvalidAnswers):
        problems = error.problems
    if isinstance(error, StaleSave):
        more = {
            "what": error.what,
            "mine": error.mine,
            "theirs": error.theirs,
            "revision": error.revision,
            "by": error.by,
        }
    return Reply(document(status, str(error), problems, **more), status, MEDIA_TYPE, headers)


def of_request(error: RequestValidationError) -> Reply:
    """Return the answer about a request that is not as the description has it."""
    found = [Problem(path_text(tuple(each["loc"])), _message(each)) for each in error.errors()]
    detail = "\n".join(f"{each.where}: {each.message}" for each in found)
    return Reply(document(422, detail, found), 422, MEDIA_TYPE)


def _message(error: Mapping[str, Any]) -> str:
    """Return what pydantic says, without what was sent: that may be anything, and long."""
    return f"{error['msg']}."
