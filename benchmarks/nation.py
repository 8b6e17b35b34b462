"""Lists at the size of a nation: a store of 100,000 lines made by SQL, and what a page costs.

    python -m benchmarks.nation [NUMBER] [URL]

The fictional portfolio is loaded, and its rows are copied with other ids: assessments, their
purchase, supplier and state, outcomes, lines and words, but neither answers nor history. Without
URL it is a SQLite file in a folder of its own.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time

import sqlalchemy as sa

from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.portfolio import kept, notices
from procurement_risk.portfolio.narrowing import Narrowing
from procurement_risk.portfolio.part_of_waiting import work_of
from procurement_risk.portfolio.shown_rows import list_of
from procurement_risk.portfolio.worklist import rows
from procurement_risk.storage import open_store, search, tables

NUMBER, TIMES, DAY = 100_000, 5, "2026-11-30"
ASKED = {
    "as it opens": Narrowing(),
    "one state": Narrowing({"state": "decided"}),
    "past its day, by value": Narrowing({"due": "past"}, "value"),
    "one tier, by owner": Narrowing({"tier": "Tier III"}, "owner"),
    "by purchase, turned": Narrowing({}, "purchase", True),
}
WORDS = ("zebra", "triage", "council", "proceed")


def fill(store, number):
    """Copy every assessment as often as it takes."""
    load_demonstration(store, "Ada")
    kept.items_of(store)
    ids = [each.id for each in store.summaries()]
    with store.engine.begin() as connection:
        for turn in range(1, number // len(ids) + 1):
            for table in (
                tables.assessment,
                tables.part,
                tables.outcome,
                tables.outcome_line,
                tables.waiting_line,
                tables.search_text,
                tables.assessment_buyer,
                tables.supplier_link,
            ):
                copy(connection, table, ids, turn)
        search.purge(connection)  # it makes the index anew, of the copied words too


def copy(connection, table, ids, turn):
    """Copy the rows of ``ids``, with the number of the turn behind each id."""
    name = "id" if table is tables.assessment else "assessment_id"
    values = {each.name: each for each in table.c}
    values[name] = table.c[name].op("||")(f"-n{turn}")
    if table is tables.outcome_line:
        values["title_key"] = table.c.title_key.op("||")(f" {turn}")
    if table is tables.search_text:
        del values["id"]
    if table is tables.assessment:
        values["purchase_id"] = table.c.purchase_id.op("||")(f"-n{turn}")
    query = sa.select(*values.values()).where(table.c[name].in_(ids))
    if table is tables.part:
        query = query.where(table.c.name.in_(("purchase", "supplier", "state")))
    connection.execute(table.insert().from_select(list(values), query))


def searched(store, words):
    """Show the first page of what is found."""
    return list_of(store, DAY).part(Narrowing(), words, 50)


def worked(store):
    """Count what waits, and show the first page of it for whoever has no name."""
    kept.lines_coming(store, wait=True)
    return work_of(store, "", DAY).others.part(10)


def noticed(store):
    """Find what a person and a webhook that sees everything are told of."""
    found = notices.found(store, DAY)
    return notices.of_person(found, store, "Ada"), notices.of_organisation(found, store)


def timed(work):
    """Return the seconds of each of a few runs."""
    found = []
    for _turn in range(TIMES):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def told(words, seconds):
    """Say the first, the median and the worst of some runs, in milliseconds."""
    first, middle, worst = seconds[0], statistics.median(seconds), max(seconds)
    print(f"{words:40} {first * 1e3:9,.0f} {middle * 1e3:9,.0f} {worst * 1e3:9,.0f}", flush=True)


def main() -> None:
    """Make the store and measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/nation.sqlite3"
        store = open_store(url)
        start = time.perf_counter()
        fill(store, number)
        print(f"{number:,} assessments in {time.perf_counter() - start:,.0f} s")
        print(f"{'milliseconds':40} {'first':>9} {'median':>9} {'worst':>9}")
        told("what the filters offer", timed(lambda: list_of(store, DAY)))
        for words, narrowing in ASKED.items():
            listed = list_of(store, DAY)
            told(f"on the page, {words}", timed(lambda n=narrowing: listed.part(n, "", 50)))  # noqa: B023
        for words in WORDS:
            told(f"searched for {words}", timed(lambda w=words: searched(store, w)))
        told("My work", timed(lambda: worked(store)))
        told("a round of notices", timed(lambda: noticed(store)))
        start = time.perf_counter()
        kept.items_of(store)
        print(f"every item read into memory in {time.perf_counter() - start:,.1f} s", flush=True)
        every = rows(store, [each for each in store.summaries() if not each.archived], DAY)
        print(f"every row made in memory: {time.perf_counter() - start:,.1f} s altogether")
        for words, narrowing in ASKED.items():
            told(f"in memory, {words}", timed(lambda n=narrowing: n.of(every)[:50]))
        store.close()


if __name__ == "__main__":
    main()
