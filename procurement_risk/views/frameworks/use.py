"""Putting a questionnaire in use, retiring it, and bringing it back."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.framework.proposals import proposal_words
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.views import frameworks
from procurement_risk.views.frameworks import begin_edit
from procurement_risk.views.shared import session, tabs

LONGEST_REASON = 1_000


def draw_put_in_use(framework: Framework, text: bytes, key: str, draft: str = "") -> None:
    """Draw the button that puts a checked questionnaire in use, or say why it cannot be.

    Args:
        framework: The questionnaire.
        text: Its file.
        key: Tells the place apart from others on the page.
        draft: The draft that it is, which goes once it is in use; empty for none.
    """
    store = session.store()
    if not session.may("keep_questionnaires"):
        return
    if refused := store.why_not_in_use(framework):
        st.warning(plain(refused))
        return
    with st.popover(_("Put in use")):
        st.markdown(
            _(
                "New assessments start from version {version} from now on. Those there are stay "
                "on the version they were answered on, until somebody moves them."
            ).format(version=plain(framework.version))
        )
        as_proposed = _confirm_proposals(framework, key)
        reason = st.text_input(
            _("Why, or who decided it"), max_chars=LONGEST_REASON, key=f"why-use-{key}"
        )
        if st.button(_("Put it in use"), type="primary", key=f"use-{key}"):
            said = _("{title}, version {version}, is in use.").format(
                title=plain(framework.title), version=plain(framework.version)
            )

            def put() -> None:
                why = (reason or "").strip()
                store.put_in_use(text, session.actor(), why, as_proposed=as_proposed)
                if draft:
                    store.delete_draft(draft)
                    begin_edit.leave()
                tabs.opening((frameworks.SHOWN, frameworks.LIST))()

            session.carry_out(put, said)


def _confirm_proposals(framework: Framework, key: str) -> bool:
    """Say what is only proposed, and return whether it is confirmed; nothing where all is set."""
    proposed = proposal_words(framework)
    if not proposed:
        return False
    st.warning(plain(proposed))
    return st.checkbox(_("Put it in use as proposed; I say why below"), key=f"proposed-{key}")


def draw_retire(framework: Framework) -> None:
    """Draw what retires a questionnaire."""
    if not session.may("keep_questionnaires"):
        return
    with st.popover(_("Retire")):
        st.markdown(
            _(
                "No new assessment can be started from it. Those there are keep working, and it "
                "can be brought back."
            )
        )
        name = f"retire-{framework.id}"
        reason = st.text_input(_("Why it is retired"), max_chars=LONGEST_REASON, key=f"why-{name}")
        if st.button(_("Retire it"), key=name):
            store, why = session.store(), (reason or "").strip()
            session.carry_out(
                lambda: store.retire(framework.id, session.actor(), why),
                _("Retired. It stands under its own heading below."),
            )


def draw_bring_back(framework: Framework) -> None:
    """Draw the button that brings a retired questionnaire back."""
    may = session.may("keep_questionnaires")
    if may and st.button(_("Bring it back"), key=f"bring-back-{framework.id}"):
        store = session.store()
        session.carry_out(
            lambda: store.bring_back(framework.id, session.actor()), _("It is in use again.")
        )
