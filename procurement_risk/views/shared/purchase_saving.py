"""Saving a purchase: here, and in every other assessment of the same purchase."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import Answer, Purchase
from procurement_risk.assessment.document import answer_to_document, to_document
from procurement_risk.assessment.routes import carried_anew
from procurement_risk.assessment.words import answer_text
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.storage import Store, Stored
from procurement_risk.views.shared import session

ROUTE_CHANGED = "How it is being bought was changed"  # stored, so in English


def save(opened: session.Opened, purchase: Purchase) -> bool:
    """Save the purchase here and wherever else it stands; return whether all of it is saved.

    The answer that the former route gave follows the new one, unless somebody touched it.
    """
    document = to_document(purchase)
    store = session.store_of(opened.id)
    before = store.load(opened.id)
    revision = opened.revisions.get("purchase", 0)
    if not session.save("purchase", document, revision, of=opened.id):
        return False
    try:
        _carry_anew(store, before, purchase)
        for other in store.of_purchases([purchase.id]):
            if other != opened.id:
                _save_elsewhere(store, store.load(other), purchase)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return False
    return True


def saved_words(opened: session.Opened, purchase: Purchase) -> str:
    """Return what to say once the purchase is saved: which answer followed its route."""
    by_id, said = opened.framework.by_id, [_("Saved.")]
    for name, answer in _carried(opened, purchase).items():
        words = _("{question} follows how it is being bought now: “{answer}”.")
        if answer is None:
            words = _("{question} is open again: how it is being bought now does not answer it.")
        told = answer_text(by_id[name], answer) if answer else ""
        said.append(words.format(question=plain(name), answer=plain(told)))
    return " ".join(said)


def _save_elsewhere(store: Store, other: Stored, purchase: Purchase) -> None:
    reason = "Changed in another assessment of the same purchase"
    revision, name = other.revisions.get("purchase", 0), other.assessment.id
    store.save(name, "purchase", to_document(purchase), revision, session.actor(), reason)
    _carry_anew(store, other, purchase)


def _carry_anew(store: Store, before: Stored, purchase: Purchase) -> None:
    for name, answer in _carried(before, purchase).items():
        part = f"answer:{name}"
        document = answer_to_document(answer) if answer else None
        revision, name = before.revisions.get(part, 0), before.assessment.id
        store.save(name, part, document, revision, session.actor(), ROUTE_CHANGED)


def _carried(before: session.Opened | Stored, purchase: Purchase) -> dict[str, Answer | None]:
    assessment = before.assessment
    return carried_anew(
        assessment.answer_set.answers,
        (assessment.purchase.route, purchase.route),
        before.framework,
        by=session.actor(),
        at=session.now(),
    )
