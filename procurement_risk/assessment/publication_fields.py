"""The fields of an assessment that can be marked for publication: values, and words for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from procurement_risk.assessment import Assessment
from procurement_risk.framework import Framework
from procurement_risk.framework.words import named
from procurement_risk.language import N_, _

# Every field that can be marked, by the part it stands in, with its name in a sentence.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "purchase": {
        "title": N_("what is bought"),
        "buyer": N_("who buys it"),
        "description": N_("description of the purchase"),
        "capability": N_("capability"),
        "committed_value": N_("committed value"),
        "value_if_scaled": N_("value if it grows to full use"),
        "route": N_("how it is bought"),
        "notice_id": N_("notice id"),
        "ocid": N_("ocid"),
        "embedded": N_("whether it is a feature of an existing product"),
        "decision_due": N_("when the decision is needed"),
        "contract_start": N_("start of the contract"),
        "contract_end": N_("end of the contract"),
        "break_dates": N_("break dates"),
        "jurisdiction": N_("jurisdiction of the purchase"),
        "chosen_supplier": N_("chosen supplier"),
    },
    "supplier": {
        "name": N_("supplier"),
        "company_number": N_("company number"),
        "group": N_("the supplier's group"),
        "jurisdiction": N_("jurisdiction of the supplier"),
    },
    "upstreams": {
        "name": N_("names of models, hosts and clouds"),
        "maker": N_("makers of models, hosts and clouds"),
        "jurisdiction": N_("jurisdictions of models, hosts and clouds"),
    },
    "answers": {
        "answer": N_("answer"),
        "text": N_("text of the answer"),
        "reason": N_("reason why it does not apply"),
        "note": N_("note on the answer"),
        "link": N_("link to evidence"),
        "by": N_("who answered"),
    },
    "mitigations": {
        "owner": N_("owner of the condition"),
        "clause": N_("clause of the condition"),
        "note": N_("note on the condition"),
    },
    "decision": {"by": N_("who decided"), "reason": N_("reason for the decision")},
    "overrides": {
        "by": N_("who overrode the stop"),
        "reason": N_("reason for overriding the stop"),
    },
    "triggers": {
        "what": N_("reasons to look again"),
        "note": N_("notes on reasons to look again"),
    },
}
BY_QUESTION = frozenset({"answers", "mitigations", "overrides"})

# Fields that no one need mark: notes and links are written for colleagues, and these name people.
FOR_COLLEAGUES = frozenset({"answers.note", "answers.link", "mitigations.note", "triggers.note"})
NAMES_A_PERSON = frozenset({"answers.by", "decision.by", "overrides.by"})
MAY_NAME_A_PERSON = "mitigations.owner"
# Withheld names are left out of other texts as well.
NAMES = NAMES_A_PERSON | {
    MAY_NAME_A_PERSON, "purchase.title", "purchase.buyer", "purchase.chosen_supplier",
    "supplier.name", "supplier.company_number", "supplier.group", "upstreams.name",
    "upstreams.maker",
}  # fmt: skip
SHORTEST_NAME = 3

GROUND_LABELS: Mapping[str, str] = {
    "public": N_("Public"),
    "commercial": N_("Commercial"),
    "personal": N_("Personal"),
    "security": N_("Security"),
    "colleagues": N_("For colleagues"),
    "inside": N_("Names a withheld field"),
}
RULE_REASONS: Mapping[str, str] = {
    "colleagues": N_("Notes and links are for colleagues, unless they are marked public."),
    "personal": N_("Names of persons are personal, unless they are marked public."),
    "inside": N_("A withheld name stands in this text and is left out of it."),
}

# An owner is a post or a team, and no person, where every word is one of these.
POSTS = frozenset({
    "a", "access", "accessibility", "accountable", "accounting", "adviser", "advisor", "agency",
    "ai", "an", "analyst", "and", "architect", "architecture", "assurance", "authority",
    "benefits", "board", "body", "business", "buyer", "casework", "chair", "chief", "clinical",
    "command", "commercial", "commissioner", "committee", "complaints", "compliance",
    "contract", "contractor", "contracts", "controller", "coordinator", "corporate", "council",
    "counsel", "counter", "customer", "cyber", "data", "delivery", "department", "deputy",
    "design", "development", "digital", "director", "directorate", "dpo", "engineer",
    "engineering", "enterprise", "equalities", "equality", "estates", "ethics", "evaluation",
    "executive", "fictional", "finance", "financial", "for", "fraud", "governance", "group",
    "head", "housing", "human", "improvement", "information", "infrastructure", "internal",
    "it", "joint", "lawyer", "lead", "leader", "legal", "line", "management", "manager",
    "manager's", "managers", "member", "named", "not", "of", "office", "officer", "officers",
    "operating", "operational", "operations", "organisation", "our", "owner", "panel",
    "partner", "people", "performance", "planning", "policy", "principal", "privacy",
    "procurement", "product", "professional", "programme", "project", "protection", "provider",
    "public", "quality", "records", "research", "resources", "responsible", "risk", "sales",
    "security", "senior", "service", "services", "solicitor", "specialist", "sro", "staff",
    "strategy", "supplier", "supplier's", "suppliers", "support", "team", "teams", "technical",
    "technology", "testing", "the", "training", "transformation", "unit", "user", "vendor",
    "with",
})  # fmt: skip


class Place(NamedTuple):
    """A field's name in its pieces: ``answers.DP-02.note`` is answers, DP-02 and note."""

    part: str
    question: str
    name: str

    @property
    def kind(self) -> str:
        """What sort of field it is, whatever the question: ``answers.note``."""
        return f"{self.part}.{self.name}"


