"""From a page to the sign-in service and back to that page: Streamlit itself forgets which."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote, urlencode

from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token

from procurement_risk.server import notices, wire

NEXT = "procurement-risk-next"
MINUTES = 10
LONGEST = 1_500
PROVIDER = "default"


def to_sign_in(scope: Scope) -> Response:
    """Return the answer that leads a browser to the sign-in service, and remembers the page."""
    query = urlencode({"provider": encode_provider_token(PROVIDER)})
    response = RedirectResponse(f"/auth/login?{query}", 302)
    asked = scope.get("query_string", b"").decode("latin-1")
    place = quote(scope["path"]) + (f"?{asked}" if asked else "")
    if is_ours(place):
        response.set_cookie(
            NEXT, quote(place, safe=""), max_age=60 * MINUTES, httponly=True, samesite="lax"
        )
    return response


def is_ours(place: str) -> bool:
    """Whether an address is one of a page of ours, whatever a browser makes of it."""
    return (
        place.startswith("/")
        and not place.startswith(("//", "/auth", "/oauth2callback"))
        and len(place) <= LONGEST
        and place.isascii()
        and place.isprintable()
        and "\\" not in place
    )


async def finish(app: Any, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ANN401
    """Let Streamlit take who signed in, and lead them to where they wanted to be.

    Streamlit leads to the first page whether it worked or not; where it did not, that would lead
    back to the sign-in service without a word.
    """
    place = unquote(wire.cookies(scope).get(NEXT, "")) or "/"
    start: Message = {}
    body: list[Message] = []

    async def keep(message: Message) -> None:
        if wire.is_start(message):
            start.update(message)
        else:
            body.append(message)

    await app(scope, receive, keep)
    given = start.get("headers", [])
    if not any(name == b"set-cookie" and _names_somebody(value) for name, value in given):
        number = wire.header(scope, wire.REQUEST_ID)
        await wire.answer(scope, receive, send, notices.did_not_sign_in(number))
        return
    kept = [pair for pair in given if pair[0] != b"location"]
    leads_to = place if is_ours(place) else "/"
    forget = f'{NEXT}=""; Path=/; Max-Age=0'
    start["headers"] = [
        *kept,
        (b"location", leads_to.encode("ascii")),
        (b"set-cookie", forget.encode()),
    ]
    for message in (start, *body):
        await send(message)


def _names_somebody(cookie: bytes) -> bool:
    name, _is, value = cookie.partition(b"=")
    return name == b"_streamlit_user" and value.strip(b'"')[:1] not in (b"", b";")
