"""The order in which an assessment is answered, and how far it has got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from procurement_risk.framework import Framework, Question
from procurement_risk.language import _
from procurement_risk.methods import AnyResult

FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the walk: the facts, or one section.

    Attributes:
        id: The section's id, or ``facts``.
        title: What to call it on screen.
        intro: What it finds out and who usually fills it, or empty.
        questions: Those of the pack that apply or may apply, in reading order.
        answered: How many of them are no longer open.
        unknown: How many are answered with what nobody knows yet, or will not say.
        stops: The questions of it whose stop has fired.
    """

    id: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    answered: int
    unknown: int = 0
    stops: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something of it has no answer at all."""
        return self.answered + self.unknown < len(self.questions)

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is open."""
        return self.answered == len(self.questions)

    @property
    def progress(self) -> str:
        """How far this step has got, in words."""
        if not self.questions:
            return _("Nothing applies")
        return _("{n} of {all}").format(n=self.answered, all=len(self.questions))


class Progress(NamedTuple):
    """How many questions are no longer open, of how many that are asked."""

    answered: int
    asked: int


def progress(walk: Iterable[Step]) -> Progress:
    """Return how far the whole walk has got."""
    found = [(step.answered, len(step.questions)) for step in walk]
    return Progress(sum(answered for answered, __ in found), sum(asked for __, asked in found))


def steps(framework: Framework, result: AnyResult) -> tuple[Step, ...]:
    """Return the facts first, then each section of which something is asked by now.

    A section with a condition of its own is left out while nothing in it is asked.
    """
    walk = []
    if framework.facts:
        walk.append(_step(FACTS, facts_title(framework), "", framework.facts, result))
    pack, gate = framework.pack(result.answer_set.pack), result.answer_set.gate
    for section in framework.sections:
        asked = tuple(
            q
            for q in section.questions
            if (pack is None or pack.asks(q.id)) and framework.is_due(q, gate)
        )
        title = section.short_title or section.title
        step = _step(section.id, title, section.intro, asked, result)
        if step.questions or (asked and section.when is None):
            walk.append(step)
    return tuple(walk)


def facts_title(framework: Framework) -> str:
    """Return what the page of the facts is called."""
    about_supplier = framework.subject == "supplier"
    return _("About the supplier") if about_supplier else _("About the purchase")


def _step(
    step_id: str, title: str, intro: str, asked: tuple[Question, ...], result: AnyResult
) -> Step:
    answers = result.answer_set.answers
    # A question declared not applicable stays on the page, so that it can be taken back.
    shown = tuple(
        q
        for q in asked
        if result.is_asked(q.id) or (q.id in answers and answers[q.id].state == "not_applicable")
    )
    states = [answers[q.id].state for q in shown if q.id in answers]
    return Step(
        id=step_id,
        title=title,
        intro=intro,
        questions=shown,
        answered=states.count("answered") + states.count("not_applicable"),
        unknown=states.count("unknown") + states.count("withheld"),
        stops=tuple(q.id for q in shown if q.id in result.red_flags.stops_fired),
    )
