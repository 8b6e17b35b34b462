"""What can be done with the open assessment as a whole, at the right of its header."""

from __future__ import annotations

from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the menu of one assessment."""
