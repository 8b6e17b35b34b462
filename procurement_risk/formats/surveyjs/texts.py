"""Texts of a survey: in several languages, with HTML taken out.

``Text`` is a text by language. Which languages a survey has is known only after all of it was
read, so a document is built with ``Text`` in it and ``written`` turns them into what a framework
holds: one string, or one for each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from procurement_risk.formats.surveyjs.notes import Path, Report
from procurement_risk.formats.surveyjs.plain_text import (
    lines_or_html,
    many_lines,
    one_line,
    text_of_html,
)
from procurement_risk.language.text import shorten

LINE_LIMIT = 1_000
TEXT_LIMIT = 5_000
LONG_LIMIT = 20_000
HTML_LIMIT = 60_000
ALL_HTML_LIMIT = 500_000  # the parser takes long over what only looks like HTML

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?")
LANGUAGE_LIMIT = 20


class Text(dict[str, str]):
    """A text by language code; empty where there is none."""


class Texts:
    """Reads the texts of one survey, and remembers in which languages they are.

    Attributes:
        default: The language of a text that does not say which.
        languages: All languages met, the default first.
    """

    def __init__(self, default: str, report: Report) -> None:
        self.default = default
        self.languages: dict[str, None] = {default: None}
        self.report = report
        self.html_length = 0

    def line(self, value: object, path: Path) -> Text:
        """Return ``value`` as a text of one line."""
        return self._read(value, path, one_line, LINE_LIMIT)

    def text(self, value: object, path: Path) -> Text:
        """Return ``value`` as a text that may have several lines."""
        return self._read(value, path, many_lines, TEXT_LIMIT)

    def html(self, value: object, path: Path) -> Text:
        """Return what ``value``, which is HTML, says."""
        return self._read(value, path, text_of_html, LONG_LIMIT)

    def long(self, value: object, path: Path) -> Text:
        """Return ``value`` as a long text; what has tags in it is taken for HTML."""
        return self._read(value, path, lines_or_html, LONG_LIMIT)

    def plain(self, word: str) -> Text:
        """Return ``word``, which SurveyJS shows where a survey gives none, as a text."""
        return Text({self.default: word})

    def _read(self, value: object, path: Path, cleaned: Any, limit: int) -> Text:  # noqa: ANN401
        text = Text()
        for language, part in self._parts(value, path).items():
            if cleaned in (text_of_html, lines_or_html) and self._is_too_much(part, path):
                continue
            clean = cleaned(part)
            if len(clean) > limit:
                message = f"This text has {len(clean):,} characters: shorten it to {limit:,}."
                self.report.refuse(path, message)
            elif clean:
                text[language] = clean
                self.languages[language] = None
        if len(self.languages) > LANGUAGE_LIMIT:
            message = f"There are more than {LANGUAGE_LIMIT} languages: leave some out."
            self.report.refuse((), message)
        if text and self.default not in text:
            other = next(iter(text))
            message = f"There is no text in {self.default}: that in {other} stands in its place."
            self.report.note(path, message)
        return text

    def _is_too_much(self, html: str, path: Path) -> bool:
        """Whether ``html`` is refused for its length, or for that of all HTML so far."""
        self.html_length += len(html)
        if len(html) > HTML_LIMIT:
            self.report.refuse(path, f"This HTML is longer than {HTML_LIMIT:,} characters.")
            return True
        if self.html_length > ALL_HTML_LIMIT:
            message = f"All HTML together is longer than {ALL_HTML_LIMIT:,} characters."
            self.report.refuse((), message)
            return True
        return False

    def _parts(self, value: object, path: Path) -> dict[str, str]:
        if not isinstance(value, dict):
            return {self.default: self._string(value, path)}
        parts: dict[str, str] = {}
        for key, part in value.items():
            language = self.default if key == "default" else self._language(key, path)
            if language and (key == "default" or language not in parts):
                parts[language] = self._string(part, (*path, key))
        return parts

    def _language(self, key: str, path: Path) -> str:
        language = language_code(key)
        if not language:
            message = f'"{shorten(key)}" is no language code: the text under it was left out.'
            self.report.note(path, message)
        return language

    def _string(self, value: object, path: Path) -> str:
        if value is None:
            return ""
        if isinstance(value, bool | int | float):
            return str(value).lower() if isinstance(value, bool) else str(value)
        if isinstance(value, str):
            return value
        self.report.refuse(path, "This must be a text, or one text for each language.")
        return ""

    # -- out

    def used_in(self, value: Any) -> list[str]:  # noqa: ANN401
        """Return the languages of the texts in ``value``, the survey's own first."""
        used = set(_languages_in(value))
        return [each for each in self.languages if each in used or each == self.default]

    def written(self, value: Any) -> Any:  # noqa: ANN401
        """Return ``value`` with every ``Text`` in it as a framework holds it."""
        if isinstance(value, Text):
            return self._written(value)
        if isinstance(value, dict):
            return {key: self.written(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self.written(part) for part in value]
        return value

    def _written(self, text: Text) -> str | dict[str, str]:
        default = in_language(text, self.default)
        others = {each: text[each] for each in self.languages if each in text}
        others.pop(self.default, None)
        return {self.default: default, **others} if others else default


def _languages_in(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, Text):
        yield from value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _languages_in(part)


def language_code(text: str) -> str:
    """Return ``text`` as a language code such as en or pt-BR; empty where it is none."""
    found = _LANGUAGE.fullmatch(text)
    if found is None:
        return ""
    language, country = found.groups()
    return f"{language.lower()}-{country.upper()}" if country else language.lower()


def in_language(text: Text, language: str) -> str:
    """Return ``text`` in ``language``, or in the first that it has."""
    return text.get(language) or next(iter(text.values()), "")


def joined(parts: Iterable[Text], separator: str, default: str) -> Text:
    """Return ``parts`` one after the other, in every language that one of them has."""
    present = [part for part in parts if part]
    languages = dict.fromkeys(language for part in present for language in part)
    both = Text()
    for language in languages:
        pieces = [part.get(language) or in_language(part, default) for part in present]
        both[language] = separator.join(pieces)
    return both
