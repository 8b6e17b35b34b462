"""Slips of the hand where one sign stands for another: what they look like, and what was meant."""

from __future__ import annotations

import re

from procurement_risk.framework.yaml_slip_patterns import KEY
from procurement_risk.language import N_

_TEXTS = "ask|why|good|help|label|title|intro|description|evidence|treatment|meaning|because"
BEGUN = re.compile(
    rf"(?P<key>(?:- )?(?:{_TEXTS}): )"
    r"(?P<text>(?P<sign>\[)[^\]]*\]\s*[^\s#].*|(?P<brace>\{)[^}]*\}\s*[^\s#].*"
    r"|(?P<begin>[-?])\s+\S.*|(?P<odd>[%@`]|#(?=\S)|[*&!](?=.*\s)).*)$"
)
"""A text that begins with a sign by which YAML begins something else."""
BRACKETS = re.compile(
    rf"(?P<key>(?:- )?(?:{KEY}: )?)(?P<sign>[(\[])(?P<text>{KEY}: .*)(?P<end>[)\]])$"
)
SEMICOLON = re.compile(rf";\s*(?={KEY}:\s)")
DASH = re.compile(r"([{,]\s*(id|risk|label|from|points))\s*[=\u2013\u2014]\s*(?=\S)")

LIST_IN_BRACES = re.compile(
    r"\b(?:options|in|not_in|questions|clauses|sources|packs|was|languages): "
    r"(\{)([^{}\[\]:]+)\}"
)
LIST_PARTED = re.compile(
    r"\b(?:options|in|not_in|questions|clauses|packs|was|languages): \[([^\[\]]*?)(;)[^\[\]]*\]"
)
NO_COMMA = re.compile(rf"\b(?:id|risk|points|from): [\w.-]+(\s+)({KEY}):\s")
NO_LABEL = re.compile(r"(?:risk|points): \d+, ([^{}\[\],:\"']+?)(?=\s*\}$)")

SAID = {
    "list": N_("A list stands between [ and ], not between {{ and }}: change that."),
    "parted": N_("The items of a list are parted by commas, not by semicolons: change that."),
    "comma": N_('A comma is missing before "{key}": write one.'),
    "label": N_('The key before this text is missing: write label: "{text}".'),
    "begun": N_('A text that begins with {sign} needs quotes: write {key}: "…".'),
    "brackets": N_("Keys stand between {{ and }}, not between {sign} and {end}: change that."),
    "semicolon": N_("Keys between braces are parted by commas, not by semicolons: change that."),
    "dash": N_('The colon after "{key}" is missing: write "{key}: " before the value.'),
}

Found = tuple[str, int, dict[str, str]]
"""What a slip is called in ``SAID``, where it begins, and what is said with it."""


def signs_mended(content: str) -> tuple[str, list[Found]]:
    """Return a line, without its indent, as it was meant, and each slip in it."""
    found: list[Found] = []
    if match := BEGUN.match(content):
        sign = match["sign"] or match["brace"] or match["begin"] or match["odd"]
        key = match["key"].removeprefix("- ").split(":")[0]
        found.append(("begun", match.start("text"), {"key": key, "sign": sign}))
        text = match["text"].replace("\\", "\\\\").replace('"', '\\"')
        return f'{match["key"]}"{text}"', found
    if match := BRACKETS.match(content):
        said = {"sign": match["sign"], "end": match["end"]}
        found.append(("brackets", match.start("sign"), said))
        content = f"{match['key']}{{{match['text']}}}"
    if match := LIST_IN_BRACES.search(content):
        found.append(("list", match.start(1), {}))
        start, end = match.span(2)
        content = f"{content[: start - 1]}[{content[start:end]}]{content[end + 1 :]}"
    if match := LIST_PARTED.search(content):
        found.append(("parted", match.start(2), {}))
        start, end = match.start(1), match.end()
        content = content[:start] + content[start:end].replace(";", ",") + content[end:]
    if content.startswith(("{", "- {")):
        while match := NO_COMMA.search(content):
            found.append(("comma", match.start(2), {"key": match[2]}))
            content = f"{content[: match.start(1)]}, {content[match.end(1) :]}"
        if "label:" not in content and (match := NO_LABEL.search(content)):
            found.append(("label", match.start(1), {"text": match[1]}))
            content = f'{content[: match.start(1)]}label: "{match[1]}"{content[match.end() :]}'
        if match := SEMICOLON.search(content):
            found.append(("semicolon", match.start(), {}))
            content = SEMICOLON.sub(", ", content)
        for match in DASH.finditer(content):
            found.append(("dash", match.end(1), {"key": match[2]}))
        content = DASH.sub(r"\1: ", content)
    return content, found
