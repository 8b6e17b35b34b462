"""Whether a mitigation can be written by an export: its question, its target, what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.parts import MITIGATION
from procurement_risk.errors import InvalidAnswers, InvalidDocument
from procurement_risk.framework import Framework

_SOME_DAY = "2026-01-01"


def refuse_misfit(framework: Framework, part: str, value: Any, answer: Any) -> None:  # noqa: ANN401  JSON
    """Raise InvalidDocument where ``value`` is a mitigation that the framework has no place for.

    Args:
        framework: What the assessment is answered against.
        part: The part that is about to be written; others than mitigations are let through.
        value: Its value as JSON.
        answer: The answer to the same question as JSON, or None.
    """
    if part.startswith(MITIGATION) and value is not None:
        _check(framework, part, [value], {} if answer is None else {value["question"]: answer})


def refuse_misfits(framework: Framework, assessment: Assessment) -> None:
    """Raise InvalidDocument where a mitigation of a question that is known does not fit it."""
    document = assessment_to_document(assessment)
    known = framework.by_id
    mitigations = [each for each in document.get("mitigations", []) if each["question"] in known]
    asked = {each["question"] for each in mitigations}
    answers = {name: raw for name, raw in document["answers"].items() if name in asked}
    if mitigations:
        _check(framework, assessment.id, mitigations, answers)


def _check(
    framework: Framework, name: str, mitigations: list[Any], answers: Mapping[str, Any]
) -> None:
    asked = {"as_of": _SOME_DAY, "answers": answers, "mitigations": mitigations}
    try:
        check_answers(framework, asked, framework.packs[0].id, name)
    except InvalidAnswers as error:
        raise InvalidDocument(name, error.problems) from error
