"""A SurveyJS file as a plain tree: bytes in, pages with elements inside elements out.

    bytes ── JSON, read strictly ── Survey ── pages ── panels and questions

Only the shape is looked at here. What a type or a property means is the converter's business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from procurement_risk.canonical import (
    Refused,
    nesting,
    parse_json,
    refuse,
    refuse_too_large,
    small_integer,
    unrepeated,
)
from procurement_risk.formats.surveyjs.notes import Path, Report
from procurement_risk.language.text import shorten

DEPTH_LIMIT = 60
DIGITS_LIMIT = 300
ELEMENT_LIMIT = 5_000
PAGE_LIMIT = 1_000

CONTAINERS = ("page", "panel", "flowpanel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A page, a panel or a question.

    Attributes:
        kind: Its ``type`` in small letters; ``page`` for a page.
        name: Its name; empty where it has none.
        path: Where it stands in the file.
        data: All its properties as they were read.
        children: The elements inside a page or panel.
    """

    kind: str
    name: str
    path: Path
    data: Mapping[str, Any]
    children: tuple[Element, ...] = ()

    @property
    def is_container(self) -> bool:
        """Whether this holds elements, rather than being a question."""
        return self.kind in CONTAINERS

    def at(self, key: str) -> tuple[Any, Path]:
        """Return the property ``key``, None where it is not there, and where it stands."""
        return self.data.get(key), (*self.path, key)

    def has(self, *keys: str) -> bool:
        """Whether one of the properties ``keys``, which are old and new names, is switched on."""
        return any(self.data.get(key) is True for key in keys)

    def questions(self) -> Iterator[Element]:
        """Yield every element inside that is no container, in reading order."""
        for child in self.children:
            if child.is_container:
                yield from child.questions()
            else:
                yield child


@dataclass(frozen=True, slots=True)
class Survey:
    """A questionnaire: its own properties and its pages."""

    data: Mapping[str, Any]
    pages: tuple[Element, ...]


def read_survey(data: bytes, name: str, report: Report) -> Survey:
    """Return the survey in ``data``; what is wrong with its shape goes to ``report``.

    Raises:
        InvalidDocument: If ``data`` is no JSON object that can be looked at.
    """
    document = read_json(data, name)
    if _is_of_answers(document):
        refuse(name, _NAMED)
    if not isinstance(document, dict):
        refuse(name, "This is not a SurveyJS file: it must be one JSON object, { … }.")
    reader = _Reader(report)
    return Survey(document, tuple(reader.pages(document)))


