"""The demonstration portfolio: fictional purchases, shipped as records."""

from __future__ import annotations

from contextlib import suppress

from procurement_risk.errors import NotFound, UsageError
from procurement_risk.framework.shipped import EXAMPLES
from procurement_risk.imports.record import import_record
from procurement_risk.language import _
from procurement_risk.storage import Store


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
