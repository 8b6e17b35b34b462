"""Taking assessments out: which ones, and in which format."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from procurement_risk.exports import Export, bulk
from procurement_risk.exports.export import Extra, file_name
from procurement_risk.formats.workbook.layout import asked
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain, told_apart
from procurement_risk.storage import Summary
from procurement_risk.views.details import PUBLICATION
from procurement_risk.views.help import FORMATS
from procurement_risk.views.records import (
    format as records_format,
    look_first,
    supplier_links,
    take_out_many as records_many,
)
from procurement_risk.views.shared import forms, session, some_of_many
from procurement_risk.views.shared.written import when_asked

CHOSEN = "records-chosen"


def draw() -> None:
    """Draw the choice of assessments and of a format, and the button that takes them out."""
    if not session.store().offered(limit=0).total:
        st.info(_("There is nothing to export yet. Start an assessment, or bring a record in."))
        return
    chosen = _choose()
    export = records_format.choose()
    _draw_links(export, chosen)
    if not chosen:
        st.info(_("Choose at least one assessment."))
        return
    if not (chosen := _fit(export, chosen)):
        return
    said = _draw_extras(export)
    if said is None:
        return
    if _is_fictional(chosen):
        st.warning(_("The choice includes fictional demonstration data; its records say so."))
    if export.is_published and not look_first.is_agreed(chosen):
        return
    if len(chosen) > 1:
        if export.one_each:
            st.caption(_("All go into one ZIP, a file for each."))
        records_many.draw(export, chosen, _name(export, chosen), said)
        return
    st.download_button(
        counted(len(chosen), "Download {n} assessment", "Download {n} assessments"),
        data=when_asked(export, chosen, said),
        file_name=_name(export, chosen),
        mime=export.media_type,
        type="primary",
        on_click="ignore",
    )
    if export.name == "workbook":
        _draw_asked(chosen[0])
        supplier_links.draw(chosen[0])


def _draw_links(export: Export, chosen: Sequence[str]) -> None:
    """Lead to what the formats hold, and for one that is published to what is withheld."""
    with st.container(horizontal=True):
        session.link("help", _("What each format holds and leaves out"), help=FORMATS)
        if len(chosen) == 1 and export.use == "publication":
            words = _("See what is withheld, and mark fields")
            session.link("details", words, assessment=chosen[0], details=PUBLICATION)


def _draw_asked(chosen: str) -> None:
    """Say how much the supplier is asked now, and how much at a later gate."""
    stored = session.store().load(chosen)
    framework, answers = stored.framework, stored.assessment.answer_set
    now = len(asked(framework, answers))
    words = counted(
        now, "It asks the supplier {n} question.", "It asks the supplier {n} questions."
    )
    last = framework.gates[-1].id if framework.gates else answers.gate
    if later := len(asked(framework, replace(answers, gate=last))) - now:
        more = counted(
            later,
            "{n} more comes due at a later gate: to ask it now, move on to that gate on the page "
            "Questions first.",
            "{n} more come due at a later gate: to ask them now, move on to that gate on the page "
            "Questions first.",
        )
        words = f"{words} {more}"
    st.caption(words)


def _choose() -> list[str]:
    """Return the ids of the assessments chosen, of which there may be none."""
    every = st.checkbox(_("All assessments"), key="records-all", persist_state="session")
    named = [*st.session_state.get(CHOSEN, []), *_asked_for()]
    titles = told_apart({each.id: _title(each) for each in _offered(named, every=every)})
    _follow(titles)
    if every:
        if archived := session.store().offered(limit=0, archived=True).total:
            st.caption(
                counted(
                    archived,
                    "{n} that was set aside is not among them.",
                    "{n} that were set aside are not among them.",
                )
            )
        return session.store().offered().ids
    return st.multiselect(
        _("Assessments"),
        list(titles),
        format_func=session.worded(titles, titles.__getitem__),
        key=CHOSEN,
        placeholder=_("Choose one or more"),
        persist_state="session",
    )


def _offered(named: Collection[str], *, every: bool) -> list[Summary]:
    """Return what may be chosen; where everything is, what is chosen otherwise."""
    if every:
        return [each for each in session.store().summaries(named) if not each.archived]
    return some_of_many.assessments("records-words", named)


def _is_fictional(chosen: Collection[str]) -> bool:
    """Whether something that is chosen is made up; of very much, whether anything is."""
    store = session.store()
    if len(chosen) > some_of_many.MOST:
        return store.offered(limit=0, fictional=True).total > 0
    return any(each.fictional for each in store.summaries(chosen))


def _asked_for() -> list[str]:
    """Return the assessment that the address names, or that was open before, if any."""
    asked = st.query_params.get("assessment") or st.session_state.get("assessment")
    return [asked] if asked else []


def _follow(titles: Collection[str]) -> None:
    """Choose the assessment that the address names, or that was open before, once for each.

    What somebody chose themselves stands, unless an address says otherwise.
    """
    followed = st.session_state.get("records-followed")
    named = st.query_params.get("assessment")
    asked = next(iter(_asked_for()), None)
    chosen = [each for each in st.session_state.get(CHOSEN, []) if each in titles]
    if asked in titles and asked != followed:
        st.session_state["records-followed"] = asked
        if named or chosen in ([], [followed]):
            chosen = [asked]
    st.session_state[CHOSEN] = chosen


def _fit(export: Export, chosen: list[str]) -> list[str]:
    """Return those of ``chosen`` that have a file of this format, and say which have none."""
    if export.unfit is None:
        return chosen
    fit = []
    for stored in session.store().read_many(chosen).stored:
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
    changed = _("changed {date}").format(date=day(summary.changed_at))
    return f"{title} · {summary.supplier.name} · {changed}"


def _name(export: Export, chosen: list[str]) -> str:
    name = export.name.removesuffix(f"-{export.ending}")
    if len(chosen) == 1:
        assessment = session.store().load(chosen[0]).assessment
        shown = export.named(assessment)
        return file_name(shown, export.ending, "" if export.name == "json" else name)
    name = "records" if export.name == "json" else name
    return f"{name}-{session.today()}.{bulk.ending_of(export)}"


# What may be said to stand in a file that is taken out, such as the day to return it by.


def _draw_extras(export: Export) -> Mapping[str, str] | None:
    """Draw a field for each of a format's extras.

    Returns:
        What was written, by their names; None where something of it cannot stand.
    """
    said, is_refused = {}, False
    for extra in export.extras:
        text = _ask(extra)
        if problem := extra.problem(text):
            st.error(problem)
            is_refused = True
        elif text:
            said[extra.name] = text
    return None if is_refused else said


def _ask(extra: Extra) -> str:
    label, key = _(extra.title), f"records-extra-{extra.name}"
    if extra.kind == "day":
        return forms.ask_day(label, "", key, kept=True)
    if extra.kind == "yes":
        return "yes" if st.checkbox(label, key=key, persist_state="session") else ""
    written = st.text_input(
        label,
        key=key,
        max_chars=extra.longest,
        persist_state="session",
        autocomplete="off",
    )
    return (written or "").strip()