def place_of(path: str) -> Place:
    """Return the pieces of a field's name."""
    part, _dot, rest = path.partition(".")
    question, _dot, name = rest.rpartition(".")
    return Place(part, question, name)


def field_title(path: str, framework: Framework | None = None) -> str:
    """Return the words for a field, such as ``DP-02: note on the answer``.

    With its ``framework``, a fact goes by what it asks.
    """
    place = place_of(path)
    words = kind_title(place.kind)
    if not place.question:
        return f"{words[:1].upper()}{words[1:]}"
    return f"{named(framework, place.question) if framework else place.question}: {words}"


def kind_title(kind: str) -> str:
    """Return the words for a sort of field, such as ``note on the answer``."""
    part, _dot, name = kind.partition(".")
    return _(FIELDS[part][name])


def ground_label(ground: str) -> str:
    """Return the words for a ground."""
    return _(GROUND_LABELS[ground])


def is_a_post(text: str) -> bool:
    """Whether ``text`` names a post or a team and nobody: every word is one that such names use.

    A word that is not known counts as a person's name.
    """
    words = re.findall(r"[^\W_]+(?:['\u2019]s)?", text.lower())
    return bool(words) and all(word.replace("\u2019", "'") in POSTS for word in words)


# --- The fields ---------------------------------------------------------------------------


def values_of(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """Return each field that can be marked and is filled, with its texts, in reading order."""
    found: dict[str, list[str]] = {}
    for path, value in _values(assessment):
        if value is not None and value not in ("", ()):
            texts = value if isinstance(value, tuple) else (value,)
            found.setdefault(path, []).extend(map(str, texts))
    return {path: tuple(texts) for path, texts in found.items()}


def _values(assessment: Assessment) -> Iterator[tuple[str, Any]]:
    scored, markings = assessment.answer_set, assessment.markings
    yield from _each("purchase", assessment.purchase)
    yield from _each("supplier", assessment.supplier)
    for upstream in assessment.upstreams:
        yield from _each("upstreams", upstream)
        yield "upstreams.maker", "own" if upstream.own else ""
    for question, answer in scored.answers.items():
        is_open = answer.state == "unanswered" and f"answers.{question}.answer" not in markings
        chosen = answer.options or (answer.text or answer.state,)
        yield f"answers.{question}.answer", () if is_open else chosen
        yield from _each(f"answers.{question}", answer)
        others = dict.fromkeys(each.by for each in answer.alone if each.by not in ("", answer.by))
        yield f"answers.{question}.by", tuple(others)
    for path in markings:  # that it is not answered is withheld like any answer
        place = place_of(path)
        if place.kind == "answers.answer" and place.question not in scored.answers:
            yield path, "unanswered"
    for mitigation in scored.mitigations:
        yield from _each(f"mitigations.{mitigation.question}", mitigation)
    if assessment.decision is not None:
        yield from _each("decision", assessment.decision)
    for override in assessment.overrides:
        yield from _each(f"overrides.{override.question}", override)
    for trigger in assessment.triggers:
        yield from _each("triggers", trigger)


def _each(where: str, noun: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  any of the nouns
    part = where.partition(".")[0]
    for name in FIELDS[part]:
        if hasattr(noun, name):
            yield f"{where}.{name}", getattr(noun, name)
