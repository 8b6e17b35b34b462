"""The topics that an officer may mark as known risks: what findings call for, a clause each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from procurement_risk.framework import Framework, Question
from procurement_risk.language.text import one_line
from procurement_risk.methods import AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import findings

ABOUT_OURSELVES = "internal"


def at_risk(result: AnyResult) -> Iterator[Question]:
    """Yield the questions that may name a known risk, each once, the gravest first."""
    return AT_RISK[result.framework.method](result)


def _short_measures(result: ImpactResult) -> Iterator[Question]:
    """Yield each measure against harm that is asked about and gives no points."""
    for question in result.framework.questions():
        if question.scores == "mitigation" and result.asked[question.id]:
            answer = result.answer_set.answers.get(question.id)
            chosen = [question.option(name) for name in answer.options] if answer else []
            if not any(option.points for option in chosen if option is not None):
                yield question


def _found_wanting(result: Result) -> Iterator[Question]:
    """Yield where a finding has weight, or a stop or flag may still fire."""
    framework = result.framework
    found = [each.question.id for each in findings.find(result) if each.kind != "evidence"]
    found += (*result.red_flags.stops_pending, *result.red_flags.flags_pending)
    known = (framework.by_id[name] for name in dict.fromkeys(found))
    yield from (question for question in known if not question.is_fact)


# By the name of the method.
AT_RISK: Mapping[str, Callable[[Any], Iterator[Question]]] = {
    "weakest-section": _found_wanting,
    "impact-mitigation": _short_measures,
}


def topic_of(question: Question) -> str:
    """Return what a known risk is marked by: the question's first clause, else the question."""
    return question.clauses[0] if question.clauses else question.id


def topics_of(framework: Framework, result: AnyResult) -> dict[str, tuple[Question, ...]]:
    """Return the topics that can be marked as known risks, in order, each with its questions.

    Those are what findings call for and what may still stop the purchase, but for questions about
    the buyer itself.
    """
    at_stake = {q.id for q in at_risk(result)} if framework.scored_sections else set()
    found: dict[str, tuple[Question, ...]] = {}
    for question in framework.questions():
        if question.id in at_stake and question.procurement_use != ABOUT_OURSELVES:
            topic = topic_of(question)
            found[topic] = (*found.get(topic, ()), question)
    return found


def topic_title(framework: Framework, topic: str) -> str:
    """Return the heading of a topic's clause, else what its question asks."""
    clause = framework.clause(topic)
    if clause is not None:
        return one_line(clause.heading)
    question = framework.by_id.get(topic)
    return one_line(question.ask) if question is not None else topic
