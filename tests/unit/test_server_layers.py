"""What stands between the network and the pages: names, headers, limits, and the gate."""

import string
import time

import pytest
from starlette.websockets import WebSocketDisconnect

from procurement_risk.server import limits, modes
from procurement_risk.server.ended import Ended
from procurement_risk.server.limits import LIMITS
from procurement_risk.server.rates import Rate
from procurement_risk.server.running import Running
from procurement_risk.server.session import SEEN
from procurement_risk.server.settings import Team
from procurement_risk.storage.people.signing_in import SignedIn, sign_in as known
from tests.support.team_servers import (
    ADA,
    ADDRESS,
    PAGE,
    PROXIED,
    PROXY_SECRET,
    client,
    running,  # noqa: F401  a fixture
    sign_in,
)

STREAM = "wss://risk.example.test/_stcore/stream"
FROM_PROXY = {
    "x-auth-secret": PROXY_SECRET,
    "x-auth-subject": "u-7",
    "x-auth-name": "Grace",
    "x-auth-roles": "officer,auditor",
}


@pytest.fixture
def signed_in():
    return sign_in(client())


def opens(browser, **headers):
    """Whether a websocket opens."""
    try:
        with browser.websocket_connect(STREAM, headers={"origin": ADDRESS, **headers}) as socket:
            socket.send_text("hello")
            return socket.receive_text() == "hello"
    except WebSocketDisconnect:
        return False


def test_every_answer_says_what_a_browser_may_do(signed_in):
    for path in ("/", "/fails", "/_stcore/metrics", "/signed-out"):
        said = signed_in.get(path).headers
        assert "frame-ancestors 'none'" in said["content-security-policy"]
        assert "'unsafe-eval'" not in said["content-security-policy"]
        assert said["x-content-type-options"] == "nosniff"
        assert said["x-frame-options"] == "DENY"
        assert said["referrer-policy"] == "same-origin"
        assert "camera=()" in said["permissions-policy"]
        assert said["strict-transport-security"].startswith("max-age=")
        assert "server" not in said
        assert len(said["x-request-id"]) == 16


def test_nothing_confidential_stays_in_a_browser(signed_in):
    """Files that a page gives out say nothing of their own; scripts that all share may be kept."""
    assert signed_in.get("/media/0a1b.pdf").headers["cache-control"] == "no-store"
    assert signed_in.get("/kept").headers.get_list("cache-control") == ["public"]


@pytest.mark.parametrize("path", ["/%00", "/api/x%0A", "/healthz%0A", "/%1b", "/?q=%00"])
def test_an_address_with_a_character_that_none_has_is_refused(path):
    """The gate lets pass what lies below the interface, and no pattern of paths would fit it."""
    assert client().get(path).status_code == 400


def test_plain_http_on_this_computer_is_not_told_to_be_https():
    said = client(public_address="http://risk.example.test").get("/signed-out").headers
    assert "strict-transport-security" not in said


def test_cookies_are_marked(signed_in):
    user, xsrf = signed_in.get("/cookies").headers.get_list("set-cookie")
    assert user.startswith("_streamlit_user=")
    assert xsrf.startswith("_streamlit_xsrf=")
    for mark in ("Secure", "HttpOnly", "SameSite=lax"):
        assert mark in user
    assert "Secure" in xsrf
    assert "HttpOnly" not in xsrf  # Streamlit's script sends its value along


@pytest.mark.parametrize(
    "host",
    ["evil.example", "risk.example.test.evil.example", "a@risk.example.test", "10.0.0.7", ""],
)
def test_another_name_is_not_answered(signed_in, host):
    assert signed_in.get("/", headers={"host": host}).status_code == 421
    assert not opens(signed_in, host=host)


def test_our_names_are_answered_with_a_port_or_in_capitals(signed_in):
    for host in ("risk.example.test", "RISK.example.test:443", "risk.example.test."):
        assert signed_in.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://risk.example.test", ""]
)
def test_a_page_from_elsewhere_opens_no_websocket(signed_in, origin):
    assert opens(signed_in)
    assert not opens(signed_in, origin=origin)


