"""Ways of turning answers into a result; a framework names the one it uses."""

from __future__ import annotations

from typing import Any

from procurement_risk.assessment import AnswerSet
from procurement_risk.framework import Framework
from procurement_risk.methods import impact_mitigation, weakest_section
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.weakest_section import Result

AnyResult = Result | ImpactResult


def evaluate(framework: Framework, answer_set: AnswerSet) -> AnyResult:
    """Return what the framework's own method makes of ``answer_set``, checked before.

    Raises:
        KeyError: If the framework has no such pack.
    """
    if framework.method == "impact-mitigation":
        return impact_mitigation.score(framework, answer_set)
    return weakest_section.score(framework, answer_set)


def result_to_document(result: AnyResult) -> dict[str, Any]:
    """Return ``result`` in the form of the ``score`` command."""
    if isinstance(result, ImpactResult):
        return impact_mitigation.output(result)
    return weakest_section.output(result)


def score_to_document(framework: Framework, answer_set: AnswerSet) -> dict[str, Any]:
    """Return the score by the framework's own method, in the form of the ``score`` command."""
    return result_to_document(evaluate(framework, answer_set))
