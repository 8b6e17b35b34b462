"""What a proxy in front of us may say, and nobody else: who asks, and from which address."""

from __future__ import annotations

import hmac
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from starlette.types import Receive, Scope, Send

from procurement_risk.server import wire
from procurement_risk.server.safe import HEADER
from procurement_risk.server.settings import Team

SUBJECT, SECRET = "x-auth-subject", "x-auth-secret"
SAYS = {SUBJECT: "sub", "x-auth-name": "name", "x-auth-email": "email", "x-auth-roles": "roles"}
"""The headers that say who has signed in, and what the pages know them as."""

FORWARDED = "x-forwarded-for"
MOST_KNOWN = 250


class Proxy(wire.Layer):
    """Takes away what a stranger says about who they are, and keeps what the proxy says."""

    def __init__(self, app: Any, team: Team) -> None:  # noqa: ANN401  an ASGI app of whatever kind
        super().__init__(app, team)
        networks = [ip_network(each, strict=False) for each in team.proxy_addresses]
        # The same few all the time, and it takes longer than most else here.
        self._is_ours = lru_cache(MOST_KNOWN)(lambda address: is_within(address, networks))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with what can be believed."""
        if scope["type"] in ("http", "websocket"):
            peer = (scope.get("client") or ("", 0))[0]
            if self._is_ours(peer):
                near = [each.strip() for each in wire.header(scope, FORWARDED).split(",")]
                scope = {**scope, "client": (self._farthest(near, peer), 0)}
            believed = self._is_proxy(scope, peer)
            doubled = [name for name in SAYS if believed and not wire.header(scope, name)]
            without = [SECRET, FORWARDED, *(doubled if believed else SAYS)]
            scope = wire.with_headers(scope, (), without)
        await self.app(scope, receive, send)

    def _is_proxy(self, scope: Scope, peer: str) -> bool:
        said = wire.header(scope, SECRET).encode("latin-1")
        return (
            self.team.sign_in == HEADER
            and self._is_ours(peer)
            and hmac.compare_digest(said, self.team.proxy_secret.encode())
        )

    def _farthest(self, near: list[str], peer: str) -> str:
        """Return the last address before our own proxies; what stands left of it is hearsay."""
        for each in reversed(near):
            if not self._is_ours(each):
                return each if _is_address(each) else peer
        return peer


def is_within(address: str, networks: list[IPv4Network | IPv6Network]) -> bool:
    """Whether an address is one of these."""
    return _is_address(address) and any(ip_address(address) in each for each in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
