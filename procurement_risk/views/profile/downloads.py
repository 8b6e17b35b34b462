"""The leadership page of the assessment on screen, to take away as PDF or HTML."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.errors import NotFound
from procurement_risk.exports.export import Earlier, Export, Exported, file_name
from procurement_risk.exports.leadership import html as leadership_html
from procurement_risk.exports.leadership import pdf as leadership_pdf
from procurement_risk.exports.portfolio_facts import facts_of
from procurement_risk.exports.sealed import Matter, matter
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.storage import Store
from procurement_risk.views.shared import earlier, offered, session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw a button for each form; nothing is made before somebody asks for it."""
    if opened.is_preview:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_button(opened, leadership_pdf.EXPORT, leadership_pdf.pdf)
        _draw_button(opened, leadership_html.EXPORT, leadership_html.html)
        session.link("records", _("Other formats"), assessment=opened.id)
    if leadership_pdf.EXPORT.unavailable:
        st.caption(plain(_(leadership_pdf.EXPORT.unavailable)))


def _draw_button(opened: Opened, export: Export, write: Callable[[Matter], bytes]) -> None:
    if export.unavailable:
        return
    store, words, texts = session.store(), session.language(), session.wanted_language()

    def build() -> bytes:
        # Streamlit calls this in a thread of its own, where no language is in use yet.
        languages.use(words)
        before = the_look_before(store, opened, texts)
        facts = facts_of(portfolio_store.items_of(store), opened.assessment)
        found = Exported(opened.assessment, opened.framework, earlier=before, portfolio=facts)
        return write(matter(found))

    st.download_button(
        _(export.title),
        data=build,
        file_name=file_name(opened.assessment, export.ending, "leadership"),
        mime=export.media_type,
        on_click="ignore",
        key=f"download:{export.name}",
    )


def the_look_before(store: Store, opened: Opened, language: str) -> Earlier | None:
    """Return the framework and answers of the look before, if the store still has them.

    That is the assessment it follows, or itself as it was before it was moved to another version.
    """
    if opened.assessment.replaces:
        try:
            stored = store.load(opened.assessment.replaces)
        except NotFound:
            return None
        found: Earlier | None = (stored.framework, stored.assessment.answer_set)
    else:
        found = earlier.from_history(store, opened)
    return None if found is None else (offered.in_language(found[0], language), found[1])
