"""How many people one process serves: each answers a question about every three seconds.

They speak Streamlit's own protocol, without browsers, so that many fit on one machine. Each has
an assessment of their own. Afterwards the store is asked whether it holds what each chose last.
A bare page with the same widgets, which saves nothing, is clicked by as many in the same run.
"""

import asyncio
import contextlib
import json
import random
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks import subject
from benchmarks.clicks import BARE_PAGE, elements
from benchmarks.figures import ms, percentile, table
from benchmarks.results import note
from benchmarks.wire import Visit
from procurement_risk.language.text import plain
from procurement_risk.storage import open_store
from tests.support.running import running

PEOPLE = (20, 50, 100, 200)
THINK = 3.0
SECONDS = 20.0


def report():
    """Return the section of the report."""
    rows = [row for people in PEOPLE for row in _rows(people)]
    times = ("p50 ms", "p95 ms", "p99 ms")
    titles = ("page", "people", "clicks", *times, "CPU %", "MiB", "MiB/person")
    return (
        f"One process; each person chooses an option in section {subject.SECTION!r} every "
        f"{THINK:.0f} s on average, at random, for {SECONDS:.0f} s. From the click's message to "
        "the end of the page's answer; the people share the machine with the server. CPU is of "
        f"one core.\n\n{table((*titles, 'lost'), rows)}"
    )


def _rows(people):
    """Return the row of the Questions page, and that of the bare page beside it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ids = subject.fill(folder / "assessments.sqlite3", people)
        queries = [subject.query(name) for name in ids]
        with running(folder) as server:
            tree, _kinds = asyncio.run(elements(server.port, queries[0]))
            took, *load, visits = asyncio.run(_people(server, "answer", queries))
            missing = lost(f"sqlite:///{server.database}", ids, visits)
        yield _row("Questions", people, took, *load, missing)
        page = folder / "page.json"
        page.write_text(json.dumps(tree))
        with running(folder, BARE_PAGE, BARE_PAGE=str(page)) as server:
            bare, *load, _visits = asyncio.run(_people(server, "", [""] * people))
        both = percentile(took, 95) / percentile(bare, 95)
        note("load", f"{people} people, p95, × the bare page", both)
        note("load", f"{people} people, p95, in units of 250 ms", percentile(took, 95) / 250)
        yield _row("bare page, same widgets", people, bare, *load, "")


def _row(page, people, took, cpu, before, after, missing):
    return (
        page,
        people,
        len(took),
        *(ms(percentile(took, percent)) for percent in (50, 95, 99)),
        f"{cpu:.0f}",
        f"{after:.0f}",
        f"{(after - before) / people:.2f}",
        missing,
    )


async def _people(server, page, queries):
    process = psutil.Process(server.process.pid)
    visits = [Visit(server.port, page, query) for query in queries]
    warm = Visit(server.port, page, queries[0])
    await warm.open()  # the first visit pays for the imports
    await warm.close()
    before = _mib(process)
    for visit in visits:
        await visit.open()
    await asyncio.sleep(1)
    took = []
    spent, begun = _cpu(process), time.perf_counter()
    chances = random.Random(2026)
    answering = asyncio.gather(
        *(answer(visit, random.Random(chances.random()), took, begun) for visit in visits)
    )
    await asyncio.sleep(SECONDS)  # later nobody clicks, and whoever waits yet waits for nothing
    cpu = 100 * (_cpu(process) - spent) / (time.perf_counter() - begun)
    await answering
    after = _mib(process)
    for visit in visits:
        await visit.close()
    return took, cpu, before, after, visits


async def answer(visit, chances, took, begun):
    """Click for ``SECONDS`` as a person does; add how many ms each click took."""
    while True:
        await asyncio.sleep(chances.expovariate(1 / THINK))
        if time.perf_counter() - begun > SECONDS:
            return
        radio = chances.choice(sorted(visit.radios))
        option = chances.choice(visit.radios[radio][:3])
        took.append(await visit.choose(radio, option))


def lost(url, ids, visits):
    """Return how many answers are not in the store as they were chosen last."""
    missing = 0
    with contextlib.closing(open_store(url)) as store:
        for name, visit in zip(ids, visits, strict=True):
            stored = store.load(name)
            for radio, option in visit.chosen.items():
                question = visit.questions[radio]
                given = stored.assessment.answer_set.answers.get(question)
                kept = stored.framework.by_id[question].option(given.option) if given else None
                missing += kept is None or plain(kept.label) != option
    return missing


def _cpu(process):
    times = process.cpu_times()
    return times.user + times.system


def _mib(process):
    return process.memory_info().rss / 2**20
