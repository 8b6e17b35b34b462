"""A running app and a page for each browser test.

server          an app with an empty database, of this test alone: it may be killed
shared_server   one app for all tests that only look
demo_server     another, with the demonstration portfolio
page            a page in Chromium, the same from test to test; photographed when its test fails

A test marked ``own_page`` changes more than what the page shows, and has one to itself.

Several processes run tests at once; each has its own browser and its own shared_server.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from procurement_risk.storage import open_store
from tests.support.running import (
    STILL,
    Server,
    chromium,
    launch,
    listen,
    photograph,
    running,
    stay,
)
from tests.support.stored_examples import put_demonstration

HERE = Path(__file__).parent
LAPTOP = {"width": 1280, "height": 720}

BRIEF_VISITS = (
    # Code is seldom run often enough to repay the best compiling, or to look for waste so often.
    "--js-flags=--no-turbofan --min-semi-space-size=64 --max-semi-space-size=128",
    "--process-per-site",  # pages of one profile share what they have compiled
)

_failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and run it last: the quick tests speak first.

    But where several processes share the tests it comes first: one of them then waits for pages
    while the others keep the processors busy.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
    first = hasattr(config, "workerinput")
    items.sort(key=lambda item: item.path.is_relative_to(HERE) is not first)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Remember that a test failed, for the photograph."""
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An app with an empty database. Its log may hold no traceback at the end."""
    with running(tmp_path, forked=True) as server:
        yield server


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app for tests that only look."""
    with running(tmp_path_factory.mktemp("shared"), forked=True) as server:
        yield server


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app with the demonstration portfolio, for tests that only look."""
    with running(tmp_path_factory.mktemp("demo"), forked=True) as server:
        with closing(open_store(f"sqlite:///{server.database}")) as store:
            put_demonstration(store)
        yield server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Without one the test fails: it is never skipped."""
    try:
        chromium()
    except FileNotFoundError as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        browser = launch(playwright, *BRIEF_VISITS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A Chromium profile with a laptop's screen: what it has fetched once, it need not again."""
    context = browser.new_context(
        viewport=LAPTOP, locale="en-GB", timezone_id="Europe/London", **STILL
    )
    context.set_default_timeout(15_000)
    stay(context)
    yield context
    context.close()


@pytest.fixture(scope="package")
def kept() -> list[Page]:
    """The page that the next test goes on in, if any: a new one costs more than a new address."""
    return []


@pytest.fixture
def page(
    profile: BrowserContext, kept: list[Page], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Page]:
    """A page; whatever was opened beside it goes at the end, cookies too."""
    alone = request.node.get_closest_marker("own_page") is not None
    page = kept[0] if kept and not alone else profile.new_page()
    listen(page)
    yield page
    failed = request.node.stash.get(_failed, False)
    if failed:
        where = photograph(page, tmp_path / "page.png")
        request.node.add_report_section("teardown", "photograph", where)
    if not alone:
        kept[:] = [] if failed or page.is_closed() else [page]
    for each in profile.pages[1:]:
        if each not in kept:
            each.close()
    profile.clear_cookies()
