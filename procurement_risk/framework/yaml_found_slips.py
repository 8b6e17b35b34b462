"""The slips of the hand that were found in a text, and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from procurement_risk.errors import Problem
from procurement_risk.framework.yaml_slip_patterns import QUOTED, SAID
from procurement_risk.language import _


@dataclass
class Slips:
    """What was found: the problems, the lines they stand in, and the text as it was meant.

    ``hyphens`` has the lines that begin with one and belong to the item above.
    """

    problems: list[Problem] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    hyphens: set[int] = field(default_factory=set)
    text: str = ""


def say(found: Slips, kind: str, line: int, column: int, **words: str) -> None:
    """Add to what was found what is said of a slip of this kind, with its place."""
    add(found, SAID[kind], line, column, words)


def add(found: Slips, said: str, line: int, column: int, words: Mapping[str, str]) -> None:
    """Add a problem in these words, with its place."""
    found.problems.append(Problem("", _(said).format(**words), line, column))
    found.lines.add(line)


def hidden(text: str) -> str:
    """Return ``text`` with what stands in quotes made harmless, as long as before."""
    return QUOTED.sub(lambda match: '"' + "x" * (len(match.group()) - 2) + '"', text)
