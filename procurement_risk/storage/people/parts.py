"""Which action it is to write one part of an assessment, and in which section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from procurement_risk.assessment.parts import (
    ANSWER,
    CARRIED,
    COMMENTS,
    FILE,
    HANDOVER,
    MITIGATION,
    REVIEW,
)
from procurement_risk.canonical import JSON
from procurement_risk.framework import Framework
from procurement_risk.framework.places import place_of
from procurement_risk.storage.people.permissions import Action

DESCRIBING = (
    "purchase",
    "supplier",
    "upstreams",
    "pack",
    "gate",
    "as_of",
    "replaces",
    "organisation",
    "triggers",
    "benefits",
    "known_risks",
    "owner",
)
ACTIONS: Mapping[str, Action] = {
    **dict.fromkeys(DESCRIBING, "describe"),
    "markings": "publish",
    "decision": "decide",
    "overrides": "override",
    "sign_offs": "sign_off",
}
"""What it is to write a part that goes by its whole name; ``state`` depends on the state."""

BEGINNINGS: Mapping[str, Action] = {
    ANSWER: "answer",
    MITIGATION: "answer",
    CARRIED: "answer",
    FILE: "answer",
    HANDOVER: "hand_over",
    COMMENTS: "comment",
    REVIEW: "review",
}
"""What it is to write a part whose name begins so, about a question or a section."""

STATES: Mapping[str, tuple[Action, ...]] = {
    "draft": ("submit", "review"),
    "in_review": ("submit",),
    "decided": ("conclude",),
    "live": ("conclude",),
    "closed": ("conclude",),
    "withdrawn": ("conclude",),
    "not_chosen": ("conclude",),
}
"""What it is to put an assessment in a state: any one of these will do."""


def actions_of(name: str, value: JSON) -> tuple[Action, ...]:
    """Return what it is to write ``value`` as a part; any one will do. Unknown parts need all."""
    if name == "state":
        return STATES.get(str(value), ("conclude",))
    beginning = next((each for each in BEGINNINGS if name.startswith(each)), "")
    return (BEGINNINGS[beginning] if beginning else ACTIONS.get(name, "describe"),)


def section_of(name: str, framework: Framework | None) -> str:
    """Return the section that a part is about, or empty where it is about the whole."""
    beginning, colon, about = name.partition(":")
    if not colon:
        return ""
    if f"{beginning}:" in (HANDOVER, REVIEW):
        return about
    question = framework.by_id.get(about) if framework else None
    return place_of(framework, question) if framework and question else ""


def changed(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> Iterable[str]:
    """Return the names of the parts that differ."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
