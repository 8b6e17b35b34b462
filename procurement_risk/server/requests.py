"""The outermost layer: a number for each request, and one line in the log about it."""

from __future__ import annotations

import logging
import secrets
import time

from starlette.types import Message, Receive, Scope, Send

from procurement_risk.server import figures, mounted, wire

logger = logging.getLogger(__name__)

OURS = ("_stcore", "static", "app", "media", "component", "auth", "oauth2callback")
"""How addresses begin that no person wrote; so do those of what is ``mounted``."""

QUIET = ("static", "app", "media", "component", "healthz", "readyz")
"""Of these a line is written only where something was refused or failed."""


class Requests(wire.Layer):
    """Gives each request its number, whatever number it came with, and logs how it went."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the number among the headers."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        number, began, status = secrets.token_hex(8), time.monotonic(), 0

        async def numbered(message: Message) -> None:
            nonlocal status
            if wire.is_start(message):
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", []),
                    (wire.REQUEST_ID.encode(), number.encode()),
                ]
            elif message["type"] == "websocket.accept":
                status = 101
                figures.visits(1)
            await send(message)

        named = wire.with_headers(scope, [(wire.REQUEST_ID, number)], ())
        try:
            await self.app(named, receive, numbered)
        except Exception as error:
            logger.error("a request failed", exc_info=error, extra={"request": number})
            raise
        finally:
            if status == 101:
                figures.visits(-1)
            self._tell(scope, number, status or 403, time.monotonic() - began)

    def _tell(self, scope: Scope, number: str, status: int, took: float) -> None:
        path = short(scope["path"])
        figures.request(path, status)
        if status < 400 and path.strip("/") in QUIET:
            return
        said = {
            "request": number,
            "method": scope.get("method", "WEBSOCKET"),
            "path": path,
            "status": status,
            "milliseconds": round(took * 1000),
        }
        logger.info("request", extra=said)


def short(path: str) -> str:
    """Return how an address begins, where no person wrote that; else that it is a page."""
    first = path.split("/")[1] if path.startswith("/") else path
    return f"/{first}" if first in _KNOWN else "/page"


_KNOWN = {prefix.split("/")[1] for prefix in mounted.prefixes()} | set(OURS)
