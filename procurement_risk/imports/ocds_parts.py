"""Reading parts of a release, whatever stands where they should be."""

from __future__ import annotations

from typing import Any

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import one_line

JSON = Any  # whatever ``json.loads`` gives
Part = dict[str, JSON]
MOST_NAMED = 10


def part(document: JSON, name: str) -> Part:
    """Return the object ``name``; an empty one where there is none."""
    found = document.get(name) if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def parts(document: JSON, name: str) -> list[Part]:
    """Return the objects in the list ``name``."""
    found = document.get(name) if isinstance(document, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(document: JSON, name: str) -> str:
    """Return the text ``name`` on one line; empty where there is none."""
    found = document.get(name) if isinstance(document, dict) else None
    return one_line(found) if isinstance(found, str) else ""


def with_role(document: Part, role: str) -> list[Part]:
    """Return the parties that have ``role``."""
    every = parts(document, "parties")
    return [p for p in every if isinstance(p.get("roles"), list) and role in p["roles"]]


def names_of(named: list[Part], key: str = "name") -> str:
    """Return the names as a list in words: at most ten, and then how many there are."""
    names = [name for each in named if (name := text(each, key))]
    if len(names) <= MOST_NAMED:
        return listed(names)
    words = _("{names} ({shown} of {n} shown)")
    first = ", ".join(names[:MOST_NAMED])
    return words.format(names=first, shown=MOST_NAMED, n=grouped(len(names)))
