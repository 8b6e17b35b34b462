"""Files of answers, as SurveyJS gives them once a survey is filled in, and no questionnaires."""

from __future__ import annotations

from typing import Any

# What only a questionnaire has at its top.
_OF_A_SURVEY = frozenset(
    {"pages", "elements", "questions", "title", "triggers", "calculatedValues"}
)
# What wraps the answers of one filling-in, by the programs that keep them.
_WRAPPERS = ("data", "answers", "result", "json")

NAMED = (
    "This is a file of answers that somebody gave to a SurveyJS questionnaire, and not the "
    "questionnaire. Bring the questionnaire itself: the file with pages and elements in it."
)


def is_of_answers(document: object) -> bool:
    """Return whether ``document`` holds answers to a survey, one filling-in or several."""
    if isinstance(document, list):
        return bool(document) and all(is_of_answers(each) for each in document)
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
