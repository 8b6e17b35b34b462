"""What every answer tells the browser about safety, and what our cookies are marked with."""

from __future__ import annotations

from typing import Any

from starlette.types import Message, Receive, Scope, Send

from procurement_risk.server import wire
from procurement_risk.server.settings import Team

POLICY = {
    "default-src": "'self'",
    # Streamlit starts from a script in its page. What reads its messages and what draws graphs is
    # WebAssembly, which alone may be compiled: no text becomes a script.
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
FIXED = {
    "content-security-policy": "; ".join(f"{key} {value}" for key, value in POLICY.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # What was taken out of an assessment stays on no computer, unless it is saved there.
    "cache-control": "no-store",
}
OWN = frozenset({b"content-security-policy", b"referrer-policy", b"cache-control"})
"""Headers of which an answer may say something else: a page of ours more than the common ones,
and Streamlit that its scripts, the same for everybody, may be kept."""
A_YEAR = "max-age=31536000"
READ_BY_SCRIPTS = ("_streamlit_xsrf=",)
"""Cookies that Streamlit's own script reads, to send the value along."""


class SafeHeaders(wire.Layer):
    """Puts the headers on every answer, and marks every cookie."""

    def __init__(self, app: Any, team: Team) -> None:  # noqa: ANN401  an ASGI app of whatever kind
        super().__init__(app, team)
        fixed = FIXED | ({"strict-transport-security": A_YEAR} if team.is_https else {})
        self._fixed = [(name.encode(), value.encode()) for name, value in fixed.items()]
        self._ours = {name for name, _value in self._fixed} - OWN
        self._taken_away = self._ours | {b"server"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; change what comes back."""

        async def safe(message: Message) -> None:
            if wire.is_start(message):
                message["headers"] = self._headers(message.get("headers", []))
            await send(message)

        await self.app(scope, receive, safe)

    def _headers(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        said = {name.lower() for name, _value in given}
        return [
            (name, self._cookie(value)) if name.lower() == b"set-cookie" else (name, value)
            for name, value in given
            if name.lower() not in self._taken_away
        ] + [pair for pair in self._fixed if pair[0] in self._ours or pair[0] not in said]

    def _cookie(self, value: bytes) -> bytes:
        text = value.decode("latin-1")
        marks = {part.strip().partition("=")[0].lower() for part in text.split(";")[1:]}
        wanted = {"Secure": self.team.is_https, "SameSite=Lax": True}
        wanted["HttpOnly"] = not text.startswith(READ_BY_SCRIPTS)
        for mark, wants in wanted.items():
            if wants and mark.partition("=")[0].lower() not in marks:
                text += f"; {mark}"
        return text.encode("latin-1")
