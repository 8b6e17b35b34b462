"""The server of a team: Streamlit's own, with our layers around it and our doors beside it."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.types import ASGIApp
from streamlit.runtime.secrets import SecretsValue
from streamlit.web import bootstrap

from procurement_risk.framework.shipped import APP
from procurement_risk.server import figures, logs, modes, mounted
from procurement_risk.server.ended import Ended
from procurement_risk.server.gate import Gate
from procurement_risk.server.headers import SafeHeaders
from procurement_risk.server.hosts import Addresses, Hosts
from procurement_risk.server.limits import Limits
from procurement_risk.server.notify.working import Working
from procurement_risk.server.proxy import SAYS, Proxy
from procurement_risk.server.requests import Requests
from procurement_risk.server.returning import PROVIDER
from procurement_risk.server.running import Running
from procurement_risk.server.safe import HEADER, OIDC
from procurement_risk.server.settings import Team
from procurement_risk.storage import open_store

LAYERS = (Requests, SafeHeaders, Hosts, Addresses, Proxy, Limits, Gate)
"""From the network inwards."""

STOPS_WITHIN = 20


def serve(team: Team) -> None:
    """Serve the app to a team until told to stop. ``team`` has to be found safe first.

    Raises:
        StorageError: If the database cannot be used.
    """
    logs.write_json()
    store = open_store(team.database)
    store.hurry()
    store.on_written(figures.saved)
    store.on_refused(partial(figures.refused, "not allowed"))
    ended = Ended(store)
    running = Running(team, store, ended)
    modes.serves(running)
    ended.watch()
    telling = Working(store, team)
    telling.begin()
    try:
        server = uvicorn.Server(
            uvicorn.Config(
                app(running),
                host=team.listen,
                port=int(team.port),
                ws="websockets-sansio",
                ws_max_size=10_000_000,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # ``Proxy`` does it, for the addresses it was given
                h11_max_incomplete_event_size=32_000,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=STOPS_WITHIN,
            )
        )
        server.run()
    finally:
        modes.serves(None)
        telling.stop()
        ended.stop()
        store.close()


def app(running: Running) -> ASGIApp:
    """Return the whole server as an ASGI app."""
    team = running.team
    bootstrap.load_config_options(options(team))
    inner = st.App(APP, secrets=secrets(team), routes=mounted.routes(running))
    return around(inner, team)


def around(inner: Any, team: Team) -> ASGIApp:  # noqa: ANN401  an ASGI app of whatever kind
    """Return ``inner`` with every layer around it."""
    found = inner
    for layer in reversed(LAYERS):
        found = layer(found, team)
    whole: ASGIApp = found
    return whole


def options(team: Team) -> dict[str, Any]:
    """Return Streamlit's own settings, as a team's server needs them."""
    return {
        "server_headless": True,
        "server_address": team.listen,
        "server_port": int(team.port),
        "server_cookieSecret": team.cookie_secret,
        "server_allowedHosts": list(team.allowed_hosts),
        "server_enableXsrfProtection": True,
        "server_enableCORS": True,
        "server_corsAllowedOrigins": [team.origin],
        "server_trustedUserHeaders": SAYS if team.sign_in == HEADER else {},
        "server_fileWatcherType": "none",
        "browser_serverAddress": urlsplit(team.public_address).hostname,
        "client_showErrorDetails": "none",
        # Of a page that failed it would print every word of the error, past our log.
        "logger_enableRich": False,
        "global_developmentMode": False,
    }


def secrets(team: Team) -> dict[str, SecretsValue] | None:
    """Return what Streamlit's sign-in reads; no file of secrets is written."""
    if team.sign_in != OIDC:
        return None
    issuer = team.oidc_issuer.rstrip("/")
    return {
        "auth": {
            "redirect_uri": f"{team.origin}/oauth2callback",
            "cookie_secret": team.cookie_secret,
            PROVIDER: {
                "client_id": team.oidc_client_id,
                "client_secret": team.oidc_client_secret,
                "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
            },
        }
    }
