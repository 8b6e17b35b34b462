"""The assessments of one supplier: what the portfolio knows of them, and what one came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from procurement_risk.framework import Framework
from procurement_risk.framework.origin import digest
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.portfolio import kept
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.shared import session


class Case(NamedTuple):
    """What one assessment comes to, and whether nobody here knows its framework."""

    result: AnyResult
    framework: Framework
    foreign: bool


def items_of(supplier: KnownSupplier) -> tuple[PortfolioItem, ...]:
    """Return what the portfolio knows of each assessment; what cannot be read is left out."""
    wanted = set(supplier.assessments)
    every = kept.items_of(session.store(), wait=False)
    return tuple(item for item in every if item.id in wanted)


def read(ids: Sequence[str]) -> dict[str, Case]:
    """Return those of the assessments that can be read, by id."""
    store = session.store()
    foreign = store.foreign()
    stored = store.read_many(ids).stored
    store.note_opened([each.assessment.id for each in stored])
    found = {}
    for each in stored:
        spoken = session.spoken(each.framework)
        result = evaluate(spoken, each.assessment.answer_set)
        is_foreign = bool(foreign) and digest(each.framework) in foreign
        found[each.assessment.id] = Case(result, spoken, is_foreign)
    return found
