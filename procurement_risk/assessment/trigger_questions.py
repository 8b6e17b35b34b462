"""Which questions each trigger opens: what may have changed, and nothing else.

Named by the ids of sections and questions, of whatever questionnaire: what a questionnaire does
not have is passed over. A trigger of somebody's own words, or one that names nothing in the
questionnaire, opens all of it: nobody can say what it leaves as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from procurement_risk.assessment import Trigger
from procurement_risk.assessment.vocabulary import TRIGGERS, id_of
from procurement_risk.framework import Framework

OPENS: Mapping[str, tuple[str, ...]] = {
    "trigger.upstream": (
        "CX-08", "DP-02", "DP-07", "DP-11", "TR-03", "TR-04", "TR-07", "EQ-02", "EQ-03", "EQ-08",
        "LI-10", "LI-11", "SR-02", "SR-06", "SR-08", "SR-09", "SR-11", "SR-12", "SE-03",
        "LI-15", "LI-16", "AP-01", "AT-04", "AS-03", "UP-01", "UP-02", "UP-03",
    ),
    "trigger.feature": (
        "facts", "CX-01", "CX-08", "CX-09", "DP-03", "DP-05", "DP-13", "TR-01", "TR-02", "TR-09",
        "DP-15", "EQ-01", "EQ-06", "EQ-14", "EQ-15", "SR-01", "SR-06", "SR-08", "SR-12", "SR-13",
        "SR-16", "SR-17", "SR-18", "SE-01", "CX-13", "CX-14",
        "AC-01", "AC-04", "AP-02", "AS-01", "AS-05",
    ),
    "trigger.purpose": (
        "facts", "CX", "AC", "SX", "DP-01", "DP-03", "DP-04", "DP-05", "DP-10", "DP-14", "TR-02",
        "TR-04", "TR-10", "EQ", "SR-04", "SR-06", "VO-01", "AP-02", "AP-03", "AS-01",
    ),
    "trigger.deciding": (
        "facts", "CX", "AC", "DP-03", "DP-04", "DP-10", "TR-02", "TR-05", "TR-06", "TR-09",
        "TR-10", "EQ-01", "EQ-02", "EQ-05", "EQ-10", "EQ-14", "EQ-16", "SR-01",
        "SR-04", "SR-13", "AT-03", "AS-02",
    ),
    "trigger.price": (
        "LI-05", "LI-07", "LI-08", "LI-09", "LI-14", "EQ-13", "VO-03", "VO-05", "VO-07",
        "AL-01", "AL-02", "AL-04", "FR-02",
    ),
    "trigger.control": (
        "DP-01", "DP-06", "DP-07", "LI-13", "SR-03", "SR-14", "SE-03", "SE-04", "SE-07",
        "GO-01", "GO-03", "LC", "FR", "UP-04",
    ),
    "trigger.incident": (
        "DP-07", "DP-08", "DP-12", "DP-15", "TR-06", "SR", "AS-03", "AS-04", "MS-02", "MS-03",
        "IN",
    ),
    "trigger.target": (
        "TR-04", "SR-02", "SR-11", "SR-12", "VO-02", "VO-03", "VO-04", "VO-07", "AV-02",
    ),
    "trigger.complaints": (
        "DP-09", "DP-10", "TR-05", "TR-10", "EQ-02", "EQ-07", "EQ-10", "EQ-11", "EQ-15",
        "EQ-16", "SR-01", "SR-02", "SR-04", "SR-05", "SR-12", "AT-02", "AS-02",
    ),
    "trigger.equality": (
        "CX-06", "DP-13", "TR-10", "EQ", "SR-01", "SR-04", "AE", "PE-06",
    ),
    "trigger.law": (
        "CX-09", "CX-10", "CX-13", "CX-14", "DP", "TR-02", "TR-09", "TR-10", "TR-11", "TR-13",
        "EQ-01", "EQ-06", "EQ-14", "SE-07",
        "AP", "AT", "LC", "MS-03",
    ),
    "trigger.date": (
        "CX-11", "CX-12", "LI", "SE-01", "SE-04", "VO-04", "VO-05", "VO-07",
        "AL", "AV", "FR-01", "FR-04", "UP-02",
    ),
    "trigger.certificate": (
        "DP-03", "DP-14", "TR-12", "EQ-01", "EQ-14", "SR-07", "SR-08", "AP-02", "MS-01", "MS-02",
    ),
    "trigger.value": (
        "CX-11", "LI-05", "LI-07", "LI-08", "LI-14", "VO-05", "VO-07", "SE-05", "AL-01", "AL-02",
    ),
    "trigger.pilot": (
        "CX-05", "CX-11", "CX-12", "TR-04", "LI-04", "LI-05", "LI-07", "LI-09", "LI-14", "SR-02",
        "SR-06", "VO", "SE-01", "AC-06", "AL", "AV",
    ),
}  # fmt: skip
"""By the trigger: ids of sections, of questions, or ``facts`` for all of those."""

FACTS = "facts"


def opened_by(triggers: Iterable[Trigger], framework: Framework) -> frozenset[str]:
    """Return the ids of the facts and questions that ``triggers`` open together."""
    found: set[str] = set()
    for trigger in triggers:
        opened = _opened(OPENS.get(id_of(trigger.what, TRIGGERS), ()), framework)
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
