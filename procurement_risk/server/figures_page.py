"""``/metrics``: the figures, for whoever has the token. Where none is set there is no page."""

from __future__ import annotations

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from procurement_risk.server import figures
from procurement_risk.server.running import Running


def routes(running: Running) -> list[BaseRoute]:
    """Return the route of the figures."""
    token, registry = running.team.metrics_token, figures.keep()

    def metrics(request: Request) -> Response:
        said = request.headers.get("authorization", "")
        if not token:
            return PlainTextResponse("There is nothing here.\n", 404)
        if not hmac.compare_digest(said.encode("latin-1"), f"Bearer {token}".encode()):
            challenge = {"WWW-Authenticate": "Bearer"}
            return PlainTextResponse("The token is missing or wrong.\n", 401, challenge)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/metrics", metrics)]
