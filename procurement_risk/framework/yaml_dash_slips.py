"""Hyphens that an item of a list lacks, or that stand before a further key of one."""

from __future__ import annotations

import re

from procurement_risk.framework.yaml_found_slips import Slips, say
from procurement_risk.framework.yaml_slip_patterns import ID_ALONE, LISTS, ONE_KEY


def _is_of_item_above(found: Slips, number: int, line: str, before: str) -> bool:
    """Whether a hyphen stands before a further key of an item that has only its id so far."""
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    if not ONE_KEY.match(content):
        return False
    if ID_ALONE.match(before):
        return indent == len(before) - len(before.lstrip(" "))
    return number - 1 in found.hyphens and before.startswith(" " * (indent + 2))


def dash_mended(
    found: Slips, number: int, line: str, around: tuple[str, str], items: set[int]
) -> str:
    """Return ``line`` with the dash it lacks; ``around`` it are the line before and the next."""
    before, following = around
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    items.difference_update([each for each in items if each > indent + 2])
    if content.startswith("- ") and _is_of_item_above(found, number, line, before):
        say(found, "one_item", number, indent + 1)
        found.hyphens.add(number)
        return " " * (indent + 2) + content[2:]
    if content.startswith("- "):
        items.discard(indent + 2)
        if re.match(r"- id:(?:\s|$)", content):
            items.add(indent + 2)
        return line
    item = len(before) - len(before.lstrip(" "))
    if content.startswith("{id:") and before.endswith(":"):
        say(found, "dash", number, indent + 1)
        is_item = following.lstrip(" ").startswith("- ")
        start = len(following) - len(following.lstrip(" ")) if is_item else indent
        return " " * start + "- " + content
    if content.startswith("{") and before.lstrip(" ").startswith("- {"):
        say(found, "dash", number, indent + 1)
        return " " * item + "- " + content
    if not re.match(r"id:(?:\s|$)", content) or not indent:
        items.difference_update([each for each in items if each > indent])
        return line
    is_first = before.strip() in LISTS  # what these keys hold are lists
    for start in (indent - 2, indent):
        if start + 2 in items or (is_first and start > 0):
            say(found, "dash", number, indent + 1)
            return " " * start + "- " + content
    items.add(indent)
    return line
