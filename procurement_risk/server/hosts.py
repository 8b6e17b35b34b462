"""Who may ask for what: names we answer to, pages that may ask, paths that are shut."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import Receive, Scope, Send

from procurement_risk.server import wire

ANY_HOST = ("/healthz", "/readyz", "/metrics")
"""Asked by machines that know an address and no name; two tell nothing else, one wants a token."""

SHUT = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent", "/st-metrics")
"""Paths of Streamlit's that nobody here needs."""

FROM_NOWHERE = ("/reply",)
"""Pages whose address nobody is told: what they send has no origin, and a mark of its own."""

READS = ("GET", "HEAD", "OPTIONS")


class Hosts(wire.Layer):
    """Refuses a name that is not ours, a page from elsewhere, and what is shut."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        if scope["type"] in ("http", "websocket") and not wire.below(scope["path"], ANY_HOST):
            if wire.below(scope["path"], SHUT):
                await wire.refuse(scope, receive, send, 404, "There is nothing here.")
                return
            if not self._is_our_name(wire.header(scope, "host")):
                await wire.refuse(scope, receive, send, 421, "This is not the app's address.")
                return
            if not self._may_ask(scope):
                await wire.refuse(scope, receive, send, 403, "Asked by a page from elsewhere.")
                return
        await self.app(scope, receive, send)

    def _is_our_name(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            name = (parts.hostname or "").rstrip(".")
            named = parts.netloc == host and parts.username is None and parts.port != 0
        except ValueError:
            return False
        return named and name in {each.lower().rstrip(".") for each in self.team.allowed_hosts}

    def _may_ask(self, scope: Scope) -> bool:
        """Whether the page that asks is ours. A program says no origin, a browser always does."""
        origin = wire.header(scope, "origin").lower()
        if scope["type"] == "websocket":
            return origin == self.team.origin
        if scope["method"] in READS:
            return True
        from_elsewhere = wire.header(scope, "sec-fetch-site") in ("cross-site", "same-site")
        ours = ["", self.team.origin]
        if wire.below(scope["path"], FROM_NOWHERE):
            ours.append("null")
        return not from_elsewhere and origin in ours


# Addresses that no person and no program has reason to ask for are refused before all else.

_NOT_IN_A_QUERY = b"%00"
"""No text has it; databases refuse it."""


class Addresses(wire.Layer):
    """Refuses paths with characters that no path has: patterns of paths stop at a line's end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what asks for an ordinary address."""
        path, query = scope.get("path", ""), scope.get("query_string", b"")
        if not path.isprintable() or _NOT_IN_A_QUERY in query:
            words = "The address holds a character that no address has."
            await wire.refuse(scope, receive, send, 400, words)
        else:
            await self.app(scope, receive, send)
