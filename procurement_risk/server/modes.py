"""Whether this process serves a team, and with what.

The first page asks, so nothing is imported here that only a team needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.runtime import Runtime

from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.storage.people.mode import SETTING, is_team

if TYPE_CHECKING:
    from procurement_risk.server.running import Running

_served: list[Running] = []


def serves(running: Running | None) -> None:
    """Note that this process is the server of a team; None that it no longer is."""
    _served[:] = [] if running is None else [running]


def served() -> Running | None:
    """Return what serves the team in this process; None in personal mode.

    Raises:
        UsageError: If the mode is ``team`` and the process was not started by ``serve``: then
            nothing stands between the network and the pages.
    """
    if _served:
        return _served[0]
    if is_team() and type(Runtime._instance) is Runtime:  # and not drawn by a test
        message = _(
            "{variable} is team, and the app was not started by the command serve. Nothing is "
            "shown. Start it with: procurement-risk serve"
        )
        raise UsageError(message.format(variable=SETTING))
    return None
