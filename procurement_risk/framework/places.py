"""Where each question is asked: in its section, or among the facts.

Whoever walks through an assessment, hands a section over, reviews it or answers it alone goes by
the same: some facts stand in the section that the tier rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from procurement_risk.framework.conditions import named_in
from procurement_risk.framework.model import Framework
from procurement_risk.framework.policies import Policy
from procurement_risk.framework.questions import Question, Section

FACTS = "facts"
"""What stands for the facts where a section is named."""

_within: WeakKeyDictionary[Framework, dict[str, str]] = WeakKeyDictionary()


def place_of(framework: Framework, question: Question) -> str:
    """Return the id of the section that asks ``question``, or ``FACTS``."""
    return question.section or facts_within(framework).get(question.id, FACTS)


def questions_of(framework: Framework, place: str) -> Iterator[Question]:
    """Yield what is asked in a section, or among the facts, facts first."""
    for question in framework.by_id.values():
        if place_of(framework, question) == place:
            yield question


def first_sections(framework: Framework) -> list[Section]:
    """Return the sections that come before the facts: those that the tier rests on."""
    if not isinstance(framework.method_policy, Policy):
        return []
    named = framework.policy.rested_on
    return [
        section
        for section in framework.sections
        if section.role == "context" and any(q.id in named for q in section.questions)
    ]


def facts_within(framework: Framework) -> Mapping[str, str]:
    """Return which facts are asked with what the tier rests on, and in which section, by id."""
    if framework not in _within:
        _within[framework] = _found_within(framework)
    return _within[framework]


def _found_within(framework: Framework) -> dict[str, str]:
    sections = first_sections(framework)
    if not sections:
        return {}
    named = dict.fromkeys(framework.policy.rested_on, sections[0].id)
    for section in sections:
        for question in section.questions:
            for name in named_in(question.when):
                named.setdefault(name, section.id)
    return {fact.id: named[fact.id] for fact in framework.facts if fact.id in named}
