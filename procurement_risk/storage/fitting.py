"""Whether a part fits the questionnaire: a mitigation's question and target, a gate that is there.

What does not fit could not be scored, or not be written by an export.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.parts import MITIGATION
from procurement_risk.errors import InvalidAnswers, InvalidDocument, Problem
from procurement_risk.framework import Framework
from procurement_risk.language import _

_SOME_DAY = "2026-01-01"


def refuse_misfit(framework: Framework, part: str, value: Any, answer: Any) -> None:  # noqa: ANN401  JSON
    """Raise InvalidDocument where ``value`` is something that the framework has no place for.

    Args:
        framework: What the assessment is answered against.
        part: The part that is about to be written; all but mitigations and the gate go through.
        value: Its value as JSON.
        answer: The answer to the same question as JSON, or None.
    """
    if part == "gate" and value is not None and framework.gate(value) is None:
        allowed = ", ".join(gate.id for gate in framework.gates) or _("none")
        message = _("There is no gate {gate} in this questionnaire. Choose one of: {allowed}.")
        words = message.format(gate=repr(value), allowed=allowed)
        raise InvalidDocument("gate", [Problem("gate", words)])
    if part.startswith(MITIGATION) and value is not None:
        _check(framework, part, [value], {} if answer is None else {value["question"]: answer})


def refuse_misfits(framework: Framework, assessment: Assessment) -> None:
    """Raise InvalidDocument where a mitigation of a question that is known does not fit it."""
    if assessment.answer_set.gate:
        refuse_misfit(framework, "gate", assessment.answer_set.gate, None)
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
