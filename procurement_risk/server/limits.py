"""How much may be sent to us, how fast, and how often."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from procurement_risk.server import wire
from procurement_risk.server.rates import Rate
from procurement_risk.server.settings import Team

PIECE_SECONDS = 20
BODY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be asked below some paths.

    Attributes:
        prefixes: The paths; the first of ``LIMITS`` that fits counts.
        largest: How many bytes one request may send.
        times: How many requests from one address.
        seconds: In how many seconds.
        altogether: How many bytes in those seconds from one address, where that is limited too:
            an upload is kept in memory as long as its visit lasts.
        ending: How the path ends, where not everything below ``prefixes`` is meant.
    """

    prefixes: tuple[str, ...]
    largest: int
    times: int
    seconds: int
    altogether: int = 0
    ending: str = ""


A_FILE = 11_000_000
"""A file of 10 MB, and what is sent around it."""

LIMITS = (
    Limit(("/auth", "/oauth2callback"), 10_000, 60, 60),
    Limit(("/_stcore/upload_file",), A_FILE, 60, 600, 200_000_000),
    Limit(("/api/imports", "/api/verify", "/api/score"), 10_000_000, 600, 60),
    Limit(("/api/assessments",), A_FILE, 30_000, 60, ending="/evidence"),
    Limit(("/api",), 1_000_000, 30_000, 60),  # and each token has its own share
    Limit(("/reply",), 1_000_000, 600, 60),  # whole sections of long answers, and their guides
    Limit(("",), 1_000_000, 6_000, 60),  # an office of fifty behind one address opens the app
)


class Limits(wire.Layer):
    """Refuses too much, too often and too slow."""

    def __init__(self, app: Any, team: Team) -> None:  # noqa: ANN401  an ASGI app of whatever kind
        super().__init__(app, team)
        self._rates = [Rate(each.times, each.seconds) for each in LIMITS]
        self._amounts = [Rate(each.altogether, each.seconds) for each in LIMITS]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what keeps within the limits."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        found = next(n for n, each in enumerate(LIMITS) if _is_below(scope["path"], each))
        who = (scope.get("client") or ("", 0))[0]
        if wait := self._rates[found].wait(who) or self._too_much(scope, found, who):
            words = f"Too many requests. Wait {wait} seconds and try again."
            await wire.refuse(scope, receive, send, 429, words, Retry_After=str(wait))
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self._measured(scope, receive, send, LIMITS[found].largest)

    def _too_much(self, scope: Scope, found: int, who: str) -> int:
        """Return the seconds to wait where too much came from there already."""
        limit, length = LIMITS[found], wire.header(scope, "content-length")
        if not limit.altogether or scope["type"] != "http":
            return 0
        said = int(length) if length.isdigit() else limit.largest
        return self._amounts[found].wait(who, min(said, limit.largest))

    async def _measured(self, scope: Scope, receive: Receive, send: Send, largest: int) -> None:
        body = _Body(receive, send, largest)
        length = wire.header(scope, "content-length")
        if length.isdigit() and int(length) > largest:
            await wire.refuse(scope, receive, send, 413, _too_large(largest), Connection="close")
            return
        try:
            await self.app(scope, body.receive, body.send)
        except Exception:
            if body.refused is None:
                raise
        if body.refused is not None and not body.answered:
            await wire.refuse(scope, receive, send, *body.refused, Connection="close")


class _Body:
    """What one request sends, counted and timed. Of one refused, the app hears that it broke off.

    Attributes:
        refused: The status and the words that it is refused with, or None.
        answered: Whether the app had begun to answer before that.
    """

    def __init__(self, receive: Receive, send: Send, largest: int) -> None:
        self._receive, self._send, self._largest = receive, send, largest
        self._left, self._whole = largest, False
        self._until = asyncio.get_running_loop().time() + BODY_SECONDS
        self.refused: tuple[int, str] | None = None
        self.answered = False

    async def receive(self) -> Message:
        if self._whole:  # only waits for the end of the connection
            return await self._receive()
        left = self._until - asyncio.get_running_loop().time()
        try:
            message = await asyncio.wait_for(self._receive(), min(PIECE_SECONDS, left))
        except TimeoutError:
            return self._refuse(408, "The request took too long to arrive.")
        self._left -= len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return self._refuse(413, _too_large(self._largest)) if self._left < 0 else message

    async def send(self, message: Message) -> None:
        if self.refused is None:
            self.answered = True
            await self._send(message)

    def _refuse(self, status: int, words: str) -> Message:
        self.refused, self._whole = (status, words), True
        return {"type": "http.disconnect"}


def _too_large(largest: int) -> str:
    return f"Too large: at most {largest:,} bytes."


def _is_below(path: str, limit: Limit) -> bool:
    is_below = limit.prefixes == ("",) or wire.below(path, limit.prefixes)
    return is_below and path.endswith(limit.ending)
