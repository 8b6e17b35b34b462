"""The rules of a framework that concern one place at a time: languages, points, levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from procurement_risk.framework import DEFAULT_LANGUAGE
from procurement_risk.framework.checks.faults import Fault, Node, listed
from procurement_risk.framework.languages import spoken
from procurement_risk.language import _
from procurement_risk.language.text import shorten


def language_faults(document: Node) -> Iterator[Fault]:
    """Yield where a text lacks the first language, or is written in one that is not listed."""
    listed_codes = [code for __, code in document.texts("languages")]
    codes = listed_codes or [DEFAULT_LANGUAGE]
    for path, text in spoken(document.data):
        if codes[0] not in text:
            message = _(
                "Every text is needed in {language}, the first of the languages: "
                "add {language} here."
            )
            yield Fault(path, message.format(language=shorten(codes[0])))
        for code in text:
            if code not in codes:
                message = _(
                    '"{language}" is not among the languages of this questionnaire: write '
                    "one of {known}, or add it to languages at the top."
                )
                words = message.format(language=shorten(str(code)), known=listed(codes))
                yield Fault((*path, code), words)


def point_faults(question: Node) -> Iterator[Fault]:
    """Yield where a scored option lacks points, or one that is not scored has some."""
    is_scored = "scores" in question.data
    for option in question.nodes("options"):
        if is_scored and "points" not in option.data:
            message = _("Every option of a scored question needs points: add points.")
            yield Fault(option.path, message)
        elif not is_scored and "points" in option.data:
            message = _(
                "Points count only in a scored question: delete them, or write scores: raw (or "
                "mitigation) in the question."
            )
            yield Fault(option.at("points"), message)


def level_faults(levels: Iterable[Node]) -> Iterator[Fault]:
    """Yield where levels are not numbered in order, or do not end one above the other."""
    levels = list(levels)
    last = None
    for index, level in enumerate(levels):
        number, end = level.number("level"), level.number("up_to")
        if number is not None and number != index + 1:
            message = _("Levels are numbered 1, 2, 3 in order: write level: {number} here.")
            yield Fault(level.at("level"), message.format(number=index + 1))
        if index + 1 == len(levels):
            if "up_to" in level.data:
                message = _("Delete up_to: the last level holds for everything above the others.")
                yield Fault(level.at("up_to"), message)
        elif "up_to" not in level.data:
            yield Fault(level.path, _("Every level but the last needs an end: add up_to."))
        if end is not None and last is not None and end <= last:
            message = _("Levels must rise, but {here} follows {last}: write more than {last}.")
            yield Fault(level.at("up_to"), message.format(here=end, last=last))
        last = end if end is not None else last
