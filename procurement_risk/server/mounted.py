"""What is served beside the pages: a line each. To add one, write its module and its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from procurement_risk.server.running import Running


@dataclass(frozen=True, slots=True)
class Mounted:
    """Something served beside the pages.

    Attributes:
        prefixes: The paths that are its own, with all that lies below them. Nobody has to be
            signed in there: it asks by itself who is there, or tells everybody.
        module: The module with a function ``routes`` that takes ``Running`` and returns routes.
    """

    prefixes: tuple[str, ...]
    module: str


MOUNTED = (
    Mounted(("/healthz", "/readyz"), "procurement_risk.server.health"),
    Mounted(("/metrics",), "procurement_risk.server.figures_page"),
    Mounted(("/api",), "procurement_risk.server.api.application"),
    Mounted(("/reply",), "procurement_risk.server.supplier.pages"),
)


def routes(running: Running) -> list[BaseRoute]:
    """Return the routes of everything that is mounted, its module read now."""
    found: Iterable[list[BaseRoute]] = (
        import_module(each.module).routes(running) for each in MOUNTED
    )
    return [route for listed in found for route in listed]


def prefixes() -> tuple[str, ...]:
    """Return every path below which nobody has to be signed in."""
    return tuple(prefix for each in MOUNTED for prefix in each.prefixes)
