"""Items as documents, as they are kept, and their digests are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement_risk.assessment import (
    Benefit,
    Purchase,
    RecordedDecision,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.document import (
    from_document,
    from_documents,
    to_document,
    to_documents,
)
from procurement_risk.canonical import Document
from procurement_risk.framework import Framework
from procurement_risk.portfolio.exits import Exit
from procurement_risk.portfolio.items import Condition, Expiry, PortfolioItem, SectionFigure, Span


def item_to_document(item: PortfolioItem) -> Document:
    """Return ``item`` as plain lists and dicts; the framework, and what is empty, is left out."""
    document: Document = {
        "id": item.id,
        "purchase": to_document(item.purchase),
        "supplier": to_document(item.supplier),
        "upstreams": to_documents(item.upstreams),
        "decided": to_document(item.decided) if item.decided else None,
        "tier": list(item.tier) if item.tier else None,
        "level": list(item.level) if item.level else None,
        "sections": [list(each) for each in item.sections],
        "evidence": list(item.evidence),
        "stops": list(item.stops),
        "flags": list(item.flags),
        "conditions": [list(each) for each in item.conditions],
        "triggers": to_documents(item.triggers),
        "expiries": [list(each) for each in item.expiries],
        "exits": [list(each) for each in item.exits],
        "benefits": to_documents(item.benefits),
    }
    document |= {name: getattr(item, name) for name in _AS_THEY_ARE}
    return {name: value for name, value in document.items() if value}


_AS_THEY_ARE = (
    "as_of",
    "state",
    "fictional",
    "replaces",
    "created_at",
    "changed_at",
    "recommendation",
    "decision_low",
    "decision_high",
    "worst",
    "open",
    "owner",
    "answered",
    "asked",
    "larger_pack",
)


def item_from_document(
    document: Mapping[str, Any],
    framework: Framework,
    supplier_id: str = "",
    supplier_names: frozenset[str] = frozenset(),
) -> PortfolioItem:
    """Return the item that ``item_to_document`` wrote, answered against ``framework``.

    Who its supplier is stands beside it in the store: see ``PortfolioItem``.
    """
    values = {name: document[name] for name in _AS_THEY_ARE if name in document}
    decided = document.get("decided")
    return PortfolioItem(
        id=document["id"],
        framework=framework,
        purchase=from_document(Purchase, document["purchase"]),
        supplier=from_document(Supplier, document["supplier"]),
        upstreams=from_documents(Upstream, document.get("upstreams", ())),
        decided=from_document(RecordedDecision, decided) if decided else None,
        tier=_span(document.get("tier")),
        level=_span(document.get("level")),
        sections=tuple(SectionFigure(*each) for each in document.get("sections", ())),
        evidence=tuple(document["evidence"]),
        stops=tuple(document.get("stops", ())),
        flags=tuple(document.get("flags", ())),
        conditions=tuple(Condition(*each) for each in document.get("conditions", ())),
        triggers=from_documents(Trigger, document.get("triggers", ())),
        expiries=tuple(Expiry(*each) for each in document.get("expiries", ())),
        exits=tuple(Exit(*each) for each in document.get("exits", ())),
        benefits=from_documents(Benefit, document.get("benefits", ())),
        supplier_id=supplier_id,
        supplier_names=supplier_names,
        **values,
    )


def _span(ends: list[int] | None) -> Span | None:
    return Span(*ends) if ends else None