def test_a_page_from_elsewhere_sends_nothing(signed_in):
    upload = "/_stcore/upload_file/a/b"
    assert signed_in.put(upload, content=b"x", headers={"origin": ADDRESS}).status_code == 200
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert signed_in.put(upload, content=b"x", headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/agent"])
def test_what_nobody_needs_is_shut(signed_in, path):
    assert signed_in.get(path).status_code == 404


def test_nothing_is_given_to_whoever_is_not_signed_in():
    stranger = client()
    for path in ("/", "/static/js/index.js", "/media/abc.csv", "/_stcore/health", "/signed-in",
                 "/metrics/x", "/healthz/x", "/readyz/_stcore/health"):  # fmt: skip
        assert stranger.get(path).status_code == 401
    assert stranger.put("/_stcore/upload_file/a/b", content=b"x").status_code == 401
    assert not opens(stranger)


def test_a_page_leads_to_sign_in_and_is_remembered():
    said = client().get("/answer?assessment=a-1&section=DP", headers=PAGE)
    assert said.status_code == 302
    assert said.headers["location"].startswith("/auth/login?provider=")
    kept = said.headers["set-cookie"]
    assert kept.startswith("procurement-risk-next=%2Fanswer%3Fassessment%3Da-1%26section%3DDP;")
    assert "Secure" in kept
    assert "HttpOnly" in kept


@pytest.mark.parametrize("cookie", ["x", "eyJhIjoxfQ.aaaaaa.bbbbbb", ""])
def test_a_forged_cookie_is_nobody(cookie):
    browser = client()
    browser.cookies.set("_streamlit_user", cookie, domain="risk.example.test")
    assert browser.get("/").status_code == 401


def test_a_cookie_signed_with_another_secret_is_nobody():
    browser = sign_in(client(cookie_secret="a quite different secret, also long enough"))
    assert browser.get("/").status_code == 401


def test_a_session_ends_when_nothing_is_done_and_at_its_longest(signed_in, monkeypatch):
    now = time.time()
    ages = iter(range(0, 14 * 60, 30))
    lived = []
    for minutes in ages:
        monkeypatch.setattr(time, "time", lambda minutes=minutes: now + 60 * minutes)
        lived.append(signed_in.get("/").status_code)
        if lived[-1] == 401:
            break
    assert 11 * 60 <= minutes <= 12 * 60 + 30  # kept up every half an hour
    monkeypatch.setattr(time, "time", lambda: now)
    idle = sign_in(client())
    monkeypatch.setattr(time, "time", lambda: now + 61 * 60)
    assert idle.get("/").status_code == 401


def test_another_persons_cookie_of_when_they_were_seen_keeps_nobody_in(monkeypatch):
    now = time.time()
    ada, bob = sign_in(client()), sign_in(client(), {"iss": "x", "sub": "u-2"})
    monkeypatch.setattr(time, "time", lambda: now + 50 * 60)
    seen = ada.get("/").cookies[SEEN]
    monkeypatch.setattr(time, "time", lambda: now + 70 * 60)
    bob.cookies.set(SEEN, seen, domain="risk.example.test")
    assert bob.get("/").status_code == 401
    assert ada.get("/").status_code == 200


def test_a_page_that_is_open_says_nothing_more_once_its_session_is_over(signed_in, monkeypatch):
    now = time.time()
    with signed_in.websocket_connect(STREAM, headers={"origin": ADDRESS}) as socket:
        socket.send_text("one")
        assert socket.receive_text() == "one"
        monkeypatch.setattr(time, "time", lambda: now + 61 * 60)
        socket.send_text("two")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_a_page_that_is_open_behind_a_proxy_ends_as_well(running, monkeypatch):  # noqa: F811
    """Its browser asks the proxy once more, which may know that its person is gone."""
    now, ended = time.time(), Ended(running.store)
    modes.serves(Running(Team(**PROXIED), running.store, ended))
    proxy = client(PROXIED, address="10.0.0.5")
    jose = known(running.store, SignedIn("proxy", "u-josé", "José"))
    headers = {**FROM_PROXY, "x-auth-subject": "u-josé".encode(), "origin": ADDRESS}
    for end in (
        lambda: monkeypatch.setattr(time, "time", lambda: now + 61 * 60),
        lambda: (running.store.end_sessions(jose.id, "Ada"), ended.ask()),
    ):
        with proxy.websocket_connect(STREAM, headers=headers) as socket:
            socket.send_text("one")
            assert socket.receive_text() == "one"
            end()
            socket.send_text("two")
            with pytest.raises(WebSocketDisconnect):
                socket.receive_text()
    assert opens(proxy, **FROM_PROXY)


def test_a_copy_of_a_cookie_is_no_longer_good_after_signing_out(signed_in):
    copied = dict(signed_in.cookies)
    assert (
        signed_in.get("/auth/logout", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    )
    assert signed_in.get("/").status_code == 200
    assert signed_in.get("/auth/logout").status_code == 204
    for name, value in copied.items():
        signed_in.cookies.set(name, value, domain="risk.example.test")
    assert signed_in.get("/").status_code == 401


def test_a_respelt_copy_of_a_cookie_is_no_longer_good_after_signing_out(signed_in):
    copied = signed_in.cookies["_streamlit_user"]
    letters = string.ascii_letters + string.digits + "-_"
    place = letters.index(copied[-1])
    respelt = copied[:-1] + letters[place - place % 4 + (place + 1) % 4]
    assert sign_in(client()).get("/").status_code == 200
    assert signed_in.get("/auth/logout").status_code == 204
    for extra in ({}, {"_streamlit_user_9": "x"}):
        for name, value in {"_streamlit_user": respelt, **extra}.items():
            signed_in.cookies.set(name, value, domain="risk.example.test")
        assert signed_in.get("/").status_code == 401


def test_signing_out_reaches_every_process(running):  # noqa: F811
    """What one writes the other reads, within seconds; a person's are ended all at once."""
    one, other = Ended(running.store), Ended(running.store)
    modes.serves(Running(running.team, running.store, one))
    here = sign_in(client())
    modes.serves(Running(running.team, running.store, other))
    there = client()
    there.cookies.update(here.cookies)
    assert there.get("/").status_code == 200
    assert here.get("/auth/logout").status_code == 204
    other.ask()
    assert there.get("/").status_code == 401

    bob = sign_in(client(), {**ADA, "sub": "u-2"})
    assert bob.get("/").status_code == 200
    running.store.end_sessions(known(running.store, SignedIn(ADA["iss"], "u-2", "Bob")).id, "Ada")
    other.ask()
    assert bob.get("/").status_code == 401
    assert sign_in(client(), {**ADA, "sub": "u-3"}).get("/").status_code == 200


def test_cookies_are_read_as_the_pages_read_them():
    """Two readers that differ would let in whom one takes for somebody else."""
    aged, fresh = "of-somebody-else-and-long-over", sign_in(client()).cookies["_streamlit_user"]
    said = f'_streamlit_user={fresh}; x="a; _streamlit_user={aged}; y="'
    assert client().get("/", headers={"cookie": said}).status_code == 401


def test_an_old_cookie_says_nothing_where_a_proxy_says_who_is_here():
    cookie = sign_in(client()).cookies["_streamlit_user"]
    proxy = client(PROXIED, address="10.0.0.5")
    said = f"a=b; _streamlit_user={cookie};  _streamlit_user_1=x; c=d"
    seen = proxy.get("/", headers={**FROM_PROXY, "cookie": said}).json()["headers"]["cookie"]
    assert seen == "a=b; c=d"


def test_a_callback_without_a_sign_in_says_so_and_leads_nowhere(signed_in):
    assert client().get("/oauth2callback").headers["location"] == "/signed-out"
    said = signed_in.get("/oauth2callback?state=x")
    assert said.status_code == 403
    assert f"number: {said.headers['x-request-id']}" in said.text


def test_the_proxy_says_who_is_here():
    proxy = client(PROXIED, address="10.0.0.5")
    said = proxy.get("/", headers={**FROM_PROXY, "x-forwarded-for": "1.2.3.4, 192.0.2.8"}).json()
    assert said["headers"]["x-auth-subject"] == "u-7"
    assert "x-auth-secret" not in said["headers"]
    assert said["client"] == "192.0.2.8"  # what stands left of it, anybody could have written
    assert opens(proxy, **FROM_PROXY)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.0.2.8", FROM_PROXY),  # knows the secret, and is not the proxy
        ("10.0.0.5", {**FROM_PROXY, "x-auth-secret": "guessed"}),
        ("10.0.0.5", {"x-auth-subject": "u-7"}),
        ("10.0.0.5", {"x-auth-secret": PROXY_SECRET}),
        ("10.0.0.5", [*FROM_PROXY.items(), ("x-auth-subject", "u-8")]),  # said twice
    ],
)
def test_whoever_else_says_who_they_are_is_not_believed(address, headers):
    browser = client(PROXIED, address=address)
    pairs = list(headers.items()) if isinstance(headers, dict) else headers
    assert browser.get("/", headers=pairs).status_code == 401
    assert browser.get("/", headers=[*pairs, *PAGE.items()]).status_code == 401


