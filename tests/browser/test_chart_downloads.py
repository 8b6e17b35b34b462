"""Charts are downloaded as pictures and as tables, in a real browser and without a network."""

import csv
import struct
import xml.etree.ElementTree as ElementTree
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.running import Server, assert_no_traceback, settled, turn_to

P05 = "demo-p05"
TITLE = "is the worst section"


def download(page: Page, kind: str) -> tuple[str, bytes]:
    """Press one of the buttons under the first chart, and return the file."""
    button = page.get_by_role("button", name=f"{kind}: download").first
    with page.expect_download() as caught:
        button.click()
    path = caught.value.path()
    return caught.value.suggested_filename, Path(path).read_bytes()


def open_profile(server: Server, page: Page):
    """Let the page show the profile; where it does so already, nothing is drawn again."""
    there = server.url(f"/profile?assessment={P05}")
    if page.url != there:
        turn_to(page, there)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def size(chart: Locator):
    box = chart.bounding_box()
    assert box is not None
    return box["width"], box["height"]


def words_of(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join(" ".join(each.itertext()) for each in root.iter() if each.tag.endswith("text"))


def test_png(demo_server: Server, page: Page):
    """A picture twice as fine as the screen, and not an empty one."""
    open_profile(demo_server, page)
    shown = size(page.locator(".js-plotly-plot").first)

    name, data = download(page, "PNG")

    assert name == "section-bars-demo-p05.png"
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert width == pytest.approx(2 * shown[0], abs=4)
    assert height > 2 * shown[1], "the title needs room of its own"
    assert len(data) > 20_000
    assert_no_traceback(page, demo_server)


def test_svg(demo_server: Server, page: Page):
    """A drawing that says in words what it shows, of what, as of when, and that it is made up."""
    open_profile(demo_server, page)

    name, data = download(page, "SVG")

    assert name == "section-bars-demo-p05.svg"
    said = words_of(data)
    for words in (TITLE, "Claims fraud scoring", "Ironvale", "23 November 2026", "Fictional"):
        assert words in said.replace("  ", " "), words
    assert "#ffffff" in data.decode() or "rgb(255, 255, 255)" in data.decode()
    assert_no_traceback(page, demo_server)


def test_csv(demo_server: Server, page: Page):
    """The table behind the chart, in the byte form that spreadsheets expect."""
    open_profile(demo_server, page)

    name, data = download(page, "CSV")

    assert name == "section-bars-demo-p05.csv"
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Section", "Figure"]
    assert len(rows) == 1 + 7 * 3
    assert_no_traceback(page, demo_server)


def test_the_chart_on_the_page_stays_as_it_was(demo_server: Server, page: Page):
    """Its title and background are for the picture alone, and every chart has its own buttons."""
    open_profile(demo_server, page)
    chart = page.locator(".js-plotly-plot").first
    before = size(chart)
    for kind in ("PNG", "SVG", "PNG"):
        download(page, kind)
    settled(page)

    assert size(chart) == before
    expect(chart.get_by_text("Claims fraud scoring")).to_have_count(0)
    expect(page.get_by_role("button", name="SVG: download")).to_have_count(2)
    expect(page.locator(".modebar-container").first).to_be_hidden()
    assert chart.evaluate("c => c.layout.title?.text ?? ''") == ""
    assert_no_traceback(page, demo_server)


def test_by_keyboard_alone(demo_server: Server, page: Page):
    open_profile(demo_server, page)
    button = page.get_by_role("button", name="PNG: download").nth(1)
    button.focus()
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    assert caught.value.suggested_filename.startswith("evidence-mix-")


@pytest.mark.own_page
def test_in_the_dark_the_picture_is_light_all_the_same(demo_server: Server, page: Page):
    """It is printed, and put into other people's papers; the chart on the page stays dark."""
    page.emulate_media(color_scheme="dark")
    open_profile(demo_server, page)

    __, data = download(page, "SVG")

    svg = data.decode().replace(" ", "")
    assert "#ffffff" in svg or "rgb(255,255,255)" in svg
    assert "rgb(26,26,26)" in svg
    assert "rgb(242,242,242)" not in svg
    assert "Source: AI Procurement Risk Toolkit" in words_of(data)
    chart = page.locator(".js-plotly-plot").first
    assert "#f2f2f2" in chart.evaluate("c => JSON.stringify(c.layout)")
