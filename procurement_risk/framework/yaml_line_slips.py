"""Slips of the hand inside one line of YAML: each is named, and the line mended as meant."""

from __future__ import annotations

import re

from procurement_risk.framework.yaml_found_slips import Slips, add, hidden, say
from procurement_risk.framework.yaml_slip_patterns import (
    AFTER_END,
    AFTER_SIGN,
    BULLET,
    COMMENT,
    FAR,
    IN_BRACES,
    KEY,
    MEANT,
    MOST_OPEN,
    NEXT_KEY,
    NO_SPACE,
    ODD,
    ONE_LINE,
    QUOTED,
    TWO_KEYS,
    UNSEEN,
    WIDE_COLON,
)
from procurement_risk.language import N_
from procurement_risk.language.text import shorten


def line_mended(found: Slips, number: int, line: str, lines: list[str]) -> str:
    """Return ``line`` without the slips inside it, having said each."""
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    masked = hidden(content)
    if match := COMMENT.match(content):
        say(found, "slashes", number, indent + 1, sign=match.group())
        return f"{line[:indent]}#{content}"
    if match := UNSEEN.search(masked):
        say(found, "unseen", number, indent + match.start() + 1)
        content = UNSEEN.sub("", content)
    if match := AFTER_SIGN.search(masked):
        is_odd = bool(set(match.group()) & set(ODD))
        say(found, "odd" if is_odd else "wide", number, indent + match.start() + 1)
        content = AFTER_SIGN.sub(" ", content)
    if match := BULLET.match(content):
        say(found, "bullet", number, indent + 1, sign=match.group().strip())
        content = "- " + content[match.end() :]
    content, odd = _signs_mended(content)
    for slip, start, with_it in odd:
        add(found, _SAID[slip], number, indent + start + 1, with_it)
    if match := WIDE_COLON.search(hidden(content)):
        key = match.group(1).lstrip("{,- ")
        say(found, "colon", number, indent + match.end(1) + 1, key=key)
        content = WIDE_COLON.sub(r"\1: ", content)
    for match in NO_SPACE.finditer(hidden(content)):
        say(found, "space", number, indent + match.end() + 1, key=match.group(2))
    content = _spaced(content)
    content = _apart(found, number, content, indent, lines)
    content = _key_mended(found, number, content, indent, lines)
    content = _quote_mended(found, number, content, indent, lines)
    content = _braces_mended(found, number, content, indent)
    return line[:indent] + _closed(found, number, content, indent, lines)


def _apart(found: Slips, number: int, content: str, indent: int, lines: list[str]) -> str:
    """Return ``content`` with its keys where they belong, where several stand in the line."""
    following = lines[number] if number < len(lines) else ""
    below = len(following) - len(following.lstrip(" "))
    if (match := FAR.match(content)) and below == indent + 2:
        say(found, "far", number, indent + 2)
        return f"- {content[match.end() :]}"
    if match := ONE_LINE.match(content):
        meant = f"- {{{match[2]}}}"
        say(found, "one_line", number, indent + 3, meant=shorten(meant))
        return meant
    if match := TWO_KEYS.match(content):
        say(found, "two_keys", number, indent + match.start(2) + 1, key=match[2])
        return match[1]
    return content


def _key_mended(found: Slips, number: int, content: str, indent: int, lines: list[str]) -> str:
    """Return ``content`` with what its key lacks or has too much, having said each."""
    has_colon = ":" in hidden(content)
    for kind, pattern, meant in MEANT:
        match = pattern.match(content)
        if match is None:
            continue
        if kind in ("no_colon", "equals") and (has_colon or not _is_key(indent, number, lines)):
            continue
        if kind == "bare" and not _has_below(indent, number, lines):
            continue
        key = re.search(KEY, match.group())
        say(found, kind, number, indent + match.end() + 1, key=key.group() if key else "")
        content = pattern.sub(meant, content, count=1)
    return content


