"""What visits and uploads leave in the memory of a server, once they are over.

They speak Streamlit's own protocol. A visit that was left is kept for an hour by choice, so that a
laptop closed over lunch finds its page as it was, and Streamlit keeps the last 128 such visits at
the most. In the second row they are kept for a second only, so that their end is seen.
"""

import asyncio
import json
import os
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks import subject
from benchmarks.figures import table
from benchmarks.results import note
from benchmarks.wire import Visit, send
from tests.support.running import running

VISITS = int(os.environ.get("BENCHMARK_VISITS", "2000"))
BEFORE = 200  # so many more come first: what is kept once for all is there then
SENT, NINE_MB = 40, bytes(9_000_000)
KEPT = {"for an hour": {}, "for a second": {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}}


def report():
    """Return the section of the report."""
    rows = [_row(kept, settings) for kept, settings in KEPT.items()]
    titles = (
        "visits left are kept",
        "MiB before",
        "after",
        "KiB a visit",
        *COUNTS,
        "after uploads",
    )
    return (
        f"{VISITS:,} visits, a page each in turn ({', '.join(PAGES)}), opened and left one after "
        f"the other, after {BEFORE} such. Then {SENT} files of 9 MB are sent in one visit, of "
        f"which the server may keep a hundred MB, and it is left.\n\n{table(titles, rows)}"
    )


PAGES = ("answer", "profile", "assessments", "portfolio")
COUNTS = ("visits", "uploads", "files for browsers")


def _row(kept, settings):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ids = subject.fill(folder / "assessments.sqlite3", 5)
        at = folder / "counts.json"
        counted = {"module": "benchmarks.counted", "BENCHMARK_COUNTS": str(at), **settings}
        with running(folder, **counted) as server:
            process = psutil.Process(server.process.pid)
            asyncio.run(_come_and_go(server.port, ids, BEFORE))
            before = _settled(process, at)[0]
            asyncio.run(_come_and_go(server.port, ids, VISITS))
            after, counts = _settled(process, at)
            asyncio.run(_send(server.port))
            if settings:
                time.sleep(1.5)
            asyncio.run(_come_and_go(server.port, ids, 1))
            last = _settled(process, at)[0]
    note("memory", f"after {VISITS:,} visits kept {kept}, × before", after / before)
    note("memory", f"after uploads in a visit kept {kept}, × before", last / after)
    each = (after - before) * 1024 / VISITS
    figures = (f"{before:.0f}", f"{after:.0f}", f"{each:.1f}")
    return kept, *figures, *(counts[name] for name in COUNTS), f"{last:.0f}"


async def _come_and_go(port, ids, number):
    for each in range(number):
        page = PAGES[each % len(PAGES)]
        visit = Visit(port, page, subject.query(ids[each % len(ids)]))
        await visit.look()
        await visit.close()


async def _send(port):
    visit = Visit(port, "assessments")
    await visit.look()
    for each in range(SENT):
        send(port, visit.id, each, NINE_MB)
    await visit.close()


def _settled(process, at):
    """Return the MiB that the server has, once nothing happens in it, and what it keeps."""
    time.sleep(2)
    at.unlink(missing_ok=True)
    deadline = time.monotonic() + 30
    while not at.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return process.memory_info().rss / 2**20, json.loads(at.read_text())
