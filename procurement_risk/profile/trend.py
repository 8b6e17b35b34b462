"""How a result moved, and how much of that is due to the answers and how much to the method.

    change = [score(new answers, new method) - score(old answers, new method)]   the answers
           + [score(old answers, new method) - score(old answers, old method)]   the method

The method is the framework at its version. "Old answers, new method" are those that
``plan_move`` carries over, so that what a new version no longer takes counts as its effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Generic, Literal, TypeVar

from procurement_risk.assessment import AnswerSet
from procurement_risk.assessment.move import Move
from procurement_risk.assessment.moving import plan_move
from procurement_risk.errors import UsageError
from procurement_risk.framework import Decision, Framework, Scores
from procurement_risk.framework.versions.change import merged
from procurement_risk.framework.versions.likely import NOTHING, Renaming
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.phrases import listed
from procurement_risk.methods import evaluate
from procurement_risk.methods.impact_mitigation import ImpactResult, Tally
from procurement_risk.methods.impact_points import SCORES
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import Recommendation, Result

T = TypeVar("T")
Number = Fraction | int
Presence = Literal["kept", "added", "removed"]

FIGURES = ("claimed", "inherent", "residual")
TOTALS = ("raw", "mitigation", "current", "level")


@dataclass(frozen=True, slots=True)
class Steps(Generic[T]):
    """One finding three times.

    Attributes:
        before: Old answers, old method.
        between: Old answers, new method.
        after: New answers, new method.
    """

    before: T
    between: T
    after: T


@dataclass(frozen=True, slots=True)
class Shift(Steps[Number | None]):
    """One exact number three times; None where there is none to tell."""

    @property
    def whole(self) -> Number | None:
        """How far it moved: always the effect of the answers plus the effect of the method."""
        return _difference(self.after, self.before)

    @property
    def by_answers(self) -> Number | None:
        """The part that is due to the answers."""
        return _difference(self.after, self.between)

    @property
    def by_method(self) -> Number | None:
        """The part that is due to the method."""
        return _difference(self.between, self.before)


NOWHERE = Shift(None, None, None)


def _difference(later: Number | None, earlier: Number | None) -> Number | None:
    return None if later is None or earlier is None else later - earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTrend:
    """How one section moved.

    Attributes:
        id: The section's id.
        title: Its short title, in the new version where that has it.
        presence: Whether both versions have it.
        figures: For ``weakest-section``: claimed, inherent and residual, per cent.
        points: For ``impact-mitigation``: points of each kind that a version scores here.
        note: Why something is missing, in a sentence or two; empty where nothing is.
    """

    id: str
    title: str
    presence: Presence
    figures: Mapping[str, Range[Shift]] = field(default_factory=dict)
    points: Mapping[Scores, Shift] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How a result moved from old answers and method to new ones.

    Attributes:
        move: How the old answers were carried over to the new version.
        sections: Every section of either version that can be scored, in reading order.
        tier: Tier numbers; None for ``impact-mitigation``, as the three below.
        decision_low: The mildest decision that was possible.
        decision_high: The gravest.
        recommendation: What was recommended.
        totals: For ``impact-mitigation`` raw, mitigation, current and level; else empty.
    """

    move: Move
    sections: tuple[SectionTrend, ...]
    tier: Steps[Range[int]] | None = None
    decision_low: Steps[Decision] | None = None
    decision_high: Steps[Decision] | None = None
    recommendation: Steps[Recommendation] | None = None
    totals: Mapping[str, Shift] = field(default_factory=dict)


def trend(
    old_framework: Framework,
    old_answers: AnswerSet,
    new_framework: Framework,
    new_answers: AnswerSet | None = None,
    said: Renaming = NOTHING,
) -> Trend:
    """Return how the result moved, split into the effects of the answers and of the method.

    Args:
        old_framework: What was answered first.
        old_answers: Answers that it allows.
        new_framework: What was answered last, perhaps the same.
        new_answers: Answers that it allows; left out: those that are carried over to it.
        said: What was only renamed, though the new file does not say so.

    Raises:
        UsageError: If the two frameworks use different methods.
    """
    if old_framework.method != new_framework.method:
        message = _(
            "{old} uses the method {one} and {new} the method {other}: their results cannot be "
            "compared. Compare assessments whose questionnaires use the same method."
        )
        raise UsageError(
            message.format(
                old=_name(old_framework),
                one=old_framework.method,
                new=_name(new_framework),
                other=new_framework.method,
            )
        )
    move = plan_move(old_framework, new_framework, old_answers, said)
    scored = (
        (old_framework, old_answers),
        (new_framework, move.answer_set),
        (new_framework, move.answer_set if new_answers is None else new_answers),
    )
    return TRENDS[old_framework.method](move, Steps(*(evaluate(*each) for each in scored)))


