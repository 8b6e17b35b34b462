"""What a supplier sent back: checked, shown against what stands, and written row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.errors import InvalidDocument, Problem, ProcurementRiskError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.export import file_name
from procurement_risk.formats.workbook.cells import apart
from procurement_risk.formats.workbook.difference import Difference
from procurement_risk.formats.workbook.plain import Book
from procurement_risk.formats.workbook.reading import file_digest
from procurement_risk.imports.workbook import OpenedReturn, accept_rows, compare_return
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.storage.waiting_returns import DAYS
from procurement_risk.views.records import (
    brought,
    returned_claims,
    returned_kept,
    returned_rows as records_return_rows,
    supplier_links,
)
from procurement_risk.views.records.bring_in import MANY_PROBLEMS
from procurement_risk.views.shared import heading, session
from procurement_risk.views.shared.written import written

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw() -> None:
    """Draw the upload of workbooks that came back, and the choice among those kept here."""
    st.header(_("A supplier's workbook"), anchor=False)
    st.markdown(
        _(
            "Choose a workbook that a supplier filled in. It is checked, and each answer is shown "
            "beside the one that stands. Nothing is written until you tick it and accept. The "
            "file is kept then, and the history names its SHA-256. A file that you brought waits "
            "here for you until you accept or discard it, under the name that you sign with, also "
            "after a restart; after {days} days it is given up."
        ).format(days=DAYS)
    )
    drawn: set[str] = set()
    supplier_links.draw_waiting(lambda data, name, into: _draw_file(data, name, into, drawn))
    for file in brought.files():
        with st.container(border=True):
            st.markdown(f"**{plain(file.name)}**")
            brought.draw_held(file)
            _draw_file(file.data, file.name, "", drawn)
    returned_kept.draw(lambda data, name, into: _draw_file(data, name, into, drawn))


@st.cache_resource(max_entries=8, show_spinner=False)
def _cells(data: bytes, name: str, code: str) -> Book:
    """Return the cells of a file, read once; ``code`` is the language its faults are said in."""
    return apart(data, name)


def _draw_file(data: bytes, name: str, into: str, drawn: set[str]) -> None:
    """Draw what a file would change, once for each assessment; ``drawn`` says what was drawn."""
    try:
        with st.spinner(_("Reading the workbook")):
            book = _cells(data, name, languages.current())
        opened = compare_return(session.store(), book, data, name, into)
        brought.answers(file_digest(data), opened.stored.assessment.id)
    except InvalidDocument as error:
        st.error(_("Refused. Nothing of the file was taken."))
        _draw_problems(error.problems)
        return
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    _draw_about(opened)
    place = records_return_rows.place_of(opened)
    if place in drawn:
        st.info(_("The very same file is shown above, for the same assessment."))
        return
    drawn.add(place)
    done = st.session_state.pop(f"return-done-{place}", "")
    if done:
        st.success(done)
        session.link("answer", _("Go to the answers"), assessment=opened.stored.assessment.id)
    if opened.difference is None:
        st.error(plain(opened.refusal))
        _draw_right_workbook(opened)
        return
    _draw_difference(opened, opened.difference)


def _draw_about(opened: OpenedReturn) -> None:
    assessment, stamp = opened.stored.assessment, opened.stamp
    parts = [
        plain(assessment.purchase.title),
        plain(assessment.purchase.buyer),
        _("supplier: {name}").format(name=plain(assessment.supplier.name)),
        _("issue {number} of {date}").format(
            number=plain(stamp.issue), date=plain(day(stamp.issued_at))
        ),
    ]
    if stamp.return_by:
        parts.append(_("to be returned by {date}").format(date=plain(day(stamp.return_by))))
    st.markdown(" · ".join(parts))
    if opened.returned is not None:
        signed = opened.returned.signature.words
        words = (
            _("Answered for by {person}") if signed else _("Nobody is named who answers for it.")
        )
        st.markdown(words.format(person=plain(signed)))
    heading.fictional_notice(assessment)
    if opened.is_reused:
        words = _(
            "The supplier sent this back for another assessment; that workbook was sent out on "
            "{date}. Check that each answer holds for this purchase as well."
        )
        st.info(words.format(date=plain(day(stamp.issued_at))))


def _draw_right_workbook(opened: OpenedReturn) -> None:
    assessment = opened.stored.assessment
    try:
        data = written(EXPORTS["workbook"], [assessment.id], session.wanted_language())
    except ProcurementRiskError as error:
        st.markdown(plain(str(error)))
        return
    words = _("Download the workbook of version {version}")
    st.download_button(
        words.format(version=plain(opened.stored.framework.version)),
        data=data,
        file_name=file_name(assessment, "xlsx", "workbook"),
        mime=XLSX,
        key=f"return-right-{records_return_rows.place_of(opened)}",
        on_click="ignore",
    )


def _draw_difference(opened: OpenedReturn, difference: Difference) -> None:
    same = len(difference.rows) - len(difference.offered)
    parts = [
        counted(len(difference.offered), "{n} answer to accept", "{n} answers to accept"),
        counted(same, "{n} the same as what stands", "{n} the same as what stands"),
        counted(len(difference.empty), "{n} row left empty", "{n} rows left empty"),
        counted(len(difference.problems), "{n} problem", "{n} problems"),
    ]
    if difference.remarks:
        parts.append(counted(len(difference.remarks), "{n} to look at", "{n} to look at"))
    st.markdown(" · ".join(parts))
    if difference.problems:
        st.warning(
            _(
                "No row with one of these was taken. Ask the supplier to correct it, or answer by "
                "hand."
            )
        )
        _draw_problems(difference.problems)
    _draw_remarks(difference)
    if difference.missing:
        words = _("Asked, but not in the file: {questions}")
        st.caption(words.format(questions=plain(", ".join(difference.missing))))
    place = records_return_rows.place_of(opened)
    chosen, claims = records_return_rows.draw(opened, difference)
    claims += returned_claims.draw_others(place, difference)
    until = returned_claims.ask_until(place, claims)
    label = counted(
        len(chosen), "Keep the file and write {n} answer", "Keep the file and write {n} answers"
    )
    # A click draws the page anew. What it accepts is what was on screen, not what somebody has
    # written since.
    shown = st.session_state.get(f"return-shown-{place}", {})
    st.session_state[f"return-shown-{place}"] = dict(opened.stored.revisions)
    if not (chosen or claims) and _is_kept(opened):
        if not difference.offered:
            brought.discard(file_digest(opened.data))  # all of it stands, and it is kept
        st.caption(_("The file is kept already. Tick what to write of it."))
        return
    if claims and not chosen:
        label = counted(
            len(claims), "Keep the file and mark {n} answer", "Keep the file and mark {n} answers"
        )
    elif not chosen:
        label = _("Keep the file only")
    kind: Literal["primary", "secondary"] = "primary" if chosen or claims else "secondary"
    if st.button(label, key=f"return-accept-{place}", type=kind):
        seen = replace(opened, stored=replace(opened.stored, revisions=shown))
        _accept(seen, chosen, claims, until)


def _draw_remarks(difference: Difference) -> None:
    """Draw what else is in the file, whole: nothing of it is taken by itself."""
    if not difference.remarks:
        return
    st.warning(
        _(
            "There is more in the file than answers. Look at it before you accept: nothing of it "
            "is taken by itself, but notes and addresses beside an answer go into its note."
        )
    )
    found = [Problem(each.place, each.words) for each in difference.remarks]
    _draw_problems(tuple(found[:MANY_PROBLEMS]))
    if found[MANY_PROBLEMS:]:
        more = len(found) - MANY_PROBLEMS
        with st.expander(counted(more, "{n} more to look at", "{n} more to look at")):
            _draw_lines(tuple(found[MANY_PROBLEMS:]))


def _is_kept(opened: OpenedReturn) -> bool:
    kept = session.store().returns_into(opened.stored.assessment.id)
    return file_digest(opened.data) in {each.digest for each in kept}


def _accept(opened: OpenedReturn, chosen: list[str], claims: list[str], until: str) -> None:
    try:
        done = accept_rows(session.store(), opened, chosen, session.actor(), claims, until)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    st.session_state["assessment"] = opened.stored.assessment.id
    if done.problems:
        st.error(_("Some answers were not written:"))
        _draw_problems(done.problems)
        return
    records_return_rows.forget(opened)
    returned_claims.forget(records_return_rows.place_of(opened))
    words = counted(len(done.written), "{n} answer written.", "{n} answers written.")
    if done.marked:
        marked = counted(len(done.marked), "{n} answer marked.", "{n} answers marked.")
        words = f"{words} {marked}"
    kept = _("The file is kept: SHA-256 {digest}").format(digest=done.digest)
    # Shown here and not at the top of the page, where it would put the tabs back to the first.
    st.session_state[f"return-done-{records_return_rows.place_of(opened)}"] = f"{words} {kept}"
    st.rerun()


def _draw_lines(problems: tuple[Problem, ...]) -> None:
    lines = []
    for problem in problems:
        where = f"**{plain(problem.where)}**: " if problem.where else ""
        lines.append(f"- {where}{plain(problem.message)}")
    st.markdown("\n".join(lines))


def _draw_problems(problems: tuple[Problem, ...]) -> None:
    _draw_lines(problems[:MANY_PROBLEMS])
    if len(problems) > MANY_PROBLEMS:
        more = len(problems) - MANY_PROBLEMS
        st.caption(counted(more, "and {n} more problem", "and {n} more problems"))
