"""Who is responsible for an assessment, and handing that on."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.views.shared import session


def draw(assessment_id: str) -> None:
    """Draw the field for the owner of an assessment, and its button.

    The field follows where somebody else changed the owner meanwhile.
    """
    stored = session.store_of(assessment_id).load(assessment_id)
    revision = stored.revisions.get("owner", 0)
    with st.form(f"owner-{assessment_id}-{revision}", border=False):
        name = st.text_input(
            _("Owner: who is responsible for it"),
            value=stored.assessment.responsible,
            max_chars=200,
            key=f"owner-name-{assessment_id}-{revision}",
        )
        if not st.form_submit_button(_("Save the owner")):
            return
    held, owner = session.store_of(assessment_id), (name or "").strip() or None
    session.carry_out(
        lambda: held.save(assessment_id, "owner", owner, revision, session.actor()), _("Saved.")
    )
