"""A line of ``---`` or ``...`` in the middle of a file, where YAML ends one document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procurement_risk.framework.yaml_found_slips import Slips, say
from procurement_risk.framework.yaml_slip_patterns import KEY

MOST = 5
"""A file with more such lines is no one questionnaire: YAML's own words are enough of it."""

FENCE = re.compile(r"(?:```|~~~)[a-z]*\s*$")
_OUR_KEY = re.compile(r"(?:schema_version|id|version|title|method|policy|sections|packs|facts):")
_MARK = re.compile(r"(---|\.\.\.)\s*(?:#.*)?$")
_TOP_KEY = re.compile(rf"({KEY}):(?:\s|$)")


def marks(lines: Sequence[str]) -> int:
    """Return how many such lines there are."""
    return sum(_MARK.match(line) is not None for line in lines)


def around_code(found: Slips, lines: list[str]) -> None:
    """Empty what stands before and behind a piece of code between its marks, having said so."""
    fences = [index for index, line in enumerate(lines) if FENCE.match(line.strip())]
    if not 0 < len(fences) <= 2:
        return
    outside = [range(fences[0])]
    if len(fences) == 2:
        outside.append(range(fences[1] + 1, len(lines)))
    for part in outside:
        written = [i for i in part if lines[i].strip() and not lines[i].startswith("#")]
        if written and not any(_OUR_KEY.match(lines[index]) for index in written):
            say(found, "around", written[0] + 1, 1)
            for index in written:
                found.lines.add(index + 1)
                lines[index] = ""


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
