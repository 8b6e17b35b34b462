"""An assessment cut up into parts, as the store keeps it, and whether one is fit to be kept.

Assessment <-> parts   {"purchase": …, "answer:DP-02": …, "mitigation:DP-02": …,
                        "carried:DP-02": …, "handover:DP": …, "comments:DP-02": …,
                        "file:9f86d0…": …}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from procurement_risk.assessment import Assessment, Mitigation
from procurement_risk.assessment.document import (
    answer_from_document,
    answer_to_document,
    assessment_to_document,
    build_assessment,
    entry_from_document,
    entry_to_document,
    from_document,
    part_from_document,
    part_to_document,
    to_document,
)
from procurement_risk.assessment.shape import check_shape
from procurement_risk.canonical import JSON, Document, check_canonical, write_json
from procurement_risk.errors import Problem
from procurement_risk.framework import Framework
from procurement_risk.framework.words import named, short_title
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped

PART_BYTE_LIMIT = 100_000

# Each part of an assessment outside its answers and mitigations, with its place in the schema.
PARTS = {
    "purchase": "purchase",
    "supplier": "supplier",
    "upstreams": "upstreams",
    "pack": "id",
    "gate": "id",
    "as_of": "date",
    "state": "state",
    "decision": "decision",
    "overrides": "overrides",
    "sign_offs": "sign_offs",
    "triggers": "triggers",
    "replaces": "id",
    "organisation": "organisation",
    "markings": "markings",
    "known_risks": "known_risks",
    "benefits": "benefits",
    "owner": "who",
}
REQUIRED_PARTS = ("purchase", "supplier", "pack", "as_of", "state")
ANSWER, MITIGATION = "answer:", "mitigation:"
CARRIED, HANDOVER, COMMENTS, FILE = "carried:", "handover:", "comments:", "file:"
REVIEW = "review:"
ENTRIES = {
    CARRIED: "carried",
    HANDOVER: "handovers",
    COMMENTS: "comments",
    FILE: "files",
    REVIEW: "reviews",
}
"""What has a part for each of its entries, by how the part's name begins."""


def assessment_to_parts(assessment: Assessment) -> Document:
    """Return each filled part's JSON by its name, such as ``purchase`` or ``answer:DP-02``."""
    document = assessment_to_document(assessment)
    parts = {name: document[name] for name in PARTS if name in document}
    answers, mitigations = document["answers"], document.get("mitigations", [])
    parts |= {f"{ANSWER}{question}": answer for question, answer in answers.items()}
    parts |= {f"{MITIGATION}{each['question']}": each for each in mitigations}
    for prefix, key in ENTRIES.items():
        parts |= {f"{prefix}{name}": each for name, each in document.get(key, {}).items()}
    return parts


def assessment_from_parts(
    parts: Mapping[str, Any], *, id: str, fictional: bool, created_at: str, created_by: str
) -> Assessment:
    """Return the assessment whose ``parts`` held their checks. A part that is None is empty."""
    document: Document = {
        "id": id,
        "fictional": fictional,
        "created_at": created_at,
        "created_by": created_by,
        "answers": {},
    }
    mitigations = {}
    for name, value in parts.items():
        if value is None:
            continue
        if name.startswith(ANSWER):
            document["answers"][name.removeprefix(ANSWER)] = value
        elif name.startswith(MITIGATION):
            mitigations[name] = value
        elif prefix := _entry(name):
            document.setdefault(ENTRIES[prefix], {})[name.removeprefix(prefix)] = value
        else:
            document[name] = value
    document["mitigations"] = [mitigations[name] for name in sorted(mitigations)]
    return build_assessment(document)


def _entry(name: str) -> str:
    """Return how the part's name begins where it is an entry of ``ENTRIES``, or empty."""
    return next((prefix for prefix in ENTRIES if name.startswith(prefix)), "")


def normal_part(name: str, value: JSON) -> JSON:
    """Return ``value``, a part that held its check, as we write it: without empty fields."""
    if name.startswith(ANSWER):
        return answer_to_document(answer_from_document(value))
    if name.startswith(MITIGATION):
        return to_document(from_document(Mitigation, value))
    if prefix := _entry(name):
        key = ENTRIES[prefix]
        return entry_to_document(key, entry_from_document(key, value)) or None
    return part_to_document(name, part_from_document(name, value)) or None


