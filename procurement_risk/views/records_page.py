"""The Records page: take records and tables out, bring a record in, check one somebody sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.errors import InvalidDocument, NotFound, ProcurementRiskError, UsageError
from procurement_risk.exports import EXPORTS, Export
from procurement_risk.exports.export import Exported, file_name
from procurement_risk.imports.record import import_record
from procurement_risk.language import N_, _
from procurement_risk.methods import score_to_document
from procurement_risk.records import Record, read_record
from procurement_risk.storage import Stored, Summary
from procurement_risk.views import offered, session
from procurement_risk.wording import counted, plain

MANY_PROBLEMS = 50
OUTCOMES = {
    "created": N_("Brought in."),
    "unchanged": N_("It was here already, just the same."),
    "replaced": N_("Written over what was here; the history keeps both."),
}


def page() -> None:
    """Draw the page."""
    st.title(_("Records"), anchor=False)
    out, into = st.tabs([_("Take out"), _("Bring in or check")])
    with out:
        _draw_out()
    with into:
        _draw_in()


def _draw_out() -> None:
    summaries = [s for s in session.store().summaries() if not s.archived]
    if not summaries:
        st.info(_("There is nothing to export yet. Start an assessment, or bring a record in."))
        return
    titles = {s.id: _title(s) for s in summaries}
    everything = st.checkbox(_("All assessments"), key="records-all", persist_state="session")
    asked = st.query_params.get("assessment") or st.session_state.get("assessment")
    default = [asked] if asked in titles else []
    if "records-chosen" not in st.session_state:
        st.session_state["records-chosen"] = default
    chosen = list(titles)
    if not everything:
        chosen = st.multiselect(
            _("Assessments"),
            list(titles),
            format_func=titles.__getitem__,
            key="records-chosen",
            placeholder=_("Choose one or more"),
            persist_state="session",
        )
    export = _choose_format()
    if not chosen:
        st.info(_("Choose at least one assessment."))
        return
    if any(s.fictional for s in summaries if s.id in chosen):
        st.warning(_("The choice includes fictional demonstration data; its records say so."))
    st.download_button(
        counted(len(chosen), "Download {n} assessment", "Download {n} assessments"),
        data=_builder(export, chosen),
        file_name=_name(export, chosen),
        mime="application/zip" if _is_zip(export, chosen) else export.media_type,
        type="primary",
        on_click="ignore",
    )


def _choose_format() -> Export:
    """Return the format chosen; one that cannot be written here is named, not offered."""
    offered = {name: export for name, export in EXPORTS.items() if not export.unavailable}
    name = st.radio(
        _("Format"),
        list(offered),
        format_func=session.worded(offered, lambda name: _(EXPORTS[name].title)),
        captions=[_(export.purpose) for export in offered.values()],
        key=session.in_language("records-format"),
        persist_state="session",
    )
    for export in EXPORTS.values():
        if export.unavailable:
            st.caption(f"{plain(_(export.title))}: {plain(_(export.unavailable))}")
    return offered[name or "json"]


def _title(summary: Summary) -> str:
    title = summary.purchase.title
    if summary.fictional:
        title = _("Fictional: {title}").format(title=title)
    changed = _("changed {date}").format(date=summary.changed_at[:10])
    return f"{title} · {summary.supplier.name} · {changed}"


def _is_zip(export: Export, chosen: list[str]) -> bool:
    return export.one_each and len(chosen) > 1


def _name(export: Export, chosen: list[str]) -> str:
    if _is_zip(export, chosen):
        return f"records-{session.today()}.zip"
    name = export.name.removesuffix(f"-{export.ending}")
    if len(chosen) == 1:
        assessment = session.store().load(chosen[0]).assessment
        return file_name(assessment, export.ending, "" if export.name == "json" else name)
    return f"{name}-{session.today()}.{export.ending}"


def _builder(export: Export, chosen: list[str]) -> Callable[[], bytes]:
    words, texts = session.language(), session.wanted_language()

    def build() -> bytes:
        # Streamlit calls this in a thread of its own, where no language is in use yet.
        languages.use(words)
        return _build(export, chosen, texts)

    return build


def _build(export: Export, chosen: list[str], language: str) -> bytes:
    stored = session.store().load_many(chosen)
    if export.for_reading:
        files = [[_worded(each, language), *_followed(each, language)] for each in stored]
    else:
        files = [[(each.assessment, each.framework)] for each in stored]
    if not export.one_each:
        return export.write([pair for file in files for pair in file])
    if not _is_zip(export, chosen):
        return export.write(files[0])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            assessment = file[0][0]
            inside = file_name(assessment, export.ending, assessment.id[:12])
            archive.writestr(inside, export.write(file))
    return packed.getvalue()


def _worded(stored: Stored, language: str) -> Exported:
    return stored.assessment, offered.in_language(stored.framework, language)


def _followed(stored: Stored, language: str) -> list[Exported]:
    """Return the assessment that this one follows, if the store still has it."""
    if not stored.assessment.replaces:
        return []
    try:
        return [_worded(session.store().load(stored.assessment.replaces), language)]
    except NotFound:
        return []


def _draw_in() -> None:
    st.markdown(
        _(
            "Choose a JSON record. It is checked first: the digest has to hold, and the result is "
            "computed again from its answers. Nothing is written until you accept it."
        )
    )
    files = st.file_uploader(
        _("JSON records"), type=["json"], accept_multiple_files=True, key="records-upload"
    )
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
            st.markdown(f"- {plain(problem.where)}: {plain(problem.message)}")
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
        _("as of {date}").format(date=plain(assessment.answer_set.as_of)),
        counted(len(assessment.answer_set.answers), "{n} answer", "{n} answers"),
    ]
    st.markdown(" · ".join(parts))
    st.text(_("SHA-256 {digest}").format(digest=record.digest))
    session.fictional_notice(assessment)
    replace = False
    if any(s.id == assessment.id for s in session.store().summaries()):
        replace = st.checkbox(
            _("This assessment is here already. Write the record over it; the history keeps both"),
            key=f"records-replace-{number}",
        )
    if st.button(_("Bring it in"), key=f"records-accept-{number}", type="primary"):
        try:
            done = import_record(session.store(), data, session.actor(), replace=replace)
        except UsageError as error:
            st.error(plain(str(error)))
            return
        st.success(_(OUTCOMES[done.outcome]))
        st.session_state["assessment"] = done.assessment_id
