"""What is due by the retention rules, what is held, and disposing of what is due."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment import retention
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import one_line, plain, told_apart
from procurement_risk.portfolio.left_out import left_out
from procurement_risk.storage import Tombstone
from procurement_risk.storage.due_list import STANDINGS, DueLine, due_list
from procurement_risk.storage.keeping import look
from procurement_risk.views.shared import log_faults, place_table, session, tables
from procurement_risk.views.shared.whole_list import whole_on_paper

ROWS = 25


def draw() -> None:
    """Draw the list, the choice of one that is due, and what went."""
    st.header(_("Due by the retention rules"), anchor=False)
    try:
        rules = retention.read_rules()
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    lines, damaged = due_list(session.store(), rules, session.today())
    if damaged:
        st.error(plain(left_out(damaged)))
    everything = st.checkbox(_("Show also what is not due"), key="due-all")
    shown = [line for line in lines if everything or line.standing != "kept"]
    if shown:
        _draw_lines(shown)
    else:
        st.info(_("Nothing is due, and nothing is held."))
    _draw_dispose([line for line in lines if line.standing == "due"], rules)
    _draw_tombstones()


def _draw_lines(shown: Sequence[DueLine]) -> None:
    columns = [_("Purchase"), _("Supplier"), _("Due"), _("Rule"), _("Standing")]
    with whole_on_paper(shown, "due", ROWS, columns, _row, file=_ids) as on_page:
        tables.draw(_("What is due and what is held"), columns, map(_row, on_page))


def _ids(line: DueLine) -> tuple[str]:
    return (line.stored.assessment.id,)


def _row(line: DueLine) -> tuple[str, ...]:
    about, hold = line.stored.assessment, line.stored.hold
    held = f"{_(STANDINGS[line.standing])}: {one_line(hold.reason)}" if hold else ""
    due = day(line.due.day) if line.due.day else _("not known")
    standing = held or _(STANDINGS[line.standing])
    return about.purchase.title, about.supplier.name, due, retention.words(line.due), standing


def _draw_dispose(lines: Sequence[DueLine], rules: Sequence[retention.Rule]) -> None:
    if not lines:
        return
    by_id = {line.stored.assessment.id: line for line in lines}
    titles = told_apart({name: _title(line) for name, line in by_id.items()})
    chosen = st.selectbox(
        _("Dispose of"),
        list(titles),
        index=None,
        format_func=session.worded(titles, titles.__getitem__),
        placeholder=_("Choose one that is due"),
        key="dispose",
    )
    if chosen is None:
        return
    stored = by_id[chosen].stored
    answers = counted(len(stored.assessment.answer_set.answers), "{n} answer", "{n} answers")
    changes = counted(stored.revision, "{n} line of history", "{n} lines of history")
    words = _("This goes for good: {answers}, {changes}, and files that belong to no other.")
    st.warning(plain(words.format(answers=answers, changes=changes)))
    reason = st.text_input(_("Why, for the note that is left"), key=f"dispose-why-{chosen}")
    agreed = st.checkbox(_("I have looked at it, and it may go"), key=f"dispose-ok-{look(stored)}")
    if not st.button(_("Dispose of it"), disabled=not agreed, key=f"dispose-{look(stored)}"):
        return
    with session.refusals_said():
        clean = session.store().dispose(
            chosen, look(stored), session.actor(), reason or "", rules, session.today()
        )
        session.flash(_("Disposed of.") if clean else place_table.unclean_words())
        st.rerun()


def _title(line: DueLine) -> str:
    about = line.stored.assessment
    return f"{about.purchase.title} · {about.supplier.name}"


def _draw_tombstones() -> None:
    log_faults.draw(session.store())
    found = session.store().tombstones()
    if not found:
        return
    with st.expander(counted(len(found), "{n} was deleted", "{n} were deleted")):
        columns = [_("Id"), _("When"), _("Who"), _("Why"), _("Rule"), _("SHA-256 of the record")]
        with whole_on_paper(
            found, "tombstones", ROWS, columns, _gone, file=lambda _one: ()
        ) as on_page:
            tables.draw(_("What was deleted or disposed of"), columns, map(_gone, on_page))


def _gone(each: Tombstone) -> tuple[str, ...]:
    words = each.by, each.reason, each.rule, each.record_digest
    return each.assessment_id, day(each.at), *words