def _is_key(indent: int, number: int, lines: list[str]) -> bool:
    """Whether the line stands where the line before has its key, so that it begins one as well."""
    before = lines[number - 2] if number > 1 else ""
    return indent == len(before) - len(before.lstrip(" -")) and before.strip() != ""


def _has_below(indent: int, number: int, lines: list[str]) -> bool:
    """Whether items of a list, or keys further in, stand below the line."""
    below = lines[number] if number < len(lines) else ""
    content = below.lstrip(" ")
    return content.startswith("- ") or len(below) - len(content) > indent


def _closed(found: Slips, number: int, content: str, indent: int, lines: list[str]) -> str:
    """Return ``content`` with as many closing as opening brackets, where it should have them."""
    masked = hidden(content).split(" #")[0].rstrip()
    following = lines[number] if number < len(lines) else ""
    if match := AFTER_END.match(masked):
        say(found, "after_end", number, indent + match.end(1) + 1, end=masked[match.end(1) - 1])
        content = masked = content[: match.end(1)]
    for sign, end in ("{}", "[]"):
        more = masked.count(sign) - masked.count(end)
        if (
            0 < more <= MOST_OPEN
            and NEXT_KEY.match(following)
            and not masked.endswith(sign)
            and not following.strip().startswith(sign)
        ):
            say(found, "open", number, indent + masked.index(sign) + 1, sign=sign, end=end)
            content = content[: len(masked)] + end * more + content[len(masked) :]
        elif more < 0 and masked.endswith(end) and sign in masked:
            say(found, "closed", number, indent + len(masked), end=end)
            content = content[: len(masked) + more]
    return content


def _spaced(content: str) -> str:
    for match in reversed(list(NO_SPACE.finditer(hidden(content)))):
        content = f"{content[: match.end()]} {content[match.end() :]}"
    return content


def _quote_mended(found: Slips, number: int, content: str, indent: int, lines: list[str]) -> str:
    masked = QUOTED.sub(lambda match: "x" * len(match.group()), content)
    opened = re.search(r"(?:: |- |, |\[)([\"'])", masked)
    following = lines[number] if number < len(lines) else ""
    if not opened or not NEXT_KEY.match(following):
        return content
    say(found, "quote", number, indent + opened.start(1) + 1)
    start = opened.end(1)
    text = content[start:].split(" #")[0].rstrip()
    for sign, end in ("[]", "{}"):
        if masked[:start].count(sign) > masked[:start].count(end):
            text = text.rstrip(end)
    return content[:start] + text + opened.group(1) + content[start + len(text) :]


def _braces_mended(found: Slips, number: int, content: str, indent: int) -> str:
    if not content.startswith(("- {", "{")):
        return content
    for match in reversed(list(IN_BRACES.finditer(content))):
        key, text = match.groups()
        if re.search(r",|: | #|:$", text) and '"' not in text:
            text = re.sub("^[\u201c\u201e\u2018](.*)[\u201d\u2019]$", r"\1", text)
            say(found, "braces", number, indent + match.start(2) + 1, key=key, text=shorten(text))
            content = f'{content[: match.start(2)]}"{text}"{content[match.end(2) :]}'
    return content


# Slips of the hand where one sign stands for another: what they look like, and what was meant.

_TEXTS = "ask|why|good|help|label|title|intro|description|evidence|treatment|meaning|because"
_BEGUN = re.compile(
    rf"(?P<key>(?:- )?(?:{_TEXTS}): )"
    r"(?P<text>(?P<sign>\[)[^\]]*\]\s*[^\s#].*|(?P<brace>\{)[^}]*\}\s*[^\s#].*"
    r"|(?P<begin>[-?])\s+\S.*|(?P<odd>[%@`]|#(?=\S)|[*&!](?=.*\s)).*)$"
)
"""A text that begins with a sign by which YAML begins something else."""
_BRACKETS = re.compile(
    rf"(?P<key>(?:- )?(?:{KEY}: )?)(?P<sign>[(\[])(?P<text>{KEY}: .*)(?P<end>[)\]])$"
)
_SEMICOLON = re.compile(rf";\s*(?={KEY}:\s)")
_DASH = re.compile(r"([{,]\s*(id|risk|label|from|points))\s*[=\u2013\u2014]\s*(?=\S)")

