"""The files of evidence of an assessment: all of them, adding one, and removing one for good."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import EvidenceFile
from procurement_risk.assessment.evidence import shown_by
from procurement_risk.framework import GRADES
from procurement_risk.framework.words import grade_label
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import one_line, plain
from procurement_risk.views.shared import evidence_files, forms, session, tables
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the tab."""
    if opened.is_preview:
        st.info(_("A preview keeps no files."))
        return
    files = opened.assessment.files
    if not files:
        st.markdown(_("No files are kept here yet. A link to where a file is kept does as well."))
    else:
        _draw_list(opened)
        _draw_one(opened)
    if session.may("describe", opened.id):
        _draw_new(opened)


def _draw_list(opened: Opened) -> None:
    columns = [
        _("File"),
        _("Grade"),
        _("Date"),
        _("Valid until"),
        _("Source"),
        _("Shows"),
        _("Size"),
        _("SHA-256"),
    ]
    rows = [_row(opened, *each) for each in opened.assessment.files.items()]
    tables.draw(_("Files of evidence"), columns, rows)
    if st.button(_("Check every file"), key="evidence-check"):
        found = session.store_of(opened.id).check_evidence(opened.id)
        for problem in found:
            st.error(plain(problem.message))
        if not found:
            st.success(_("Every file is here as it was added."))


def _row(opened: Opened, digest: str, file: EvidenceFile) -> list[str]:
    as_of = opened.assessment.answer_set.as_of
    ran_out = _("{date}, ran out") if "" < file.valid_until < as_of else "{date}"
    return [
        one_line(file.name),
        grade_label(file.grade),
        day(file.date),
        ran_out.format(date=day(file.valid_until)),
        one_line(file.source),
        ", ".join(shown_by(opened.assessment, digest)) or _("no answer"),
        evidence_files.size_words(file.size),
        digest[:16],
    ]


def _draw_one(opened: Opened) -> None:
    files = opened.assessment.files
    labels = {digest: one_line(each.name) for digest, each in files.items()}
    key = f"evidence-one-{opened.id}"
    chosen = forms.choose(_("A file to fetch or remove"), labels, key)
    evidence_files.draw_fetch(opened.id, chosen, files[chosen])
    if not session.may("describe", opened.id):
        return
    with st.expander(_("Remove the file")):
        st.markdown(
            _(
                "It is taken off every answer here, and a grade that rested on it falls. Where no "
                "other assessment uses it, the file itself is deleted; the history keeps its name."
            )
        )
        reason = st.text_input(_("Why"), max_chars=300, key=f"evidence-why-{chosen}")
        if st.button(_("Remove it"), key=f"evidence-remove-{chosen}"):
            store, actor = session.store_of(opened.id), session.actor()
            session.carry_out(
                lambda: store.remove_evidence(opened.id, chosen, actor, reason or ""),
                _("The file was removed."),
            )


def _draw_new(opened: Opened) -> None:
    st.header(_("Add a file"), anchor=False)
    key = f"evidence-new-{opened.id}-{len(opened.assessment.files)}"
    with st.form(key, enter_to_submit=False):
        evidence_files.ask(key, GRADES[0], "")
        questions = st.multiselect(
            _("Which answers it shows"),
            [each.id for each in opened.framework.questions()],
            key=f"{key}:shows",
        )
        pressed = st.form_submit_button(_("Add the file"), type="primary")
    if not pressed:
        return
    if problem := evidence_files.add(opened.id, key, questions):
        st.error(plain(problem))
        return
    session.flash(_("The file was added."))
    st.rerun()
