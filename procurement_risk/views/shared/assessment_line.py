"""One assessment in a list: its name, which opens it, and what there is to know at a glance.

Two lines in four columns, of two elements: a link, and a text with a paragraph a column, which
``static/frame.css`` puts beside one another. Fifty of them stand on a page, and what a browser is
longest about is the number of elements.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment.words import workflow_state
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.look_marks import WORDS
from procurement_risk.portfolio.worklist import Row
from procurement_risk.profile.looks import decision_look
from procurement_risk.views.shared import session
from procurement_risk.views.shared.badges import badge

NOTHING = "&nbsp;"  # keeps an empty column in its place
PAGE_SIZE = 50


def draw_each(rows: Sequence[Row]) -> None:
    """Draw the rows of one page of a list."""
    with st.container(key="list-rows", gap=None):
        for row in rows:
            draw(row)


def draw(row: Row, note: str = "") -> None:
    """Draw one row; ``note`` stands under its name, shown literally."""
    session.link("profile", f"**{plain(row.title)}**", assessment=row.id)
    parts = (row.supplier, row.buyer, row.value)
    name = _lines(_joined(*map(plain, parts)), plain(note))
    answered = _("answered {progress}").format(progress=row.progress)
    verdict = badge(row.recommendation, decision_look(row.decision))
    outcome = _lines(verdict, _joined(plain(row.tier), answered))
    state = _joined(workflow_state(row.state), *_marks(row))
    work = _lines(state, _joined(plain(row.owner), plain(_version(row))))
    due = _lines(_due(row), plain(row.waiting) or _("nothing waits"))
    st.markdown("\n\n".join(each or NOTHING for each in (name, outcome, work, due)))


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _lines(*lines: str) -> str:
    """Return what there is of two lines, one under the other."""
    return "  \n".join(filter(None, lines))


def _marks(row: Row) -> list[str]:
    found = [_(WORDS[row.look])] if row.look else []
    return found + ([badge(_("fictional"))] if row.fictional else [])


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
    due = plain(day(row.due))
    if row.is_late:
        late = _("due {day}, past").format(day=due)
        return f":red[{late}]"
    return _("due {day}").format(day=due)
