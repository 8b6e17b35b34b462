"""What is counted for whoever watches the server. Nothing is counted until ``keep`` is called."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from procurement_risk.server.figures_kept import Kept

_kept: list[Kept] = []


def keep() -> CollectorRegistry:
    """Count from here on, and return what holds the figures."""
    from procurement_risk.server.figures_kept import Kept

    _kept[:] = [Kept()]
    return _kept[0].registry


def request(path: str, status: int) -> None:
    """Count a request that was answered, by the beginning of its address."""
    for kept in _kept:
        kept.requests.labels(path=path, status=str(status)).inc()
        if status in (401, 403, 404, 408, 413, 421, 429):
            kept.refusals.labels(reason=str(status)).inc()


def refused(reason: str) -> None:
    """Count something that was refused, such as a save by somebody without the right to it."""
    for kept in _kept:
        kept.refusals.labels(reason=reason).inc()


def saved() -> None:
    """Count a change that was written to the store."""
    for kept in _kept:
        kept.saves.inc()


def visits(change: int) -> None:
    """Count an open page more, or less."""
    for kept in _kept:
        kept.visits.inc(change)


def queue(name: str, length: int) -> None:
    """Say how much waits in a queue, such as that of e-mail."""
    for kept in _kept:
        kept.queues.labels(queue=name).set(length)


@contextmanager
def drawing(page: str) -> Iterator[None]:
    """Count how long a page takes to be drawn."""
    began = time.perf_counter()
    try:
        yield
    finally:
        for kept in _kept:
            kept.pages.labels(page=page).observe(time.perf_counter() - began)
