"""The small parts of OSCAL: identifiers, tokens, texts, times and properties that always fit.

Nothing here depends on the language in use: the same record gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from procurement_risk.language.text import one_line

Part = dict[str, Any]

NAMESPACE = "urn:ai-procurement-risk:oscal:1"
EMPTY = "(empty)"

_NOT_IN_TOKEN = re.compile(r"[^a-z0-9._-]")
_MARKUP = re.compile(r"([\\`*_\[\]<>])")
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~"


class Ids:
    """UUIDs of one record (version 5): the same record id and path give the same one.

    Args:
        record: The id of the record.
    """

    def __init__(self, record: str) -> None:
        self._root = uuid5(uuid5(NAMESPACE_URL, NAMESPACE), record)

    def of(self, *path: str) -> str:
        """Return the UUID of what stands at ``path``."""
        # No part of a path can hold this sign by itself, as ids are on one line.
        return str(uuid5(self._root, "\n".join(path)))


def tokens(ids: Iterable[str]) -> dict[str, str]:
    """Return an OSCAL token for each id: lower case, and no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for each in ids:
        token = _NOT_IN_TOKEN.sub("-", each.lower())
        if not token[:1].isalpha():
            token = f"_{token}"
        plainly, number = token, 1
        while token in taken:
            number += 1
            token = f"{plainly}.{number}"
        taken.add(token)
        found[each] = token
    return found


def text(words: str) -> str:
    """Return ``words`` on one line, never empty, without control characters."""
    return one_line(words) or EMPTY


def markup(words: str) -> str:
    """Return ``words`` on one line as Markdown that shows them literally."""
    return _MARKUP.sub(r"\\\1", text(words))


def moment(time: str) -> str:
    """Return an ISO time or day as a time in UTC; empty where it is neither, or has no zone."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", time):
        time = f"{time}T00:00:00Z"
    try:
        found = datetime.fromisoformat(time)
        if found.tzinfo is None:
            return ""
        return found.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def address(link: str) -> str:
    """Return ``link`` as a URI reference; empty where it is of a kind that a click could run."""
    shown = one_line(link)
    try:
        parts = urlsplit(shown)
        port = parts.port
    except ValueError:
        return ""
    if not shown or parts.scheme not in ("", "http", "https") or "\\" in shown or port == 0:
        return ""
    return quote(shown, safe=_IN_ADDRESS)


def prop(name: str, value: str | int | None, kind: str = "") -> Part | None:
    """Return a property of our namespace, or None where there is nothing to say."""
    if value is None or value == "":
        return None
    found: Part = {"name": name, "ns": NAMESPACE, "value": text(str(value))}
    return found | {"class": kind} if kind else found


def props(*found: Part | None) -> Part:
    """Return ``{"props": […]}`` of those there are, and nothing where there are none."""
    kept = [each for each in found if each is not None]
    return {"props": kept} if kept else {}


def yes(claim: bool) -> str:
    """Return ``yes`` or ``no``."""
    return "yes" if claim else "no"
