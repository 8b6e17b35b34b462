"""Ways of turning answers into a recommendation; a framework names the one it uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from procurement_risk.assessment import AnswerSet
from procurement_risk.framework import Framework
from procurement_risk.methods import weakest_section


def _weakest_section(framework: Framework, answer_set: AnswerSet) -> dict[str, Any]:
    return weakest_section.output(weakest_section.score(framework, answer_set))


METHODS: dict[str, Callable[[Framework, AnswerSet], dict[str, Any]]] = {
    "weakest-section": _weakest_section,
}


def score_to_document(framework: Framework, answer_set: AnswerSet) -> dict[str, Any]:
    """Return the score by the framework's own method, in the form of the ``score`` command."""
    return METHODS[framework.method](framework, answer_set)
