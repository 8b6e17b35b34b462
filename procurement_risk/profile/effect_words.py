"""What one answer did, in words: the gravest first, and nothing that stayed as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from procurement_risk.framework import Question
from procurement_risk.framework.words import decision, decision_range, short_title
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.percent import whole
from procurement_risk.language.phrases import counted, listed
from procurement_risk.methods import AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import impact_words
from procurement_risk.profile.effect import Effect
from procurement_risk.profile.words import band_range, tier_range

Weight = Literal["stop", "flag", "plain"]
MOST_NAMES = 4


class Said(NamedTuple):
    """One sentence, and how grave what it says is."""

    weight: Weight
    text: str


def standing(result: AnyResult, question: Question) -> Said | None:
    """Return which stop or flag the answer to ``question`` has fired, or None."""
    flags = result.red_flags
    if question.id in flags.stops_fired:
        words = _("Stop {question} fired: {answer}. As it stands, do not proceed.")
        if question.red_flag is not None and question.red_flag.legal_duty:
            words = _("Stop {question} fired: {answer}. A legal duty: it can only be met.")
    elif question.id in flags.acting:
        words = _("{question} fired: {answer}. A flag for now, and a stop if the tier is high.")
    elif question.id in flags.flags_fired:
        words = _("Flag {question} fired: {answer}. A named senior person has to decide.")
    else:
        return None
    weight: Weight = "stop" if question.id in flags.stops_fired else "flag"
    answer = result.answer_set.answers.get(question.id)
    option = question.option(answer.option) if answer else None
    label = f"“{option.label}”" if option else _("whatever is answered")
    return Said(weight, words.format(question=question.id, answer=label))


def sentences(effect: Effect) -> list[Said]:
    """Return what the answer did, a sentence each; one that says so where it did nothing.

    The stop or flag that it fired itself is left to ``standing``.
    """
    method = effect.after.framework.method
    found = [
        *_fired(effect),
        *_lifted(effect),
        *_asked(effect),
        *(Said("plain", text) for text in MOVES[method](effect.before, effect.after, effect)),
    ]
    if found or standing(effect.after, effect.question):
        return found
    return [Said("plain", _("The result stays as it was."))]


def _fired(effect: Effect) -> Iterator[Said]:
    for name in (*effect.stops, *effect.flags):
        question = effect.after.framework.by_id[name]
        said = standing(effect.after, question) if question is not effect.question else None
        if said is not None:
            yield said


def _lifted(effect: Effect) -> Iterator[Said]:
    if effect.lifted:
        words = ngettext(
            "{names} no longer stands in the way.",
            "{names} no longer stand in the way.",
            len(effect.lifted),
        )
        yield Said("plain", words.format(names=listed(list(effect.lifted))))


def _asked(effect: Effect) -> Iterator[Said]:
    if effect.fewer or effect.fewer_stops:
        parts = []
        if effect.fewer:
            parts.append(counted(len(effect.fewer), "{n} question", "{n} questions"))
        if effect.fewer_stops:
            stops = ngettext("the stop {names}", "the stops {names}", len(effect.fewer_stops))
            parts.append(stops.format(names=_named(effect.fewer_stops)))
        words = ngettext(
            "{what} no longer applies.",
            "{what} no longer apply.",
            len(effect.fewer) + len(effect.fewer_stops),
        )
        yield Said("plain", _capital(words.format(what=listed(parts))))
    if effect.more:
        number = len(effect.more)
        words = ngettext("{n} more question: {names}.", "{n} more questions: {names}.", number)
        yield Said("plain", words.format(n=number, names=_named(effect.more)))


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    if more <= 1:
        return listed(list(names))
    some = ", ".join(names[:MOST_NAMES])
    return _("{questions} and {n} more").format(questions=some, n=more)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- By the method ------------------------------------------------------------------------


def _stakes_moved(before: Result, after: Result, effect: Effect) -> Iterator[str]:
    framework = after.framework
    if before.tier != after.tier:
        one, other = (tier_range(framework, each.tier) for each in (before, after))
        if one != other:
            yield _moved(_("Tier"), one, other)
    name = effect.question.section
    earlier, later = before.sections.get(name), after.sections.get(name)
    if earlier is not None and later is not None:
        one, other = (_score(after, each) for each in (earlier, later))
        if one != other:
            yield _moved(short_title(framework.section(name)), one, other)
    if before.recommendation != after.recommendation:
        one, other = decision(before.recommendation), decision(after.recommendation)
        yield _moved(_("Recommendation"), one, other)
    elif (before.decision_low, before.decision_high) != (after.decision_low, after.decision_high):
        possible = decision_range(after.decision_low, after.decision_high)
        yield _("Still possible: {decisions}.").format(decisions=possible)


def _score(result: Result, scored: SectionScore) -> str:
    low, high = whole(scored.residual.low), whole(scored.residual.high)
    figures = low if low == high else f"{low}–{high}"
    return f"{figures}, {band_range(result.framework, scored.band)}"


def _points_moved(before: ImpactResult, after: ImpactResult, _effect: Effect) -> Iterator[str]:
    for name, one, other in (
        (_("Impact points"), before.raw, after.raw),
        (_("Mitigation points"), before.mitigation, after.mitigation),
    ):
        if one != other:
            yield _moved(name, grouped(one), grouped(other))
    levels = impact_words.stakes(before), impact_words.stakes(after)
    if levels[0] != levels[1]:
        yield _moved(_("Level"), *levels)


def _moved(name: str, before: str, after: str) -> str:
    return _("{name}: was {before}; now {after}.").format(name=name, before=before, after=after)


# By the name of the method.
MOVES: Mapping[str, Callable[[Any, Any, Effect], Iterator[str]]] = {
    "weakest-section": _stakes_moved,
    "impact-mitigation": _points_moved,
}
