"""A portfolio of 14 to 10,000 assessments: bringing it up to date, reading it, filtering it.

The sums of its first screen stand beside pandas' own over the same rows.
"""

import random
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pandas as pd
from playwright.sync_api import sync_playwright

from benchmarks import subject
from benchmarks.figures import ms, percentile, table
from benchmarks.results import note
from benchmarks.start import PAINTED, App
from procurement_risk.assessment import Assessment, Purchase, Supplier, Upstream
from procurement_risk.assessment.answers import check_answers
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.concentration import KINDS, concentration
from procurement_risk.portfolio.days import dates_ahead, overdue, stale
from procurement_risk.portfolio.headlines import headlines
from procurement_risk.portfolio.totals import Filters, duplicates, filtered
from procurement_risk.storage import open_store
from tests.support.answer_sets import random_answers
from tests.support.running import launch, running, settled

SIZES = (14, 300, 2_000, 10_000)
FIRST_LIST = "painted: the list of assessments, first of all in a new server"
LOOK = 1_500  # ms: within which the list is to be there
FROM = 1  # the place of the size that growth is counted from
DAY = "2026-11-23"
ROUNDS = 5
ASKED, TAB, IN_TAB = "asked of you", "Concentration", "HHI by committed value"
FILTERS, FIELD, CHOSEN, SET = "Filters", "Tier", "Tier II", "Filters: 1 set"
ROWS = "list-rows"  # the key around the lines of a list
"""What is waited for and pressed: a test asks whether the pages still say it."""
VARIETY = 40  # sets of answers that the assessments take in turn


def report():
    """Return the section of the report."""
    columns = [_measured(size) for size in SIZES]
    names = list(columns[0])
    rows = [
        (name, *(ms(column[name]) for column in columns), _growth(columns, name)) for name in names
    ]
    sizes = [f"{size:,}" for size in SIZES]
    return (
        "Generated assessments of the core questionnaire, each of a purchase of its own, in "
        f"SQLite; median of {ROUNDS}, but for the first two lines and those that are painted in "
        "a browser, which happen once. Growth is "
        f"from {sizes[FROM]} to {sizes[-1]}.\n\n" + table(("milliseconds", *sizes, "growth"), rows)
    )


def _growth(columns, name):
    if name == FIRST_LIST:
        for size, column in zip(SIZES, columns, strict=True):
            note("portfolio", f"{name}, of {size:,}, in units of 1.5 s", column[name] / LOOK)
    times = columns[-1][name] / columns[FROM][name]
    note("portfolio", f"{name}, {SIZES[-1]:,} ÷ {SIZES[FROM]:,}", times)
    return f"× {times:,.0f}"


def _measured(size):
    with tempfile.TemporaryDirectory() as place:
        store = open_store(f"sqlite:///{Path(place) / 'assessments.sqlite3'}")
        fill(store, size)
        found = {"score them all, once after an upgrade": _once(lambda: _items(store))}
        store.close()
        store = open_store(f"sqlite:///{Path(place) / 'assessments.sqlite3'}")
        found["read them in a new process"] = _once(lambda: _items(store))
        found["look again, nothing changed"] = _median(lambda: _items(store))
        found["look again after one answer"] = _median(lambda: _items(store), lambda: _save(store))
        items = _items(store)
        chosen = chosen_items(items)
        some = Filters(buyers=frozenset({"Body 1", "Body 2"}), tiers=frozenset({2, 3}))
        found["choose which count"] = _median(lambda: chosen_items(items))
        found["filter"] = _median(lambda: filtered(chosen, some))
        first = "first screen: headlines, models, suppliers, duplicates"
        found[first] = _median(
            lambda: (
                headlines(chosen, (), DAY),
                concentration(chosen, "model"),
                concentration(chosen, "supplier"),
                duplicates(chosen),
            )
        )
        grouped = "pandas: the same rows by model, supplier, capability and recommendation"
        frame = _frame(chosen)
        found[grouped] = _median(lambda: _group(frame))
        if size == SIZES[-1]:
            note("portfolio", "first screen, × pandas", found[first] / found[grouped])
        found["all seven concentrations"] = _median(
            lambda: [concentration(chosen, kind) for kind in KINDS]
        )
        found["dates, overdue and stale"] = _median(
            lambda: (dates_ahead(chosen, DAY), overdue(chosen, DAY), stale(chosen, DAY))
        )
        store.close()
        found |= _painted(Path(place), _busiest(items))
    return found


def _frame(items):
    """Return the rows that the first screen is made of."""
    return pd.DataFrame(
        {
            "model": [each.upstreams[0].name for each in items],
            "supplier": [each.supplier.name for each in items],
            "capability": [each.purchase.capability for each in items],
            "recommendation": [each.recommendation for each in items],
            "committed": [each.committed for each in items],
        }
    )


def _group(frame):
    for column in ("model", "supplier", "capability", "recommendation"):
        frame.groupby(column)["committed"].agg(["size", "sum"]).sort_values("sum")


def _busiest(items):
    """Return the supplier of whom the most is on file."""
    ((name, _number),) = Counter(each.supplier.name for each in items).most_common(1)
    return name


