"""The version an assessment is answered against: what moving it would change, and moving it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from procurement_risk.assessment.move import Carried, Move
from procurement_risk.assessment.moving import history_reason
from procurement_risk.assessment.words import mitigation_status
from procurement_risk.exports.earlier import before_the_move
from procurement_risk.framework import Framework
from procurement_risk.framework.versions.compare import change_line
from procurement_risk.framework.words import answered_by, version_words
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.profile.trend import Trend, trend
from procurement_risk.views.frameworks.known import Known, known_frameworks
from procurement_risk.views.shared import forms, offered, renaming, session, tables, trend_table
from procurement_risk.views.shared.session import Opened

LONGEST_REASON = 1_000


def draw(opened: Opened) -> None:
    """Draw the version it stands on, the others there are, and what a move would do."""
    st.markdown(
        _(
            "Answered against **{framework}**. It stays on this version until a person moves it."
        ).format(framework=plain(version_words(opened.framework)))
    )
    _draw_since(opened)
    others = _others(opened)
    if not others:
        st.info(
            _(
                "There is no other version of this questionnaire here. Once another is put in "
                "use, on the page Questionnaires, the assessment can be moved to it here."
            )
        )
        return
    st.header(_("Move to another version"), anchor=False)
    by_name = {each.name: each for each in others}
    chosen = forms.choose(
        _("Version"),
        {each.name: each.title for each in others},
        session.in_language(f"version-{opened.id}"),
        others[0].name if others[0].is_current else "",
        placeholder=_("Choose a version"),
    )
    picked = by_name.get(chosen)
    if picked is not None:
        _draw_move(opened, session.spoken(picked.framework))


def _others(opened: Opened) -> list[Known]:
    """Return the other versions of the same framework, those from files first."""
    known = known_frameworks(offered.files())
    found = [
        each
        for each in known
        if each.framework.is_kin(opened.framework)
        and not offered.refusal(each.framework, session.store())
        and each.framework.document != opened.framework.document
        and each.framework.method == opened.framework.method
    ]
    return sorted(found, key=lambda each: (not each.is_current, each.name))


def _draw_since(opened: Opened) -> None:
    """Show how the result moved since an earlier version was left, where one was."""
    earlier = before_the_move(session.store_of(opened.id), opened.id, opened.framework)
    if earlier is None:
        return
    framework, answers = session.spoken(earlier[0]), earlier[1]
    if framework.method != opened.framework.method:
        return
    title = _("How the result changed since version {version}")
    with st.expander(title.format(version=plain(framework.version))):
        found = trend(framework, answers, opened.framework, opened.assessment.answer_set)
        trend_table.draw(found)


def _draw_move(opened: Opened, new: Framework) -> None:
    said = renaming.draw(opened.framework, new, f"{opened.id}-{new.version}")
    found = trend(opened.framework, opened.assessment.answer_set, new, said=said)
    move = found.move
    for line in summary(move):
        st.markdown(f"- {line}")
    _draw_lists(move)
    st.markdown("**" + _("How the result changes") + "**")
    trend_table.draw(found)
    st.caption(
        _(
            "Moving changes no answer, and one that is dropped counts as open; so all of the "
            "change comes from the method. Once you answer what is newly asked, the effect of the "
            "answers shows beside it."
        )
    )
    reason = st.text_input(
        _("Why it is moved, for the history"), max_chars=LONGEST_REASON, key=f"why-{opened.id}"
    )
    label = _("Move to version {version}").format(version=plain(new.version))
    # What was drawn is what is carried out: after a change by somebody else it is another button.
    where = opened.id, new.id, new.version
    if st.button(label, type="primary", key=f"move-{'-'.join(where)}-{opened.revision}"):
        _carry_out(opened, new, found, reason or "")
    before = st.session_state.get("move-drawn", (where, opened.revision))
    if before[0] == where and before[1] != opened.revision:
        st.warning(
            _("This assessment was changed meanwhile. Look at what moving it would do now.")
        )
    st.session_state["move-drawn"] = where, opened.revision


def _carry_out(opened: Opened, new: Framework, found: Trend, reason: str) -> None:
    moved = replace(opened.assessment, answer_set=found.move.answer_set)
    with session.refusals_said():
        session.store_of(opened.id).move(
            moved,
            new,
            opened.revision,
            session.actor(),
            history_reason(opened.framework, new, reason),
        )
        done = _("Moved to version {version}. What was dropped stays in the history.")
        session.flash(done.format(version=plain(new.version)))
        st.rerun()


# --- What a move does, in words -------------------------------------------------------------


def summary(move: Move) -> list[str]:
    """Return how many answers carry over, need a look, are dropped, and what is newly asked."""
    carried, reworded, changed = map(len, (move.carried, move.reworded, move.changed))
    dropped, asked = len(move.dropped), len(move.newly_asked)
    conditions, lost = len(move.mitigations_changed), len(move.mitigations_dropped)
    counts = (
        carried
        and counted(
            carried,
            "{n} answer carries over as it is",
            "{n} answers carry over as they are",
        ),
        reworded
        and counted(
            reworded,
            "{n} answer carries over, but its question or option reads differently",
            "{n} answers carry over, but their questions or options read differently",
        ),
        changed
        and counted(
            changed,
            "{n} answer carries over and may count differently",
            "{n} answers carry over and may count differently",
        ),
        conditions
        and counted(
            conditions,
            "{n} condition carries over, and what it changes reads or counts differently",
            "{n} conditions carry over, and what they change reads or counts differently",
        ),
        dropped
        and counted(
            dropped,
            "{n} answer is dropped, and kept in the history",
            "{n} answers are dropped, and kept in the history",
        ),
        lost
        and counted(
            lost,
            "{n} condition is dropped, and kept in the history",
            "{n} conditions are dropped, and kept in the history",
        ),
        asked and counted(asked, "{n} question is newly asked", "{n} questions are newly asked"),
    )
    lines = [words for words in counts if words]
    if move.pack_reason:
        lines.append(plain(move.pack_reason))
    return lines or [_("There is nothing to carry over yet.")]


def _draw_lists(move: Move) -> None:
    needs_a_look = [_carried_row(move, each) for each in (*move.reworded, *move.changed)]
    needs_a_look += [
        [_("Condition on {question}").format(question=each.question), _changes_of(each)]
        for each in move.mitigations_changed
    ]
    _expand(_("What needs a look"), [_("Question"), _("What changed")], needs_a_look)
    dropped = [
        [f"{each.question} {_ask(move.old, each.question)}", each.text, each.reason]
        for each in move.dropped
    ]
    dropped += [
        [
            _("Condition on {question}").format(question=each.mitigation.question),
            mitigation_status(each.mitigation.status),
            each.reason,
        ]
        for each in move.mitigations_dropped
    ]
    _expand(
        _("What is dropped"), [_("Question"), _("What was answered"), _("Why it goes")], dropped
    )
    _expand(
        _("What is newly asked"),
        [_("Question"), _("Who answers")],
        (
            [
                f"{name} {_ask(move.new, name)}",
                answered_by(move.new.by_id[name].answered_by),
            ]
            for name in move.newly_asked
        ),
    )


def _ask(framework: Framework, name: str) -> str:
    question = framework.by_id.get(name)
    return question.ask if question else ""


def _carried_row(move: Move, carried: Carried) -> list[str]:
    return [f"{carried.question} {_ask(move.new, carried.question)}", _changes_of(carried)]


def _changes_of(carried: Carried) -> str:
    return "; ".join(change_line(change, 200) for change in carried.changes)


def _expand(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    if found := [list(row) for row in rows]:
        with st.expander(title):
            tables.draw(title, columns, found)
