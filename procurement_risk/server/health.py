"""``/healthz`` says that the process answers, ``/readyz`` that its database does as well."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Thread

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from procurement_risk.errors import StorageError
from procurement_risk.server.running import Running
from procurement_risk.storage import Store

WITHIN = 1.0


def routes(running: Running) -> list[BaseRoute]:
    """Return both routes."""
    database = Asking(running.store)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        said = await database.says()
        return PlainTextResponse(f"{said or 'ok'}\n", 503 if said else 200)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


class Asking:
    """Asks a store whether it answers, one question at a time however often we are asked.

    A question that hangs keeps its own thread, and none that pages are drawn in.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked: Future[str] | None = None

    async def says(self) -> str:
        """Return what is wrong with the database, or empty where it answers in time."""
        if self._asked is None:
            self._asked = Future()
            Thread(target=self._ask, args=(self._asked,), daemon=True).start()
        asked = self._asked
        try:
            answer = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(asked)), WITHIN)
        except TimeoutError:
            return "The database does not answer."
        finally:
            if self._asked is asked and asked.done():
                self._asked = None
        return answer

    def _ask(self, answer: Future[str]) -> None:
        try:
            answer.set_result(self._store.readiness())
        except StorageError:  # the log says which
            answer.set_result("The database cannot be used.")
        except Exception as error:
            answer.set_exception(error)