def test_what_a_stranger_says_of_themselves_never_reaches_the_pages(signed_in):
    said = signed_in.get("/", headers=FROM_PROXY).json()["headers"]
    assert not [name for name in said if name.startswith("x-auth")]


def test_too_much_is_refused_said_or_not(signed_in):
    def pieces():
        for _piece in range(12):
            yield b"x" * 1_000_000

    upload = "/_stcore/upload_file/a/b"
    assert signed_in.put(upload, content=b"x" * 10_000_000).json()["bytes"] == 10_000_000
    assert (
        signed_in.put(upload, content=b"", headers={"content-length": "99000000"}).status_code
        == 413
    )
    assert signed_in.put(upload, content=pieces()).status_code == 413
    assert signed_in.post("/", content=b"x" * 1_000_001).status_code == 413


@pytest.mark.parametrize(
    ("path", "size", "is_refused"),
    [
        ("/api/assessments/a/answers/DP-01/evidence", 2_000_000, False),
        ("/api/assessments/a/answers/DP-01/evidence", 11_000_001, True),
        ("/api/assessments/a/answers/DP-01", 2_000_000, True),
        ("/api/imports/record", 2_000_000, False),
        ("/evidence", 2_000_000, True),
    ],
)
def test_a_file_of_evidence_may_be_as_large_as_on_the_page(signed_in, path, size, is_refused):
    status = signed_in.post(path, content=b"x" * size).status_code
    assert (status == 413) is is_refused


