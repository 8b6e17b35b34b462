"""What every operation of the interface is: a path, what it asks of a person, and a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Request
from pydantic import BaseModel

from procurement_risk.canonical import JSON
from procurement_risk.server.api.made_once import MadeOnce
from procurement_risk.storage import Store
from procurement_risk.storage.people.permissions import Action
from procurement_risk.storage.people.person import Person

JSON_TYPE = "application/json"
Method = Literal["GET", "POST", "PUT", "DELETE"]
BODILESS: tuple[Method, ...] = ("GET", "DELETE")
"""The methods with which nothing is sent."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and with what.

    Attributes:
        store: The store, as the token may use it.
        person: Who the token stands for.
        headers: What the request says besides, by lower-case name.
        made: What was put together lately, so that it need not be again.
        body: The bytes that came with the request.
        address: What was asked for, with what stands behind the question mark.
    """

    store: Store
    person: Person
    headers: Mapping[str, str]
    made: MadeOnce
    body: bytes = b""
    address: str = ""

    @property
    def name(self) -> str:
        """What stands in the history beside what is changed."""
        return self.person.name


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered.

    Attributes:
        body: Bytes as they are sent, or what becomes JSON.
        status: The HTTP status.
        media_type: What the bytes are.
        headers: What is said beside it.
        kept: What is kept of the body for a request that comes again, where it holds a secret.
    """

    body: JSON | bytes
    status: int = 200
    media_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)
    kept: JSON = None

    @property
    def sent(self) -> bytes:
        """The bytes that are sent."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


def told(kind: type[BaseModel], thing: object, **more: JSON) -> dict[str, JSON]:
    """Return ``thing`` as ``kind`` describes it: a field each, of its own or among ``more``."""
    return {
        name: more[name] if name in more else getattr(thing, name) for name in kind.model_fields
    }


def caller(request: Request) -> Caller:
    """Return who asks, as the door has found out."""
    found: Caller = request.state.caller
    return found


async def _caller(request: Request) -> Caller:
    return caller(request)


Asking = Annotated[Caller, Depends(_caller)]
AssessmentId = Annotated[
    str,
    Path(
        description="The id of an assessment.",
        min_length=1,
        max_length=100,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that a program may ask.

    Attributes:
        method: The HTTP method.
        path: Below ``/api``.
        action: What the person behind the token has to be allowed; None where anybody may.
        summary: What it does, in one sentence.
        answer: Does it, in a thread of its own. Its parameters are those of the request, its first
            one is ``Asking``.
        gives: What comes back, for the description.
        status: With which status.
        cost: How much of a token's share it takes.
        is_long: Whether it works so long that only one is done at a time.
        is_once: Whether an ``Idempotency-Key`` counts; what is answered is kept for a day.
        takes: The media types of a body that the function reads by itself.
        largest: How many bytes such a body may have.
        sends: The media types of what comes back, where it is no JSON.
    """

    method: Method
    path: str
    action: Action | None
    summary: str
    answer: Callable[..., Reply]
    gives: Any = None
    status: int = 200
    cost: int = 1
    is_long: bool = False
    is_once: bool = False
    takes: tuple[str, ...] = ()
    largest: int = 1_000_000
    sends: tuple[str, ...] = ()

    @property
    def is_quick_read(self) -> bool:
        """Whether it only reads, and so little that it is done in one go with asking who asks."""
        return self.method == "GET" and not self.is_long
