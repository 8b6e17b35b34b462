"""How long from starting the app to its first page on the screen, against a bare page.

Both start in turn, so that whatever else the machine does weighs on both.
"""

import os
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from benchmarks.figures import ms, ratio, spread, table
from benchmarks.results import note
from tests.support.running import ROOT, Server, launch

RUNS = int(os.environ.get("BENCHMARK_STARTS", "3"))  # a round
BARE = ROOT / "benchmarks" / "bare_start.py"
# Two frames: the second begins when the first is on the screen.
PAINTED = """() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""
MEASURES = ("app answers, ms", "first page painted, ms", "processor, ms", "memory, MiB")


def report():
    """Return the section of the report."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        # The modules are compiled once, wherever the environment leaves that out.
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(folder / "compiled"))
        unset = os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            pairs = [_pair(folder, playwright) for _ in range(RUNS + 1)][1:]
        finally:
            if unset is not None:
                os.environ["PYTHONDONTWRITEBYTECODE"] = unset
    rows = []
    for place, name in enumerate(MEASURES):
        app, bare = ([run[place] for run in runs] for runs in zip(*pairs, strict=True))
        times = [one / other for one, other in zip(app, bare, strict=True)]
        note("start", f"{name.partition(',')[0]}, × a bare page", times)
        rows.append((name, spread(app, ms), spread(bare, ms), spread(times, ratio)))
    return (
        f"Packages, compiled modules and database in place, a browser of its own with an empty "
        f"cache for each of {RUNS} runs; median (least to most).\n\n"
        + table(("from process start", "the app", "a bare page", "×"), rows)
    )


def _pair(folder, playwright):
    return _start(App(folder), playwright), _start(Server(folder, BARE), playwright)


class App(Server):
    """The app as ``make run`` starts it, but for the browser."""

    def _started(self, _arguments, environment):
        arguments = ["run", "--no-browser", f"--port={self.port}"]
        self.module = "procurement_risk"
        return super()._started(arguments, environment)


def _start(server, playwright):
    browser = launch(playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    begun = time.perf_counter()
    try:
        server.start()
        healthy = (time.perf_counter() - begun) * 1000
        page.goto(server.url(), wait_until="commit")
        page.get_by_role("heading", level=1).first.wait_for()
        page.evaluate(PAINTED)
        painted = (time.perf_counter() - begun) * 1000
        process = psutil.Process(server.process.pid)
        spent = sum(process.cpu_times()[:2]) * 1000
        time.sleep(SETTLES)
        memory = process.memory_info().rss / 2**20
    finally:
        browser.close()
        server.stop()
    return healthy, painted, spent, memory


SETTLES = 3  # seconds: what is read ahead once the first page is there counts as memory
