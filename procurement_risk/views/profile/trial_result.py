"""What a trial changes, and the result beside the real one, each move in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.words import answer_text, mitigation_status
from procurement_risk.framework import Question
from procurement_risk.framework.words import as_asked, decision_range, short_title
from procurement_risk.language import _
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.phrases import after_colon, listed
from procurement_risk.language.text import plain
from procurement_risk.methods import METHODS, AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import impact_words, trial, words as profile_words
from procurement_risk.profile.method_words import headline
from procurement_risk.profile.trial import Trial
from procurement_risk.views.shared import tables
from procurement_risk.views.shared.session import Opened

# --- What is changed ----------------------------------------------------------------------


def draw_changes(opened: Opened, tried: Trial, names: Sequence[str]) -> None:
    """Draw a row for every change."""
    rows = [row for name in names for row in _changes(opened, tried, opened.framework.by_id[name])]
    columns = [_("Question"), _("What"), _("Now"), _("Tried")]
    tables.draw(_("What is tried"), columns, rows)


def _changes(opened: Opened, tried: Trial, question: Question) -> Iterator[list[str]]:
    name, answers = question.id, opened.assessment.answer_set
    asked = as_asked(question)
    if name in tried.answers:
        one, other = answers.answers.get(name), tried.answers[name]
        shows_grade = METHODS[opened.framework.method].graded and not question.is_fact
        words = [_answer_words(question, each, shows_grade) for each in (one, other)]
        yield [asked, _("Answer"), *words]
    if name in tried.mitigations:
        stored = {m.question: m for m in answers.mitigations}.get(name)
        words = [_mitigation_words(question, m) for m in (stored, tried.mitigations[name])]
        yield [asked, _("Mitigation"), *words]
    if name in tried.weights:
        yield [asked, _("Weight"), str(question.weight), str(tried.weights[name])]


def _answer_words(question: Question, answer: Answer | None, shows_grade: bool) -> str:
    words = answer_text(question, answer)
    if answer is None or not answer.options or not shows_grade:
        return words
    return f"{words} ({answer.evidence})"


def _mitigation_words(question: Question, mitigation: Mitigation | None) -> str:
    if mitigation is None:
        return _("None")
    target = question.option(mitigation.target)
    status = mitigation_status(mitigation.status)
    return after_colon(status, target.label) if target is not None else status


# --- Before and after ---------------------------------------------------------------------


def draw(before: AnyResult, after: AnyResult) -> None:
    """Draw the result as it is and as it would be."""
    rows = ROWS[before.framework.method](before, after)
    st.markdown(f"**{_lead(before, after)}**")
    columns = ["", _("Now"), _("Then"), _("Move")]
    tables.draw(_("What the changes would do"), columns, rows)


def _lead(before: AnyResult, after: AnyResult) -> str:
    now, then = (plain(headline(each)) for each in (before, after))
    if before.recommendation:
        stays = _("The recommendation would stay: {now}.")
        moves = _("The recommendation would move from “{now}” to “{then}”.")
    else:
        stays = _("The result would stay: {now}.")
        moves = _("The result would move from “{now}” to “{then}”.")
    return (stays if now == then else moves).format(now=now, then=then)


def _section_rows(before: Result, after: Result) -> Iterator[list[str]]:
    both = (before, after)
    moves = {"milder": _("milder"), "graver": _("graver"), "same": _("stays")}
    move = moves[trial.direction(before, after)]
    recommended = [profile_words.recommendation(each) for each in both]
    if move == moves["same"] and recommended[0] != recommended[1]:
        move = _("reads differently")
    yield [_("Recommendation"), *recommended, move]
    decisions = [decision_range(e.decision_low, e.decision_high) for e in both]
    yield [_("Decision"), *decisions, moves[trial.direction(before, after)]]
    tiers = [profile_words.stakes(each) for each in both]
    yield [_("Tier"), *tiers, _tier_move(before, after)]
    for section in before.framework.sections:
        if section.id in before.sections:
            one, other = (each.sections[section.id] for each in both)
            words = [
                profile_words.section_words(*pair) for pair in zip(both, (one, other), strict=True)
            ]
            yield [short_title(section), *words, _section_move(one, other, words)]
    stops = [each.red_flags.stops_fired for each in both]
    flags = [each.red_flags.flags_fired for each in both]
    pending = [(*e.red_flags.stops_pending, *e.red_flags.flags_pending) for e in both]
    yield _ids_row(_("Stops fired"), stops)
    yield _ids_row(_("Flags fired"), flags)
    yield _ids_row(_("Stops and flags that may still fire"), pending)


def _tier_move(before: Result, after: Result) -> str:
    for end in ("high", "central", "low"):
        one, other = getattr(before.tier, end), getattr(after.tier, end)
        if one != other:
            return _("higher") if other > one else _("lower")
    return _("stays")


def _section_move(one: SectionScore | None, other: SectionScore | None, words: list[str]) -> str:
    if one is not None and other is not None:
        moved = other.residual.central - one.residual.central
        if moved:
            by = decimal(abs(moved))
            return (_("{n} higher") if moved > 0 else _("{n} lower")).format(n=by)
    return _("stays") if words[0] == words[1] else _("range or band moves")


def _ids_row(name: str, found: Sequence[Sequence[str]]) -> list[str]:
    one, other = (set(each) for each in found)
    words = [", ".join(each) or _("none") for each in found]
    if one == other:
        return [name, *words, _("stays")]
    parts = []
    if other - one:
        parts.append(_("{n} more").format(n=len(other - one)))
    if one - other:
        parts.append(_("{n} fewer").format(n=len(one - other)))
    return [name, *words, listed(parts)]


# --- In points ----------------------------------------------------------------------------


def _impact_rows(before: ImpactResult, after: ImpactResult) -> Iterator[list[str]]:
    for name, label in (
        ("raw", _("Impact points")),
        ("mitigation", _("Mitigation points")),
        ("current", _("After the reduction")),
    ):
        one, other = getattr(before, name), getattr(after, name)
        yield [label, grouped(one), grouped(other), _points_move(other - one)]
    levels = [impact_words.level_label(e.framework, e.level) for e in (before, after)]
    moved = (after.level or 0) - (before.level or 0)
    yield [_("Level"), *levels, _points_move(moved)]
    outlook = [impact_words.stakes(each) for each in (before, after)]
    stays = _("stays") if outlook[0] == outlook[1] else _("range moves")
    yield [_("Level it can still come to"), *outlook, stays]


def _points_move(moved: int) -> str:
    if not moved:
        return _("stays")
    return (_("{n} higher") if moved > 0 else _("{n} lower")).format(n=grouped(abs(moved)))


# By the name of the method that both results are from.
ROWS: Mapping[str, Callable[[Any, Any], Iterator[list[str]]]] = {
    "weakest-section": _section_rows,
    "impact-mitigation": _impact_rows,
}
