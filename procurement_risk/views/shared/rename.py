"""Calling what is bought something else: one way for every page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from procurement_risk.language import _
from procurement_risk.views.shared import purchase_saving, session


def draw(assessment_id: str, title: str, key: str) -> None:
    """Draw the field for what is bought, and the button that renames it everywhere.

    Args:
        assessment_id: Of which assessment.
        title: What it is called now.
        key: Tells two of these on one page apart.
    """
    with st.form(f"{key}-rename-{assessment_id}", border=False):
        named = st.text_input(_("What is bought"), value=title, max_chars=300)
        pressed = st.form_submit_button(_("Rename it"))
    if not pressed:
        return
    if not (named or "").strip():
        st.error(_("Write what is bought."))
        return
    opened = session.open_by_id(assessment_id)
    purchase = replace(opened.assessment.purchase, title=(named or "").strip())
    if purchase_saving.save(opened, purchase):
        session.flash(_("Saved."))
        st.rerun()
