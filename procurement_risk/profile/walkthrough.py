"""The order in which an assessment is answered, and how far it has got."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from procurement_risk.framework import Framework, Question, Section
from procurement_risk.framework.places import FACTS, facts_within, first_sections
from procurement_risk.language import _
from procurement_risk.methods import AnyResult
from procurement_risk.methods.unasked import asked_besides
from procurement_risk.methods.weakest_section import Result


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the walk: the facts, or one section.

    Attributes:
        id: The section's id, or ``facts``.
        title: What to call it on screen.
        intro: What it finds out and who usually fills it, or empty.
        questions: Those of the pack that apply or may apply, in reading order, and outside it what
            they rest on.
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
    """Return what sets the stakes first, then the facts, then each section that asks something.

    How much is at stake is the first thing worth knowing, and names the pack that decides: so a
    section of context comes before all else, begun by those facts that it rests on. A section
    with a condition of its own is left out while nothing in it is asked.
    """
    first, places = first_sections(framework), facts_within(framework)
    besides = asked_besides(result) if isinstance(result, Result) else ()
    walk: list[Step | None] = [_section(section, places, result, besides) for section in first]
    facts = tuple(fact for fact in framework.facts if fact.id not in places)
    if facts:
        walk.append(_step(FACTS, facts_title(framework), "", facts, result))
    rest = (section for section in framework.sections if section not in first)
    walk += [_section(section, places, result, besides) for section in rest]
    return tuple(step for step in walk if step is not None)


def first_open(framework: Framework, result: AnyResult) -> Question | None:
    """Return the first question of the walk that has no answer at all, or None."""
    answers = result.answer_set.answers
    asked = (question for step in steps(framework, result) for question in step.questions)
    return next(
        (q for q in asked if q.id not in answers or answers[q.id].state == "unanswered"), None
    )


def _section(
    section: Section, places: Mapping[str, str], result: AnyResult, besides: Collection[str]
) -> Step | None:
    """Return the step of a section with the facts that have their place in it, or None."""
    framework = result.framework
    pack, gate = framework.pack(result.answer_set.pack), result.answer_set.gate
    asked = tuple(
        q
        for q in section.questions
        if (pack is None or pack.asks(q.id) or q.id in besides) and framework.is_due(q, gate)
    )
    facts = tuple(fact for fact in framework.facts if places.get(fact.id) == section.id)
    title = section.short_title or section.title
    step = _step(section.id, title, section.intro, facts + asked, result)
    return step if step.questions or (asked and section.when is None) else None


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
