"""The risk profile where points are counted: the published level, and what it hides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import streamlit as st

from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Question
from procurement_risk.framework.words import as_asked
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import percent
from procurement_risk.language.text import plain
from procurement_risk.methods.impact_mitigation import ImpactResult, Tally, ask_next
from procurement_risk.methods.impact_points import most_points, points_of
from procurement_risk.profile import impact_words
from procurement_risk.report.impact import hidden
from procurement_risk.views.profile import banner, benefits, since, trial
from procurement_risk.views.profile.ask_next import draw_question, draw_supplier_list
from procurement_risk.views.shared import blocks, chart_view, forms, tables
from procurement_risk.views.shared.session import Opened

FIRST = 5


def draw(opened: Opened) -> None:
    """Draw the level first, then what the published figure hides."""
    result = opened.came_to(ImpactResult)
    lines = [plain(impact_words.published_sentence(result))]
    level = impact_words.level_of(result.framework, result.level)
    if level is not None and level.sign_off:
        lines.append(_("To be signed by: {signers}.").format(signers=plain(level.sign_off)))
    banner.draw(opened, impact_words.headline(result), lines)
    st.subheader(_("What the published figure hides"), anchor=False)
    for block in hidden(result):
        blocks.draw(block)
    if result.open:
        _draw_next(opened, result)
        draw_supplier_list(opened)


def _draw_next(opened: Opened, result: ImpactResult) -> None:
    st.subheader(_("What to ask next"), anchor=False)
    asked = forms.advice(opened, "impact_next", lambda: ask_next(result))
    for question, levels in asked[:FIRST]:
        bounds = plain(impact_words.level_bounds_words(result.framework, levels))
        draw_question(opened, question, _effect(question, bounds))


def _effect(question: Question, levels: str) -> str:
    """Return how many points a question can give, and the levels it can lead to."""
    if question.scores is None:
        return _("Other questions rest on it. Leads to {levels}.").format(levels=levels)
    most = most_points(question)
    words = ngettext(
        "Up to {n} point. Leads to {levels}.", "Up to {n} points. Leads to {levels}.", most
    )
    return words.format(n=most, levels=levels)


# --- The tabs -------------------------------------------------------------------------------


def _draw_points(opened: Opened) -> None:
    result = opened.came_to(ImpactResult)
    chart_view.draw(
        "impact_points",
        result,
        about=chart_view.about(opened.assessment),
        file_name=f"impact_points-{opened.id}",
        note=_(
            "The mark is the figure as published. The shaded part is where it can still come to "
            "lie. Lines show where the next level begins, and from where mitigation counts."
        ),
    )
    st.subheader(_("By section"), anchor=False)
    _draw_sections(result)


def _draw_sections(result: ImpactResult) -> None:
    rows = []
    for section in result.framework.sections:
        tallies = result.points.get(section.id, {})
        for kind, name in (("raw", _("Impact")), ("mitigation", _("Mitigation"))):
            tally: Tally | None = tallies.get(kind)  # type: ignore[call-overload]
            if tally is not None:
                answered = _("{n} of {all}").format(n=tally.answered, all=tally.asked)
                rows.append([section.title, name, tally.points, tally.most, answered])
    columns = [_("Section"), _("Kind"), _("Points"), _("Most there could be"), _("Answered")]
    tables.draw(_("Points by section"), columns, rows)


def _draw_arithmetic(opened: Opened) -> None:
    result = opened.came_to(ImpactResult)
    for line in sums(result):
        st.markdown(plain(line))
    columns = [
        _("Question"),
        _("Adds to"),
        _("Answer"),
        _("Points"),
        _("Most there could be"),
    ]
    title = _("What each question of {section} counts for")
    for section in result.framework.sections:
        scored = [q for q in section.questions if q.scores is not None]
        if scored:
            with st.expander(plain(section.title)):
                rows = [_row(result, question) for question in scored]
                tables.draw(title.format(section=section.title), columns, rows)


def sums(result: ImpactResult) -> list[str]:
    """Return each sum as one line that a reader can do again."""
    policy = result.framework.impact_policy
    one_phase = f"{percent(policy.mitigation_from)} × {result.max_mitigation} ÷ {policy.phases}"
    lines = [
        _("Mitigation counts from {sum}, so from {n} points. There are {mitigation}.").format(
            sum=one_phase, n=result.needed, mitigation=result.mitigation
        )
    ]
    if result.is_reduced:
        lines.append(
            _("{raw} impact points less {share}, rounded half up, are {current}.").format(
                raw=result.raw, share=percent(policy.mitigation_takes_off), current=result.current
            )
        )
    else:
        lines.append(_("Nothing comes off the {raw} impact points.").format(raw=result.raw))
    if result.max_raw:
        share = decimal(Fraction(100 * result.current, result.max_raw))
        lines.append(
            _("{current} of {most} are {share}: {level}.").format(
                current=result.current,
                most=result.max_raw,
                share=percent(share),
                level=impact_words.level_label(result.framework, result.level),
            )
        )
    return lines


def _row(result: ImpactResult, question: Question) -> list[object]:
    kinds = {"raw": _("Impact"), "mitigation": _("Mitigation")}
    answer = result.answer_set.answers.get(question.id)
    if not result.asked[question.id]:
        words, points = _("not asked"), 0
    else:
        words, points = answer_text(question, answer), points_of(question, answer)
    kind = kinds[question.scores or "raw"]
    return [as_asked(question), kind, words, points, most_points(question)]


TABS: Mapping[str, Callable[[Opened], None]] = {
    N_("Points"): _draw_points,
    N_("What would change it"): trial.draw,
    N_("Since last time"): since.draw,
    N_("Benefits"): benefits.draw,
    N_("Arithmetic"): _draw_arithmetic,
}