PART_TITLES: Mapping[str, str] = {
    "purchase": N_("the purchase"),
    "supplier": N_("the supplier"),
    "upstreams": N_("what lies underneath"),
    "pack": N_("the pack"),
    "gate": N_("the gate"),
    "as_of": N_("the as-of date"),
    "state": N_("the state"),
    "decision": N_("the decision"),
    "overrides": N_("the overrides"),
    "sign_offs": N_("the sign-off"),
    "triggers": N_("the triggers"),
    "replaces": N_("the look it follows"),
    "organisation": N_("the organisation"),
    "markings": N_("the markings for publication"),
    "known_risks": N_("the known risks"),
    "benefits": N_("the benefits"),
    "owner": N_("the owner"),
}


ENTRY_TITLES: Mapping[str, str] = {
    CARRIED: N_("the earlier answer to {name}"),
    HANDOVER: N_("the hand-over of {name}"),
    COMMENTS: N_("the comments on {name}"),
    REVIEW: N_("the review of {name}"),
    FILE: N_("a file of evidence"),
}


def part_title(name: str, framework: Framework | None = None) -> str:
    """Return the words for a part in a sentence: ``DP-02``, ``the purchase``.

    With its ``framework``, a fact goes by what it asks, and a section by its title.
    """
    if name.startswith(ANSWER):
        return _about(name.removeprefix(ANSWER), framework)
    if name.startswith(MITIGATION):
        question = name.removeprefix(MITIGATION)
        return _("the mitigation of {question}").format(question=question)
    if prefix := _entry(name):
        words = _(ENTRY_TITLES[prefix])
        return words.format(name=_about(name.removeprefix(prefix), framework))
    return _(PART_TITLES.get(name, name))


def _about(name: str, framework: Framework | None) -> str:
    """Return what a question, a fact or a section is called where the framework is known."""
    if framework is None:
        return name
    section = next((each for each in framework.sections if each.id == name), None)
    return short_title(section) if section else named(framework, name)


def check_part(name: str, value: JSON) -> list[Problem]:
    """Return everything wrong with ``value`` as the part ``name``; None empties the part."""
    place = _part_place(name)
    if place is None:
        asked = (ANSWER, MITIGATION, CARRIED, COMMENTS)
        named = [f"{each}QUESTION" for each in asked]
        names = ", ".join(
            [*PARTS, *named, f"{HANDOVER}SECTION", f"{REVIEW}SECTION", f"{FILE}SHA-256"]
        )
        message = _("An assessment has no part {part}. Its parts are: {known}.")
        return [Problem(name, message.format(part=repr(name), known=names))]
    if value is None:
        if name not in REQUIRED_PARTS:
            return []
        message = _("{part} cannot be emptied. Write a new value instead.")
        return [Problem(name, message.format(part=name))]
    problems = check_canonical(value, name)
    if problems:
        return problems
    if (size := len(write_json(value))) > PART_BYTE_LIMIT:
        message = ngettext(
            "{part} takes {n} byte. Shorten it to {most}.",
            "{part} takes {n} bytes. Shorten it to {most}.",
            size,
        )
        words = message.format(part=name, n=grouped(size), most=grouped(PART_BYTE_LIMIT))
        return [Problem(name, words)]
    problems = check_shape(f"assessment.schema.json#/$defs/{place}", value, name)
    if not problems and name.startswith(MITIGATION):
        problems = _misplaced_mitigation(name, value["question"])
    return problems


def _part_place(name: str) -> str | None:
    if name in PARTS:
        return PARTS[name]
    found = re.fullmatch(r"([a-z]+:)[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name)
    known = found is not None and found[1] in (ANSWER, MITIGATION, *ENTRIES)
    return found[1].removesuffix(":") if found is not None and known else None


def _misplaced_mitigation(name: str, question: str) -> list[Problem]:
    wanted = name.removeprefix(MITIGATION)
    if question == wanted:
        return []
    message = _("{where} is {question}. Write {wanted}, or save it as that question's mitigation.")
    where = f"{name}.question"
    words = message.format(where=where, question=repr(question), wanted=repr(wanted))
    return [Problem(where, words)]
