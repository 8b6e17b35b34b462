"""What is said where assessments stand that can no longer be read: which, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.errors import Damaged
from procurement_risk.language.phrases import counted

MOST_NAMED = 5


def left_out(damaged: Sequence[Damaged]) -> str:
    """Return that some assessments are left out, and what is wrong with the first; or empty."""
    if not damaged:
        return ""
    words = counted(
        len(damaged),
        "{n} assessment cannot be read and is left out here.",
        "{n} assessments cannot be read and are left out here.",
    )
    named = (each.problems[0].located(each.name) for each in damaged[:MOST_NAMED])
    return " ".join([words, *named])
