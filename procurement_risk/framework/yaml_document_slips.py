"""A line of ``---`` or ``...`` in the middle of a file, where YAML ends one document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procurement_risk.framework.yaml_found_slips import Slips, say
from procurement_risk.framework.yaml_slip_patterns import KEY

MOST = 5
"""A file with more such lines is no one questionnaire: YAML's own words are enough of it."""

_MARK = re.compile(r"(---|\.\.\.)\s*(?:#.*)?$")
_TOP_KEY = re.compile(rf"({KEY}):(?:\s|$)")


def marks(lines: Sequence[str]) -> int:
    """Return how many such lines there are."""
    return sum(_MARK.match(line) is not None for line in lines)


def ends_document(found: Slips, number: int, lines: Sequence[str]) -> bool:
    """Return whether the line only parts what is one questionnaire, having said so.

    Two questionnaires one after the other stay two: a key of the first stands in the second too.
    """
    mark = _MARK.match(lines[number - 1])
    if mark is None:
        return False
    above, below = lines[: number - 1], lines[number:]
    if not _holds(above) or not (_holds(below) or mark[1] == "---"):
        return False
    if _top_keys(above) & _top_keys(below):
        return False
    say(found, "document", number, 1, sign=mark[1])
    return True


def _holds(lines: Sequence[str]) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in lines)


def _top_keys(lines: Sequence[str]) -> set[str]:
    return {match[1] for line in lines if (match := _TOP_KEY.match(line))}
