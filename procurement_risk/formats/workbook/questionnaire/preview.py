"""A framework that was made of a list, a row to a question, to look over before it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from procurement_risk.formats.workbook.questionnaire.columns import in_language
from procurement_risk.formats.workbook.questionnaire.written import around_of
from procurement_risk.framework.condition_words import in_words
from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.framework.proposals import TO_BE_SET
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

COLUMNS = (
    N_("Section"),
    N_("Number"),
    N_("Question"),
    N_("Answers, with what each counts for"),
    N_("Weight"),
    N_("Asked only if"),
    N_("To be set"),
)


def preview_rows(document: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield a row for each question, its texts cut short, under ``COLUMNS``."""
    around = around_of(document)
    framework = None if check_framework(document) else framework_from_document(document)

    def said(value: object) -> str:
        return shorten(in_language(value, around.first, around.first), 120)

    for section in document["sections"]:
        for question in section["questions"]:
            options = question.get("options", ())
            answers = [
                f"{option.get(around.value, '')} {said(option['label'])}" for option in options
            ]
            marked = [s for s in question.get("sources", ()) if s.startswith(TO_BE_SET)]
            yield [
                said(section["title"]),
                question["id"],
                said(question["ask"]),
                " · ".join(answers).strip() or _("A text, a number or a date"),
                str(question.get("weight", "")),
                in_words(framework, framework.by_id[question["id"]].when) if framework else "",
                "; ".join(each.removeprefix(TO_BE_SET).strip() for each in marked),
            ]
