"""The rows of a supplier's workbook that would change something, each with a box to tick."""

from __future__ import annotations

import streamlit as st

from procurement_risk.formats.workbook.difference import Difference, Row
from procurement_risk.formats.workbook.reading import file_digest
from procurement_risk.framework.words import grade_label
from procurement_risk.imports.workbook import OpenedReturn
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.views.records import returned_claims

KINDS = {
    "new": N_("New"),
    "changed": N_("Another answer than the one that stands"),
    "added": N_("Something beside the answer that stands"),
}


def place_of(opened: OpenedReturn) -> str:
    """Return what the keys of this file's widgets end in: the file and its assessment."""
    return f"{file_digest(opened.data)[:12]}-{opened.stored.assessment.id}"


def draw(opened: OpenedReturn, difference: Difference) -> tuple[list[str], list[str]]:
    """Draw each row with its box, and the claim that its answer is confidential, if any.

    Returns:
        The questions whose rows are ticked, and those whose claims are. None is at first.
    """
    rows = difference.offered
    if not rows:
        if difference.problems:
            st.info(_("Nothing else in the file differs from what stands."))
        else:
            st.info(_("Nothing in the file differs from what stands."))
        return [], []
    place = place_of(opened)
    # What takes care is ticked by hand alone.
    new = [_key(place, row) for row in rows if row.kind == "new" and not row.is_reworded]
    everything = [_key(place, row) for row in rows]
    with st.container(horizontal=True):
        if new:
            st.button(
                counted(len(new), "Tick {n} new answer", "Tick all {n} new answers"),
                key=f"return-new-{place}",
                on_click=_tick,
                args=(new, True),
            )
        st.button(
            _("Untick all"),
            key=f"return-none-{place}",
            on_click=_tick,
            args=(everything, False),
            disabled=not any(st.session_state.get(key) for key in everything),
        )
    returned_claims.draw_about(difference)
    ticked = {row.question.id: _draw_row(place, difference, row) for row in rows}
    taken = [name for name, (row, _claim) in ticked.items() if row]
    return taken, [name for name, (_row, claim) in ticked.items() if claim]


def forget(opened: OpenedReturn) -> None:
    """Untick every row of the file, once they are written."""
    start = f"return-row-{place_of(opened)}-"
    for key in [key for key in st.session_state if str(key).startswith(start)]:
        del st.session_state[key]


def _key(place: str, row: Row) -> str:
    return f"return-row-{place}-{row.question.id}"


def _tick(keys: list[str], value: bool) -> None:
    for key in keys:
        st.session_state[key] = value


def _draw_row(place: str, difference: Difference, row: Row) -> tuple[bool, bool]:
    question = row.question
    with st.container(border=True):
        label = f"**{plain(question.id)}** {plain(question.ask)}"
        ticked = st.checkbox(label, key=_key(place, row), persist_state="session")
        st.markdown("\n".join(f"- {line}" for line in _lines(row)))
        claimed = returned_claims.draw_in_row(place, difference, question.id)
    return ticked, claimed


def _lines(row: Row) -> list[str]:
    """Return what stands, what was sent, and what to take care of."""
    lines = [f"{_(KINDS[row.kind])} · {plain(row.place)}"]
    if row.kind != "new":
        stands = plain(row.words_before)
        grade = row.before.evidence if row.before and row.before.state == "answered" else ""
        lines.append(_("Stands: {answer}").format(answer=stands + _graded(grade)))
    grade = row.after.evidence if row.after.state == "answered" else ""
    sent = plain(row.words_after) + _graded(grade)
    lines.append(_("Sent: **{answer}**").format(answer=sent))
    lines += _beside(row)
    lines += [f"{plain(each.place)}: {plain(each.words)}" for each in row.remarks]
    if row.takes_care:
        lines.append(_care(row))
    return lines


def _graded(grade: str) -> str:
    return f" · {plain(grade_label(grade))}" if grade else ""


def _beside(row: Row) -> list[str]:
    """Return the reference and the note that would stand, where they are other than before."""
    found = []
    for name, words in (("link", _("Evidence: {text}")), ("note", _("Note: {text}"))):
        text = getattr(row.after, name)
        if text and text != getattr(row.before, name, ""):
            found.append(words.format(text=plain(text)))
    until = row.after.valid_until
    if until and until != (row.before.valid_until if row.before else ""):
        found.append(_("Evidence valid until {date}").format(date=plain(day(until))))
    if row.before is not None and row.before.valid_until and not row.after.valid_until:
        words = _("The date that its evidence was valid until, {date}, is dropped.")
        found.append(words.format(date=plain(day(row.before.valid_until))))
    return found


def _care(row: Row) -> str:
    parts = []
    if row.is_reworded:
        parts.append(_("The file does not ask what was asked, so this may answer something else."))
    if row.grade_falls and row.after.state != "answered":
        words = _("It takes an answer away that rests on evidence graded {before}.")
        parts.append(words.format(before=plain(grade_label(row.grade_falls))))
    elif row.grade_falls:
        words = _("Its evidence falls from {before} to {after}, until somebody raises it.")
        parts.append(
            words.format(
                before=plain(grade_label(row.grade_falls)),
                after=plain(grade_label(row.after.evidence)),
            )
        )
    if row.since:
        by = plain(row.before.by) if row.before and row.before.by else _("somebody")
        words = _("{name} wrote it on {date}, after the workbook was sent out.")
        parts.append(words.format(name=by, date=plain(day(row.since))))
    if not parts:
        parts.append(_("Its evidence was graded here."))
    return _("**Take care.** {why}").format(why=" ".join(parts))
