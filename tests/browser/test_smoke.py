"""The app starts, and its first page comes up whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.running import Server, assert_no_traceback, is_left, running, visit

pytestmark = pytest.mark.own_page


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The app started with the command that users give, and no import saved."""
    with running(tmp_path) as server:
        yield server


@pytest.fixture
def page(page: Page) -> Page:
    """A page of a person who has not asked for less motion."""
    page.emulate_media(reduced_motion="no-preference")
    return page


def test_first_page_comes_up(server: Server, page: Page):
    """A fresh start with an empty database shows a title and no error."""
    visit(page, server.url())

    expect(page).to_have_title(re.compile("AI procurement risk", re.IGNORECASE))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_no_traceback(page, server)


def test_app_comes_back_after_a_power_cut(server: Server, page: Page):
    """The open page finds the app again on the same address and database."""
    visit(page, server.url())

    server.restart()
    visit(page, server.url())

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_no_traceback(page, server)


def test_what_a_server_that_was_left_says_is_told_apart():
    said = "Client Error: WebSocket onerror (http://localhost:30245/static/js/index.js)"
    assert is_left(said, "http://localhost:22124/answer")
    assert not is_left(said, "http://localhost:30245/answer")
    assert not is_left("https://fonts.example/a.woff2", "http://localhost:22124/answer")
    assert not is_left("TypeError: x is not a function", "http://localhost:22124/answer")
