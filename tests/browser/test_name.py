"""The name that a person signs with: asked once, and kept through buttons and a reload."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from procurement_risk.storage import open_store
from tests.support.running import Server, assert_no_traceback, running, settled, visit
from tests.support.stored_examples import BARE, framework

COOKIE = "procurement-risk-name"
WHO = "Dana Ørsted"
LETTERS = replace(BARE, purchase=replace(BARE.purchase, title="Letters to residents"))


def field(page: Page) -> Locator:
    return page.get_by_label("Your name, for the history")


def asked(page: Page) -> Locator:
    return page.get_by_text("Who is working here?")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app with one assessment of a small questionnaire."""
    with running(tmp_path_factory.mktemp("name"), forked=True) as server:
        with closing(open_store(f"sqlite:///{server.database}")) as store:
            store.create(LETTERS, framework(), "Test")
        yield server


def test_the_name_survives_page_changing_buttons_and_a_reload(app: Server, page: Page):
    """It is asked over the questions, where it stays; then it stands in the menu."""
    visit(page, app.url("/answer?assessment=bare"))
    expect(asked(page)).to_be_visible()
    field(page).fill(WHO)
    field(page).press("Enter")
    settled(page)
    expect(asked(page)).to_be_visible()

    page.get_by_role("link", name="Assessments").click()
    expect(page.get_by_role("heading", level=1, name="Assessments")).to_be_visible()
    settled(page)
    for role, name, there in (
        ("button", "Start an assessment", "Start an assessment"),
        ("link", LETTERS.purchase.title, "Overview"),
    ):
        page.get_by_role(role, name=name).first.click()
        expect(page.get_by_role("heading", level=1, name=there)).to_be_visible()
        settled(page)
        expect(field(page)).to_have_value(WHO)
        expect(asked(page)).to_have_count(0)
        page.get_by_role("link", name="Assessments").click()
        expect(page.get_by_role("heading", level=1, name="Assessments")).to_be_visible()
        settled(page)

    page.reload()
    settled(page)
    expect(field(page)).to_have_value(WHO)
    assert_no_traceback(page, app)


def test_a_cookie_from_elsewhere_is_only_a_value_of_the_field(app: Server, page: Page):
    """Markup, line breaks, signs that reorder and too much of it harm nothing."""
    hostile = "<img src=x onerror=alert(1)>\n\u202e:red[x] " + "y" * 500
    page.context.add_cookies([{"name": COOKIE, "value": quote(hostile), "url": app.url()}])

    visit(page, app.url("/answer?assessment=bare"))

    expect(field(page)).to_have_value(("<img src=x onerror=alert(1)> :red[x] " + "y" * 500)[:100])
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(asked(page)).to_have_count(0)
    assert_no_traceback(page, app)


def test_a_name_that_is_taken_out_is_forgotten(app: Server, page: Page):
    visit(page, app.url())
    field(page).fill(WHO)
    field(page).press("Enter")
    settled(page)
    assert [each["name"] for each in page.context.cookies()].count(COOKIE) == 1
    field(page).fill("")
    field(page).press("Enter")
    settled(page)

    page.reload()
    settled(page)

    expect(field(page)).to_have_value("")
