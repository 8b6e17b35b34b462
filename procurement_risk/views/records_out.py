"""Taking assessments out: which ones, and in which format."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.exports import EXPORTS, Export, bulk
from procurement_risk.exports.export import file_name
from procurement_risk.exports.gather import gather
from procurement_risk.language import _
from procurement_risk.storage import Summary
from procurement_risk.views import offered, records_many, session
from procurement_risk.wording import counted, plain


def draw() -> None:
    """Draw the choice of assessments and of a format, and the button that takes them out."""
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
    if not (chosen := _fit(export, chosen)):
        return
    if any(s.fictional for s in summaries if s.id in chosen):
        st.warning(_("The choice includes fictional demonstration data; its records say so."))
    if len(chosen) > 1:
        records_many.draw(export, chosen, _name(export, chosen))
        return
    st.download_button(
        counted(len(chosen), "Download {n} assessment", "Download {n} assessments"),
        data=_builder(export, chosen),
        file_name=_name(export, chosen),
        mime=export.media_type,
        type="primary",
        on_click="ignore",
    )


def _choose_format() -> Export:
    """Return the format chosen; one that cannot be written here is named, not offered."""
    possible = {name: export for name, export in EXPORTS.items() if not export.unavailable}
    name = st.radio(
        _("Format"),
        list(possible),
        format_func=session.worded(possible, lambda name: _(EXPORTS[name].title)),
        captions=[_(export.purpose) for export in possible.values()],
        key=session.in_language("records-format"),
        persist_state="session",
    )
    for export in EXPORTS.values():
        if export.unavailable:
            st.caption(f"{plain(_(export.title))}: {plain(_(export.unavailable))}")
    return possible[name or "json"]


def _fit(export: Export, chosen: list[str]) -> list[str]:
    """Return those of ``chosen`` that have a file of this format, and say which have none."""
    if export.unfit is None:
        return chosen
    fit = []
    for stored in session.store().load_many(chosen):
        reason = export.unfit(stored.assessment, stored.framework)
        if reason:
            about = stored.assessment
            title = f"{about.purchase.title} · {about.supplier.name}"
            st.warning(f"{plain(title)}: {plain(reason)}")
        else:
            fit.append(stored.assessment.id)
    return fit


def _title(summary: Summary) -> str:
    title = summary.purchase.title
    if summary.fictional:
        title = _("Fictional: {title}").format(title=title)
    changed = _("changed {date}").format(date=summary.changed_at[:10])
    return f"{title} · {summary.supplier.name} · {changed}"


def _name(export: Export, chosen: list[str]) -> str:
    name = export.name.removesuffix(f"-{export.ending}")
    if len(chosen) == 1:
        assessment = session.store().load(chosen[0]).assessment
        shown = export.named(assessment)
        return file_name(shown, export.ending, "" if export.name == "json" else name)
    name = "records" if export.name == "json" else name
    return f"{name}-{session.today()}.{bulk.ending_of(export)}"


def _builder(export: Export, chosen: list[str]) -> Callable[[], bytes]:
    words, texts = session.language(), session.wanted_language()

    def build() -> bytes:
        # Streamlit calls this in a thread of its own, where no language is in use yet.
        languages.use(words)
        return _build(export, chosen, texts)

    return build


def _build(export: Export, chosen: list[str], language: str) -> bytes:
    worded = partial(offered.in_language, code=language)
    return export.write(gather(session.store(), chosen, export.wants, worded))
