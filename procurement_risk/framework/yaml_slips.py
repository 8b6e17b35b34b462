"""Slips of the hand that YAML takes for something else, seen line by line, and what was meant.

The parser stumbles over such a line further down, names another fault, and sees nothing behind it.
So a file with problems is looked at as a person looks at it: each slip is named in its own line
and mended in a copy, and the copy shows what else is wrong. No line is added or taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from procurement_risk.errors import Problem
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

KEY = r"[a-z][a-z_]{1,30}"
MAX_LINE = 2_000  # longer ones no hand has written, and looking through them takes long
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where the parser counts a line
_WIDE = "\u00a0\u2007\u202f\u3000"
_BULLETS = "•◦▪●·‣∙–—*"
_INDENT = re.compile(rf"[ \t{_WIDE}]*")
_AFTER_SIGN = re.compile(rf"(?<=[:{{,-])[{_WIDE}]+|(?<=[:{{,-] )[{_WIDE}]+")
_BULLET = re.compile(rf"[{re.escape(_BULLETS)}]\s+(?={KEY}\s*[:\uff1a]|\{{)")
_WIDE_COLON = re.compile(rf"((?:^|[{{,]\s*|^- ){KEY})\s*[\uff1a\ufe55]\s*")
_NO_SPACE = re.compile(rf"((?:^(?:- )?|[{{,]\s*)(?!https?:)({KEY}|E[0-4])):(?=[^\s:\uff1a])")
_BLOCK = re.compile(r":\s+[>|][-+\d]*\s*(?:#.*)?$")
_IN_BRACES = re.compile(
    rf"\b(label|title|ask|why|description|because): (?![\"'\[{{])([^{{}}]*?)"
    rf"(?=,\s*{KEY}:\s|\s*\}}\s*$)"
)
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")
_CUT = re.compile(
    r"(?:- )?(?:ask|why|good|help|label|title|intro|description|evidence|treatment): "
    r"(?![\"'>|\[{])\S.*?\s#(?=\S)"
)
_NEXT_KEY = re.compile(rf"\s*(?:- )?(?:{KEY}:(?:\s|$)|\{{|#|$)")

SAID = {
    "wide": N_("A no-break space stands here; it looks like a space and is none: type a space."),
    "tab": N_("A tab is used as an indent here: write spaces."),
    "slashes": N_("A comment begins with #, not with //: change that."),
    "bullet": N_("An item of a list begins with a hyphen and a space, not with {sign}: write - ."),
    "colon": N_('The colon after "{key}" is a full-width one: type : and a space.'),
    "space": N_('A space is missing after the colon: write "{key}: " before the value.'),
    "braces": N_(
        'A text with a comma, a colon or a # needs quotes between braces: write {key}: "{text}".'
    ),
    "dash": N_("A new item of the list begins here: write - before it."),
    "quote": N_("The quote opened here is never closed: close it."),
    "cut": N_("A # behind a space begins a comment, and cuts this text off: put it in quotes."),
}


@dataclass
class Slips:
    """What was found: the problems, the lines they stand in, and the text as it was meant."""

    problems: list[Problem] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    text: str = ""


def cut_texts(text: str) -> list[Problem]:
    """Return each text that a # cuts off: it parses, so nothing else would tell."""
    found = Slips()
    for number, line in _outside_blocks(_BREAK.split(text)):
        content = _hidden(line.lstrip(" "))
        if _CUT.match(content) and not content.startswith("- {"):
            _say(found, "cut", number, line.index("#") + 1)
    return found.problems


def slips_in(text: str) -> Slips:
    """Return the slips in ``text`` and the text without them, as far as they can be told."""
    found = Slips()
    lines = _BREAK.split(text)
    for index, line in enumerate(lines):
        lines[index] = _indent_mended(found, index + 1, line, lines)
    items: set[int] = set()  # the indents at which an item has its id already
    before = ""
    for number, line in _outside_blocks(lines):
        mended = _line_mended(found, number, line, lines)
        mended = _dash_mended(found, number, mended, before, items)
        lines[number - 1] = before = mended
    found.text = "\n".join(lines)
    return found


