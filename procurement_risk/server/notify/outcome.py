"""What came of trying to send a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        end: ``sent``: taken by the other side. ``again``: surely not taken, and another try may
            help. ``failed``: surely not taken, and none will. ``unclear``: it may have been taken.
        why: A word of ours for it, without anything that the other side said.
    """

    end: Literal["sent", "again", "failed", "unclear"]
    why: str = ""


SENT = Outcome("sent")
