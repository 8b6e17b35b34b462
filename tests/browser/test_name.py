"""The name that a person signs with: asked once, and kept through buttons and a reload."""

from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from procurement_risk.storage import open_store
from tests.support.running import Server, assert_no_traceback, settled, visit
from tests.support.stored_examples import put_demonstration

COOKIE = "procurement-risk-name"
WHO = "Dana Ørsted"


def field(page: Page) -> Locator:
    return page.get_by_label("Your name, for the history")


def asked(page: Page) -> Locator:
    return page.get_by_text("Who is working here?")


def demonstration(server: Server) -> str:
    store = open_store(f"sqlite:///{server.database}")
    put_demonstration(store)
    store.close()
    return server.url("/answer?assessment=demo-p05")


def test_the_name_survives_page_changing_buttons_and_a_reload(server: Server, page: Page):
    """It is asked over the questions, where it stays; then it stands in the menu."""
    visit(page, demonstration(server))
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
        ("link", "Claims fraud scoring", "Overview"),
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
    assert_no_traceback(page, server)


def test_a_cookie_from_elsewhere_is_only_a_value_of_the_field(server: Server, page: Page):
    """Markup, line breaks, signs that reorder and too much of it harm nothing."""
    hostile = "<img src=x onerror=alert(1)>\n\u202e:red[x] " + "y" * 500
    page.context.add_cookies([{"name": COOKIE, "value": quote(hostile), "url": server.url()}])

    visit(page, demonstration(server))

    expect(field(page)).to_have_value(("<img src=x onerror=alert(1)> :red[x] " + "y" * 500)[:100])
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(asked(page)).to_have_count(0)
    assert_no_traceback(page, server)


def test_a_name_that_is_taken_out_is_forgotten(server: Server, page: Page):
    visit(page, server.url())
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
