"""A language made up for tests: every word of the app stands in ⟦brackets⟧.

What stands outside them on a page was not marked, or is not the app's. Only the words between
two places are in brackets, so that a word that is put into a place is seen too:
``{n} open answers`` becomes ``{n}⟦ open answers⟧``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pyarrow as pa
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from procurement_risk.language import catalogue as language
from scripts import words

CODE = "xx"
PLACE = re.compile(r"(\{[^{}]*\})")
BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")


def bracketed(message: str) -> str:
    """Return ``message`` with its words in brackets and its places as they are."""
    parts = PLACE.split(message)
    return "".join(f"⟦{part}⟧" if n % 2 == 0 and part else part for n, part in enumerate(parts))


def write(folder: Path) -> None:
    """Write the catalogue where ``language.LOCALES`` may point.

    It has the messages of the committed template, which is held to be what the code has: to search
    the code takes seconds.
    """
    catalog = Catalog(locale="en")
    for message in words.committed():
        if isinstance(message.id, tuple):
            forms: Any = tuple(bracketed(each) for each in message.id)
        else:
            forms = bracketed(message.id)
        if message.id:
            catalog.add(message.id, forms, context=message.context)
    file = folder / CODE / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, catalog)


# --- What stands on a page ----------------------------------------------------------------

# Fields of Streamlit's messages that no person sees.
TECHNICAL = {
    "id",
    "form_id",
    "element_id",
    "divider",
    "key",
    "tag",
    "type",
    "format",
    "icon",
    "config",
    "columns",  # of a data frame: settings, with its headings as keys
    "autocomplete",
    "query_param_key",
    "query_string",
    "page",
    "page_script_hash",
    "deferred_file_id",
    "url",
    "language",
    "shortcut",
}
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


def shown(test: AppTest) -> Iterator[tuple[str, str]]:
    """Yield every text on the page, each with the kind of element and field it stands in."""
    yield from _in_tree(test._tree)


def _in_tree(node: Any) -> Iterator[tuple[str, str]]:
    proto = getattr(node, "proto", None)
    if isinstance(proto, Message):
        yield from _in_message(proto)
    for child in getattr(node, "children", {}).values():
        yield from _in_tree(child)


def _in_message(message: Message) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        place = f"{message.DESCRIPTOR.name}.{field.name}"
        values = value if field.is_repeated else [value]
        if field.name in TECHNICAL:
            continue
        if field.type == field.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
            for each in values:
                yield from _in_message(each)
        elif field.type == field.TYPE_STRING:
            for each in values:
                yield from ((place, text) for text in _texts(place, each))
        elif field.type == field.TYPE_BYTES:
            for each in values:
                yield from ((place, text) for text in _in_table(each))


def _texts(place: str, text: str) -> Iterator[str]:
    if place == "Html.body":
        yield from map(unescape, MARKUP.sub("\n", text).split("\n"))
    elif place == "PlotlyChart.spec":
        yield from _in_figure(json.loads(text))
    else:
        yield text


def _in_table(data: bytes) -> Iterator[str]:
    table = pa.ipc.open_stream(data).read_all()
    for name in table.column_names:
        yield name
        yield from (str(cell) for cell in table.column(name).to_pylist() if cell is not None)


def _in_figure(part: Any, name: str = "") -> Iterator[str]:
    """Yield what Plotly draws as text: labels of the legend, of axes, of marks and of rows."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key != "template":
                yield from _in_figure(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from _in_figure(value, name)
    elif isinstance(part, str) and name in ("text", "name", "theta", "title", "ticktext"):
        yield unescape(MARKUP.sub(" ", part))


# --- What is not the app's ----------------------------------------------------------------


# An icon, or what gives the text in brackets after it a colour: nothing that anybody reads.
DIRECTIVE = re.compile(r"(?<!\\):(?:material/\w+:|[a-z]+(?:-badge)?(?=\[))")


@cache
def bare(text: str) -> str:
    """Return ``text`` as it is read: without escapes and icons, and with single spaces."""
    text = DIRECTIVE.sub("", text)
    text = text.replace("\u2060", "").replace("\u2011", "-")
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return " ".join(text.split())


class Data:
    """The texts that may stand outside brackets.

    Args:
        texts: Anywhere between other signs, whole.
        ids: Only where nothing else stands between two brackets.
    """

    def __init__(self, texts: set[str], ids: set[str]) -> None:
        self.ids = {bare(each) for each in ids}
        self.by_first: dict[str, list[str]] = {}
        for text in {bare(each) for each in texts}:
            for first, rest in _from_first_word(text):
                self.by_first.setdefault(first, []).append(rest)
        for known in self.by_first.values():
            known.sort(key=len, reverse=True)

    def __or__(self, other: Data) -> Data:
        """Return both together."""
        both = (*self.by_first.values(), *other.by_first.values())
        texts = {text for found in both for text in found}
        return Data(texts, self.ids | other.ids)

    def foreign(self, text: str) -> list[str]:
        """Return the words of ``text`` that are neither in brackets nor data."""
        found = []
        for part in BRACKETS.split(bare(text)):
            if part.strip(_SIGNS) not in self.ids:
                found += self._unknown(part)
        return found

    def _unknown(self, part: str) -> list[str]:
        found, place = [], 0
        while word := _WORD.search(part, place):
            known = (each for each in self.by_first.get(word.group(), ()) if _at(part, word, each))
            longest = next(known, None)
            if longest is None:
                found.append(word.group())
            place = word.start() + len(longest or word.group())
        return found


_WORD = re.compile(r"[^\W\d_]\w*|\d+[^\W\d_]\w*")
_SIGNS = " .,;:·–-()“”/*%+=0123456789"


@cache
def _from_first_word(text: str) -> list[tuple[str, str]]:
    """Return ``text`` from its first word on, after that word: as it is, and without its stop."""
    forms = {text, text.rstrip(".")}
    return [(word.group(), each[word.start() :]) for each in forms if (word := _WORD.search(each))]


def _at(part: str, word: re.Match[str], text: str) -> bool:
    end = word.start() + len(text)
    ends_there = end >= len(part) or not (part[end - 1].isalnum() and part[end].isalnum())
    return part.startswith(text, word.start()) and ends_there