_LIST_IN_BRACES = re.compile(
    r"\b(?:options|in|not_in|questions|clauses|sources|packs|was|languages): "
    r"(\{)([^{}\[\]:]+)\}"
)
_LIST_PARTED = re.compile(
    r"\b(?:options|in|not_in|questions|clauses|packs|was|languages): \[([^\[\]]*?)(;)[^\[\]]*\]"
)
_NO_COMMA = re.compile(rf"\b(?:id|risk|points|from): [\w.-]+(\s+)({KEY}):\s")
_NO_LABEL = re.compile(r"(?:risk|points): \d+, ([^{}\[\],:\"']+?)(?=\s*\}$)")

_SAID = {
    "list": N_("A list stands between [ and ], not between {{ and }}: change that."),
    "parted": N_("The items of a list are parted by commas, not by semicolons: change that."),
    "comma": N_('A comma is missing before "{key}": write one.'),
    "label": N_('The key before this text is missing: write label: "{text}".'),
    "begun": N_('A text that begins with {sign} needs quotes: write {key}: "…".'),
    "brackets": N_("Keys stand between {{ and }}, not between {sign} and {end}: change that."),
    "semicolon": N_("Keys between braces are parted by commas, not by semicolons: change that."),
    "dash": N_('The colon after "{key}" is missing: write "{key}: " before the value.'),
}

_Found = tuple[str, int, dict[str, str]]
"""What a slip is called in ``SAID``, where it begins, and what is said with it."""


def _signs_mended(content: str) -> tuple[str, list[_Found]]:
    """Return a line, without its indent, as it was meant, and each slip in it."""
    found: list[_Found] = []
    if match := _BEGUN.match(content):
        sign = match["sign"] or match["brace"] or match["begin"] or match["odd"]
        key = match["key"].removeprefix("- ").split(":")[0]
        found.append(("begun", match.start("text"), {"key": key, "sign": sign}))
        text = match["text"].replace("\\", "\\\\").replace('"', '\\"')
        return f'{match["key"]}"{text}"', found
    if match := _BRACKETS.match(content):
        said = {"sign": match["sign"], "end": match["end"]}
        found.append(("brackets", match.start("sign"), said))
        content = f"{match['key']}{{{match['text']}}}"
    if match := _LIST_IN_BRACES.search(content):
        found.append(("list", match.start(1), {}))
        start, end = match.span(2)
        content = f"{content[: start - 1]}[{content[start:end]}]{content[end + 1 :]}"
    if match := _LIST_PARTED.search(content):
        found.append(("parted", match.start(2), {}))
        start, end = match.start(1), match.end()
        content = content[:start] + content[start:end].replace(";", ",") + content[end:]
    if content.startswith(("{", "- {")):
        while match := _NO_COMMA.search(content):
            found.append(("comma", match.start(2), {"key": match[2]}))
            content = f"{content[: match.start(1)]}, {content[match.end(1) :]}"
        if "label:" not in content and (match := _NO_LABEL.search(content)):
            found.append(("label", match.start(1), {"text": match[1]}))
            content = f'{content[: match.start(1)]}label: "{match[1]}"{content[match.end() :]}'
        if match := _SEMICOLON.search(content):
            found.append(("semicolon", match.start(), {}))
            content = _SEMICOLON.sub(", ", content)
        for match in _DASH.finditer(content):
            found.append(("dash", match.end(1), {"key": match[2]}))
        content = _DASH.sub(r"\1: ", content)
    return content, found