def test_too_often_is_refused_with_the_time_to_wait():
    browser = client()
    times = LIMITS[0].times
    said = [browser.get("/auth/logout").status_code for _time in range(times + 1)]
    assert said == [204] * times + [429]
    assert int(browser.get("/auth/logout").headers["retry-after"]) <= LIMITS[0].seconds


def test_uploads_are_limited_altogether():
    """They stay in memory for as long as their visit lasts."""
    browser = sign_in(client())
    sent = {"content-length": "10000000"}
    upload = "/_stcore/upload_file/a/b"
    said = [browser.put(upload, content=b"", headers=sent).status_code for _time in range(21)]
    assert set(said[:20]) == {200}
    assert said[20] == 429
    assert browser.get("/").status_code == 200


def test_a_rate_counts_each_by_themselves_and_begins_anew():
    now = [0.0]
    rate = Rate(2, 60, lambda: now[0])
    assert [rate.wait("a") for _time in range(3)] == [0, 0, 60]
    assert rate.wait("b") == 0
    now[0] = 61.0
    assert rate.wait("a") == 0


def test_a_body_that_never_ends_is_not_waited_for(monkeypatch):
    import asyncio

    monkeypatch.setattr(limits, "PIECE_SECONDS", 0.05)
    told = []

    async def receive():
        await asyncio.sleep(5)

    async def send(message):
        told.append(message)

    async def reads(_scope, receive, _send):
        await receive()

    scope = {"type": "http", "path": "/", "method": "POST", "headers": [], "client": ("x", 1)}
    asyncio.run(limits.Limits(reads, None)(scope, receive, send))
    assert told[0]["status"] == 408
