"""What the route that a purchase takes already answers: data in one file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from procurement_risk.assessment.model import Answer
from procurement_risk.assessment.vocabulary import ROUTES, id_of, in_english
from procurement_risk.errors import InvalidDocument
from procurement_risk.framework import Framework
from procurement_risk.framework.strict_yaml import read_yaml

FILE = Path(__file__).resolve().with_suffix(".yaml")

# Stored, so in English whatever the language.
NOTE = "Carried over from how it is being bought, as given at the start: {route}"


def carried_over(route: str, framework: Framework, *, by: str, at: str) -> dict[str, Answer]:
    """Return the answer that ``route`` gives, by its question; none where it gives none.

    Args:
        route: As a purchase stores it.
        framework: What is asked; where it lacks the question or the option, nothing is carried.
        by: Who gave the route.
        at: When.
    """
    known = _known().get(framework.id, {})
    option = known.get("options", {}).get(id_of(route, ROUTES), "")
    question = framework.by_id.get(known.get("question", ""))
    if question is None or question.option(option) is None:
        return {}
    note = NOTE.format(route=in_english(route))
    return {question.id: Answer(options=(option,), note=note, by=by, at=at)}


@cache
def _known() -> Mapping[str, Any]:
    parsed = read_yaml(FILE.read_bytes())
    if parsed.problems:
        raise InvalidDocument(FILE.name, parsed.problems)
    return dict(parsed.data)
