"""How long from starting the app to its first page on the screen."""

import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from benchmarks.figures import ms, percentile, table
from tests.support.running import Server, launch

RUNS = 5
# Two frames: the second begins when the first is on the screen.
PAINTED = """() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""


def report():
    """Return the section of the report."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = launch(playwright)
        _start(Path(place), browser)  # makes the database and the compiled modules
        runs = [_start(Path(place), browser) for _ in range(RUNS)]
        browser.close()
    names = ("app answers", "first page painted")
    rows = [
        (name, *(ms(figure) for figure in (percentile(took, 50), max(took))))
        for name, took in zip(names, list(zip(*runs, strict=True))[:2], strict=True)
    ]
    memory = max(run[2] for run in runs)
    return (
        f"Packages and database in place, browser running with an empty cache, {RUNS} runs. "
        f"Memory with one page open: {memory:.0f} MiB.\n\n"
        + table(("from process start, ms", "median", "slowest"), rows)
    )


def _start(folder, browser):
    server = Server(folder)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    begun = time.perf_counter()
    try:
        server.start()
        healthy = (time.perf_counter() - begun) * 1000
        page.goto(server.url(), wait_until="commit")
        page.get_by_role("heading", level=1).first.wait_for()
        page.evaluate(PAINTED)
        painted = (time.perf_counter() - begun) * 1000
        memory = psutil.Process(server.process.pid).memory_info().rss / 2**20
    finally:
        context.close()
        server.stop()
    return healthy, painted, memory
