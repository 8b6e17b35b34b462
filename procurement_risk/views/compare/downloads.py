"""The comparison on screen, to take away as a page or slides."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.comparison import Comparison
from procurement_risk.exports.export import Export
from procurement_risk.exports.leadership import comparison as comparison_page
from procurement_risk.exports.leadership import html, pdf
from procurement_risk.exports.slides import assessment as slides
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session

FORMS: Mapping[str, tuple[Export, Callable[[Comparison], bytes]]] = {
    N_("This comparison (PDF)"): (pdf.EXPORT, comparison_page.pdf),
    N_("This comparison (HTML)"): (html.EXPORT, comparison_page.html),
    N_("This comparison (PowerPoint)"): (slides.EXPORT, comparison_page.pptx),
}


def draw(comparison: Comparison) -> None:
    """Draw a button for each form; nothing is made before somebody asks for it."""
    with st.container(horizontal=True):
        for title, (export, write) in FORMS.items():
            if not export.unavailable:
                _draw_button(title, export, write, comparison)
    if pdf.EXPORT.unavailable:
        st.caption(plain(_(pdf.EXPORT.unavailable)))


def _draw_button(
    title: str, export: Export, write: Callable[[Comparison], bytes], comparison: Comparison
) -> None:
    words, today = session.language(), session.today()

    def build() -> bytes:
        # Streamlit calls this in a thread of its own, where no language is in use yet.
        languages.use(words)
        return write(comparison)

    st.download_button(
        _(title),
        data=build,
        file_name=f"comparison-{today}.{export.ending}",
        mime=export.media_type,
        on_click="ignore",
        key=f"download-comparison:{export.name}",
    )
