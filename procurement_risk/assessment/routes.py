"""What the route that a purchase takes already answers: data in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from procurement_risk.assessment.answered import Answer
from procurement_risk.assessment.vocabulary import ROUTES, id_of, in_english
from procurement_risk.framework import Framework
from procurement_risk.framework.shipped_data import shipped_data

# Stored, so in English whatever the language.
NOTE = "Carried over from how it is being bought, as given at the start: {route}"
NOTE_SINCE = "Carried over from how it is being bought, as changed since: {route}"


def carried_over(route: str, framework: Framework, *, by: str, at: str) -> dict[str, Answer]:
    """Return the answer that ``route`` gives, by its question; none where it gives none.

    Args:
        route: As a purchase stores it.
        framework: What is asked; where it lacks the question or the option, nothing is carried.
        by: Who gave the route.
        at: When.
    """
    known = shipped_data(__file__).get(framework.id, {})
    option = known.get("options", {}).get(id_of(route, ROUTES), "")
    question = framework.by_id.get(known.get("question", ""))
    if question is None or question.option(option) is None:
        return {}
    note = NOTE.format(route=in_english(route))
    return {question.id: Answer(options=(option,), note=note, by=by, at=at)}


def carried_anew(
    answers: Mapping[str, Answer],
    routes: tuple[str, str],
    framework: Framework,
    *,
    by: str,
    at: str,
) -> dict[str, Answer | None]:
    """Return what becomes of the answer that a route gave where another takes its place.

    None where the new route gives none. Whatever somebody answered, changed or cleared by hand is
    left alone.

    Args:
        answers: As they stand.
        routes: The one that the purchase had, and the one it has by now.
        framework: What is asked.
        by: Who changed the route.
        at: When.
    """
    given, gives = (carried_over(route, framework, by=by, at=at) for route in routes)
    return {
        name: replace(gives[name], note=NOTE_SINCE.format(route=in_english(routes[1])))
        if name in gives
        else None
        for name in given | gives
        if given.get(name) != gives.get(name)
        and _untouched(answers.get(name), given.get(name), routes[0])
    }


def _untouched(stands: Answer | None, given: Answer | None, route: str) -> bool:
    """Whether an answer is as the route gave it, at the start or since; or neither is there."""
    if stands is None or given is None:
        return stands is given
    notes = [each.format(route=in_english(route)) for each in (NOTE, NOTE_SINCE)]
    return (
        stands.note in notes
        and replace(stands, note=given.note, by=given.by, at=given.at) == given
    )
