"""Ways of turning answers into a result; a framework names the one it uses.

To add one, write a module with a ``METHOD`` and name it below. What is worded, drawn or written of
its results stands on the floors above, which keep tables by the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement_risk.assessment import AnswerSet
from procurement_risk.framework import Framework
from procurement_risk.methods import impact_mitigation, weakest_section
from procurement_risk.methods.method import AnyResult, Method

__all__ = ["METHODS", "AnyResult", "Method", "evaluate", "score_to_document"]

METHODS: Mapping[str, Method] = {
    "weakest-section": weakest_section.METHOD,
    "impact-mitigation": impact_mitigation.METHOD,
}


def evaluate(
    framework: Framework, answer_set: AnswerSet, near: AnyResult | None = None
) -> AnyResult:
    """Return what the framework's own method makes of ``answer_set``, checked before.

    ``near`` is a result of answers most of which are the very same, where there is one: quicker.

    Raises:
        KeyError: If the framework has no such pack.
    """
    method = METHODS[framework.method]
    if near is not None and method.score_near is not None:
        return method.score_near(framework, answer_set, near)
    return method.score(framework, answer_set)


def score_to_document(framework: Framework, answer_set: AnswerSet) -> dict[str, Any]:
    """Return the score by the framework's own method, in the form of the ``score`` command."""
    return METHODS[framework.method].output(evaluate(framework, answer_set))
