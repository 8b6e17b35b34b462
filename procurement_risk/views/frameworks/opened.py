"""One questionnaire opened: reading it, what is asked when, what it rests on, and versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.language import N_, _
from procurement_risk.views import frameworks
from procurement_risk.views.frameworks import (
    begin_edit,
    compare,
    conditions,
    move_many,
    overlay,
    read,
    sources,
)
from procurement_risk.views.frameworks.known import Known
from procurement_risk.views.shared import forms, heading, preview, session, tabs

CHOSEN = "framework"  # the address holds the framework's id and version under this name
PART = "frameworks-part"  # and the open tab of it under this
READ_ONE, READ = N_("Read one"), N_("Read")


def draw(known: Sequence[Known]) -> None:
    """Draw the choice of one, and the part of it that is open."""
    tabs.show(PARTS, PART, known)


def choose(known: Sequence[Known]) -> Known | None:
    """Let the person choose one of the questionnaires; None where there is none."""
    if not known:
        st.info(_("No questionnaire can be read. Put a YAML file into the folder frameworks/."))
        return None
    by_name = {each.name: each for each in known}
    titles = {each.name: each.title for each in known}
    asked = st.query_params.get(CHOSEN, "")
    chosen = forms.choose(_("Questionnaire"), titles, "frameworks-opened", asked, kept=True)
    picked = by_name.get(chosen, known[0])
    if st.query_params.get(CHOSEN) != picked.name:
        st.query_params[CHOSEN] = picked.name
    return picked


def opening(name: str, part: str) -> Callable[[], None]:
    """Return what opens a part of the questionnaire called ``name``, for a button."""
    open_tabs = tabs.opening((frameworks.SHOWN, READ_ONE), (PART, part))

    def open_it() -> None:
        st.session_state["frameworks-opened"] = name
        st.query_params[CHOSEN] = name
        open_tabs()

    return open_it


def _draw_read(known: Sequence[Known]) -> None:
    picked = choose(known)
    if picked is None:
        return
    framework = session.spoken(picked.framework)
    heading.language_notice(framework)
    with st.container(horizontal=True):
        _offer_preview(framework)
        begin_edit.draw(picked, "read")
        overlay.draw_begin(picked, "read")
    overlay.draw(picked)
    read.draw(framework, picked.text, "read")


def _draw_conditions(known: Sequence[Known]) -> None:
    picked = choose(known)
    if picked is not None:
        conditions.draw(session.spoken(picked.framework))


def _draw_sources(known: Sequence[Known]) -> None:
    picked = choose(known)
    if picked is not None:
        sources.draw(session.spoken(picked.framework))


def _draw_move(known: Sequence[Known]) -> None:
    picked = choose([each for each in known if each.is_current])
    if picked is not None:
        move_many.draw(picked.framework)


def _offer_preview(framework: Framework) -> None:
    if st.button(_("Preview as the officer will see it"), key="preview-read"):
        preview.start(framework)


PARTS: Mapping[str, Callable[[Sequence[Known]], None]] = {
    READ: _draw_read,
    N_("Conditions"): _draw_conditions,
    N_("Sources"): _draw_sources,
    N_("Compare versions"): compare.draw,
    N_("Move assessments"): _draw_move,
}
