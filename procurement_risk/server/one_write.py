"""What leaves for a browser in one moment is written to its connection once.

A click sends a dozen messages, each of which the server would hand to the system by itself, and
that takes longer than to put them together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class Gathering:
    """A connection's transport, of which what is written in one turn of the loop goes together."""

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:  # noqa: ANN401
        self._transport, self._loop = transport, loop
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Write bytes, with all that is written until the loop's next turn."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)

    def close(self) -> None:
        """Close the connection, when what was written has left."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._transport.write(b"".join(waiting))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return whatever else a transport has."""
        return getattr(self._transport, name)


def gather() -> None:
    """Write to connections so, from those on that are made from now on.

    By the server that Streamlit starts; another one goes on as it does.
    """
    try:
        from uvicorn.protocols.websockets import websockets_sansio_impl as server
    except ImportError:
        return
    of = server.WebSocketsSansIOProtocol
    if of.connection_made is _make:
        return
    _made.append(of.connection_made)
    of.connection_made = _make  # type: ignore[method-assign]


_made: list[Callable[[WebSocketsSansIOProtocol, asyncio.BaseTransport], None]] = []


def _make(self: WebSocketsSansIOProtocol, transport: asyncio.BaseTransport) -> None:
    _made[-1](self, transport)
    self.transport = Gathering(self.transport, self.loop)  # type: ignore[assignment]
