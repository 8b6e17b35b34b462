"""One assessment in the list: its name, which opens it, and what there is to know at a glance."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.words import workflow_state
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.worklist import Row
from procurement_risk.profile.looks import decision_look
from procurement_risk.views.shared import session
from procurement_risk.views.shared.badges import badge

WIDTHS = (5, 4, 4)


def draw(row: Row) -> None:
    """Draw one row."""
    name, outcome, work = st.columns(WIDTHS, gap="small")
    with name.container(gap=None):
        title = f"**{plain(row.title)}**"
        session.link("profile", title, assessment=row.id)
        about = f"{plain(row.supplier)} · {plain(row.buyer)}"
        st.markdown(f":small[{about}]")
    with outcome.container(gap=None):
        verdict = badge(row.recommendation, decision_look(row.decision))
        fictional = badge(_("fictional")) if row.fictional else ""
        st.markdown(f"{verdict} {fictional}")
        answered = _("answered {progress}").format(progress=row.progress)
        st.markdown(_small(plain(row.tier), answered))
    with work.container(gap=None):
        st.markdown(_small(workflow_state(row.state), plain(row.owner)))
        st.markdown(_small(_due(row), plain(row.waiting) or _("nothing waits")))


def _small(*parts: str) -> str:
    return f":small[{' · '.join(filter(None, parts))}]"


def _due(row: Row) -> str:
    if not row.due:
        return ""
    due = plain(day(row.due))
    if row.is_late:
        late = _("due {day}, past").format(day=due)
        return f":red[{late}]"
    return _("due {day}").format(day=due)
