"""The words by which an assessment is found: of each of its parts, and of what somebody asks for.

Both are made alike, whatever the database: small letters without accents, full-width and joined
letters as plain ones, every other sign a space. So ``ocds-h6vhtk-04a1b2`` is three words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from procurement_risk.assessment.supplier_numbers import lost_zeros, numbers

LONGEST_WORD = 60
MOST_ASKED = 12
"""How many words of a question are heeded."""

# What parts hold that nobody looks for: ids of options, states, grades and days.
_LEFT_OUT = frozenset(
    {"state", "option", "options", "evidence", "valid_until", "at", "status", "kind", "ground"}
    | {"target", "until", "digest", "due", "review_by", "resolved_at", "decision_due"}
    | {"contract_start", "contract_end", "break_dates", "as_of", "gate", "accepted_open"}
    | {"assessment", "done_at", "files", "date"}
)
_NO_TEXT = frozenset({"pack", "gate", "as_of", "state", "replaces", "organisation"})
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of ``text``, made comparable."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    found = _WORD.findall(unicodedata.normalize("NFKC", plain))
    return [each[:LONGEST_WORD] for each in found]


def words_of_part(name: str, value: Any) -> str:  # noqa: ANN401
    """Return the words of the part ``name``, JSON, each once, with a space between."""
    if value is None or name in _NO_TEXT:
        return ""
    found = [word for text in _texts(value) for word in words(text)]
    if name == "supplier":
        found += [word for each in numbers(value.get("company_number", "")) for word in each]
        found = [word for each in found for word in words(each)]
    return " ".join(dict.fromkeys(found))


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in _LEFT_OUT:
                yield from _texts(each)


def asked_words(text: str) -> list[tuple[str, ...]]:
    """Return what has to be found for ``text``: of each, one word that may be meant or another."""
    asked: dict[tuple[str, ...], None] = {}
    for word in words(text):
        meant = lost_zeros(word).casefold()
        asked[(word, meant) if meant else (word,)] = None
    return list(asked)[:MOST_ASKED]
