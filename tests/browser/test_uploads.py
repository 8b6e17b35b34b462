"""Files sent to a page that asks for none are taken up to a limit, by number and by bytes."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from benchmarks.wire import Visit, send
from procurement_risk.server.uploads import BYTES_A_VISIT
from tests.support.running import Server

NINE_MB = bytes(9_000_000)


async def _sent(port: int) -> list[int]:
    visit = Visit(port)
    await visit.look()
    said = [send(port, visit.id, each, NINE_MB) for each in range(13)]
    await visit.close()
    return said


def test_a_visit_cannot_fill_the_memory(shared_server: Server) -> None:
    """What is below the limit is taken, as from an uploader."""
    with ThreadPoolExecutor(1) as apart:  # the browser has the loop of this thread
        said = apart.submit(asyncio.run, _sent(shared_server.port)).result()
    taken = BYTES_A_VISIT // len(NINE_MB)
    assert said == [204] * taken + [413] * (13 - taken)
