"""Letters that no font of the page has: which typst names, and what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

PLACEHOLDER = "□"
# Every character that no font has or a standard forbids, as typst names it: as Rust writes it.
MISSING = re.compile(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)*)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}|\\(.)")
UNSEEN = "\u200d\ufe0e\ufe0f\ufeff"  # what joins and varies emoji, and what has no width


def missing_characters(diagnostic: str) -> Iterator[str]:
    """Yield each character that typst says no font has."""
    for found in MISSING.findall(diagnostic):
        yield from ESCAPED.sub(_character, found)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def without(data: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    """Return ``data`` with a placeholder for each missing character in its words."""
    table = {ord(c): "" if c in UNSEEN else PLACEHOLDER for c in missing}

    def shown(value: object) -> object:
        if isinstance(value, str):
            return value.translate(table)
        if isinstance(value, list):
            return [shown(each) for each in value]
        if isinstance(value, dict):
            return {key: shown(each) for key, each in value.items()}
        return value

    kept = {"attached": data["attached"]}
    return {key: shown(value) for key, value in data.items()} | kept
