"""The Details page: what is known about the purchase, where the assessment stands, its keeping."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from procurement_risk.assessment import WORKFLOW_STATES
from procurement_risk.assessment.document import to_document, to_documents
from procurement_risk.assessment.words import workflow_state
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.profile import gates
from procurement_risk.storage.people.permissions import Action
from procurement_risk.views.details import (
    EVIDENCE,
    KEEPING,
    PUBLICATION,
    evidence,
    keeping,
    known_risks,
    publication,
    version,
)
from procurement_risk.views.shared import forms, heading, purchase_saving, session, tabs
from procurement_risk.views.shared.fields import Fields
from procurement_risk.views.shared.purchase_form import ask_purchase, ask_supplier, ask_upstreams

WENT = N_("History")  # a tab of old addresses, which is a page of its own by now


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    if st.query_params.get("details") == WENT:
        session.go("history", assessment=opened.id)
    heading.draw(_("Details"), opened)
    offered = {name: draw for name, (draw, needs) in TABS.items() if _may(opened, needs)}
    if why := session.why_not_write(opened, "purchase"):
        st.caption(plain(why))
    if offered:
        tabs.show(offered, "details", opened)


def _may(opened: session.Opened, needs: Sequence[Action]) -> bool:
    return opened.is_preview or any(session.may(each, opened.id) for each in needs)


def _draw_about(opened: session.Opened) -> None:
    assessment = opened.assessment
    revisions = [opened.revisions.get(p, 0) for p in ("purchase", "supplier", "upstreams")]
    fields = Fields(f"details-{opened.id}-{'-'.join(map(str, revisions))}-")
    purchase = ask_purchase(fields, assessment.purchase)
    st.header(_("Supplier"), anchor=False)
    supplier = ask_supplier(fields, assessment.supplier)
    st.header(_("Underneath it"), anchor=False)
    upstreams = ask_upstreams(fields, assessment.upstreams)
    if not st.button(_("Save the details"), type="primary", on_click=fields.press):
        return
    if fields.problems:
        forms.say_how_many(len(fields.problems))
        return
    saved = [
        session.save("supplier", to_document(supplier), revisions[1]),
        session.save("upstreams", to_documents(upstreams), revisions[2]),
        purchase_saving.save(opened, purchase),
    ]
    if all(saved):
        fields.forget()
        session.flash(purchase_saving.saved_words(opened, purchase))
        st.rerun()


def _draw_status(opened: session.Opened) -> None:
    assessment = opened.assessment
    packs = {pack.id: pack.title for pack in opened.framework.packs}
    form = session.in_language(f"status-{opened.id}-{opened.revision}")
    with st.form(form, enter_to_submit=False):
        pack = st.selectbox(
            _("Pack: how much is asked. No answer is lost by changing it"),
            list(packs),
            index=list(packs).index(assessment.answer_set.pack),
            format_func=packs.__getitem__,
        )
        gate = _choose_gate(opened)
        as_of = forms.ask_day(
            _("Scored as of; evidence and mitigations that have run out by then no longer count"),
            assessment.answer_set.as_of,
            f"{form}-as-of",
        )
        below_day = st.container()
        state = st.selectbox(
            _("State"),
            WORKFLOW_STATES,
            index=WORKFLOW_STATES.index(assessment.state),
            format_func=session.worded(WORKFLOW_STATES, workflow_state),
        )
        chosen = st.text_input(
            _("Chosen supplier, once there is one"),
            value=assessment.purchase.chosen_supplier,
            max_chars=300,
        )
        pressed = st.form_submit_button(_("Save the status"), type="primary")
    if not pressed:
        return
    if not as_of:
        below_day.error(_("Give the day that it is scored as of."))
        return
    purchase = replace(assessment.purchase, chosen_supplier=(chosen or "").strip())
    saved = [
        session.save(part, value, opened.revisions.get(part, 0))
        for part, value in (("pack", pack), ("gate", gate), ("as_of", as_of), ("state", state))
    ]
    if all(saved) and purchase_saving.save(opened, purchase):
        session.flash(_("Saved."))
        st.rerun()


def _choose_gate(opened: session.Opened) -> str | None:
    """Let the person choose the gate that it is made for; None where there are none."""
    here = gates.gate_of(opened.framework, opened.assessment.answer_set)
    if here is None:
        return None
    labels = {gate.id: gate.label for gate in opened.framework.gates}
    return st.selectbox(
        _("Gate: what is to be decided next. No answer is lost by changing it"),
        list(labels),
        index=list(labels).index(here.id),
        format_func=labels.__getitem__,
    )


TABS: Mapping[str, tuple[Callable[[session.Opened], None], Sequence[Action]]] = {
    N_("Purchase and supplier"): (_draw_about, ("describe",)),
    N_("Status and pack"): (_draw_status, ("describe",)),
    N_("Version"): (version.draw, ("describe",)),
    PUBLICATION: (publication.draw, ("publish", "give_out")),
    N_("Known risks"): (known_risks.draw, ("describe",)),
    EVIDENCE: (evidence.draw, ("read",)),
    KEEPING: (keeping.draw, ("set_aside", "keep", "strike_out")),
}
"""What each tab draws, and what somebody has to be allowed, one of these, to be shown it."""
