"""Nobody comes in who is not signed in: no page, no file, no websocket.

What lies below the paths of ``mounted`` asks by itself who is there.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import RedirectResponse
from starlette.types import Message, Receive, Scope, Send

from procurement_risk.language import _
from procurement_risk.server import modes, mounted, notices, returning, wire
from procurement_risk.server.proxy import SUBJECT
from procurement_risk.server.safe import OIDC
from procurement_risk.server.session import RENEWED_AFTER, SEEN, Session, Sessions
from procurement_risk.server.settings import Team

WHO = "procurement_risk.who"
"""Where a request carries on whose behalf it comes, as a key that tells nothing about them."""

COOKIES = "_streamlit_user"
"""How the cookies begin that say who signed in here; where a proxy says it they say nothing."""

SIGN_IN, SIGN_OUT, BACK = "/auth/login", "/auth/logout", "/oauth2callback"
STATE = "/signed-in"


class Gate(wire.Layer):
    """Lets in who is signed in, and leads who is not to where they can."""

    def __init__(self, app: Any, team: Team) -> None:  # noqa: ANN401  an ASGI app of whatever kind
        super().__init__(app, team)
        running = modes.served()
        self.sessions = Sessions(team, running.ended if running is not None else None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who may come in."""
        path = scope.get("path", "")
        if scope["type"] not in ("http", "websocket") or mounted.asks_itself(path):
            await self.app(scope, receive, send)
        elif self.team.sign_in == OIDC:
            await self._by_cookie(scope, receive, send)
        elif subject := wire.header(scope, SUBJECT):
            scope, session = wire.without_cookies(scope, COOKIES), self.sessions.by_proxy(subject)
            if scope["type"] == "websocket":  # closed, the browser asks the proxy once more
                page = _Open(self.sessions, session, receive, send)
                receive, send = page.receive, page.send
            await self._in(scope, receive, send, session)
        else:
            words = _("You have not come through the sign-in of your organisation.")
            await self._out(scope, receive, send, words)

    async def _by_cookie(self, scope: Scope, receive: Receive, send: Send) -> None:
        session, path = self.sessions.of(wire.cookies(scope)), scope["path"]
        if path == notices.SIGNED_OUT:
            await wire.answer(scope, receive, send, notices.signed_out())
        elif path in (SIGN_IN, SIGN_OUT, BACK) and scope["type"] == "http":
            await self._signing(scope, receive, send, session)
        elif session is None and wire.is_page(scope):
            await wire.answer(scope, receive, send, returning.to_sign_in(scope))
        elif session is None:
            await self._out(scope, receive, send, _("You are not signed in, or no longer."))
        elif scope["type"] == "websocket":
            page = _Open(self.sessions, session, receive, send)
            await self._in(scope, page.receive, page.send, session)
        else:
            await self._in(scope, receive, self._seen(send, session), session)

    async def _signing(
        self, scope: Scope, receive: Receive, send: Send, session: Session | None
    ) -> None:
        path, asked = scope["path"], parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if path == BACK and "state" not in asked:
            response = RedirectResponse(notices.SIGNED_OUT, 302)
            await wire.answer(scope, receive, send, response)
        elif path == BACK:
            await returning.finish(self.app, scope, receive, send)
        elif path == SIGN_OUT and wire.header(scope, "sec-fetch-site") == "cross-site":
            await wire.refuse(scope, receive, send, 403, "Sign out on a page of the app.")
        else:
            if path == SIGN_OUT and session is not None:
                await asyncio.to_thread(self.sessions.end, session)
            await self.app(scope, receive, send)

    async def _in(self, scope: Scope, receive: Receive, send: Send, session: Session) -> None:
        if scope["path"] == STATE:
            await wire.answer(scope, receive, send, notices.still_signed_in())
            return
        await self.app({**scope, WHO: session.person}, receive, send)

    async def _out(self, scope: Scope, receive: Receive, send: Send, words: str) -> None:
        if wire.is_page(scope):
            await wire.answer(scope, receive, send, notices.not_here(words, self.team.contact))
        else:
            await wire.refuse(scope, receive, send, 401, words)

    def _seen(self, send: Send, session: Session) -> Send:
        """Have the browser remember, now and then, when its person was last seen."""

        async def seen(message: Message) -> None:
            if wire.is_start(message) and time.time() - session.seen > RENEWED_AFTER:
                cookie = f"{SEEN}={self.sessions.note(session)}; Path=/; HttpOnly; SameSite=Lax"
                headers = [*message.get("headers", []), (b"set-cookie", cookie.encode())]
                message["headers"] = headers
            await send(message)

        return seen


class _Open:
    """An open page: it is listened to for as long as its person is signed in, and then closed."""

    def __init__(self, sessions: Sessions, session: Session, receive: Receive, send: Send) -> None:
        self._sessions, self._session = sessions, session
        self._receive, self._send = receive, send
        self._closed = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] != "websocket.receive" or self._sessions.hear(self._session):
            return message
        self._closed = True
        await self._send({"type": "websocket.close", "code": wire.POLICY_VIOLATION})
        return {"type": "websocket.disconnect", "code": wire.POLICY_VIOLATION}

    async def send(self, message: Message) -> None:
        if not self._closed:
            await self._send(message)
