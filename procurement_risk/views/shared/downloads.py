"""A row of buttons that take what a page shows along, in every form that is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.exports import printed
from procurement_risk.exports.export import Export
from procurement_risk.exports.leadership.html import EXPORT as HTML
from procurement_risk.exports.leadership.pdf import EXPORT as PDF
from procurement_risk.exports.slides.assessment import EXPORT as SLIDES
from procurement_risk.exports.slides.deck import ROOM
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.report.page import EVERYTHING, Page, Room
from procurement_risk.views.shared import session


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a file.

    Attributes:
        label: What the button says.
        write: Makes the bytes, once somebody asks for them.
        ending: Of the file's name.
        name: What the format is called in the log of what was taken out.
        media_type: What a browser is told that it is.
        unavailable: Why it is not to be had here; empty where it is.
    """

    label: str
    write: Callable[[], bytes]
    ending: str
    media_type: str
    name: str
    unavailable: str = ""


def form(label: str, export: Export, write: Callable[[], bytes]) -> Form:
    """Return the form of an export format, written by ``write``."""
    return Form(label, write, export.ending, export.media_type, export.name, export.unavailable)


def forms_of(page: Callable[[Room], Page], in_pdf: str, in_html: str) -> tuple[Form, Form, Form]:
    """Return a page by itself as PDF and HTML, so labelled, and as slides."""
    return (
        form(in_pdf, PDF, lambda: printed.pdf(page(EVERYTHING))),
        form(in_html, HTML, lambda: printed.html(page(EVERYTHING))),
        form(_(SLIDES.title), SLIDES, lambda: printed.pptx(page(ROOM))),
    )


Ids = Sequence[str] | Callable[[], Sequence[str]]


def draw(name: str, ids: Ids, *forms: Form) -> None:
    """Draw a button for each form of the file ``name``, and why one is missing.

    None is drawn for whoever takes nothing out. That the assessments ``ids`` were taken out is
    written down where people sign in; a function gives them once somebody asks for the file.
    """
    if not session.may("export"):
        return
    with st.container(horizontal=True):
        for each in forms:
            if not each.unavailable:
                _draw_button(name, ids, each)
    for each in forms:
        if each.unavailable:
            st.caption(plain(_(each.unavailable)))


def _draw_button(name: str, ids: Ids, form: Form) -> None:
    words, store = session.language(), session.store()

    def build() -> bytes:
        # Streamlit calls this in a thread of its own, where no language is in use yet.
        languages.use(words)
        store.exporting(ids() if callable(ids) else ids, form.name)
        return form.write()

    st.download_button(
        form.label,
        data=build,
        file_name=f"{name}.{form.ending}",
        mime=form.media_type,
        on_click="ignore",
        key=f"download:{name}.{form.ending}",
    )
