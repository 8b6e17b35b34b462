"""Bringing records in: each is checked, shown, and written only once a person accepts it."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.record import Record, read_record
from procurement_risk.errors import InvalidDocument, Problem, ProcurementRiskError
from procurement_risk.framework.versions.whose import foreign_notice, whose_words
from procurement_risk.imports import IMPORTS
from procurement_risk.imports.record import import_record
from procurement_risk.imports.zip_of_records import is_zip
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.methods import score_to_document
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.records import bring_in_many as records_in_many
from procurement_risk.views.shared import heading, session

MANY_PROBLEMS = 50
ONE_BY_ONE = 3
"""How many records are shown each by itself; more are listed."""
RECORD = IMPORTS["record"]
OUTCOMES = {
    "created": N_("Brought in."),
    "unchanged": N_("It is here already, just the same."),
    "replaced": N_("Written over what was here; the history keeps both."),
}


def draw() -> None:
    """Draw the upload, and what each file is before it is accepted."""
    st.header(_("A JSON record"), anchor=False)
    st.markdown(
        _(
            "Choose JSON records, a ZIP of them, or an audit pack. Each is checked first: the "
            "digest has to hold, and the result is computed again from its answers. From an audit "
            "pack the history and the supplier's files come along. Nothing is written until you "
            "accept it."
        )
    )
    files = st.file_uploader(
        _(RECORD.title),
        type=list(RECORD.endings),
        accept_multiple_files=True,
        key="records-upload",
        max_upload_size=RECORD.largest,
    )
    if files and (len(files) > ONE_BY_ONE or any(is_zip(file.getvalue()) for file in files)):
        records_in_many.draw(
            tuple((file.name, file.getvalue()) for file in files),
            tuple(file.file_id for file in files),
        )
        return
    for number, file in enumerate(files or []):
        with st.container(border=True):
            st.markdown(f"**{plain(file.name)}**")
            _draw_file(number, file.getvalue())


def _draw_file(number: int, data: bytes) -> None:
    try:
        record = read_record(data, score_to_document)
    except InvalidDocument as error:
        st.error(
            counted(
                len(error.problems),
                "Refused: {n} problem. The record was changed after it was made, or it is not a "
                "record of this toolkit. Ask for the original file.",
                "Refused: {n} problems. The record was changed after it was made, or it is not a "
                "record of this toolkit. Ask for the original file.",
            )
        )
        for problem in error.problems[:MANY_PROBLEMS]:
            st.markdown(f"- {plain(_placed(problem))}")
        return
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    _draw_accepted(number, data, record)


def _draw_accepted(number: int, data: bytes, record: Record) -> None:
    assessment = record.assessment
    st.success(_("The digest holds and the result recomputes."))
    parts = [
        plain(assessment.purchase.title),
        plain(assessment.purchase.buyer),
        _("supplier: {name}").format(name=plain(assessment.supplier.name)),
        _("as of {date}").format(date=plain(day(assessment.answer_set.as_of))),
        counted(len(assessment.answer_set.answers), "{n} answer", "{n} answers"),
    ]
    st.markdown(" · ".join(parts))
    st.text(_("SHA-256 {digest}").format(digest=record.digest))
    heading.fictional_notice(assessment)
    whose = session.store().whose(record.framework)
    st.caption(_("Questionnaire: {whose}.").format(whose=plain(whose_words(whose))))
    if whose.is_foreign:
        st.warning(plain(foreign_notice(whose)))
        if whose.comparison is not None and whose.comparison.changes:
            with st.expander(_("What differs")):
                draw_comparison(whose.comparison, key=f"records-{number}")
    would = session.store().would_import(record)
    if would == "unchanged":
        st.info(_(OUTCOMES[would]))
        _draw_way_on(assessment.id)
        return
    replace = would == "replaced" and st.checkbox(
        _("This assessment is here, and differs. Write over it; the history keeps both"),
        key=f"records-replace-{number}",
    )
    waits = would == "replaced" and not replace
    key = f"records-accept-{number}"
    if not st.button(_("Bring it in"), key=key, type="primary", disabled=waits):
        return
    with session.refusals_said():
        done = import_record(session.store(), data, session.actor(), replace=replace)
        st.success(_(OUTCOMES[done.outcome]))
        st.session_state["assessment"] = done.assessment_id
        _draw_way_on(done.assessment_id)


def _draw_way_on(assessment_id: str) -> None:
    session.link("profile", _("See the overview"), assessment=assessment_id)


def _placed(problem: Problem) -> str:
    """Return what is wrong, with where it is unless the message begins with that."""
    if not problem.where or problem.message.startswith(problem.where):
        return problem.message
    return f"{problem.where}: {problem.message}"
