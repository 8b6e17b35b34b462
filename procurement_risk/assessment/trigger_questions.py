"""Which questions each trigger opens: what may have changed, and nothing else.

Named in ``trigger_questions.yaml`` by the ids of sections and questions, of whatever
questionnaire: what a questionnaire does not have is passed over. A trigger of somebody's own
words, or one that names nothing in the questionnaire, opens all of it: nobody can say what it
leaves as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from procurement_risk.assessment import Trigger
from procurement_risk.assessment.vocabulary import TRIGGERS, id_of
from procurement_risk.framework import Framework
from procurement_risk.framework.shipped_data import shipped_data

FACTS = "facts"


def opens() -> Mapping[str, Sequence[str]]:
    """Return by the trigger the ids of sections, of questions, or ``facts`` for all of those."""
    found: Mapping[str, Sequence[str]] = shipped_data(__file__)
    return found


def opened_by(triggers: Iterable[Trigger], framework: Framework) -> frozenset[str]:
    """Return the ids of the facts and questions that ``triggers`` open together."""
    found: set[str] = set()
    for trigger in triggers:
        opened = _opened(opens().get(id_of(trigger.what, TRIGGERS), ()), framework)
        if not opened:
            return frozenset(framework.by_id)
        found |= opened
    return frozenset(found)


def _opened(named: Iterable[str], framework: Framework) -> set[str]:
    names = set(named)
    return {
        question.id
        for question in framework.by_id.values()
        if names & {question.id, question.section or FACTS}
    }
