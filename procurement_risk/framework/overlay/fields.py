"""What an overlay may do with each key of a framework: the one table.

A test walks the schema: a new key that is not here fails it. ``KEY`` names which inherited part
is meant; ``Inside`` and ``Each`` lead on to the table of that part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from procurement_risk.framework.overlay import rules
from procurement_risk.framework.overlay.rules import Says
from procurement_risk.language import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """One value, and what an overlay may say of it."""

    says: Says


@dataclass(frozen=True, slots=True)
class Inside:
    """A group of keys with a table of its own."""

    table: str


@dataclass(frozen=True, slots=True)
class Every:
    """A group of keys that are free to name, each under the same rule."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Each:
    """A list of parts, each with a table of its own.

    Attributes:
        table: Its name.
        key: The key that tells one part from another.
        text: The key that every new part has; empty where an overlay adds none.
        is_whole: Whether nothing of a part can be changed, so that it is written for nothing.
    """

    table: str
    key: str = "id"
    text: str = ""
    is_whole: bool = False


Field = Rule | Inside | Every | Each

KEY = OWN = FREE = Rule(rules.anything)
NEVER = Rule(rules.nothing)
WORDS = Rule(rules.translated)
GUIDANCE = Rule(rules.guidance)
MORE = Rule(rules.more)
LESS = Rule(rules.at_most)
HIGHER = Rule(rules.at_least)

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "framework": {
        "schema_version": NEVER,
        "id": OWN,
        "version": OWN,
        "title": OWN,
        "description": OWN,
        "based_on": NEVER,
        "languages": Rule(rules.more_languages),
        "subject": NEVER,
        "method": NEVER,
        "method_version": NEVER,
        "scale_max": NEVER,
        "policy": Inside("policy"),
        "gates": Each("gate", is_whole=True),
        "packs": Each("pack", text="title"),
        "facts": Each("fact", text="ask"),
        "sections": Each("section", text="title"),
        "clauses": Each("clause", text="heading"),
        "sources": Each("source", text="title"),
    },
    "policy": {
        "adopted_by": GUIDANCE,
        "bands": Each("band"),
        "flag_band": Rule(rules.worse_band),
        "agreed_mitigation_helps": LESS,
        "core_pack": NEVER,
        "tier_rule": Inside("tier_rule"),
        "tiers": Each("tier", "tier"),
        "phases": NEVER,
        "mitigation_from": HIGHER,
        "mitigation_takes_off": LESS,
        "levels": Each("level", "level"),
    },
    "band": {"id": KEY, "label": WORDS, "from": LESS},
    "tier": {
        "tier": KEY,
        "from": LESS,
        "label": WORDS,
        "meaning": GUIDANCE,
        "sign_off": GUIDANCE,
        "review": GUIDANCE,
        "packs": Rule(rules.enough),
        "evidence_floor": Every(HIGHER),
        "decisions": Every(Rule(rules.stricter)),
        "notes": Every(GUIDANCE),
    },
    "tier_rule": {
        "base": Each("base", "question", text="question"),
        "adjustments": Rule(rules.steps_up),
    },
    "base": {"question": KEY, "subtract": Rule(rules.at_most_from_none)},
    "adjustment": {"add": NEVER, "because": NEVER, "when": NEVER},  # looked at by steps_up
    "level": {
        "level": KEY,
        "label": WORDS,
        "up_to": LESS,
        "meaning": GUIDANCE,
        "sign_off": GUIDANCE,
        "review": GUIDANCE,
    },
    "gate": {"id": KEY, "label": WORDS},
    "pack": {
        "id": KEY,
        "title": WORDS,
        "description": GUIDANCE,
        "questions": Rule(rules.asked_more),
    },
    "fact": {"id": KEY, "was": NEVER, "ask": WORDS, "why": GUIDANCE, "options": Each("option")},
    "section": {
        "id": KEY,
        "title": WORDS,
        "short_title": WORDS,
        "role": NEVER,
        "pillar": NEVER,
        "intro": GUIDANCE,
        "when": NEVER,
        "questions": Each("question", text="ask"),
    },
    "question": {
        "id": KEY,
        "was": NEVER,
        "ask": WORDS,
        "help": GUIDANCE,
        "type": NEVER,
        "why": GUIDANCE,
        "good": WORDS,
        "evidence": GUIDANCE,
        "treatment": GUIDANCE,
        "clauses": MORE,
        "sources": MORE,
        "answered_by": FREE,
        "first_gate": NEVER,
        "procurement_use": NEVER,
        "weight": FREE,
        "scores": NEVER,
        "core": Rule(rules.only_true),
        "when": NEVER,
        "red_flag": Inside("red_flag"),
        "options": Each("option"),
    },
    "option": {"id": KEY, "label": WORDS, "risk": NEVER, "points": NEVER, "was": NEVER},
    "red_flag": {
        "options": Rule(rules.more_options),
        "class": Rule(rules.stop_of_flag),
        "legal_duty": Rule(rules.only_true),
        "from_tier": Rule(rules.at_most_from_one),
        "stop_from_tier": Rule(rules.stops_sooner),
    },
    "clause": {
        "id": KEY,
        "heading": WORDS,
        "purpose": GUIDANCE,
        "outcome": GUIDANCE,
        "pointers": MORE,
    },
    "source": {
        "id": KEY,
        "cited_as": MORE,
        "title": WORDS,
        "meaning": GUIDANCE,
        "status": GUIDANCE,
        "address": FREE,
        "checked": FREE,
        "looked_at": FREE,
    },
}

NAMES: Mapping[str, str] = {
    "band": N_("band {key}"),
    "base": N_("base {key} of the tier rule"),
    "clause": N_("clause {key}"),
    "fact": N_("fact {key}"),
    "gate": N_("gate {key}"),
    "level": N_("level {key}"),
    "option": N_("option {key}"),
    "pack": N_("pack {key}"),
    "question": N_("question {key}"),
    "section": N_("section {key}"),
    "source": N_("source {key}"),
    "tier": N_("tier {key}"),
}
"""What one part of a list is called."""
