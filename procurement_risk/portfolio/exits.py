"""What an assessment says of leaving and of what would happen, for *What if*.

A framework marks the questions by the clauses that they call for: whichever question names the
clause ``exit-assistance`` says what leaving costs, in any questionnaire. How much that is at most
is known of the options of the shipped questionnaires only.

    Assessment, result ── exits_of ──> Exit: mark, question, how it is answered
    an option's id     ── bound_of ──> Bound: at most so many per cent and months
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from procurement_risk.assessment import Assessment
from procurement_risk.framework import Framework, Question
from procurement_risk.methods import AnyResult

Mark = Literal["substitute", "leaving", "plan", "prices", "location", "watched"]

MARKS: dict[str, Mark] = {
    "upstream-substitution": "substitute",
    "exit-assistance": "leaving",
    "exit-schedule": "plan",
    "price-caps": "prices",
    "data-location": "location",
    "performance-monitoring": "watched",
}
"""What a question is asked about, by the clause that it calls for."""


class Exit(NamedTuple):
    """How one marked question is answered.

    Attributes:
        mark: What it is about.
        question: Its id.
        option: The id of the chosen option; empty where it is not known.
        evidence: The grade of its evidence, empty where it is not known.
    """

    mark: str
    question: str
    option: str
    evidence: str


class Bound(NamedTuple):
    """What leaving takes at most, as an option says.

    Attributes:
        per_cent: Of the annual charge.
        months: How long it takes.
    """

    per_cent: int
    months: int


def exits_of(assessment: Assessment, framework: Framework, outcome: AnyResult) -> tuple[Exit, ...]:
    """Return how each marked question is answered that is asked here, in reading order."""
    found = []
    for question in framework.questions():
        for mark in marks_of(question):
            if outcome.counts(question.id):
                answer = assessment.answer_set.answers.get(question.id)
                option = answer.option if answer else ""
                grade = answer.evidence if answer and option else ""
                found.append(Exit(mark, question.id, option, grade))
    return tuple(found)


def marks_of(question: Question) -> tuple[Mark, ...]:
    """Return what a question is asked about, by its clauses."""
    return tuple(MARKS[name] for name in question.clauses if name in MARKS)


LEAVING: Mapping[tuple[str, str, str], Mapping[str, Bound]] = {
    ("ai-supplier-core", "2026.1", "LI-05"): {"a": Bound(10, 3)},
    ("ai-supplier-core", "2026.2", "LI-05"): {
        "a": Bound(10, 3),
        "b": Bound(25, 6),
        "c": Bound(50, 9),
    },
    ("eu-public-buyer", "2026.1", "EU-42"): {},  # terms of leaving, without a figure
    ("eu-public-buyer", "2026.2", "EU-42"): {},
}
"""What options of the shipped questionnaires bound: by its id and version, question and option.

Every version has a line, an empty one where nothing is bounded.
"""


def bound_of(framework: Framework, question: str, option: str) -> Bound | None:
    """Return what leaving takes at most by an option; None where that is not known.

    It goes by ids, so that it is the same in every language and in an overlay, which may not
    change what an option means. "Over 50%, or over 9 months" bounds neither, so it is in no sum;
    of other questionnaires it is not known.
    """
    rests_on = framework.based_on or framework
    return LEAVING.get((rests_on.id, rests_on.version, question), {}).get(option)