def _painted(folder, supplier):
    """Return how long a browser waits: from asking to the first frame that shows the answer."""
    with running(folder) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        warm_up = browser.new_context().new_page()
        warm_up.goto(server.url("/help"))  # the first visit to an app pays for its imports
        settled(warm_up)
        page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        asked = page.get_by_text(ASKED).filter(visible=True).first  # paper has its own
        found = {
            "painted: first look at the page": _shown(
                page, lambda: page.goto(server.url("/portfolio"), wait_until="commit"), asked
            )
        }
        settled(page)
        tab = page.get_by_role("tab", name=TAB)
        found["painted: open the tab Concentration"] = _shown(
            page, tab.click, page.get_by_text(IN_TAB).first
        )
        settled(page)
        page.get_by_text(FILTERS, exact=True).first.click()
        settled(page)
        page.get_by_role("combobox", name=FIELD).click()
        settled(page)
        option = page.get_by_role("option", name=CHOSEN, exact=True)
        found["painted: set a filter"] = _shown(page, option.click, page.get_by_text(SET).first)
        settled(page)
        found["painted: look again"] = _shown(
            page,
            lambda: page.goto(server.url("/portfolio?tier=3"), wait_until="commit"),
            asked,
        )
        settled(page)
        found["painted: the busiest supplier"] = _shown(
            page,
            lambda: page.goto(
                server.url(f"/supplier?supplier={quote(supplier)}"), wait_until="commit"
            ),
            page.locator(f".st-key-{ROWS} a").first,  # what rests on it, by where it stands
        )
        settled(page)
        found["painted: the list of assessments"] = _shown(
            page,
            lambda: page.goto(server.url("/assessments"), wait_until="commit"),
            page.locator(f".st-key-{ROWS} a").first,
        )
        browser.close()
    found[FIRST_LIST] = _first_list(folder)
    return found


def _first_list(folder):
    """Return how long the list takes that is the first thing asked of a new server."""
    server = App(folder)
    server.start()
    try:
        with sync_playwright() as playwright:
            page = launch(playwright).new_page(viewport={"width": 1280, "height": 720})
            return _shown(
                page,
                lambda: page.goto(server.url("/assessments"), wait_until="commit"),
                page.locator(f".st-key-{ROWS} a").first,
            )
    finally:
        server.stop()


def _shown(page, act, sign):
    begun = time.perf_counter()
    act()
    sign.wait_for()
    page.evaluate(PAINTED)
    return (time.perf_counter() - begun) * 1000


def _items(store):
    return portfolio_store.items_of(store)


def _save(store):
    stands = store.parts("generated-00001")
    option = "a" if stands["answer:DP-01"].value.get("option") != "a" else "b"
    store.save(
        "generated-00001",
        "answer:DP-01",
        {"option": option},
        stands["answer:DP-01"].revision,
        subject.ACTOR,
    )


def _once(work):
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _median(work, before=lambda: None):
    took = []
    for _ in range(ROUNDS):
        before()
        took.append(_once(work))
    return percentile(took, 50)


# --- What is generated --------------------------------------------------------------------


def fill(store, size, seed=2026):
    """Put ``size`` assessments into ``store``: buyers, suppliers and models that recur."""
    rng = random.Random(seed)
    asked = subject.framework()
    document = dict(asked.document)
    answer_sets = [
        _usual(check_answers(asked, random_answers(random.Random(seed + n), document, p_open=0.1)))
        for n in range(VARIETY)
    ]
    for number in range(size):
        store.create(_assessment(rng, number, answer_sets[number % VARIETY]), asked, subject.ACTOR)


def _usual(answer_set):
    """Return ``answer_set`` with a handful of mitigations and of evidence that has an end."""
    answers = {
        name: answer if number < 6 else replace(answer, valid_until="")
        for number, (name, answer) in enumerate(answer_set.answers.items())
    }
    return replace(answer_set, answers=answers, mitigations=answer_set.mitigations[:5])


def _assessment(rng, number, answer_set):
    supplier = int(rng.paretovariate(1.1)) % 300
    model = int(rng.paretovariate(1.1)) % 40
    began = date(2024, 1, 1) + timedelta(rng.randrange(1_000))
    return Assessment(
        id=f"generated-{number:05}",
        purchase=Purchase(
            id=f"purchase-{number:05}",
            title=f"Purchase {number}",
            buyer=f"Body {rng.randrange(120)}",
            capability=f"capability-{rng.randrange(200)}",
            committed_value=rng.choice([None, 0, int(10 ** rng.uniform(3, 8))]),
            value_if_scaled=rng.choice([None, None, int(10 ** rng.uniform(5, 8))]),
            contract_start=began.isoformat(),
            contract_end=(began + timedelta(1_000)).isoformat(),
            break_dates=((began + timedelta(500)).isoformat(),),
        ),
        supplier=Supplier(
            name=f"Supplier {supplier}",
            group=f"Group {supplier % 60}",
            jurisdiction=f"Law {supplier % 7}",
        ),
        upstreams=(
            Upstream(kind="model", name=f"Model {model}", maker=f"Maker {model % 15}"),
            Upstream(kind="host", name=f"Host {supplier % 90}"),
            Upstream(kind="cloud", name=f"Cloud {model % 6}"),
        ),
        answer_set=replace(answer_set, as_of=rng.choice([DAY, "2025-08-01"])),
        state=rng.choice(["draft", "in_review", "decided", "live"]),
        fictional=True,
    )
