"""A team's server without its pages: the layers around an app that says what reaches it."""

import json
import warnings

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from streamlit.testing.v1 import AppTest  # noqa: F401  sets Streamlit up as the app does
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from procurement_risk.server import asgi, modes
from procurement_risk.server.running import Running
from procurement_risk.server.settings import Team

with warnings.catch_warnings():  # it would rather have a successor of httpx
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ADDRESS = "https://risk.example.test"
COOKIE_SECRET = "the cookie secret of these tests, long enough"
PROXY_SECRET = "the proxy secret of these tests, long enough"
TOKEN = "the metrics token of these tests, long enough"
OIDC = {
    "public_address": ADDRESS,
    "allowed_hosts": ("risk.example.test",),
    "database": "postgresql://app:hidden@db.example.test/risk",
    "cookie_secret": COOKIE_SECRET,
    "sign_in": "oidc",
    "oidc_issuer": "https://login.example.test",
    "oidc_client_id": "procurement-risk",
    "oidc_client_secret": "a client secret",
    "proxy_addresses": ("10.0.0.0/24",),
    "metrics_token": TOKEN,
    "contact": "the service desk, desk@example.test",
}
PROXIED = {
    **OIDC,
    "sign_in": "header",
    "proxy_secret": PROXY_SECRET,
}
ADA = {
    "iss": "https://login.example.test",
    "sub": "u-1",
    "name": "Ada Clerk",
    "roles": ["officer"],
}
PAGE = {"accept": "text/html"}


async def _echo(request):
    body = await request.body()
    if request.url.path == "/fails":
        raise RuntimeError("Ada Clerk typed a secret")
    told = {"headers": dict(request.headers), "client": request.client.host, "bytes": len(body)}
    response = JSONResponse(told)
    if request.url.path == "/cookies":
        response.set_cookie("_streamlit_user", "x", httponly=True)
        response.set_cookie("_streamlit_xsrf", "y")
    if request.url.path == "/kept":
        response.headers["cache-control"] = "public"
    response.headers["server"] = "nobody's business"
    return response


async def _listen(websocket):
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


def inner(*routes):
    """The app behind the layers: it says what it was asked."""
    return Starlette(
        routes=[
            *routes,
            WebSocketRoute("/_stcore/stream", _listen),
            Route("/auth/logout", lambda _request: Response(status_code=204)),
            Route("/{path:path}", _echo, methods=["GET", "POST", "PUT"]),
        ]
    )


def client(settings=OIDC, app=None, address="10.0.0.9", **changed):
    """A client of that server, from an address."""
    team = Team(**{**settings, **changed})
    around = asgi.around(app or inner(), team)
    return TestClient(
        around,
        base_url=ADDRESS,
        client=(address, 50_000),
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def sign_in(browser, claims=ADA):
    """Give a client the cookie that Streamlit gives whoever has signed in."""
    value = create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(claims)).decode()
    browser.cookies.set("_streamlit_user", value, domain="risk.example.test")
    return browser


@pytest.fixture
def running(store):
    """What a team's server holds, with a store of its own, while the test runs."""
    found = Running(Team(**OIDC), store)
    modes.serves(found)
    yield found
    modes.serves(None)
