"""Addresses that no person and no program has reason to ask for are refused before all else."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from procurement_risk.server import wire

NOT_IN_A_QUERY = b"%00"
"""No text has it; databases refuse it."""


class Addresses(wire.Layer):
    """Refuses paths with characters that no path has: patterns of paths stop at a line's end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what asks for an ordinary address."""
        path, query = scope.get("path", ""), scope.get("query_string", b"")
        if not path.isprintable() or NOT_IN_A_QUERY in query:
            words = "The address holds a character that no address has."
            await wire.refuse(scope, receive, send, 400, words)
        else:
            await self.app(scope, receive, send)
