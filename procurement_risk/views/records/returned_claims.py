"""What a supplier claims to be confidential: a marking only where somebody ticks it.

A claim stands in the row of the answer that it is about. Where that answer is as it stands, and so
has no row, the claim stands after the rows.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from procurement_risk.assessment.publication_fields import ground_label
from procurement_risk.formats.workbook.claims import Claim
from procurement_risk.formats.workbook.difference import Difference
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.views.shared import forms


def draw_about(difference: Difference) -> None:
    """Say what a tick at a claim does, where there is any."""
    if difference.claims:
        st.caption(
            _(
                "Something is claimed to be confidential. Tick what you agree with: the answer is "
                "marked as commercial with this reason, which is published in its place. You "
                "decide, not the supplier. Check that the reason does not give the answer away."
            )
        )


def draw_in_row(place: str, difference: Difference, question: str) -> bool:
    """Draw the claim about the answer in this row, if any; return whether it is ticked."""
    claims = [claim for claim in difference.claims if claim.question.id == question]
    return any([_draw_claim(place, claim, _("Claimed to be confidential")) for claim in claims])


def draw_others(place: str, difference: Difference) -> list[str]:
    """Draw the claims about answers that have no row; return the questions that are ticked."""
    in_rows = {row.question.id for row in difference.offered}
    claims = [claim for claim in difference.claims if claim.question.id not in in_rows]
    if claims:
        title = _("Claimed to be confidential, with the answer as it stands")
        st.markdown(f"**{title}**")
    return [
        claim.question.id
        for claim in claims
        if _draw_claim(place, claim, f"**{plain(claim.question.id)}** {plain(claim.question.ask)}")
    ]


def ask_until(place: str, ticked: Collection[str]) -> str:
    """Ask for the last day on which the answers that are ticked are withheld."""
    if not ticked:
        return ""
    words = _("Last day on which a commercial field is withheld")
    return forms.ask_day(words, "", f"return-until-{place}")


def forget(place: str) -> None:
    """Untick every claim, once they are marked."""
    for key in [key for key in st.session_state if str(key).startswith(_key(place, ""))]:
        del st.session_state[key]


def _key(place: str, question: str) -> str:
    return f"return-claim-{place}-{question}"


def _draw_claim(place: str, claim: Claim, label: str) -> bool:
    ticked = st.checkbox(
        label,
        key=_key(place, claim.question.id),
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
