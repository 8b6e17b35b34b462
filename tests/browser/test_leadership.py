"""The leadership page as a browser prints it: one sheet of A4, whatever stands on it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from procurement_risk.exports import EXPORTS
from procurement_risk.exports.leadership.height import lines
from procurement_risk.exports.leadership.html import LINES, document
from procurement_risk.report import ROOMS
from tests.support import tagged_pdf
from tests.support.leadership_examples import (
    FRAUD,
    FRAUD_BEFORE,
    NAMES,
    WORST,
    exported,
    worst_page,
)
from tests.support.running import Server, assert_no_traceback, visit

HTML = EXPORTS["leadership-html"]

pytestmark = pytest.mark.own_page


def printed(page: Page, source: str) -> int:
    page.set_content(source)
    return tagged_pdf.pages(page.pdf(prefer_css_page_size=True, print_background=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_demonstration_prints_on_one_sheet(page: Page, name: str):
    earlier = [exported(FRAUD_BEFORE)] if name == FRAUD else []

    assert printed(page, HTML.write([exported(name), *earlier]).decode()) == 1


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_worst_prints_on_one_sheet(page: Page, text: str):
    """In the roomiest form that is taken to fit."""
    fitting = next(p for room in ROOMS if lines(p := worst_page(text, room)) <= LINES)

    assert printed(page, document(fitting)) == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_it_can_be_read_on_any_screen_and_by_anybody(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 700})
    # Only so that axe may run: the page itself lets nothing run.
    source = HTML.write([exported(FRAUD), exported(FRAUD_BEFORE)]).decode()
    page.set_content(source.replace("default-src 'none'", "default-src 'unsafe-inline'"))

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []


PICTURES = "[...document.querySelectorAll('td.picture svg')].map(e => e.getBoundingClientRect())"


def test_on_a_phone_each_bar_is_as_wide_as_the_page(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_content(HTML.write([exported(FRAUD)]).decode())
    found = page.evaluate(f"{PICTURES}.map(e => [e.left, e.right])")

    assert len(found) == 7
    assert all(left >= 0 and right <= 390 and right - left > 300 for left, right in found)
    page.set_viewport_size({"width": 1280, "height": 844})
    assert max(page.evaluate(f"{PICTURES}.map(e => e.right - e.left)")) > 300
    page.add_style_tag(content="table :is(tbody, tr, th, td) { display: revert !important }")
    page.set_viewport_size({"width": 390, "height": 844})
    assert max(page.evaluate(f"{PICTURES}.map(e => e.right - e.left)")) < 300


def test_a_page_too_long_is_seen(page: Page):
    assert printed(page, document(worst_page("Lorem ipsum dolor " * 300, ROOMS[0]))) > 1


def test_the_profile_gives_the_page_and_the_change_on_it(demo_server: Server, page: Page):
    visit(page, demo_server.url("/profile?assessment=demo-p05"))
    with page.expect_download() as taken:
        page.get_by_role("button", name="Leadership page (PDF)").click()
    data = Path(taken.value.path()).read_bytes()

    assert taken.value.suggested_filename.endswith("-leadership.pdf")
    assert tagged_pdf.pages(data) == 1
    assert "Since 24 November 2025" in tagged_pdf.text(data)
    assert_no_traceback(page, demo_server)
