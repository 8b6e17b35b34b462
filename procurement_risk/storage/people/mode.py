"""Whether one person works here alone, or a team whose people sign in: one setting."""

from __future__ import annotations

import os

from procurement_risk.errors import UsageError
from procurement_risk.language import _

SETTING = "PROCUREMENT_RISK_MODE"
MODES = ("personal", "team")


def is_team() -> bool:
    """Whether people sign in here, each with roles of their own.

    Raises:
        UsageError: If the setting is neither of the two.
    """
    said = os.environ.get(SETTING, "").strip().lower() or MODES[0]
    if said not in MODES:
        message = _("{setting} is {said}. Set it to one of: {modes}.")
        raise UsageError(message.format(setting=SETTING, said=repr(said), modes=", ".join(MODES)))
    return said == "team"
