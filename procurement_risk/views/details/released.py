"""What was given out of an assessment: the log, and the form that adds a line to it."""

from __future__ import annotations

import streamlit as st

from procurement_risk.exports.published import released
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import one_line
from procurement_risk.views.shared import log_faults, session, tables
from procurement_risk.views.shared.session import Opened

LONGEST, MOST_MB = 300, 100


def draw(opened: Opened) -> None:
    """Draw what was given out so far, and the form to note more."""
    st.header(_("Given out"), anchor=False)
    held = session.store_of(opened.id)
    lines = held.releases(opened.id)
    log_faults.draw(held)
    if lines:
        columns = [
            _("When"),
            _("To whom"),
            _("Why"),
            _("File"),
            _("SHA-256"),
            _("Withheld"),
            _("By"),
        ]
        rows = [
            [
                day(each.at),
                one_line(each.recipient),
                one_line(each.why),
                one_line(each.file),
                each.digest[:16],
                counted(len(each.withheld), "{n} field", "{n} fields"),
                one_line(each.by),
            ]
            for each in lines
        ]
        tables.draw(_("Files that were given out"), columns, rows)
    else:
        st.markdown(_("Nothing is noted as given out."))
    _draw_form(opened, len(lines))


def _draw_form(opened: Opened, number: int) -> None:
    key = f"released-{opened.id}-{number}"
    st.caption(
        _(
            "A line is added and never changed. Of the file only its name, size and SHA-256 are "
            "kept, with which fields were withheld that day."
        )
    )
    with st.form(key, enter_to_submit=False):
        file = st.file_uploader(
            _("The file as it was given out"), max_upload_size=MOST_MB, key=f"{key}-file"
        )
        recipient = st.text_input(_("To whom"), max_chars=LONGEST, key=f"{key}-to")
        why = st.text_input(_("On what request or duty"), max_chars=LONGEST, key=f"{key}-why")
        pressed = st.form_submit_button(_("Note it"))
    if not pressed:
        return
    if file is None:
        st.error(_("Choose the file that was given out."))
        return
    with session.refusals_said():
        released.note(
            session.store_of(opened.id),
            opened.id,
            recipient or "",
            why or "",
            (file.name, file.getvalue()),
            session.actor(),
        )
        session.flash(_("Noted."))
        st.rerun()