# ---------------------------------------------------------------- JSON

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def read_json(data: bytes, name: str) -> Any:  # noqa: ANN401
    """Return the JSON value in ``data``: other programs' files, so less strict than a record.

    Raises:
        InvalidDocument: If it is too large or too deep, is not UTF-8, writes a key twice, or
            holds a number that no computer keeps.
    """
    refuse_too_large(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(name, f"The file is not UTF-8 text at byte {error.start}. Save it as UTF-8.")
    if nesting(text) > DEPTH_LIMIT:
        refuse(name, f"The file is nested deeper than {DEPTH_LIMIT} levels. Flatten it.")
    value = parse_json(
        text,
        name,
        "This is not JSON: {fault}. Export the survey again.",
        object_pairs_hook=partial(unrepeated, shown=lambda key: f'"{shorten(key)}"'),
        parse_constant=_no_constant,
        parse_int=partial(small_integer, longest=DIGITS_LIMIT),
        parse_float=_number,
    )
    if _HALF_CHARACTER.search(json.dumps(value, ensure_ascii=False)):
        refuse(name, "A text holds half a character (\\ud800 to \\udfff). Type that text again.")
    return value


def _no_constant(text: str) -> NoReturn:
    raise Refused(f"{text} is not a number in JSON. Write a number, or leave it out.")


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise Refused(f"The number {shorten(text, 20)} is too large. Write it as a text.")
    return value


# ---------------------------------------------------------------- the tree


class _Reader:
    """Builds the tree, and reports what does not have the shape of one."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.count = 0

    def pages(self, document: Mapping[str, Any]) -> Iterator[Element]:
        if "pages" not in document:
            if "elements" in document or "questions" in document:
                children = tuple(self.children(document, ()))
                yield Element(kind="page", name="page1", path=(), data={}, children=children)
            else:
                self.report.refuse((), "There are no pages: a survey has pages with elements.")
            return
        for key in ("elements", "questions"):
            if key in document:
                message = "The survey has both pages and elements outside them: move those in."
                self.report.refuse((key,), message)
        pages = self.report.items(document["pages"], ("pages",))
        if len(pages) > PAGE_LIMIT:
            self.report.refuse((), f"The survey has more than {PAGE_LIMIT:,} pages: split it.")
        for index, page in enumerate(pages[:PAGE_LIMIT]):
            path: Path = ("pages", index)
            if self.report.is_object(page, path):
                name = self.name(page, path) or f"page{index + 1}"
                children = tuple(self.children(page, path))
                yield Element(kind="page", name=name, path=path, data=page, children=children)

    def children(self, data: Mapping[str, Any], path: Path) -> Iterator[Element]:
        """Yield what stands in ``elements``, and in the older ``questions``."""
        for key in ("elements", "questions"):
            if key not in data:
                continue
            for index, child in enumerate(self.report.items(data[key], (*path, key))):
                self.count += 1
                if self.count == ELEMENT_LIMIT + 1:
                    message = f"The survey has more than {ELEMENT_LIMIT:,} elements: split it."
                    self.report.refuse((), message)
                where = (*path, key, index)
                if self.count <= ELEMENT_LIMIT and self.report.is_object(child, where):
                    yield self.element(child, where)

    def element(self, data: Mapping[str, Any], path: Path) -> Element:
        kind = data.get("type", "")
        if not isinstance(kind, str) or not kind:
            self.report.refuse((*path, "type"), "An element needs a type, such as radiogroup.")
            kind = ""
        kind = kind.lower()
        name = self.name(data, path)
        if not name and kind not in (*CONTAINERS, "html", "image", ""):
            self.report.refuse((*path, "name"), "A question needs a name.")
        children = tuple(self.children(data, path)) if kind in CONTAINERS else ()
        return Element(kind=kind, name=name, path=path, data=data, children=children)

    def name(self, data: Mapping[str, Any], path: Path) -> str:
        name = data.get("name", "")
        if not isinstance(name, str):
            self.report.refuse((*path, "name"), "A name must be a text in quotes.")
            return ""
        return name


# Files of answers, as SurveyJS gives them once a survey is filled in, and no questionnaires.

# What only a questionnaire has at its top.
_OF_A_SURVEY = frozenset(
    {"pages", "elements", "questions", "title", "triggers", "calculatedValues"}
)
# What wraps the answers of one filling-in, by the programs that keep them.
_WRAPPERS = ("data", "answers", "result", "json")

_NAMED = (
    "This is a file of answers that somebody gave to a SurveyJS questionnaire, and not the "
    "questionnaire. Bring the questionnaire itself: the file with pages and elements in it."
)


def _is_of_answers(document: object) -> bool:
    """Return whether ``document`` holds answers to a survey, one filling-in or several."""
    if isinstance(document, list):
        return bool(document) and all(_is_of_answers(each) for each in document)
    if not isinstance(document, dict) or not document or _OF_A_SURVEY & document.keys():
        return False
    wrapped = next(
        (document[key] for key in _WRAPPERS if isinstance(document.get(key), dict)), None
    )
    if wrapped is not None:
        return not _OF_A_SURVEY & wrapped.keys()
    return "type" not in document and all(map(_is_answer, document.values()))


def _is_answer(value: Any) -> bool:  # noqa: ANN401  whatever JSON holds
    """Whether a value can be what somebody answered: a choice, some, or a table of them."""
    if isinstance(value, list):
        return all(map(_is_answer, value))
    if isinstance(value, dict):
        return "elements" not in value and all(map(_is_answer, value.values()))
    return value is not None
