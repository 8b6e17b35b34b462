"""A department at work: people who answer, and programs that read, on two processes.

Two processes behind HAProxy serve one PostgreSQL; each person, signed in, answers a question about
every three seconds in an assessment of their own, while programs read one assessment after another
by the HTTP interface. Run it beside a PostgreSQL of its own:

    scripts/postgresql .venv/bin/python -m benchmarks.department [PEOPLE] [READS A SECOND]
"""

import asyncio
import contextlib
import http.client
import json
import random
import sys
import tempfile
import threading
import time

from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)

from benchmarks import load
from benchmarks.behind_a_proxy import COOKIE_SECRET, NAME, Postgres, installed
from benchmarks.figures import ms, percentile, table
from benchmarks.subject import query
from benchmarks.trouble import fill, officer
from benchmarks.wire import Visit
from procurement_risk.storage import open_store

PEOPLE, READS, READERS = 50, 200, 10


class Reader(threading.Thread):
    """Reads assessments at an even pace; keeps how many ms each took, and what failed."""

    def __init__(self, team, ids, token, pause):
        super().__init__(daemon=True)
        self.team, self._ids, self._token, self._pause = team, ids, token, pause
        self.took, self.failed, self.over = [], [], threading.Event()

    def run(self):
        """Read until it is over; where it is behind it does not catch up."""
        to = self.team.address.partition("//")[2]
        line = http.client.HTTPSConnection(to, context=self.team.context, timeout=30)
        said = {"Authorization": f"Bearer {self._token}"}
        wanted = time.perf_counter()
        while not self.over.is_set():
            begun = time.perf_counter()
            line.request("GET", f"/api/assessments/{random.choice(self._ids)}", headers=said)
            answer = line.getresponse()
            answer.read()
            self.took.append((time.perf_counter() - begun) * 1000)
            if answer.status != 200:
                self.failed.append(answer.status)
            wanted = max(wanted + self._pause, time.perf_counter())
            time.sleep(max(0.0, wanted - time.perf_counter()))


def visit(team, name, number):
    """Return the visit of somebody who has signed in."""
    who = {"iss": team.service, "sub": f"u-{number}", "name": f"Person {number}"}
    claims = {**who, "roles": ["officer"], "origin": team.address, "is_logged_in": True}
    value = create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(claims)).decode()
    mark = generate_xsrf_token_string()
    more = {
        "ssl": team.context,
        "subprotocols": ["streamlit", mark],
        "additional_headers": {"Cookie": f"_streamlit_user={value}; _streamlit_xsrf={mark}"},
    }
    return Visit(0, "answer", query(name), address=team.address, more=more)


async def answering(visits):
    """Let everybody answer for a while; return how many ms each click took."""
    for each in visits:
        await each.open()
    await asyncio.sleep(1)
    took, begun = [], time.perf_counter()
    await asyncio.gather(*(load.answer(each, random.Random(), took, begun) for each in visits))
    for each in visits:
        await each.close()
    return took


def main():
    """Measure it without the programs, and beside them."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    reads = int(sys.argv[2]) if len(sys.argv) > 2 else READS
    postgres, rows = Postgres(), []
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="department-"))
        team = stack.enter_context(installed(folder, postgres))
        ids = fill(postgres, people)
        with contextlib.closing(open_store(postgres.of(NAME))) as store:
            tokens = [officer(store) for _ in range(READERS)]
        for a_second in (0, reads):
            readers = [Reader(team, ids, each, READERS / a_second) for each in tokens if a_second]
            visits = [visit(team, name, number) for number, name in enumerate(ids)]
            for each in readers:
                each.start()
            begun = time.perf_counter()
            clicks = asyncio.run(answering(visits))
            elapsed = time.perf_counter() - begun
            for each in readers:
                each.over.set()
                each.join()
            read = [one for each in readers for one in each.took]
            failed = sum(len(each.failed) for each in readers)
            for words, took, bad in (
                (f"{people} people", clicks, load.lost(postgres.of(NAME), ids, visits)),
                (f"{len(read) / elapsed:.0f} reads a second", read, failed),
            ):
                if took:
                    times = (ms(percentile(took, percent)) for percent in (50, 95, 99))
                    rows.append((words, len(took), *times, bad))
    print(table(("", "done", "p50 ms", "p95 ms", "p99 ms", "lost or failed"), rows))


if __name__ == "__main__":
    main()
