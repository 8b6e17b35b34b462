"""Which packs an overlay may call enough to decide: fewer, or ones of its own that ask as much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from procurement_risk.framework.checks.faults import Fault, Node
from procurement_risk.framework.overlay.merging import Merged
from procurement_risk.language import _
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import shorten

Document = Mapping[str, Any]


def pack_faults(base: Document, merged: Merged) -> Iterator[Fault]:
    """Yield each pack that a tier calls enough though it asks less than the base's do there."""
    document = Node((), merged.document)
    asked = {pack.text("id"): _asked(document, pack) for pack in document.nodes("packs")}
    before = {each["tier"]: each["packs"] for each in base["policy"].get("tiers", ())}
    for tier in document.node("policy").nodes("tiers"):
        known = before.get(tier.number("tier"), ())
        for path, name in tier.texts("packs"):
            if name in known or name not in asked:
                continue
            if not any(asked.get(each, frozenset()) <= asked[name] for each in known):
                message = _(
                    'The pack "{pack}" asks less than {known}, which are enough to decide here, '
                    "and an overlay may only be stricter: take it out, or have it ask all that "
                    "one of them asks."
                )
                words = message.format(pack=shorten(name), known=listed(known))
                yield Fault(merged.place(path), words)


def _asked(document: Node, pack: Node) -> frozenset[str]:
    """Return the ids that a pack asks, as far as they can be read."""
    questions = [q for section in document.nodes("sections") for q in section.nodes("questions")]
    if pack.text("questions") == "all":
        return frozenset(q.text("id") for q in questions)
    if pack.text("questions") == "core":
        return frozenset(q.text("id") for q in questions if q.data.get("core") is True)
    return frozenset(name for __, name in pack.texts("questions"))
