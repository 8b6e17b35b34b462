"""Assessments in a list: the name of each, which opens it, and what there is to know at a glance.

Two lines in four columns, which ``static/frame.css`` puts beside one another. All lines of a page
are one element: what a browser is longest about is the number of elements, and fifty stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from procurement_risk.assessment.words import workflow_state
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import literal as said
from procurement_risk.portfolio import listed_cells
from procurement_risk.portfolio.look_marks import WORDS
from procurement_risk.portfolio.part_of_list import Part
from procurement_risk.portfolio.worklist import Row
from procurement_risk.profile.looks import decision_look
from procurement_risk.views.shared import session
from procurement_risk.views.shared.badges import html_badge
from procurement_risk.views.shared.whole_list import Whole, part_on_paper

PAGE_SIZE = 50
NO_NOTES: Mapping[str, str] = MappingProxyType({})


def draw_each(rows: Sequence[Row], notes: Mapping[str, str] = NO_NOTES) -> None:
    """Draw the rows of one page of a list; under the name of each its note, by the row's id."""
    lines = "".join(_line(row, notes.get(row.id, "")) for row in rows)
    with st.container(key="list-rows", gap=None):
        st.html(f'<ul role="list">{lines}</ul>')


def draw_page(
    key: str,
    first: Part,
    part: Callable[[int], Part],
    every: Callable[[], Sequence[Row]],
) -> Sequence[Row]:
    """Draw the page chosen of a list that is read a page at a time, and return its rows.

    Args:
        key: Tells this list from the others of the page.
        first: Its first page.
        part: Gives the page that begins at a place.
        every: Gives all rows, for paper and for a file.
    """
    whole = Whole(
        listed_cells.columns(),
        lambda: list(map(listed_cells.cells, every())),
        ids=lambda: [row.id for row in every()],
    )
    with part_on_paper(first.total, key, PAGE_SIZE, whole) as place:
        shown = part(place.start) if place.start else first
        draw_each(shown.rows)
    return shown.rows


def _line(row: Row, note: str) -> str:
    """Return one row as HTML, whatever people wrote in it literally."""
    opens = session.html_link("profile", row.title, assessment=row.id)
    name = _lines(_joined(*map(said, (row.supplier, row.buyer, row.value))), said(note))
    answered = said(_("answered {progress}").format(progress=row.progress))
    verdict = html_badge(row.recommendation, decision_look(row.decision))
    outcome = _lines(verdict, _joined(said(row.tier), answered))
    state = _joined(said(workflow_state(row.state)), *_marks(row))
    work = _lines(state, _joined(*map(said, (row.owner, _version(row)))))
    due = _lines(_due(row), said(row.waiting or _("nothing waits")))
    others = "".join(f"<p>{each}</p>" for each in (outcome, work, due))
    return f"<li><div>{opens}<p>{name}</p></div>{others}</li>"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _lines(*lines: str) -> str:
    """Return what there is of two lines, one under the other."""
    return "<br>".join(filter(None, lines))


def _marks(row: Row) -> list[str]:
    found = [said(_(WORDS[row.look]))] if row.look else []
    return found + ([html_badge(_("fictional"))] if row.fictional else [])


def _version(row: Row) -> str:
    """Return the version that it stands on, where there are several; which is in use, too."""
    if not row.in_use and not row.versions_differ:
        return ""
    if not row.in_use or row.state not in ("draft", "in_review"):
        return _("version {version}").format(version=row.version)
    words = _("version {version}; {in_use} is in use")
    return words.format(version=row.version, in_use=row.in_use)


def _due(row: Row) -> str:
    if not row.due:
        return ""
    if row.is_late:
        late = _("due {day}, past").format(day=day(row.due))
        return f'<span class="late">{said(late)}</span>'
    return said(_("due {day}").format(day=day(row.due)))
