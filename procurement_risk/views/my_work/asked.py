"""What colleagues ask of a person: sections that were handed over, comments that are open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import one_line, plain
from procurement_risk.portfolio.asked_of import Asked
from procurement_risk.views.shared import session
from procurement_risk.views.shared.paging import PAGE_SIZE
from procurement_risk.views.shared.whole_list import whole_on_paper

LONGEST = 160
KINDS = {
    "handover": N_("Answer {section}"),
    "comment": N_("Comment on {question}"),
    "review": N_("Review {section}"),
    "returned": N_("Change {section}: it was returned"),
}


def draw(found: Sequence[Asked]) -> None:
    """Draw what is asked of a person, each with a link to its section; nothing where none is."""
    if not found:
        return
    st.subheader(_("Asked by colleagues"), anchor=False)
    columns = (_("What is asked"), _("Purchase"), _("Supplier"), _("By whom and when"))
    with whole_on_paper(found, "asked", PAGE_SIZE, columns, _row, file=_ids) as shown:
        for each in shown:
            _draw_one(each)


def _ids(each: Asked) -> tuple[str]:
    return (each.assessment,)


def _row(each: Asked) -> tuple[str, ...]:
    return _what(each), each.purchase, each.supplier, " · ".join(_about(each))


def _what(each: Asked) -> str:
    return _(KINDS[each.kind]).format(section=each.section_title, question=each.question_title)


def _draw_one(each: Asked) -> None:
    label = f"**{plain(_what(each))}** · {plain(each.purchase)} · {plain(each.supplier)}"
    with st.container(gap=None):
        query = {"assessment": each.assessment, "section": each.section}
        query |= {"question": each.question} if each.question else {}
        session.link("answer", label, **query)
        st.caption(plain(" · ".join(_about(each))))


def _about(each: Asked) -> list[str]:
    by = _("by {name}, {date}") if each.at else _("responsible: {name}")
    parts = [by.format(name=each.by, date=day(each.at))]
    if each.due:
        due = _("due {date}, past") if each.is_overdue(session.today()) else _("due {date}")
        parts.append(due.format(date=day(each.due)))
    text = one_line(each.text)
    return parts + ([f"{text[:LONGEST]}…" if len(text) > LONGEST else text] if text else [])
