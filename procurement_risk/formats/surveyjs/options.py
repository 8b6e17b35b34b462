"""The options of one question: what they look like, what an answer holds, what they give."""

from __future__ import annotations

from typing import Any

from procurement_risk.formats.surveyjs.notes import Path, Report
from procurement_risk.formats.surveyjs.properties import note_item
from procurement_risk.formats.surveyjs.reading import Element
from procurement_risk.formats.surveyjs.texts import Text, Texts
from procurement_risk.formats.surveyjs.values import Value, points_of, text_of
from procurement_risk.framework.naming import Ids, id_from
from procurement_risk.language.text import shorten

OPTION_LIMIT = 500
POINTS_LIMIT = 1_000

# What SurveyJS adds by itself: the properties that ask for it, the value, where the text stands,
# and the text where none is given.
_SPECIALS = (
    (("hasNone", "showNoneItem"), "none", "noneText", "None"),
    (("showRefuseItem",), "refused", "refuseText", "Refuse to answer"),
    (("showDontKnowItem",), "dontknow", "dontKnowText", "Don't know"),
    (("hasOther", "showOtherItem"), "other", "otherText", "Other (describe)"),
)


class Options:
    """The options of one question: what they look like, and what an answer holds.

    Attributes:
        bodies: Their documents, in reading order.
        values: By id, the value an answer holds.
    """

    def __init__(self, texts: Texts, report: Report, scores: str) -> None:
        self.texts, self.report, self.scores = texts, report, scores
        self.bodies: list[dict[str, Any]] = []
        self.values: dict[str, Value] = {}
        self.wanted: set[str] = set()
        self.ids = Ids()

    def copy(self) -> Options:
        """Return the same options for another question."""
        other = Options(self.texts, self.report, self.scores)
        other.bodies = [dict(body) for body in self.bodies]
        other.values = dict(self.values)
        return other

    def read(self, choices: object, path: Path) -> None:
        """Take in ``choices``: values, or objects with value and text."""
        items = self.report.items(choices, path)
        if len(items) > OPTION_LIMIT:
            message = f"This has {len(items):,} items: at most {OPTION_LIMIT} can be read."
            self.report.refuse(path, message)
            return
        for index, choice in enumerate(items):
            self._choice(choice, (*path, index))

    def _choice(self, choice: object, path: Path) -> None:
        text: object = None
        value = choice
        if isinstance(choice, dict):
            value, text = choice.get("value"), choice.get("text")
            note_item(choice, path, self.report)
        if isinstance(value, bool | int | float) or (isinstance(value, str) and value.strip()):
            if isinstance(value, str) and "|" in value:
                value, _, shown = value.partition("|")
                text = shown if text is None else text
            label = self.texts.line(text, (*path, "text"))
            if not label:
                label = self.texts.line(text_of(value), path)
            self.add(text_of(value), value, label, path)
        else:
            message = "A choice needs a value that is a text or a number."
            self.report.refuse(path, message)

    def add(self, wanted: str, value: Value, label: Text, path: Path) -> None:
        """Take in one option."""
        if wanted in self.wanted:
            self._repeated(value, label, path)
            return
        self.wanted.add(wanted)
        option = self.ids.give(id_from(wanted, "option"))
        if option != wanted:
            message = f'The value "{shorten(wanted)}" became the id "{option}".'
            self.report.note(path, message)
        body: dict[str, Any] = {"id": option}
        if self.scores:
            body["points"] = self._points(value, path)
        body["label"] = label or self.texts.plain(option)
        self.bodies.append(body)
        self.values[option] = value

    def _repeated(self, value: Value, label: Text, path: Path) -> None:
        said = f'The value "{shorten(text_of(value))}" stands here twice'
        if self.scores:
            message = f"{said}, so its points are not clear. Give each choice its own value."
            self.report.refuse(path, message)
        else:
            words = label if isinstance(label, str) else next(iter(label.values()), "")
            lost = f', "{shorten(words)}",' if words else ""
            self.report.note(path, f"{said}: the later choice{lost} was left out.")

    def _points(self, value: Value, path: Path) -> int:
        points = points_of(value)
        if 0 <= points <= POINTS_LIMIT and points.is_integer():
            return int(points)
        message = (
            f'The value "{shorten(text_of(value))}" gives {points:g} points: end it in a hyphen '
            f"and a whole number from 0 to {POINTS_LIMIT:,}."
        )
        self.report.refuse(path, message)
        return 0

    def specials(self, element: Element) -> None:
        """Take in the options that SurveyJS adds itself: none, other and their like."""
        for keys, value, label_key, label in _SPECIALS:
            path = next(((*element.path, key) for key in keys if element.has(key)), None)
            if path is None:
                continue
            text = self.texts.line(*element.at(label_key)) or self.texts.plain(label)
            self.add(value, value, text, path)
            if value == "none":
                message = "Choosing this empties the other choices in SurveyJS, but not here."
                self.report.note(path, message)
