"""Since last time: how the result moved, why, and what changed answer by answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment import Upstream
from procurement_risk.charts.section_slopes import slopes
from procurement_risk.exports.earlier import assessment_before
from procurement_risk.framework import Framework
from procurement_risk.framework.words import as_asked, grade_label, version_words
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day, listed
from procurement_risk.language.text import plain
from procurement_risk.profile import since, words as profile_words
from procurement_risk.profile.method_words import METHOD_WORDS
from procurement_risk.profile.since import Changed
from procurement_risk.profile.trend import Trend, trend
from procurement_risk.storage import Stored
from procurement_risk.views.shared import chart_view, session, tables, trend_table
from procurement_risk.views.shared.session import Opened

SLOPES_NOTE = N_(
    "Residual risk, open answers taken in the middle: 0 no risk found, 100 the worst. A strong "
    "line became worse, a dotted one better. A section that was scored only once has its name "
    "alone."
)
ROWS = 15
WHAT_WORDS = {
    "answer": N_("Answer"),
    "evidence": N_("Evidence"),
    "mitigation": N_("Mitigation"),
    "new": N_("New question"),
    "gone": N_("No longer asked"),
}


def draw(opened: Opened) -> None:
    """Draw the comparison with the assessment before, or say how there will be one."""
    store = session.store_of(opened.id)
    before = assessment_before(store, opened.assessment, opened.framework)
    if before is None:
        st.markdown(
            _(
                "There is no earlier assessment to compare with. When you look again, start a new "
                "assessment and choose the same purchase and supplier: what has changed since "
                "then stands here."
            )
        )
        return
    framework = session.spoken(before.framework)
    _draw_lead(opened, before, framework)
    if framework.method != opened.framework.method:
        _draw_incomparable(opened, framework)
        return
    old, new = before.assessment.answer_set, opened.assessment.answer_set
    st.subheader(_("How the result moved"), anchor=False)
    found = trend(framework, old, opened.framework, new)
    _draw_tier(found)
    trend_table.draw(found)
    if slopes(found):
        chart_view.draw(
            "section_slopes",
            found,
            about=chart_view.about(opened.assessment),
            file_name=f"since-last-time-{opened.id}",
            note=_(SLOPES_NOTE),
        )
    st.caption(_(_method_note(framework, opened.framework)))
    _draw_underneath(before.assessment.upstreams, opened.assessment.upstreams)
    _draw_changes(since.changed(framework, old, opened.framework, new), opened.id)


def _draw_lead(opened: Opened, before: Stored, framework: Framework) -> None:
    words = _("Compared with the assessment as of **{date}**, answered against {framework}.")
    st.markdown(
        words.format(
            date=plain(day(before.assessment.answer_set.as_of)),
            framework=plain(version_words(framework)),
        )
    )
    if not opened.assessment.replaces:
        st.caption(
            _("The newest earlier one on file: this assessment does not name the one it follows.")
        )
    session.link("profile", _("Open the earlier assessment"), assessment=before.assessment.id)


def _draw_incomparable(opened: Opened, framework: Framework) -> None:
    st.info(
        _(
            "The results cannot be compared: the earlier one is in {before}, this one in {after}. "
            "No arithmetic leads from one to the other, so look at each by itself."
        ).format(
            before=_(METHOD_WORDS[framework.method].gives),
            after=_(METHOD_WORDS[opened.framework.method].gives),
        )
    )


def _draw_tier(found: Trend) -> None:
    if found.tier is None:
        return
    one = profile_words.tier_range(found.move.old, found.tier.before)
    other = profile_words.tier_range(found.move.new, found.tier.after)
    words = _("The tier stays: **{after}**.")
    if one != other:
        words = _("The tier changes from **{before}** to **{after}**.")
    st.markdown(words.format(before=plain(one), after=plain(other)))


def _method_note(old: Framework, new: Framework) -> str:
    """Return, still in English, how much of the change can be due to the method."""
    if old.document == new.document:
        return N_(
            "Both are answered against the same version, so all of the change comes from the "
            "answers: what was said, its evidence, mitigations, and time that has passed."
        )
    return N_(
        "Effect of the method: the old answers, scored by the new version, less the old result. "
        "Effect of the answers: the rest. Together they are the whole change, exactly."
    )


def _draw_underneath(old: Sequence[Upstream], new: Sequence[Upstream]) -> None:
    gone = [each.name for each in old if each not in new]
    come = [each.name for each in new if each not in old]
    if not (gone or come):
        return
    st.subheader(_("What lies underneath has changed"), anchor=False)
    if gone:
        st.markdown(_("No longer: {names}.").format(names=plain(listed(gone))))
    if come:
        st.markdown(_("New: {names}.").format(names=plain(listed(come))))


def _draw_changes(found: Sequence[Changed], name: str) -> None:
    title = _("What changed, answer by answer: {n}").format(n=len(found))
    st.subheader(title, anchor=False)
    if not found:
        st.markdown(_("Every answer, its evidence and its mitigation are as they were."))
        return
    rows = [_row(each) for each in found]
    columns = [_("Question"), _("What"), _("Then"), _("Now")]
    tables.draw_paged(title, columns, rows, "since", ROWS, file=lambda _one: [name])


def _row(each: Changed) -> list[str]:
    what = _(WHAT_WORDS[each.what])
    if each.ran_out:
        what = _("{what}, by the passing of time").format(what=what)
    before, after = each.before, each.after
    if each.what == "evidence":
        before, after = grade_label(before), grade_label(after)
    return [as_asked(each.question), what, before or "–", after or "–"]
