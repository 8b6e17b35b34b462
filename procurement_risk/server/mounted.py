"""What is served beside the pages: a line each. To add one, write its module and its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from procurement_risk.server import wire

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
        alone: Whether nothing of its own lies below them, so that the pages would answer there.
    """

    prefixes: tuple[str, ...]
    module: str
    alone: bool = False


MOUNTED = (
    Mounted(("/healthz", "/readyz"), "procurement_risk.server.health", alone=True),
    Mounted(("/metrics",), "procurement_risk.server.figures_page", alone=True),
    Mounted(("/api",), "procurement_risk.server.api.application"),
    Mounted(("/reply",), "procurement_risk.server.supplier.pages"),
)


def routes(running: Running) -> list[BaseRoute]:
    """Return the routes of everything that is mounted, its module read now."""
    found: Iterable[list[BaseRoute]] = (
        import_module(each.module).routes(running) for each in MOUNTED
    )
    return [route for listed in found for route in listed]


def asks_itself(path: str) -> bool:
    """Whether nobody has to be signed in at a path, since something mounted answers there."""
    return any(
        path in each.prefixes if each.alone else wire.below(path, each.prefixes)
        for each in MOUNTED
    )


def prefixes() -> tuple[str, ...]:
    """Return every path of what is mounted."""
    return tuple(prefix for each in MOUNTED for prefix in each.prefixes)
