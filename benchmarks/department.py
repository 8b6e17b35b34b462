"""A department at work: people who answer, and programs that read, on two processes.

Two processes behind HAProxy serve one PostgreSQL; each person, signed in, answers a question about
every three seconds in an assessment of their own, while programs read one assessment after another
by the HTTP interface. It is a part of ``make bench``; by itself it runs beside a PostgreSQL:

    scripts/postgresql .venv/bin/python -m benchmarks.department [PEOPLE] [READS A SECOND]
"""

import asyncio
import contextlib
import http.client
import json
import os
import random
import shutil
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
from benchmarks.results import note
from benchmarks.subject import query
from benchmarks.trouble import fill, officer
from benchmarks.wire import Visit
from procurement_risk.storage import open_store

PEOPLE, READS, READERS = 50, 200, 10
TIMES = ("p50 ms", "p95 ms", "p99 ms")


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


def report(people=PEOPLE, reads=READS):
    """Return the section of the report: without the programs, and beside them."""
    if reason := _why_not():
        return f"Not measured: {reason}"
    rows = list(_rows(people, reads))
    titles = ("", "done", *TIMES, "lost or failed")
    return (
        "Two processes behind HAProxy on one PostgreSQL; each person, signed in, chooses an "
        f"option every {load.THINK:.0f} s on average for {load.SECONDS:.0f} s, in an assessment "
        "of their own; then the same beside programs that read one assessment after another by "
        f"the HTTP interface. All of it shares the machine.\n\n{table(titles, rows)}"
    )


def _why_not():
    """Return what is missing on this machine, in words; empty where nothing is."""
    if not os.environ.get("PROCUREMENT_RISK_TEST_POSTGRES"):
        return "there is no PostgreSQL that could be started. scripts/postgresql says why."
    missing = [each for each in ("haproxy", "openssl") if shutil.which(each) is None]
    return f"{' and '.join(missing)} cannot be found: install it." if missing else ""


def _rows(people, reads):
    """Yield a row of the people, then one of them beside the programs and one of the programs."""
    postgres = Postgres()
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
            beside = " beside the programs" if readers else ""
            missing = load.lost(postgres.of(NAME), ids, visits)
            yield _row(f"{people} people{beside}", clicks, missing, 500)
            if readers:
                read = [one for each in readers for one in each.took]
                failed = sum(len(each.failed) for each in readers)
                words = f"the programs, {len(read) / elapsed:.0f} reads a second of {reads} tried"
                note("department", f"reads a second, of {reads}", len(read) / elapsed / reads)
                yield _row(words, read, failed, 100, "the programs")


def _row(words, took, bad, unit, name=""):
    """Return a row, and keep how many times ``unit`` milliseconds 95 of 100 took at the most."""
    slow = percentile(took, 95) / unit
    note("department", f"{name or words}, p95, in units of {unit} ms", slow)
    return words, len(took), *(ms(percentile(took, each)) for each in (50, 95, 99)), bad


if __name__ == "__main__":
    print(report(*map(int, sys.argv[1:])))
