"""Lines of history from which something was struck, and the entry that says so.

An erasure is a line of history of its own, in the same chain, about the part ``erasure``. For
each line that it struck it names the line by its hash, which stays as it was, and seals what
stands there now. A struck line is believed only where a later such line covers it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from procurement_risk.canonical import Document, write_json

ERASURE = "erasure"
"""The part of a history under which erasures stand; no assessment has a part of that name."""


@dataclass(frozen=True, slots=True)
class Struck:
    """What an erasure says of one line: its hash, what it struck in it, what stands now.

    Attributes:
        gone: What was struck in it altogether, by earlier erasures too.
    """

    hash: str
    fields: frozenset[str]
    stands: str
    instead: str
    gone: frozenset[str]


def struck_lines(rows: Iterable[Mapping[str, Any]]) -> dict[int, Struck]:
    """Return what the last erasure that covers a line says of it, by the line's number."""
    found: dict[int, Struck] = {}
    for row in rows:
        if row["part"] == ERASURE and row["after"] is not None:
            try:
                found.update(_covered(json.loads(row["after"]), row["seq"], found))
            except (AttributeError, KeyError, TypeError, ValueError):
                continue  # it was altered, which its own digest shows
    return found


def _covered(entry: Document, seq: int, before: Mapping[int, Struck]) -> dict[int, Struck]:
    found = {}
    for each in entry["lines"]:
        if each["seq"] < seq and entry["instead"]:
            fields = frozenset(each["fields"])
            earlier = before.get(each["seq"])
            gone = fields | earlier.gone if earlier else fields
            found[each["seq"]] = Struck(
                each["hash"], fields, each["stands"], entry["instead"], gone
            )
    return found


def stands(row: Mapping[str, Any], struck: Struck) -> bool:
    """Whether a line is what the erasure left of it, with its mark wherever it struck."""
    texts = {
        "by": row["by"],
        "reason": row["reason"],
        "values": f"{row['before']} {row['after']}",
    }
    marked = all(is_marked(texts[name], struck.instead) for name in struck.fields & texts.keys())
    return marked and (row["hash"], standing(row)) == (struck.hash, struck.stands)


def is_marked(text: str, instead: str) -> bool:
    """Whether ``instead`` stands in a text, in either of its two forms."""
    return instead in text or joined(instead) in text


def joined(instead: str) -> str:
    """Return what stands in place of a name within a link or an address."""
    return instead.replace(" ", "-")


def standing(row: Mapping[str, Any]) -> str:
    """Return the digest of a line, a database row, as it stands."""
    shown = {key: row[key] for key in (*_ALWAYS, *_SOMETIMES) if key in _ALWAYS or row[key] != ""}
    for key in ("before", "after"):
        shown[key] = None if row[key] is None else json.loads(row[key])
    return hashlib.sha256(write_json(shown)).hexdigest()


_ALWAYS = (
    "assessment_id", "seq", "part", "before", "after", "salt", "body_digest", "by", "at",
    "reason", "previous", "hash",
)  # fmt: skip
_SOMETIMES = ("by_salt", "by_digest", "reason_salt", "reason_digest")
