"""What the layers share: what a request says of itself, and a short answer to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from procurement_risk.server.settings import Team

REQUEST_ID = "x-request-id"
POLICY_VIOLATION = 1008


def header(scope: Scope, name: str) -> str:
    """Return a header of a request; empty where it has none, or more than one."""
    wanted = name.lower().encode()
    found = [value for given, value in scope["headers"] if given == wanted]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def cookies(scope: Scope) -> dict[str, str]:
    """Return the cookies of a request; none where they cannot be read."""
    # By the parser that Streamlit reads them with: where two read otherwise, one lets in whom the
    # other takes for somebody else.
    return cookie_parser(header(scope, "cookie"))


def without_cookies(scope: Scope, begins: str) -> Scope:
    """Return a request without the cookies whose names begin so."""
    said = header(scope, "cookie").split(";")
    kept = [each for each in said if not each.strip().startswith(begins)]
    return with_headers(scope, [("cookie", ";".join(kept))], ())


def with_headers(
    scope: Scope, changed: Iterable[tuple[str, str]], without: Iterable[str]
) -> Scope:
    """Return a request with some headers set anew, and others taken away."""
    new = [(name.lower().encode(), value.encode("latin-1")) for name, value in changed]
    gone = {name for name, _value in new} | {name.lower().encode() for name in without}
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in gone] + new}


async def refuse(
    scope: Scope, receive: Receive, send: Send, status: int, words: str, **extra: str
) -> None:
    """Answer that a request is refused: in words, or by closing a websocket before it opens."""
    if scope["type"] == "websocket":
        await receive()  # the wish to connect
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    headers = {name.replace("_", "-"): value for name, value in extra.items()}
    await answer(scope, receive, send, PlainTextResponse(f"{words}\n", status, headers))


async def answer(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    """Send a response that nobody may keep."""
    response.headers.setdefault("Cache-Control", "no-store")
    await response(scope, receive, send)


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page of the app, and not for something that belongs to one."""
    return (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and "text/html" in header(scope, "accept")
        and not scope["path"].startswith(("/_stcore", "/static/", "/app/static/", "/media/"))
    )


def below(path: str, prefixes: Iterable[str]) -> bool:
    """Whether a path is one of ``prefixes``, or lies below one."""
    return any(path == each or path.startswith(f"{each}/") for each in prefixes)


def is_start(message: Message) -> bool:
    """Whether a message begins an answer, so that its headers can still be changed."""
    return bool(message["type"] == "http.response.start")


class Layer:
    """One layer around the rest of the server; each says in ``__call__`` what it does."""

    def __init__(self, app: Any, team: Team) -> None:  # noqa: ANN401  an ASGI app of whatever kind
        self.app, self.team = app, team
