"""Overriding a stop, at the stop itself: who, why and until when."""

from __future__ import annotations

from functools import partial

import streamlit as st

from procurement_risk.assessment import StopOverride
from procurement_risk.assessment.document import to_documents
from procurement_risk.errors import Problem
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.profile import overriding
from procurement_risk.report import red_flags
from procurement_risk.views.decision import record
from procurement_risk.views.shared import blocks, forms, session
from procurement_risk.views.shared.session import Opened


def draw_left(opened: Opened) -> None:
    """Draw the overrides of what is no fired stop any more, where there are any."""
    fired = opened.outcome.red_flags.stops_fired
    left = [each for each in opened.assessment.overrides if each.question not in fired]
    if left:
        st.header(_("Overridden, and no longer a stop"), anchor=False)
    for override in left:
        question = opened.framework.by_id.get(override.question)
        ask = plain(question.ask) if question else ""
        st.markdown(f"**{plain(override.question)}** {ask}")
        draw_recorded(opened, override)


def draw_recorded(opened: Opened, override: StopOverride) -> None:
    """Draw who overrode a stop, until when and why, and the button that withdraws it."""
    about = blocks.subject(opened)
    st.markdown(plain(red_flags.overridden_so_far(about, override, session.today())))
    label = _("Withdraw the override of {question}").format(question=override.question)
    may = session.may_write(opened, "overrides")
    if may and st.button(label, key=f"un:{override.question}", disabled=opened.archived):
        kept = [o for o in opened.assessment.overrides if o.question != override.question]
        revision = opened.revisions.get("overrides", 0)
        if session.save("overrides", to_documents(kept) or None, revision):
            forms.seen(opened, "overrides")
            st.rerun()


def draw_form(opened: Opened, name: str) -> None:
    """Draw the form that overrides the stop ``name``, folded away until it is wanted."""
    with st.expander(_("Override {question}").format(question=name), type="compact"):
        st.markdown(
            _(
                "A senior officer may override a fired stop that is not a legal duty, with a "
                "reason and a day until which it holds. It is still shown as a stop."
            )
        )
        label = _("Record the override of {question}").format(question=name)
        forms.draw(opened, "overrides", label, partial(_ask, opened, name), at=name)


def _ask(opened: Opened, name: str, key: str) -> tuple[list[Problem], object | None]:
    who, when = st.columns(2)
    with who:
        by = record.ask_by_whom(_("Overridden by"), "", f"{key}:by")
    with when:
        until = forms.ask_day(_("Until"), "", f"{key}:until")
    reason = forms.ask_note(_("Reason for the override"), "", f"{key}:reason")
    override = StopOverride(question=name, by=by, at=session.now(), reason=reason, until=until)
    kept = [o for o in opened.assessment.overrides if o.question != override.question]
    value = to_documents([*kept, override])
    return overriding.problems(override, session.today()), value
