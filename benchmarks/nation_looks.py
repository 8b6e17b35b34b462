"""What is looked at in a large store: each a function that is given it and gives what to time.

PROCUREMENT_RISK_DATABASE=… python -m benchmarks.nation_looks NAME
"""

import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace

from procurement_risk.portfolio import kept, notices
from procurement_risk.portfolio.asked_portfolio import AskedPortfolio
from procurement_risk.portfolio.census import Census
from procurement_risk.portfolio.narrowing import Narrowing
from procurement_risk.portfolio.part_of_waiting import work_of
from procurement_risk.portfolio.settled_purchases import is_asked, settle
from procurement_risk.portfolio.shown_rows import list_of
from procurement_risk.portfolio.totals import Filters
from procurement_risk.storage import open_store

TIMES, DAY = 4, "2026-11-30"
NARROWED = {
    "as it opens": Narrowing(),
    "one state": Narrowing({"state": "decided"}),
    "past its day, by value": Narrowing({"due": "past"}, "value"),
    "one tier, by owner": Narrowing({"tier": "Tier III"}, "owner"),
    "by purchase, turned": Narrowing({}, "purchase", True),
}
WORDS = ("zebra", "triage", "council", "proceed")
PAGES = ("my-work", "assessments", "start", "compare", "records", "administration", "history")


def _part(narrowing, words=""):
    return lambda store: lambda: list_of(store, DAY).part(narrowing, words, 50)


def _worked(store):
    def work():
        kept.lines_coming(store, wait=True)
        return work_of(store, "", DAY).others.part(10)

    return work


def _noticed(store):
    def notice():
        found = notices.found(store, DAY)
        return notices.of_person(found, store, "Ada"), notices.of_organisation(found, store)

    return notice


def _portfolio(store, filters=None):
    """The first screen of the Portfolio, worked out anew, with what its filters offer."""
    settle(store, wait=True)

    def looked():
        portfolio = AskedPortfolio(store, DAY) if is_asked(store) else None
        portfolio.offered  # noqa: B018  it is asked for where it is read
        return portfolio.view(filters or Filters(day=DAY), Census)

    return looked


def _portfolio_list(store):
    view = _portfolio(store)()
    return lambda: view.part(store, None, Narrowing(sort="value"), "", 50)


def _listed(cursor=False, **asked):
    """The API's list: its first part, or one that is far behind it."""
    from procurement_risk.server.api import listing

    def begun(store):
        asking = SimpleNamespace(store=store)
        far = ""
        if cursor:
            rows = list_of(store, DAY).part(Narrowing(), "", 1, 90_000).rows
            far = listing._cursor(90_001, rows[0].id)
        filters = listing.Filters(cursor=far, limit=200, **asked)
        return lambda: listing._list(asking, filters)

    return begun


def _table(store):
    """The API's table over everything, which refuses so many."""
    from procurement_risk.errors import UsageError
    from procurement_risk.server.api import portfolio_tables

    def table():
        try:
            portfolio_tables._table(SimpleNamespace(store=store), "assessments")
        except UsageError:
            return

    return table


def _page(name):
    def begun(_store):
        from tests.support.small_app import draw

        query = {"assessment": "demo-p05"} if name == "history" else {}

        def drawn():
            with redirect_stdout(io.StringIO()):
                draw(name, **query)

        return drawn

    return begun


def _opened():
    return open_store(os.environ["PROCUREMENT_RISK_DATABASE"])


LOOKS: dict[str, Callable] = {
    "opening it": lambda _store: (
        lambda: open_store(os.environ["PROCUREMENT_RISK_DATABASE"]).close()
    ),
    "what the filters offer": lambda store: lambda: list_of(store, DAY),
    **{f"list, {words}": _part(narrowing) for words, narrowing in NARROWED.items()},
    **{f"searched for {words}": _part(Narrowing(), words) for words in WORDS},
    "My work": _worked,
    "a round of notices": _noticed,
    "Portfolio, first screen": _portfolio,
    "Portfolio, what is live": lambda store: _portfolio(
        store, Filters(day=DAY, states=frozenset({"live"}))
    ),
    "Portfolio, list": _portfolio_list,
    "API, the list": _listed(),
    "API, the list far down": _listed(cursor=True),
    "API, the list searched": _listed(q="triage"),
    "API, what is set aside": _listed(set_aside=True),
    "API, a table": _table,
    **{f"page {name}": _page(name) for name in PAGES},
}


def main(name):
    """Print the milliseconds of the first time and of those after it, processor time, memory."""
    store = _opened()
    work, took = LOOKS[name](store), []
    spent = time.process_time()
    for _time in range(1 + TIMES):
        begun = time.perf_counter()
        with store.at_one_moment():  # as a page of a team, or a request, does
            work()
        took.append((time.perf_counter() - begun) * 1e3)
    spent = (time.process_time() - spent) * 1e3
    most = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 2**10
    print(json.dumps([took[0], statistics.median(took[1:]), spent, most]))


if __name__ == "__main__":
    main(sys.argv[1])
