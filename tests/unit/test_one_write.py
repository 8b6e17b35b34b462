"""What leaves for a browser in one moment is written once, in its order, and all of it."""

import asyncio

import pytest
import uvicorn
import websockets
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from procurement_risk.server import one_write
from procurement_risk.server.one_write import Gathering

SAID = [b"one", b"two", b"three"]


class Transport:
    """What stands in for a connection."""

    def __init__(self):
        self.did = []

    def write(self, data):
        self.did.append(data)

    def close(self):
        self.did.append("closed")

    def is_closing(self):
        return "closed" in self.did


async def _written(*, close=False):
    gathering = Gathering(transport := Transport(), asyncio.get_running_loop())
    for each in SAID:
        gathering.write(each)
    assert transport.did == []
    if close:
        gathering.close()
        assert gathering.is_closing()
    await asyncio.sleep(0)
    gathering.write(b"four")
    await asyncio.sleep(0)
    return transport.did


def test_what_is_written_in_one_turn_goes_together():
    assert asyncio.run(_written()) == [b"onetwothree", b"four"]


def test_what_was_written_leaves_before_the_connection_is_closed():
    assert asyncio.run(_written(close=True))[:2] == [b"onetwothree", "closed"]


async def _speaks(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    await receive()
    for each in SAID:
        await send({"type": "websocket.send", "bytes": each})
    await send({"type": "websocket.close"})


async def _heard():
    made = uvicorn.Config(_speaks, port=0, ws="websockets-sansio", log_config=None, lifespan="off")
    server = uvicorn.Server(made)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with websockets.connect(f"ws://127.0.0.1:{port}") as visit:
        await visit.send(b"go on")
        heard = [each async for each in visit]
    server.should_exit = True
    await running
    return heard


def test_it_stands_where_the_server_writes_to_a_browser(monkeypatch: pytest.MonkeyPatch):
    made, written = WebSocketsSansIOProtocol.connection_made, []
    monkeypatch.setattr(WebSocketsSansIOProtocol, "connection_made", made)

    class Noted(Gathering):
        def _flush(self):
            written.append(len(self._waiting))
            super()._flush()

    monkeypatch.setattr(one_write, "Gathering", Noted)
    one_write.gather()
    assert asyncio.run(_heard()) == SAID
    assert max(written) >= len(SAID)
