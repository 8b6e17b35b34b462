"""What a method is to everything built on it, and what its results have in common with others'."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.assessment.conditions import Applies
from procurement_risk.framework import Framework, Level, Tier
from procurement_risk.methods.red_flags import RedFlags
from procurement_risk.methods.sections import SectionScore


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyResult:
    """What can be asked of every result, so that nobody has to ask which method it is from.

    Attributes:
        framework: What was asked, and the policy.
        answer_set: What was answered.
        applies: For every question whether it applies; None while that rests on an open one.
        open: Ids of the facts and questions whose answer is still wanted, in reading order.
        recommendation: A decision or ``not_ready``; empty where the method recommends none.
        larger_pack: The id of the pack to take next where this one is too small to decide.
        red_flags: Stops and flags by question id.
        sections: Figures by section id; None where nothing can apply. Context is not here.
    """

    framework: Framework
    answer_set: AnswerSet
    applies: Mapping[str, Applies]
    open: tuple[str, ...]
    recommendation: str = ""
    larger_pack: str = ""
    red_flags: RedFlags = field(default_factory=RedFlags)
    sections: Mapping[str, SectionScore | None] = field(default_factory=dict)

    def figures(self) -> dict[str, int | str | None]:
        """Return what is said of it in a number or a word, by the name of its column."""
        return {}

    @property
    def stakes(self) -> Sequence[Tier | Level]:
        """What a decision weighs by, the least first: the framework's tiers or levels, if any."""
        return ()

    @property
    def highest_stake(self) -> int | None:
        """The number of the highest of them that is still possible; None where any is."""
        return None

    @property
    def not_due(self) -> tuple[str, ...]:
        """Ids of the questions that the pack asks at a later gate, in reading order."""
        framework, answer_set = self.framework, self.answer_set
        pack = framework.pack(answer_set.pack)
        return tuple(
            question.id
            for question in framework.questions()
            if pack is not None
            and pack.asks(question.id)
            and not framework.is_due(question, answer_set.gate)
        )

    def in_pack(self, question_id: str) -> bool:
        """Return whether the pack that was answered asks for it by now."""
        question = self.framework.by_id[question_id]
        pack = self.framework.pack(self.answer_set.pack)
        asks = pack is not None and pack.asks(question_id)
        return asks and self.framework.is_due(question, self.answer_set.gate)

    def counts(self, question_id: str) -> bool:
        """Return whether the pack asks for it, and its condition does not rule it out."""
        return self.in_pack(question_id) and self.applies[question_id] is not False

    def is_asked(self, question_id: str) -> bool:
        """Return whether a question is put to people: where it applies, or may yet."""
        return self.applies[question_id] is not False


def is_open(answer: Answer | None) -> bool:
    """Return whether nobody has given an answer that counts."""
    return answer is None or answer.state != "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One way of turning answers into a result.

    Attributes:
        score: Gives the result of answers that were checked before.
        score_near: The same, with less work where a result is at hand of answers most of which are
            the very same; None where that saves nothing.
        output: Gives a result in the form of the ``score`` command.
        recommends: Whether a result recommends a decision.
        graded: Whether it matters to a result what evidence an answer has.
        tried: The types of question whose answer can be tried out.
    """

    score: Callable[[Framework, AnswerSet], AnyResult]
    output: Callable[[Any], dict[str, Any]]
    recommends: bool
    graded: bool
    tried: tuple[str, ...]
    score_near: Callable[[Framework, AnswerSet, Any], AnyResult] | None = None
