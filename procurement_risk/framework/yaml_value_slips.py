"""Slips of the hand in a value, below a key, or in a line that is no YAML: named and mended."""

from __future__ import annotations

import re

from procurement_risk.framework.yaml_found_slips import Slips, say
from procurement_risk.framework.yaml_slip_patterns import BLOCK, GROUPS, KEY, NEXT_KEY, NO_COLON

FENCE = re.compile(r"(?:```|~~~)[a-z]*\s*$")
MERGE = re.compile(r"(?:<{7}|={7}|>{7})(?:\s|$)")
IN_QUOTES = re.compile(
    rf"(?:\b({KEY}): |- )(?P<q>[\"'])(?P<text>[^{{}}\[\]]*?)(?P=q)(?=\s*(?:$|#|,\s*{KEY}:|[}}\]]))"
)
INSIDE = {'"': re.compile(r'(?<!\\)"'), "'": re.compile(r"(?<!')'(?!')")}
WHOLE = "weight|risk|points|from|add|subtract|tier|level|up_to|scale_max|(?:stop_)?from_tier"
TEXT = re.compile(rf"{KEY}: (?![\"'>|\[{{&*!#])\S")
WORDS = re.compile(r"[^\W_][^:\uff1a=]*\s[^:\uff1a=]*$")
GROUP_ITEM = re.compile(rf"\s*- {KEY}:(?:\s|$)")
NOT_WHOLE = re.compile(rf"\b({WHOLE}): (-?\d+)(?:[.,]\d+\s*%?|\s*%)(?=\s*(?:$|[,}}#]))")


def value_mended(found: Slips, number: int, line: str) -> str:
    """Return ``line`` without the slips in its values, having said each."""
    content = line.lstrip(" ")
    for kind, pattern in (("fence", FENCE), ("merge", MERGE)):
        if pattern.match(line if kind == "merge" else content):
            say(found, kind, number, 1)
            return f"# {line}"
    for match in reversed(list(IN_QUOTES.finditer(line))):
        quote, text = match.group("q", "text")
        inner = INSIDE[quote].search(text)
        if inner and not re.search(rf"{quote}\s*[,\]]\s*{quote}", text):
            say(found, "quotes", number, match.start("text") + inner.start() + 1, sign=quote)
            meant = text.replace("\\", "").replace('"', r"\"")
            line = f'{line[: match.start("q")]}"{meant}"{line[match.end() :]}'
    for match in reversed(list(NOT_WHOLE.finditer(line))):
        key, whole = match.groups()
        say(found, "whole", number, match.start(2) + 1, key=key, whole=whole)
        line = line[: match.start(2)] + whole + line[match.end() :]
    return line


def below_mended(found: Slips, number: int, line: str, lines: list[str]) -> None:
    """Mend in ``lines`` what stands below ``line`` and does not stand as it was meant."""
    column = len(line) - len(line.lstrip(" -"))
    if BLOCK.search(line):
        _goes_on(found, "folded", number, column, lines)
    elif TEXT.match(line.lstrip(" -")):
        _goes_on(found, "goes_on", number, column, lines)
    elif match := GROUPS.match(line):
        _group_mended(found, number, match.group(1), lines)


def _goes_on(found: Slips, kind: str, number: int, column: int, lines: list[str]) -> None:
    """Indent the lines of a text that stand no further in than its key, in ``column``."""
    for index in range(number, len(lines)):
        text = lines[index].lstrip(" ")
        indent = len(lines[index]) - len(text)
        if indent > column or NEXT_KEY.match(text) or text.startswith(("-", "{")):
            return
        if kind == "goes_on" and (NO_COLON.match(text) or not WORDS.match(text)):
            return
        if index == number:
            say(found, kind, number + 1, indent + 1)
        lines[index] = " " * (column + 2) + text


def _group_mended(found: Slips, number: int, key: str, lines: list[str]) -> None:
    """Take the hyphen from the first of the keys under ``key``, where the next has none."""
    first = lines[number] if number < len(lines) else ""
    indent = len(first) - len(first.lstrip(" "))
    if not GROUP_ITEM.match(first):
        return
    say(found, "group", number + 1, indent + 1, key=key)
    rest = (line for line in lines[number + 1 :] if line.strip() and line.strip()[0] != "-")
    nexts = (len(line) - len(line.lstrip(" ")) for line in rest)
    place = next((each for each in nexts if each <= indent + 2), indent)
    lines[number] = " " * (indent + 2 if place == indent + 2 else indent) + first[indent + 2 :]
