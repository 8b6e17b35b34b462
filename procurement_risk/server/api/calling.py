"""From a request to the function of an operation, in its turn, and back."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.types import Scope

from procurement_risk.canonical import JSON, read_json
from procurement_risk.server.api.door import Door
from procurement_risk.server.api.made_once import MadeOnce
from procurement_risk.server.api.once import KEY
from procurement_risk.server.api.operation import BODILESS, JSON_TYPE, Caller, Operation, Reply
from procurement_risk.server.api.problems import Refusal

LARGEST_JSON = 1_000_000
TOKEN = "authorization"
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""What leaves here is for programs: where a browser shows it all the same, nothing of it runs."""


def called(operation: Operation, door: Door) -> Callable[..., Any]:
    """Return what FastAPI calls: it has the parameters of the operation's own function."""
    signature = inspect.signature(operation.answer, eval_str=True)

    async def call(**given: Any) -> Response:  # noqa: ANN401
        asking: Caller = given["asking"]
        if operation.is_quick_read:
            said, work = asking.headers.get(TOKEN, ""), partial(operation.answer, **given)
            return send(await door.read(said, operation, asking, work))
        work = partial(operation.answer, **given)
        if operation.is_once and (key := asking.headers.get(KEY)):
            work = partial(door.once, asking, key, _named(operation, asking), work)
        return send(await door.run(work, is_long=operation.is_long))

    call.__signature__ = signature.replace(return_annotation=Response)  # type: ignore[attr-defined]
    call.__name__, call.__doc__ = operation.answer.__name__, operation.answer.__doc__
    return call


def _named(operation: Operation, asking: Caller) -> bytes:
    """Return what tells a request from others that come with the same key."""
    said = (operation.method, asking.address, asking.headers.get("if-match", ""))
    return "\n".join(said).encode() + b"\n" + asking.body


def route_class(operation: Operation, door: Door, made: MadeOnce) -> type[APIRoute]:
    """Return how requests to an operation are taken in: who asks is known before what."""

    class Route(APIRoute):
        def get_route_handler(self) -> Callable[..., Any]:
            handle = super().get_route_handler()

            async def entered(request: Request) -> Response:
                said = _one(request, TOKEN)
                headers = {**request.headers, TOKEN: said}
                address = f"{request.url.path}?{request.url.query}"
                if operation.is_quick_read:
                    nobody, theirs = door.nobody()
                    request.state.caller = Caller(theirs, nobody, headers, made, b"", address)
                    return await _or_who_asks(handle(request), door, said, operation)
                person, store = await door.enter(said, operation)
                body = await _body(request, operation)
                request.state.caller = Caller(store, person, headers, made, body, address)
                if operation.method in BODILESS or operation.takes:
                    return await handle(request)
                return await handle(_Read(request.scope, read_json(body, "body")))

            return entered

    return Route


def send(reply: Reply) -> Response:
    """Return a reply as it leaves: nobody on the way may keep it."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY, **reply.headers}
    return Response(reply.sent, reply.status, headers, reply.media_type)


def _one(request: Request, name: str) -> str:
    found = request.headers.getlist(name)
    return found[0] if len(found) == 1 else ""


async def _body(request: Request, operation: Operation) -> bytes:
    """Return what was sent. Raises Refusal where it is too large, or of another kind."""
    if operation.method in BODILESS:
        return b""
    kind = _one(request, "content-type").partition(";")[0].strip().lower()
    taken = operation.takes or (JSON_TYPE,)
    if kind not in taken:
        raise Refusal(415, f"Send it with Content-Type: {' or '.join(taken)}.")
    largest = operation.largest if operation.takes else LARGEST_JSON
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > largest:
            raise Refusal(413, f"Too large: at most {largest:,} bytes.", Connection="close")
    return bytes(found)


async def _or_who_asks(
    answer: Awaitable[Response], door: Door, said: str, operation: Operation
) -> Response:
    """Return an answer; what is wrong with a request is told to whom it is known who asks."""
    try:
        return await answer
    except RequestValidationError:
        await door.enter(said, operation)
        raise


class _Read(Request):
    """A request whose JSON was read already, as strictly as a record is."""

    def __init__(self, scope: Scope, value: JSON) -> None:
        super().__init__(scope)
        self._value = value

    async def body(self) -> bytes:
        return b"{}"

    async def json(self) -> JSON:
        return self._value
