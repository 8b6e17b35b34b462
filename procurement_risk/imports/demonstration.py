"""The demonstration portfolio: fictional purchases, shipped as records."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Literal

from procurement_risk.errors import NotFound, UsageError
from procurement_risk.framework.shipped import EXAMPLES
from procurement_risk.imports.record import import_record
from procurement_risk.language import _
from procurement_risk.storage import Store, Summary, keeping

SHOWN = (
    "p07-planning-document-search",
    "p01-correspondence-drafting",
    "p05-claims-fraud-scoring",
)
"""The examples to look at first: one that may go ahead, one with conditions, one that may not."""
TAKEN_OUT = "Fictional demonstration data, taken out"  # stored, so in English


@dataclass(frozen=True, slots=True)
class Example:
    """What a card says of a shipped example."""

    id: str
    title: str
    buyer: str
    supplier: str
    recommendation: str


@cache
def examples() -> tuple[Example, ...]:
    """Return the examples to look at first, as far as they are shipped."""
    paths = [EXAMPLES / f"{name}.json" for name in SHOWN]
    return tuple(_example(path.read_bytes()) for path in paths if path.exists())


def _example(data: bytes) -> Example:
    record = json.loads(data)
    held = record["assessment"]
    return Example(
        id=held["id"],
        title=held["purchase"]["title"],
        buyer=held["purchase"]["buyer"],
        supplier=held["supplier"]["name"],
        recommendation=record["result"]["recommendation"],
    )


def load_demonstration(store: Store, actor: str) -> int:
    """Bring in every example that is not there yet, and return how many were.

    An example that somebody has changed since stays as they left it.

    Raises:
        NotFound: If the folder of examples is empty.
    """
    paths = sorted(EXAMPLES.glob("*.json"))
    if not paths:
        message = _("There are no example records in {folder}/. Reinstall the toolkit.")
        raise NotFound(message.format(folder=EXAMPLES.name))
    count = 0
    for path in paths:
        with suppress(UsageError):  # it is here already, and somebody has changed it
            count += import_record(store, path.read_bytes(), actor).outcome == "created"
    return count


def take_out(store: Store, fictional: Summary, actor: str) -> Literal["deleted", "aside"]:
    """Take a fictional assessment out, so that nothing that somebody did in it is lost.

    A shipped example that nobody has touched is deleted: loading the demonstration brings it
    back as it was. Any other is set aside.

    Raises:
        UsageError: If it is not fictional.
        NotFound: If it is gone already.
    """
    if not fictional.fictional:
        raise UsageError(_("It is not fictional: it stays."))
    if _is_as_shipped(store, fictional.id):
        seen = keeping.look(store.load(fictional.id))
        store.delete(fictional.id, seen, actor, TAKEN_OUT)
        return "deleted"
    store.archive(fictional.id, actor, TAKEN_OUT)
    return "aside"


def _is_as_shipped(store: Store, assessment_id: str) -> bool:
    """Whether it is an example, and everything in its history happened as it came."""
    moments = {entry.at for entry in store.history(assessment_id)}
    return assessment_id in _shipped_ids() and len(moments) == 1


@cache
def _shipped_ids() -> frozenset[str]:
    paths = EXAMPLES.glob("*.json")
    return frozenset(json.loads(path.read_bytes())["assessment"]["id"] for path in paths)
