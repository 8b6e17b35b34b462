"""The demonstration portfolio: fictional purchases, shipped as records."""

from __future__ import annotations

from pathlib import Path

from procurement_risk.errors import NotFound
from procurement_risk.imports.record import import_record
from procurement_risk.storage import Store

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "assessments" / "examples"


def load_demonstration(store: Store, actor: str) -> int:
    """Bring in every example that is not there yet, and return how many were.

    An example that somebody has changed since stays as they left it.

    Raises:
        NotFound: If the folder of examples is empty.
    """
    paths = sorted(EXAMPLES.glob("*.json"))
    if not paths:
        raise NotFound(f"There are no example records in {EXAMPLES.name}/. Reinstall the toolkit.")
    there = {summary.id for summary in store.summaries()}
    count = 0
    for path in paths:
        data = path.read_bytes()
        if not any(f'"id":"{known}"'.encode() in data for known in there):
            count += import_record(store, data, actor).outcome == "created"
    return count
