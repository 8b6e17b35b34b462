"""Stops that somebody senior overrode, and the form to override one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from procurement_risk.assessment import StopOverride
from procurement_risk.assessment.document import to_documents
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.profile import overriding
from procurement_risk.report import red_flags
from procurement_risk.views.shared import blocks, forms, session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw what was overridden, and the form where a stop is open to it."""
    overrides, open_to_it = opened.assessment.overrides, overriding.overridable(opened.outcome)
    if not (overrides or open_to_it):
        return
    st.subheader(_("Stops overridden"), anchor=False)
    if not overrides:
        st.markdown(_("None."))
    for override in overrides:
        _draw_one(opened, override)
    if open_to_it:
        with st.expander(_("Override a stop")):
            st.markdown(
                _(
                    "A senior officer may override a fired stop that is not a legal duty, with a "
                    "reason and a day until which it holds. It is still shown as a stop."
                )
            )
            ask = partial(_ask, opened, open_to_it)
            forms.draw(opened, "overrides", _("Record the override"), ask)


def _draw_one(opened: Opened, override: StopOverride) -> None:
    question = opened.framework.by_id.get(override.question)
    ask = plain(question.ask) if question else ""
    about = blocks.subject(opened)
    words = plain(red_flags.overridden_so_far(about, override, session.today()))
    st.markdown(f"**{plain(override.question)}** {ask} {words}")
    label = _("Withdraw the override of {question}").format(question=override.question)
    if st.button(label, key=f"un:{override.question}"):
        kept = [o for o in opened.assessment.overrides if o.question != override.question]
        revision = opened.revisions.get("overrides", 0)
        if session.save("overrides", to_documents(kept) or None, revision):
            st.rerun()


def _ask(opened: Opened, open_to_it: Sequence[str], key: str) -> tuple[list[str], object | None]:
    labels = {name: f"{name} {opened.framework.by_id[name].ask}" for name in open_to_it}
    only = open_to_it[0] if len(open_to_it) == 1 else ""
    name = forms.choose(_("Stop"), labels, f"{key}:stop", only, placeholder=_("Choose a stop"))
    who, when = st.columns(2)
    with who:
        by = forms.ask_text(_("Overridden by"), "", f"{key}:by", 200)
    with when:
        until = forms.ask_day(_("Until"), "", f"{key}:until")
    reason = forms.ask_note(_("Reason for the override"), "", f"{key}:reason")
    override = StopOverride(question=name, by=by, at=session.now(), reason=reason, until=until)
    kept = [o for o in opened.assessment.overrides if o.question != override.question]
    value = to_documents([*kept, override])
    return overriding.problems(override, session.today()), value
