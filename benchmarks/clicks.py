"""How long a click on the Questions page takes, beside a bare page with the same widgets.

Both pages run at once, each in its own server, and are clicked in turn, so that whatever else
the machine does meets both alike. A click counts from the pointer's release to the first frame
after the last change that it brings to the page.
"""

import asyncio
import json
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from google.protobuf.json_format import MessageToDict
from playwright.sync_api import sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import subject
from benchmarks.figures import ms, percentile, table
from benchmarks.results import note
from benchmarks.wire import Visit
from tests.support.running import ROOT, launch, running, visit

BARE_PAGE = ROOT / "benchmarks" / "bare_page.py"
CLICKS = 40
WARM_UP = 6
RADIOS = "[data-testid=stMain] [data-testid=stRadio]:not(:has([aria-label=Sections]))"
WIDGETS = {
    "radio": "radios",
    "button_group": "segmented controls",
    "text_input": "text fields",
    "text_area": "text areas",
    "date_input": "day fields",
    "button": "buttons",
    "expandable": "expanders",
}
STOPWATCH = (Path(__file__).parent / "stopwatch.js").read_text()
FINISHED = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number


def report():
    """Return the section of the report."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        real, bare = Path(place) / "real", Path(place) / "bare"
        real.mkdir()
        bare.mkdir()
        (name,) = subject.fill(real / "assessments.sqlite3", 1)
        query = subject.query(name)
        app = stack.enter_context(_timed(real))
        tree, kinds = asyncio.run(elements(app.port, query))
        (bare / "page.json").write_text(json.dumps(tree))
        page = str(bare / "page.json")
        floor = stack.enter_context(_timed(bare, BARE_PAGE, page))
        urls = app.url(f"/answer?{query}"), floor.url()
        painted, script = _click_in_turn(urls, (real, bare))
    titles = ("", "painted p50", "painted p95", "script p50", "script p95")
    rows = [
        (label, *(ms(percentile(values, p)) for values in pair for p in (50, 95)))
        for label, pair in zip(
            ("Questions page", "bare page, same widgets"),
            zip(painted, script, strict=True),
            strict=True,
        )
    ]
    ratio = percentile(painted[0], 50) / percentile(painted[1], 50)
    ratio95 = percentile(painted[0], 95) / percentile(painted[1], 95)
    note("clicks", "painted, p50, × the bare page", ratio)
    note("clicks", "painted, p95, × the bare page", ratio95)
    what = ", ".join(f"{kinds[kind]} {name}" for kind, name in WIDGETS.items() if kinds[kind])
    return (
        f"Section {subject.SECTION!r}, all questions answered ({what}); {CLICKS} clicks on each "
        f"page in turn, in ms.\n\n{table(titles, rows)}\n\n"
        f"Questions page ÷ bare page: {ratio:.2f} at p50, {ratio95:.2f} at p95."
    )


def _timed(folder, app=ROOT / "app.py", elements=""):
    return running(
        folder,
        app,
        module="benchmarks.timed",
        BENCHMARK_TIMES=str(folder / "times.txt"),
        BARE_PAGE=elements,
    )


async def elements(port, query):
    """Return what the page draws, as a tree under each place of the window, and its kinds."""
    page = Visit(port, "answer", query)
    await page.open()
    await page.close()
    roots = [{"children": {}} for _ in range(4)]  # main, sidebar, events, bottom
    kinds = Counter()
    for number, (place, message) in enumerate(sorted(page.drawn.items())):
        if place[0] >= len(roots) or len(place) < 2:
            continue
        kind = message.WhichOneof("type") or "vertical"
        kinds[kind] += 1
        parent = roots[place[0]]
        for step in place[1:-1]:
            parent = parent["children"][step]
        said = MessageToDict(getattr(message, kind)) if message.WhichOneof("type") else {}
        parent["children"][place[-1]] = {
            "kind": kind,
            "said": said,
            "number": number,
            "children": {},
        }
    return [_in_order(root) for root in roots], kinds


def _in_order(node):
    return [
        {**child, "children": _in_order(child)} for _, child in sorted(node["children"].items())
    ]


def _click_in_turn(urls, folders):
    painted, script = ([], []), ([], [])
    with sync_playwright() as playwright:
        browser = launch(playwright)
        pages = []
        for url in urls:
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.add_init_script(f"window.SCRIPT_FINISHED = {FINISHED};\n{STOPWATCH}")
            visit(page, url)
            page.locator(RADIOS).first.wait_for()
            page.wait_for_timeout(1000)
            page.evaluate("stopwatch.watch()")
            pages.append(page)
        for number in range(WARM_UP + CLICKS):
            for page, folder, took, ran in zip(pages, folders, painted, script, strict=True):
                before = len(_times(folder))
                took_now = _click(page, number)
                if number >= WARM_UP:
                    took.append(took_now)
                    ran.append(sum(_times(folder)[before:]))
        browser.close()
    return painted, script


def _click(page, number):
    """Click another option of the next radio, and return the ms until it is painted."""
    page.bring_to_front()
    radios = page.locator(RADIOS)
    radio = radios.nth(number % radios.count())
    options = radio.locator("label[data-selected], label:has(input[type=radio])")
    option = options.nth(1 if options.nth(0).locator("input").is_checked() else 0)
    option.scroll_into_view_if_needed()
    page.wait_for_timeout(150)
    page.evaluate("stopwatch.reset()")
    option.click(delay=60)
    page.wait_for_function("stopwatch.stopped()", polling=50)
    return page.evaluate("stopwatch.took()")


def _times(folder):
    path = folder / "times.txt"
    return [float(line) for line in path.read_text().split()] if path.exists() else []
