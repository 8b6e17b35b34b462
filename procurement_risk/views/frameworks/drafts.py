"""The drafts of questionnaires in the list: go on with one, or delete it."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain, shorten
from procurement_risk.storage import Draft
from procurement_risk.views.frameworks.begin_edit import DRAFT
from procurement_risk.views.shared import session


def draw() -> None:
    """Draw every draft under one heading; nothing where there is none."""
    found = session.store().every_draft()
    if not found:
        return
    st.header(_("Drafts"), anchor=False)
    for each in found:
        words = _("changed by {name} on {date}, not in use")
        line = words.format(name=each.by, date=day(each.at[:10]))
        with st.container(border=True):
            said, buttons = st.columns([5, 4], vertical_alignment="center")
            said.markdown(f"**{plain(name_of(each.text))}**  \n{plain(line)}")
            with buttons.container(horizontal=True, horizontal_alignment="right", gap="small"):
                _draw_buttons(each)


def _draw_buttons(each: Draft) -> None:
    if st.button(_("Go on with it"), key=f"go-on-{each.id}"):
        st.query_params[DRAFT] = each.id
        st.rerun()
    with st.popover(_("Delete")):
        st.markdown(_("The draft is gone for good. What is in use stays."))
        if st.button(_("Delete the draft"), key=f"delete-{each.id}"):
            store = session.store()
            session.carry_out(lambda: store.delete_draft(each.id), _("The draft was deleted."))


def name_of(text: str) -> str:
    """Return what a draft calls itself, as far as it can be read."""
    data = read_yaml(text).data
    held = data if isinstance(data, dict) else {}
    title = held.get("title", held.get("id", ""))
    title = next(iter(title.values()), "") if isinstance(title, dict) else title
    version = held.get("version", "")
    if not isinstance(title, str) or not title:
        return _("A draft without a title")
    if not isinstance(version, str) or not version:
        return shorten(title, 200)
    words = _("{framework}, version {version}")
    return words.format(framework=shorten(title, 200), version=shorten(version))
