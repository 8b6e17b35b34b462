"""A team's server in a browser: in by a deep link, out again, and not in for ever."""

import http.cookiejar
import json
import urllib.error
import urllib.request

from playwright.sync_api import expect

from tests.support.running import settled, soon, visit
from tests.support.sign_in_service import PERSON
from tests.support.team_running import aged, team

REFUSED = """document.addEventListener("securitypolicyviolation", (event) =>
    console.log(`violates ${event.violatedDirective}: ${event.blockedURI}`))"""
"""Has a page say in its console what the policy refuses it, also where nobody shows that."""


def says(service, claims):
    """Have the sign-in service say this of whoever signs in next."""
    asked = urllib.request.Request(f"{service}/next", json.dumps(claims).encode(), method="POST")
    urllib.request.urlopen(asked).close()


FORGED = (
    {"aud": "another app"},
    {"nonce": "of another sign-in"},
    {"iss": "https://login.elsewhere.test"},
    {"iat": 1_000_000, "exp": 1_003_600},
)


def brought(address):
    """Ask for a page as a new browser does, and return where it ends and what it is given."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    asked = urllib.request.Request(address, headers={"Accept": "text/html"})
    try:
        status = browser.open(asked).status
    except urllib.error.HTTPError as refused:
        status = refused.code
    return status, {each.name for each in jar}


def test_somebody_signs_in_by_a_link_stays_for_a_while_and_signs_out(page, tmp_path):
    with team(tmp_path) as (address, service):
        said = []
        page.on("console", lambda line: said.append(line.text))
        page.add_init_script(REFUSED)
        visit(page, f"{address}/portfolio?by=supplier")
        assert page.url == f"{address}/portfolio?by=supplier"
        expect(page.get_by_role("heading", name="Portfolio").first).to_be_visible()
        cookies = {each["name"]: each for each in page.context.cookies()}
        assert all(cookies[name]["httpOnly"] for name in cookies if name != "_streamlit_xsrf")
        assert all(each["sameSite"] == "Lax" for each in cookies.values())
        visit(page, f"{address}/frameworks?frameworks-show=Conditions")
        expect(page.get_by_test_id("stGraphVizChart").locator("svg")).to_be_visible()
        visit(page, f"{address}/portfolio?by=supplier")

        # The session is too old: the page asks, is led to the sign-in, and back to where it was.
        soon(lambda: page.evaluate("window.procurementRiskSignedIn"), True)  # it listens by now
        page.context.add_cookies([aged(cookies["_streamlit_user"])])
        with page.expect_response(lambda answer: "/authorize" in answer.url):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_url(f"{address}/portfolio?by=supplier")
        settled(page)
        expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()

        page.get_by_role("button", name="Sign out", exact=True).click()
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        with urllib.request.urlopen(f"{service}/ended") as answer:
            (ended,) = json.load(answer)
        assert {"client_id", "id_token_hint", "post_logout_redirect_uri"} <= set(ended)
        assert "_streamlit_user" not in {each["name"] for each in page.context.cookies()}

        # Who has signed in and has no role here sees nothing but whom to ask, and the way out.
        says(service, {"sub": "u-2", "name": "Eve"})
        visit(page, f"{address}/portfolio")
        expect(page.get_by_text("Ask the service desk.")).to_be_visible()
        expect(page.get_by_role("heading", name="Portfolio")).to_have_count(0)
        page.get_by_role("button", name="Sign out", exact=True).click()
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()

        # What the service says of another app, another sign-in or long ago lets nobody in.
        says(service, PERSON)
        status, cookies = brought(f"{address}/portfolio")
        assert (status, "_streamlit_user" in cookies) == (200, True)
        for claims in FORGED:
            says(service, PERSON | claims)
            status, cookies = brought(f"{address}/portfolio")
            assert (status, "_streamlit_user" in cookies) == (403, False), claims
        assert brought(f"{address}/oauth2callback?code=c-0&state=made-up")[0] == 403

        # Whom the service does not sign in is told so, and not led round in circles.
        says(service, None)
        page.goto(f"{address}/portfolio")
        expect(page.get_by_role("heading", name="Signing in did not work")).to_be_visible()
        assert not [line for line in said if "violates" in line]
