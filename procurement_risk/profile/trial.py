"""What if: changes to answers, mitigations and weights, and the result they would give.

A trial is held apart from the assessment, and scored like it. Answers and mitigations may be
saved later; weights never, since they are policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.framework import DECISIONS, Framework, Section
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.methods.weakest_section import Result

LIGHTEST, HEAVIEST = 1, 100  # as the schema of frameworks allows

Direction = Literal["milder", "same", "graver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Changes that are tried out, by question.

    Attributes:
        answers: Other answers.
        mitigations: Other mitigations; None takes the one there is away.
        weights: Other weights.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    mitigations: Mapping[str, Mitigation | None] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def questions(self) -> frozenset[str]:
        """The ids of every question that something is tried on."""
        return frozenset({*self.answers, *self.mitigations, *self.weights})

    def without(self, question: str) -> Trial:
        """Return the trial with everything on ``question`` taken back."""
        return Trial(
            answers={k: v for k, v in self.answers.items() if k != question},
            mitigations={k: v for k, v in self.mitigations.items() if k != question},
            weights={k: v for k, v in self.weights.items() if k != question},
        )


NOTHING = Trial()


def tried(framework: Framework, answer_set: AnswerSet, trial: Trial) -> AnyResult:
    """Return the result with the trial's changes and everything else left as it is.

    An agreed mitigation without a due date counts as agreed here, and a verified one as proved:
    both are asked for before it can be saved.
    """
    mitigations = {each.question: each for each in answer_set.mitigations}
    for name, mitigation in trial.mitigations.items():
        if mitigation is None:
            mitigations.pop(name, None)
        else:
            due = mitigation.due or answer_set.as_of
            mitigations[name] = replace(mitigation, due=due)
    answers = {**answer_set.answers, **trial.answers}
    changed = replace(answer_set, answers=answers, mitigations=tuple(mitigations.values()))
    return evaluate(with_weights(framework, trial.weights), changed)


def with_weights(framework: Framework, weights: Mapping[str, int]) -> Framework:
    """Return the framework with other weights; itself where none is another one."""
    sections = tuple(_weighted(section, weights) for section in framework.sections)
    return framework if sections == framework.sections else replace(framework, sections=sections)


def _weighted(section: Section, weights: Mapping[str, int]) -> Section:
    questions = tuple(
        replace(each, weight=weights.get(each.id, each.weight)) for each in section.questions
    )
    return replace(section, questions=questions)


def answer_with(stored: Answer | None, state: str, options: tuple[str, ...], grade: str) -> Answer:
    """Return the answer that would stand in place of ``stored``.

    Links and notes stay. The day until which evidence holds stays only with the same grade: of
    another grade it is other evidence.
    """
    kept = stored or Answer(state="unanswered")
    return replace(
        kept,
        state=state,  # type: ignore[arg-type]  # one of the states
        options=options if state == "answered" else (),
        text="",
        reason="",
        evidence=grade,
        valid_until=kept.valid_until if grade == kept.evidence else "",
    )


def same_answer(one: Answer | None, other: Answer | None) -> bool:
    """Return whether two answers say the same on the same evidence, whoever gave them."""
    empty = Answer(state="unanswered")
    return replace(one or empty, by="", at="") == replace(other or empty, by="", at="")


def direction(before: Result, after: Result) -> Direction:
    """Return whether the gravest decision moves, or else the mildest."""
    for end in ("decision_high", "decision_low"):
        one, other = (DECISIONS.index(getattr(each, end)) for each in (before, after))
        if one != other:
            return "graver" if other > one else "milder"
    return "same"