def _name(framework: Framework) -> str:
    return f"{framework.id} {framework.version}"


# --- weakest-section ----------------------------------------------------------------------


def _weakest_section_trend(move: Move, results: Steps[Result]) -> Trend:
    before, between, after = results.before, results.between, results.after
    sections = []
    for name in merged(before.sections, list(after.sections)):
        scores = Steps(*(each.sections.get(name) for each in (before, between, after)))
        section = _section(move, name, Steps(*map(_is_there, _each(scores))))
        figures = {figure: _figure(scores, figure) for figure in FIGURES}
        sections.append(replace(section, figures=figures))
    return Trend(
        move=move,
        sections=tuple(sections),
        tier=Steps(before.tier, between.tier, after.tier),
        decision_low=Steps(before.decision_low, between.decision_low, after.decision_low),
        decision_high=Steps(before.decision_high, between.decision_high, after.decision_high),
        recommendation=Steps(before.recommendation, between.recommendation, after.recommendation),
    )


def _figure(scores: Steps[SectionScore | None], figure: str) -> Range[Shift]:
    found = [None if score is None else getattr(score, figure) for score in _each(scores)]

    def at(end: str) -> Shift:
        return Shift(*(None if each is None else getattr(each, end) for each in found))

    return Range(at("low"), at("central"), at("high"))


# --- impact-mitigation --------------------------------------------------------------------


def _impact_trend(move: Move, results: Steps[ImpactResult]) -> Trend:
    sections = []
    for name in merged(results.before.points, list(results.after.points)):
        tallies = Steps(*(each.points.get(name) for each in _each(results)))
        section = _section(move, name, Steps(*map(_is_there, _each(tallies))))
        points = {kind: _points(tallies, kind) for kind in SCORES}
        points = {kind: shift for kind, shift in points.items() if shift != NOWHERE}
        sections.append(replace(section, points=points))
    totals = {name: Shift(*(getattr(r, name) for r in _each(results))) for name in TOTALS}
    return Trend(move=move, sections=tuple(sections), totals=totals)


def _points(tallies: Steps[Mapping[Scores, Tally] | None], kind: Scores) -> Shift:
    found = ((each or {}).get(kind) for each in _each(tallies))
    return Shift(*(None if tally is None else tally.points for tally in found))


# By the name of the method that all three results are from.
TRENDS: Mapping[str, Callable[[Move, Steps[Any]], Trend]] = {
    "weakest-section": _weakest_section_trend,
    "impact-mitigation": _impact_trend,
}


# --- Sections -----------------------------------------------------------------------------


def _each(steps: Steps[T]) -> tuple[T, T, T]:
    return steps.before, steps.between, steps.after


def _is_there(score: object) -> bool:
    return score is not None


def _section(move: Move, name: str, scored: Steps[bool]) -> SectionTrend:
    """Return the section without figures; ``scored`` says where it has any."""
    old = next((each for each in move.old.sections if each.id == name), None)
    new = next((each for each in move.new.sections if each.id == name), None)
    shown = new or old
    assert shown is not None
    presence: Presence = "kept" if old and new else "added" if new else "removed"
    return SectionTrend(
        id=name,
        title=short_title(shown),
        presence=presence,
        note=_note(move, presence, scored),
    )


def _note(move: Move, presence: Presence, scored: Steps[bool]) -> str:
    missing = (
        (_("with the old answers"), presence != "added" and not scored.before),
        (
            _("with the old answers under the new version"),
            presence != "removed" and not scored.between,
        ),
        (_("with the new answers"), presence != "removed" and not scored.after),
    )
    told = {
        "kept": "",
        "added": _("New in version {version}, so there is nothing to compare it with."),
        "removed": _("Version {version} no longer has this section."),
    }[presence].format(version=move.new.version)
    where = [words for words, is_missing in missing if is_missing]
    not_scored = _("Not scored {when}.").format(when=listed(where)) if where else ""
    return " ".join(filter(None, (told, not_scored)))
