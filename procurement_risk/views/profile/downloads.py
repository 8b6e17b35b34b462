"""The leadership page of the assessment on screen, to take away as PDF, HTML or slides."""

from __future__ import annotations

import streamlit as st

from procurement_risk.exports.export import Export, file_name
from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.exports.slides import assessment as slides
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened
from procurement_risk.views.shared.written import when_asked


def draw(opened: Opened) -> None:
    """Draw a button for each form; nothing is made before somebody asks for it."""
    if opened.is_preview or not session.may("export", opened.id):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_button(opened, leadership_pdf.EXPORT)
        _draw_button(opened, leadership_html.EXPORT)
        _draw_button(opened, slides.EXPORT)
        session.link("records", _("Other formats"), assessment=opened.id)
    if leadership_pdf.EXPORT.unavailable:
        st.caption(plain(_(leadership_pdf.EXPORT.unavailable)))


def _draw_button(opened: Opened, export: Export) -> None:
    if export.unavailable:
        return
    st.download_button(
        _(export.title),
        data=when_asked(export, [opened.id]),
        file_name=file_name(opened.assessment, export.ending, "leadership"),
        mime=export.media_type,
        on_click="ignore",
        key=f"download:{export.name}",
    )
