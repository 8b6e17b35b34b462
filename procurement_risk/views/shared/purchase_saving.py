"""Saving a purchase: here, and in every other assessment of the same purchase."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import Purchase
from procurement_risk.assessment.document import to_document
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session


def save(opened: session.Opened, purchase: Purchase) -> bool:
    """Save the purchase here and wherever else it stands; return whether all of it is saved."""
    document = to_document(purchase)
    if not session.save("purchase", document, opened.revisions.get("purchase", 0)):
        return False
    store = session.store_of(opened.id)
    for other in store.summaries():
        if other.purchase.id == purchase.id and other.id != opened.id and not other.archived:
            revision = store.parts(other.id)["purchase"].revision
            try:
                store.save(
                    other.id,
                    "purchase",
                    document,
                    revision,
                    session.actor(),
                    "Changed in another assessment of the same purchase",
                )
            except ProcurementRiskError as error:
                st.error(plain(str(error)))
                return False
    return True
