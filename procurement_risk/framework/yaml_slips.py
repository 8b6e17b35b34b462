"""Slips of the hand that YAML takes for something else, seen line by line, and what was meant.

The parser stumbles over such a line further down, names another fault, and sees nothing behind it.
So a file with problems is looked at as a person looks at it: each slip is named in its own line
and mended in a copy, and the copy shows what else is wrong. No line is added or taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from procurement_risk.errors import Problem
from procurement_risk.framework.yaml_document_slips import MOST, around_code, ends_document, marks
from procurement_risk.framework.yaml_found_slips import Slips, hidden, say
from procurement_risk.framework.yaml_indent_slips import indents_in
from procurement_risk.framework.yaml_line_slips import line_mended
from procurement_risk.framework.yaml_slip_patterns import (
    BLOCK,
    BREAK,
    CUT,
    ENDED,
    ID_ALONE,
    INDENT,
    LISTS,
    MAX_LINE,
    NEXT_KEY,
    NO_COLON,
    ODD,
    ONE_KEY,
    OTHER_BREAK,
    OTHERS,
    STRAY,
    WIDE,
)
from procurement_risk.framework.yaml_value_slips import (
    below_mended,
    other_versions_left_out,
    value_mended,
)


def cut_texts(text: str) -> list[Problem]:
    """Return each text that a # cuts off: it parses, so nothing else would tell."""
    found = Slips()
    for number, line in _outside_blocks(BREAK.split(text)):
        content = hidden(line.lstrip(" "))
        if CUT.match(content) and not content.startswith("- {"):
            say(found, "cut", number, line.index("#") + 1)
    return found.problems


def slips_in(text: str) -> Slips:
    """Return the slips in ``text`` and the text without them, as far as they can be told."""
    found = Slips()
    lines = BREAK.split(text)
    _join_unseen_breaks(found, text, lines)
    for index, line in enumerate(lines):
        lines[index] = _indent_mended(found, index + 1, line, lines)
    other_versions_left_out(lines)
    around_code(found, lines)
    items: set[int] = set()  # the indents at which an item has its id already
    before = ""
    may_be_one = marks(lines) <= MOST
    for number, line in _outside_blocks(lines):
        if may_be_one and ends_document(found, number, lines):
            lines[number - 1] = ""
            continue
        content = line.strip()
        is_stray = STRAY.match(content) and not NO_COLON.match(content)
        if is_stray and ENDED.search(before.rstrip()):
            say(found, "stray", number, len(line) - len(line.lstrip(" ")) + 1)
            lines[number - 1] = ""
            continue
        line = value_mended(found, number, line)
        below_mended(found, number, line, lines)
        mended = line_mended(found, number, line, lines)
        following = lines[number] if number < len(lines) else ""
        mended = _dash_mended(found, number, mended, (before, following), items)
        lines[number - 1] = before = mended
    found.text = "\n".join(lines)
    return found


def indents_mended(text: str) -> Slips:
    """Return the lines of ``text`` that stand too far left or right, and the text without that."""
    return indents_in(text, (number for number, __ in _outside_blocks(text.split("\n"))))


def _join_unseen_breaks(found: Slips, text: str, lines: list[str]) -> None:
    """Put what stands behind a line break that cannot be seen back into its line."""
    if not OTHER_BREAK.search(text):
        return
    breaks = [index for index, each in enumerate(BREAK.finditer(text)) if each[0] in OTHERS]
    for index in reversed(breaks):
        line, after = lines[index : index + 2]
        if NEXT_KEY.match(after) or hidden(line).count('"') % 2:
            continue  # the parser reads it as it is
        say(found, "break", index + 1, len(line) + 1)
        lines[index : index + 2] = [f"{line.rstrip()} {after.lstrip()}", ""]


def _outside_blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that is neither empty, a comment nor folded text."""
    block = -1  # the indent of the key whose folded text is passed over
    for number, line in enumerate(lines, start=1):
        indent = len(line) - len(line.lstrip(" "))
        content = line.strip()
        if not content or content.startswith("#") or (block >= 0 and indent > block):
            continue
        if len(line) > MAX_LINE:
            continue
        block = -1
        yield number, line
        if BLOCK.search(hidden(lines[number - 1])):
            block = indent


def _indent_mended(found: Slips, number: int, line: str, lines: list[str]) -> str:
    match = INDENT.match(line)
    indent = match.group() if match else ""
    if not indent.strip(" ") and "\t" not in indent and not set(indent) & set(WIDE):
        return line
    content = line[len(indent) :]
    if not content:
        return ""
    if "\t" in indent:
        say(found, "tab", number, indent.index("\t") + 1)
        return " " * _width(number, content, indent, lines) + content
    place, sign = next((i, sign) for i, sign in enumerate(indent) if sign in WIDE)
    say(found, "odd" if sign in ODD else "wide", number, 1 + place)
    return " " * len(indent) + content


def _width(number: int, content: str, indent: str, lines: list[str]) -> int:
    """Return the indent that a line begun with a tab was given by eye: that of its neighbours."""
    near = [each for each in (lines[number : number + 1] + lines[number - 2 : number - 1]) if each]
    for each in near:
        other = len(each) - len(each.lstrip(" "))
        is_item = each.lstrip(" ").startswith("- ")
        if not each.startswith("\t") and other and is_item == content.startswith("- "):
            return other
    for each in reversed(near):
        if each.lstrip(" ").startswith("- ") and not content.startswith("- "):
            return len(each) - len(each.lstrip(" ")) + 2
    return len(indent.replace("\t", "  "))


# Hyphens that an item of a list lacks, or that stand before a further key of one.


def _is_of_item_above(found: Slips, number: int, line: str, before: str) -> bool:
    """Whether a hyphen stands before a further key of an item that has only its id so far."""
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    if not ONE_KEY.match(content):
        return False
    if ID_ALONE.match(before):
        return indent == len(before) - len(before.lstrip(" "))
    return number - 1 in found.hyphens and before.startswith(" " * (indent + 2))


def _dash_mended(
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
