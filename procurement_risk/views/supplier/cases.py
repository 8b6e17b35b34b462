"""The assessments of one supplier, read anew only when something changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.framework.origin import digest
from procurement_risk.portfolio import kept
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.supplier import Case
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.shared import session

CASES = "supplier_cases"


def items_of(supplier: KnownSupplier) -> tuple[PortfolioItem, ...] | None:
    """Return what the portfolio knows of each assessment, quickly; None where one is not in it."""
    wanted = set(supplier.assessments)
    every = kept.items_of(session.store(), wait=False)
    found = tuple(item for item in every if item.id in wanted)
    return found if len(found) == len(wanted) else None


def read(ids: Sequence[str]) -> tuple[Case, ...]:
    """Return those of the assessments that can be read."""
    store = session.store()
    foreign = store.foreign()
    found = store.read_many(ids)
    store.note_opened([each.assessment.id for each in found.stored])
    return tuple(
        Case(
            assessment=stored.assessment,
            framework=session.spoken(stored.framework),
            changed_at=stored.changed_at,
            foreign=bool(foreign) and digest(stored.framework) in foreign,
        )
        for stored in found.stored
    )


def of(supplier: KnownSupplier) -> tuple[Case, ...]:
    """Return every assessment of the supplier that can be read."""
    store = session.store()
    foreign = store.foreign()
    token = (supplier, session.language(), store.stamp(), foreign)
    last = st.session_state.get(CASES)
    if last is not None and last[0] == token:
        found: tuple[Case, ...] = last[1]
        return found
    found = read(supplier.assessments)
    st.session_state[CASES] = (token, found)
    return found