def _say(found: Slips, kind: str, line: int, column: int, **words: str) -> None:
    found.problems.append(Problem("", _(SAID[kind]).format(**words), line, column))
    found.lines.add(line)


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
        if _BLOCK.search(_hidden(lines[number - 1])):
            block = indent


def _hidden(text: str) -> str:
    """Return ``text`` with what stands in quotes made harmless, as long as before."""
    return _QUOTED.sub(lambda match: '"' + "x" * (len(match.group()) - 2) + '"', text)


def _indent_mended(found: Slips, number: int, line: str, lines: list[str]) -> str:
    match = _INDENT.match(line)
    indent = match.group() if match else ""
    if not indent.strip(" ") and "\t" not in indent and not set(indent) & set(_WIDE):
        return line
    content = line[len(indent) :]
    if not content:
        return ""
    if "\t" in indent:
        _say(found, "tab", number, indent.index("\t") + 1)
        return " " * _width(number, content, indent, lines) + content
    _say(found, "wide", number, 1 + next(i for i, sign in enumerate(indent) if sign in _WIDE))
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


def _line_mended(found: Slips, number: int, line: str, lines: list[str]) -> str:
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    hidden = _hidden(content)
    if content.startswith("//"):
        _say(found, "slashes", number, indent + 1)
        return f"{line[:indent]}#{content}"
    if match := _AFTER_SIGN.search(hidden):
        _say(found, "wide", number, indent + match.start() + 1)
        content = _AFTER_SIGN.sub(" ", content)
    if match := _BULLET.match(content):
        _say(found, "bullet", number, indent + 1, sign=content[0])
        content = "- " + content[match.end() :]
    if match := _WIDE_COLON.search(_hidden(content)):
        key = match.group(1).lstrip("{,- ")
        _say(found, "colon", number, indent + match.end(1) + 1, key=key)
        content = _WIDE_COLON.sub(r"\1: ", content)
    if match := _NO_SPACE.search(_hidden(content)):
        _say(found, "space", number, indent + match.end() + 1, key=match.group(2))
        content = _spaced(content)
    content = _quote_mended(found, number, content, indent, lines)
    return line[:indent] + _braces_mended(found, number, content, indent)


def _spaced(content: str) -> str:
    for match in reversed(list(_NO_SPACE.finditer(_hidden(content)))):
        content = f"{content[: match.end()]} {content[match.end() :]}"
    return content


def _quote_mended(found: Slips, number: int, content: str, indent: int, lines: list[str]) -> str:
    hidden = _QUOTED.sub(lambda match: "x" * len(match.group()), content)
    opened = re.search(r"(?:: |- |, |\[)([\"'])", hidden)
    following = lines[number] if number < len(lines) else ""
    if not opened or not _NEXT_KEY.match(following):
        return content
    _say(found, "quote", number, indent + opened.start(1) + 1)
    end = len(content) - 1 if content.endswith("}") else len(content)
    return content[:end] + opened.group(1) + content[end:]


def _braces_mended(found: Slips, number: int, content: str, indent: int) -> str:
    if not content.startswith(("- {", "{")):
        return content
    for match in reversed(list(_IN_BRACES.finditer(content))):
        key, text = match.groups()
        if re.search(r",|: | #|:$", text) and '"' not in text:
            _say(found, "braces", number, indent + match.start(2) + 1, key=key, text=shorten(text))
            content = f'{content[: match.start(2)]}"{text}"{content[match.end(2) :]}'
    return content


def _dash_mended(found: Slips, number: int, line: str, before: str, items: set[int]) -> str:
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    items.difference_update([each for each in items if each > indent + 2])
    if content.startswith("- "):
        items.discard(indent + 2)
        if re.match(r"- id:(?:\s|$)", content):
            items.add(indent + 2)
        return line
    item = len(before) - len(before.lstrip(" "))
    if content.startswith("{") and before.lstrip(" ").startswith("- {"):
        _say(found, "dash", number, indent + 1)
        return " " * item + "- " + content
    if not re.match(r"id:(?:\s|$)", content) or not indent:
        items.difference_update([each for each in items if each > indent])
        return line
    for start in (indent - 2, indent):
        if start + 2 in items:
            _say(found, "dash", number, indent + 1)
            return " " * start + "- " + content
    items.add(indent)
    return line
