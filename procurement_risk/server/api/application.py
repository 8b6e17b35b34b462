"""The interface as an application that a server mounts under ``/api``."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework.shipped import VERSION
from procurement_risk.server.api import description, problems
from procurement_risk.server.api.calling import called, route_class, send
from procurement_risk.server.api.door import Door
from procurement_risk.server.api.made_once import MadeOnce
from procurement_risk.server.api.operation import JSON_TYPE, Operation
from procurement_risk.server.api.operations import OPERATIONS
from procurement_risk.server.api.problems import Refusal
from procurement_risk.server.running import Running
from procurement_risk.storage import Store

PREFIX = "/api"


def routes(running: Running) -> list[BaseRoute]:
    """Return the routes under which the interface is mounted in a team's server."""
    return below(running.store)


def below(store: Store, door: Door | None = None) -> list[BaseRoute]:
    """Return where the interface to ``store`` lies, and what leads to its page."""

    async def to_docs(_request: Request) -> Response:
        return RedirectResponse(f"{PREFIX}/docs", 307)

    return [Route(PREFIX, to_docs), Mount(PREFIX, application(store, door))]


def application(store: Store, door: Door | None = None) -> ASGIApp:
    """Return the interface to ``store``, whose tokens are those that it knows."""
    door, made = door or Door(store), MadeOnce()
    app = FastAPI(
        title="AI Procurement Risk Toolkit",
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for each in OPERATIONS:
        _add(app, each, door, made)
    _describe(app)
    _refuse(app)
    return app


def _add(app: FastAPI, operation: Operation, door: Door, made: MadeOnce) -> None:
    app.router.add_api_route(
        operation.path,
        called(operation, door),
        methods=[operation.method],
        route_class_override=route_class(operation, door, made),
        **description.of(operation),
    )


def _describe(app: FastAPI) -> None:
    whole = description.whole(app)
    written, page = description.written(whole), description.page(whole)

    async def openapi(_request: Request) -> Response:
        return Response(written, media_type=JSON_TYPE)

    async def docs(_request: Request) -> Response:
        return HTMLResponse(page, headers={"Content-Security-Policy": description.POLICY})

    app.add_route("/openapi.json", openapi)
    app.add_route("/docs", docs)


def _refuse(app: FastAPI) -> None:
    async def refusal(_request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return send(problems.reply(error.status, error.detail, error.headers))

    async def ours(_request: Request, error: Exception) -> Response:
        assert isinstance(error, ProcurementRiskError)
        return send(problems.of_error(error))

    async def misfit(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return send(problems.of_request(error))

    async def http(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = {404: "There is nothing at this address. See /api/docs."}.get(error.status_code)
        return send(problems.reply(error.status_code, detail or error.detail, error.headers))

    async def fault(_request: Request, _error: Exception) -> Response:
        return send(problems.reply(500, "This is a fault of the toolkit; its log says more."))

    handlers: dict[Any, Any] = {
        Refusal: refusal,
        ProcurementRiskError: ours,
        RequestValidationError: misfit,
        HTTPException: http,
        Exception: fault,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
