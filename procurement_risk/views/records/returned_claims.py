"""What a supplier claims to be confidential: a marking only where somebody ticks it."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.publication_fields import ground_label
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.views.shared import forms
from procurement_risk.workbook.claims import Claim
from procurement_risk.workbook.difference import Difference


def draw(place: str, difference: Difference) -> tuple[list[str], str]:
    """Draw each claim with its box.

    Returns:
        The questions that are ticked, and the last day on which their answers are withheld.
    """
    if not difference.claims:
        return [], ""
    title = _("Claimed to be confidential")
    st.markdown(f"**{title}**")
    st.caption(
        _(
            "Tick what you agree with: the answer is marked as commercial with this reason, which "
            "is published in its place. You decide, not the supplier. Check that the reason does "
            "not give the answer away."
        )
    )
    ticked = [claim.question.id for claim in difference.claims if _draw_claim(place, claim)]
    if not ticked:
        return [], ""
    until = forms.ask_date(
        _("Last day on which a commercial field is withheld"), "", f"return-until-{place}"
    )
    return ticked, until


def forget(place: str) -> None:
    """Untick every claim, once they are marked."""
    for key in [key for key in st.session_state if str(key).startswith(_key(place, ""))]:
        del st.session_state[key]


def _key(place: str, question: str) -> str:
    return f"return-claim-{place}-{question}"


def _draw_claim(place: str, claim: Claim) -> bool:
    question = claim.question
    ticked = st.checkbox(
        f"**{plain(question.id)}** {plain(question.ask)}",
        key=_key(place, question.id),
        persist_state="session",
        disabled=not claim.reason,
    )
    reason = claim.reason or _("No reason is given.")
    st.markdown(f"- {plain(claim.place)}: {plain(reason)}")
    if claim.marking is not None:
        words = _("It is marked already: {ground}")
        stands = ground_label(claim.marking.ground)
        if claim.marking.until:
            words = _("It is marked already: {ground}, until {date}")
        until = day(claim.marking.until) if claim.marking.until else ""
        st.caption(words.format(ground=plain(stands), date=plain(until)))
    return ticked
