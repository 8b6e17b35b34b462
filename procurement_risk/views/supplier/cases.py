"""The assessments of one supplier, read anew only when something changed."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework.origin import digest
from procurement_risk.portfolio.supplier import Case
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.shared import session

CASES = "supplier_cases"


def of(supplier: KnownSupplier) -> tuple[Case, ...]:
    """Return every assessment of the supplier that can be read."""
    store = session.store()
    foreign = store.foreign()
    token = (supplier, session.language(), store.stamp(), foreign)
    kept = st.session_state.get(CASES)
    if kept is not None and kept[0] == token:
        found: tuple[Case, ...] = kept[1]
        return found
    read = store.read_many(supplier.assessments)
    store.note_opened([each.assessment.id for each in read.stored])
    found = tuple(
        Case(
            assessment=stored.assessment,
            framework=session.spoken(stored.framework),
            changed_at=stored.changed_at,
            foreign=bool(foreign) and digest(stored.framework) in foreign,
        )
        for stored in read.stored
    )
    st.session_state[CASES] = (token, found)
    return found
