"""What this is and what to do first, where nothing has been assessed yet."""

from __future__ import annotations

import streamlit as st

from procurement_risk.imports.demonstration import Example, examples
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import demonstration, session
from procurement_risk.views.shared.badges import decision_badge


def draw() -> None:
    """Draw it: two sentences, the first step, and three fictional purchases to look at."""
    if is_team() and not session.may("start"):
        st.markdown(_("Nothing waits here: no assessment has been started yet."))
        return
    st.markdown(
        _(
            "You are about to buy AI, or to switch it on: answer what has to be known about it, "
            "and see what it recommends, what stands in the way and what to ask the supplier. "
            "Every answer is saved at once, and makes a record that an auditor can recompute."
        )
    )
    st.markdown(
        _(
            "**First:** four fields about your purchase, then 15 questions. They say how much "
            "there is to ask."
        )
    )
    if session.may("start") and st.button(_("Start an assessment"), type="primary"):
        session.go("start")
    if is_team():  # nothing invented stands among what a team works on
        return
    st.header(_("Or look at three fictional purchases"), anchor=False)
    shown = examples()
    for box, example in zip(st.columns(len(shown) or 1), shown, strict=False):
        with box:
            _draw_card(example)
    demonstration.draw_load()


def _draw_card(example: Example) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(decision_badge(example.recommendation))
        st.markdown(f"**{plain(example.title)}**")
        st.caption(f"{plain(example.buyer)} · {plain(example.supplier)}")
        words = _("Open {purchase}").format(purchase=plain(example.title))
        if st.button(words, key=f"example-{example.id}"):
            demonstration.load()
            session.go("profile", assessment=example.id)
