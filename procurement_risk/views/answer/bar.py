"""The bar that stays in view: what the answers come to, how far they have got, and the way on."""

from __future__ import annotations

from functools import partial

import streamlit as st

from procurement_risk.language import _, current
from procurement_risk.language.text import plain
from procurement_risk.profile.method_words import headline, stakes, verdict
from procurement_risk.profile.walkthrough import Step, progress
from procurement_risk.views.answer import autosave, next_pack, sections
from procurement_risk.views.answer.words import words_of
from procurement_risk.views.shared import as_before, session
from procurement_risk.views.shared.badges import badge, verdict_badge


def draw(opened: session.Opened, walk: tuple[Step, ...], step: Step) -> None:
    """Draw the bar at the bottom of the window."""
    answered, asked = progress(walk)
    said = _verdict(opened), answered / asked if asked else 1.0, _progress(opened, walk)
    as_before.draw_named(
        "moves",
        partial(st.bottom.container, horizontal=True, vertical_alignment="center", key="moves"),
        partial(_draw_inside, opened, walk, step, *said),
        (said, opened.id, current(), _leads_to(opened, walk, step)),
    )


def _draw_inside(
    opened: session.Opened,
    walk: tuple[Step, ...],
    step: Step,
    verdict: str,
    share: float,
    words: str,
) -> None:
    with st.container(gap="small"):
        st.markdown(verdict)
        st.progress(share, text=words)
    _draw_moves(opened, walk, step)


def _leads_to(opened: session.Opened, walk: tuple[Step, ...], step: Step) -> object:
    """Return all that the ways back and on depend on."""
    outcome, open_steps = opened.outcome, [each.id for each in walk if each.is_open]
    pack = outcome.larger_pack, opened.revisions.get("pack", 0), outcome.answer_set.pack
    return opened.framework, step.id, [each.id for each in walk], open_steps, pack


def _verdict(opened: session.Opened) -> str:
    """Return what the answers come to, in a word, and in full where the word is not enough."""
    full, short = headline(opened.outcome), verdict(opened.outcome).words
    rest = full.removeprefix(short).removeprefix(": ")
    parts = [verdict_badge(opened.outcome), badge(stakes(opened.outcome))]
    return " ".join(parts + ([plain(rest)] if rest else []))


def _progress(opened: session.Opened, walk: tuple[Step, ...]) -> str:
    """Return how many are answered, how many nobody knows, and whether all is saved."""
    answered, unknown = sum(each.answered for each in walk), sum(each.unknown for each in walk)
    left = sum(len(each.questions) for each in walk) - answered - unknown
    parts = [_("{n} answered").format(n=answered)]
    parts += [_("{n} not known yet").format(n=unknown)] if unknown else []
    parts += [_("{n} to go").format(n=left)] if left else []
    return f"{', '.join(parts)}. {_saved(opened)}"


def _saved(opened: session.Opened) -> str:
    waiting = autosave.unsaved(opened)
    if waiting:
        words = _("Not saved, and waiting for you: {questions}. Every other change is saved.")
        asked = [opened.framework.by_id[each] for each in waiting]
        called = [words_of(opened.framework, each).called for each in asked]
        return words.format(questions=", ".join(called))
    return _("Nothing is kept.") if opened.is_preview else _("Every change is saved.")


def _draw_moves(opened: session.Opened, walk: tuple[Step, ...], step: Step) -> None:
    """Draw the ways back and on; from the last section to what is still open, or to the result."""
    place = [each.id for each in walk].index(step.id)
    if place > 0:
        before = walk[place - 1]
        st.button(
            _("Back: {section}").format(section=plain(before.title)),
            key="back",
            shortcut="Alt+P",
            on_click=sections.move,
            args=(opened.framework, opened.id, before.id),
        )
    last = place + 1 == len(walk)
    left = [each for each in walk if each.is_open]
    # A settled tier is the first thing worth knowing: whoever has it need not finish the pack.
    if (last or not step.is_open) and next_pack.offer(opened):
        return
    if not last:
        _draw_next(opened, _("Next: {section}"), walk[place + 1])
    elif left and left[0] is not step:
        _draw_next(opened, _("Still open: {section}"), left[0])
    # A key of its own: under one key the click on the step before would count for this one.
    elif st.button(_("See the overview"), type="primary", key="overview", shortcut="Alt+N"):
        session.go("profile", assessment=opened.id)


def _draw_next(opened: session.Opened, label: str, step: Step) -> None:
    st.button(
        label.format(section=plain(step.title)),
        key="next",
        type="primary",
        shortcut="Alt+N",
        on_click=sections.move,
        args=(opened.framework, opened.id, step.id),
    )
