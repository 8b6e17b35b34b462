"""Slips of the hand in a value, below a key, or in a line that is no YAML: named and mended."""

from __future__ import annotations

import re

from procurement_risk.framework.yaml_document_slips import FENCE
from procurement_risk.framework.yaml_found_slips import Slips, say
from procurement_risk.framework.yaml_slip_patterns import (
    BLOCK,
    FIXED,
    GROUPS,
    KEY,
    NEXT_KEY,
    NO_COLON,
    QUOTED,
    WHOLE,
)
from procurement_risk.language.numbers import shown
from procurement_risk.language.typed_number import two_readings

MERGE = re.compile(r"(?:<{7}|={7}|>{7})(?:\s|$)")
IN_QUOTES = re.compile(
    rf"(?:\b({KEY}): |- )(?P<q>[\"'])(?P<text>[^{{}}\[\]]*?)(?P=q)(?=\s*(?:$|#|,\s*{KEY}:|[}}\]]))"
)
INSIDE = {'"': re.compile(r'(?<!\\)"'), "'": re.compile(r"(?<!')'(?!')")}
AFTER_QUOTE = re.compile(rf"((?:- )?{KEY}: (?:{QUOTED.pattern})),\s*$")
QUOTED_START = re.compile(
    rf"(?P<key>(?:- )?{KEY}: )(?P<text>\"(?P<said>[^\"]+)\" [^\s#,\"][^\"]*)$"
)
TEXT = re.compile(rf"(?!(?:{WHOLE}|{FIXED}): ){KEY}: (?![\"'>|\[{{&*!#])\S")
WORDS = re.compile(r"[^\W_][^:\uff1a=]*\s[^:\uff1a=]*$")
GROUP_ITEM = re.compile(rf"\s*- {KEY}:(?:\s|$)")
NOT_WHOLE = re.compile(rf"\b({WHOLE}): ((-?\d+)(?:[.,]\d+\s*%?|\s*%))(?=\s*(?:$|[,}}#]))")


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
        key, text, whole = match.groups()
        _say_whole(found, number, match.start(2) + 1, key, text, whole)
        line = line[: match.start(2)] + whole + line[match.end() :]
    return _quotes_mended(found, number, line)


def _say_whole(found: Slips, number: int, column: int, key: str, text: str, whole: str) -> None:
    """Say what a whole number stands with; it is never told to be 0 where it is more."""
    if readings := two_readings(text):
        said = {"whole": readings[0], "decimal": shown(readings[1])}
        say(found, "either", number, column, key=key, text=text, **said)
    elif not int(whole) and re.search("[1-9]", text):
        say(found, "near_none", number, column, key=key, text=text)
    else:
        say(found, "whole", number, column, key=key, whole=whole)


def _quotes_mended(found: Slips, number: int, line: str) -> str:
    """Return ``line`` without what stands behind a text in quotes."""
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    if match := AFTER_QUOTE.match(content):
        say(found, "after_quote", number, indent + match.end(1) + 1)
        return line[:indent] + match[1]
    if match := QUOTED_START.match(content):
        say(found, "quotes", number, indent + match.end("said") + 1, sign='"')
        meant = match["text"].replace("\\", "\\\\").replace('"', '\\"')
        return f'{line[:indent]}{match["key"]}"{meant}"'
    return line


def other_versions_left_out(lines: list[str]) -> None:
    """Turn the second of each two versions that a merge left into a comment."""
    end = 0
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].startswith(">>>>>>>"):
            end = index
        elif lines[index].startswith("=======") and end:
            lines[index + 1 : end] = [f"# {line}" for line in lines[index + 1 : end]]
            end = 0


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
