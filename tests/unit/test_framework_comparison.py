"""Comparing two versions of a framework: one small change each, and exactly that is found."""

from copy import deepcopy
from functools import cache

import pytest

from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.versions.compare import (
    KINDS,
    Change,
    change_line,
    compare,
    counts_line,
    next_version,
    refuse_unchanged_version,
)
from tests.support.places import ROOT, TESTS
from tests.unit.test_framework_document import IMPACT, SMALL, at, changed, kinds, without

FRAMEWORKS = TESTS / "frameworks"
NAMES = {q["id"]: ("sections", s, "questions", n) for document in (SMALL, IMPACT)
         for s, section in enumerate(document["sections"])
         for n, q in enumerate(section["questions"])}  # fmt: skip


def framework(document):
    assert check_framework(document) == []
    return framework_from_document(document)


def found(old, new):
    return list(compare(framework_from_document(old), framework(new)).changes)


def change(kind, where, question="", before="", after="", affects=False, option=""):
    return Change(
        kind=kind,
        where=where,
        question=question,
        before=before,
        after=after,
        affects_result=affects,
        option=option,
    )


def q(name, *rest):
    """The path of a question of one of the two small frameworks."""
    return (*NAMES[name], *rest)


def put(base, *pairs):
    """A copy of ``base`` with each value at its path; None deletes what is there."""
    document = deepcopy(base)
    for path, value in pairs:
        document = without(path, document) if value is None else changed(path, value, document)
    return document


def add_question(base, section, **rest):
    document = deepcopy(base)
    document["sections"][section]["questions"].append(rest)
    return document


def move_question(base, name, section):
    document = deepcopy(base)
    _, here, _, number = NAMES[name]
    moved = document["sections"][here]["questions"].pop(number)
    document["sections"][section]["questions"].append(moved)
    return document


NEW = {**at(SMALL, q("DP-2")), "id": "DP-3", "ask": "Who may read the data?", "core": True}
TEXT = {**at(SMALL, q("VO-1")), "id": "VO-4", "ask": "Anything else?"}
ONE_PACK = [{"id": "full", "title": "Full", "description": "Everything.", "questions": "all"}]
OTHER_TIER = ("policy", "tiers", 1)
ADJUSTMENTS = ("policy", "tier_rule", "adjustments")
FIRST = (
    "+1 if the risk of CX-1 is at least 4, or "
    "(the risk of CX-1 is from 2 to 3 and the risk of CX-2 is at least 2)"
)
SECOND = "-1 if the risk of CX-2 is at most 1 and public_facing is not yes"

ONE_BY_ONE = [
    # -- questions
    (add_question(SMALL, 1, **NEW), [
        change("added", "section DP", "DP-3", "", "Who may read the data?", affects=True),
        change("pack", "pack baseline: questions in", "", "", "DP-3", affects=True),
    ]),
    (add_question(SMALL, 3, **TEXT), [
        change("added", "section VO", "VO-4", "", "Anything else?"),
    ]),
    (put(SMALL, (q("VO-2"), None)), [
        change("removed", "section VO", "VO-2", "What does it cost a year?"),
    ]),
    (put(SMALL, (q("DP-2"), None)), [
        change("removed", "section DP", "DP-2", "Where are the data held?", affects=True),
    ]),
    (move_question(SMALL, "DP-2", 2), [
        change("moved", "section", "DP-2", "section DP", "section TR", affects=True),
    ]),
    (put(SMALL, (q("DP-2", "weight"), 5)), [
        change("reweighted", "weight", "DP-2", "3", "5", affects=True),
    ]),
    (put(SMALL, (q("VO-1", "weight"), 5)), [change("reweighted", "weight", "VO-1", "1", "5")]),
    (put(SMALL, (q("CX-1", "weight"), 4)), [change("reweighted", "weight", "CX-1", "5", "4")]),
    (put(IMPACT, (q("effect", "scores"), "mitigation")), [
        change("reweighted", "scores", "effect", "raw", "mitigation", affects=True),
    ]),
    *[
        (put(SMALL, (q("DP-1", key), "Other.")), [
            change("reworded", key, "DP-1", at(SMALL, q("DP-1", key)), "Other."),
        ])
        for key in ("ask", "why", "good", "evidence", "treatment")
    ],
    (put(SMALL, (q("DP-1", "help"), "Look.")), [change("reworded", "help", "DP-1", "", "Look.")]),
    (put(SMALL, (q("DP-1", "treatment"), None)), [
        change("reworded", "treatment", "DP-1", "Ask for the clause"),
    ]),
    (put(SMALL, (q("DP-1", "options", 1, "label"), "Said")), [
        change("reworded", "option b", "DP-1", "Yes, by promise", "Said", option="b"),
    ]),
    (put(SMALL, (("facts", 1, "why"), "Laws.")), [
        change("reworded", "why", "hosted", "", "Laws."),
    ]),
    # -- languages
    (put(IMPACT, (q("phase", "help", "fr"), "Celle-ci.")), [
        change("reworded", "help in fr", "phase", "Celle où vous êtes.", "Celle-ci."),
    ]),
    (put(IMPACT, (q("phase", "help"), "This one.")), [
        change("reworded", "help in en", "phase", "The one you are in.", "This one."),
        change("reworded", "help in fr", "phase", "Celle où vous êtes.", "This one."),
    ]),
    (put(IMPACT, (q("effect", "ask"), "How far?")), [
        change("reworded", "ask", "effect", "How far does it reach?", "How far?"),
    ]),
    (put(IMPACT, (q("phase", "options", 0, "label"), {"en": "Design", "fr": "Conception"})), [
        change("reworded", "option design in fr", "phase", "Design", "Conception",
               option="design"),
    ]),
    (put(IMPACT, (q("effect", "help"), {"en": "Same", "fr": "Same"})), [
        change("reworded", "help in en and fr", "effect", "", "Same"),
    ]),
    (put(IMPACT, (("languages",), ["en", "fr", "de"])), [
        change("method", "framework: languages", "", "en, fr", "en, fr, de"),
    ]),
    (put(IMPACT, (q("gone", "when", "never"), "Long ago.")), [
        change("reworded", "reason for never asking", "gone", "It was taken out.", "Long ago."),
    ]),
    # -- conditions
    (put(SMALL, (q("DP-2", "when"), None)), [
        change("reconditioned", "condition", "DP-2", "asked if hosted is yes", "always asked",
               affects=True),
    ]),
    (put(SMALL, (q("TR-1", "when"), {"question": "DP-2", "in": ["c", "b"]})), [
        change("reconditioned", "condition", "TR-1", "always asked", "asked if DP-2 is b or c",
               affects=True),
    ]),
    (put(SMALL, (q("VO-1", "when"), {"question": "DP-2", "not_in": ["c", "b"]})), [
        change("reconditioned", "condition", "VO-1", "always asked",
               "asked if DP-2 is none of b or c"),
    ]),
    (put(SMALL, (q("TR-2", "when", "any", 1, "all", 1, "in"), ["c"])), [
        change("reconditioned", "condition", "TR-2",
               "asked if public_facing is yes, or (TR-1 includes a and CX-1 is b or c)",
               "asked if public_facing is yes, or (TR-1 includes a and CX-1 is c)", affects=True),
    ]),
    (put(SMALL, (("sections", 1, "when"), {"question": "public_facing", "in": ["no"]})), [
        change("reconditioned", "condition", "DP-1", "always asked",
               "asked if public_facing is no", affects=True),
        change("reconditioned", "condition", "DP-2", "asked if hosted is yes",
               "asked if public_facing is no and hosted is yes", affects=True),
    ]),
    (put(IMPACT, (q("words", "when", "all", 0, "not_in"), ["readers-2", "staff-1"])), [
        change("reconditioned", "condition", "words",
               "asked if harms does not include staff-1 and library is yes",
               "asked if harms includes none of readers-2 or staff-1 and library is yes"),
    ]),
    (put(IMPACT, (q("gone", "when"), None)), [
        change("reconditioned", "condition", "gone", "never asked (It was taken out.)",
               "always asked", affects=True),
    ]),
    # -- options
    (put(SMALL, (q("CX-2", "options", 1, "risk"), 4)), [
        change("options", "risk of option b", "CX-2", "3", "4", affects=True, option="b"),
    ]),
    (put(IMPACT, (q("harms", "options", 0, "points"), 3)), [
        change("options", "points of option readers-2", "harms", "2", "3", affects=True,
               option="readers-2"),
    ]),
    (put(SMALL, (q("CX-2", "options"), [*at(SMALL, q("CX-2", "options")),
                                        {"id": "c", "risk": 4, "label": "Fatal"}])), [
        change("options", "option c", "CX-2", "", "Fatal (risk 4)", affects=True, option="c"),
    ]),
    (put(SMALL, (q("CX-1", "options", 0), None)), [
        change("options", "option a", "CX-1", "Nothing (risk 0)", affects=True, option="a"),
    ]),
    (put(IMPACT, (q("effect", "options", 0), None)), [
        change("options", "option near-0", "effect", "Near (0 points)", affects=True,
               option="near-0"),
    ]),
    (put(SMALL, (("facts", 0, "options"), [*at(SMALL, ("facts", 0, "options")),
                                           {"id": "partly", "label": "Partly"}])), [
        change("options", "option partly", "public_facing", "", "Partly", affects=True,
               option="partly"),
    ]),
    (put(IMPACT, (q("harms", "options"), at(IMPACT, q("harms", "options"))[::-1])), [
        change("options", "order of options", "harms", "readers-2, staff-1",
               "staff-1, readers-2"),
    ]),
    # -- type, red flag, details
    (put(SMALL, (q("VO-2", "type"), "text")), [change("type", "type", "VO-2", "a number",
                                                       "a text")]),
    (put(SMALL, (q("TR-1", "type"), "single")), [
        change("type", "type", "TR-1", "several options", "one option", affects=True),
    ]),
    (put(SMALL, (q("DP-1", "red_flag"), None)), [
        change("red_flag", "red flag", "DP-1", "c is a stop; a legal duty", "none",
               affects=True),
    ]),
    (put(SMALL, (q("DP-2", "red_flag", "options"), ["c"])), [
        change("red_flag", "red flag", "DP-2", "b or c is a stop from tier 2, a flag below it",
               "c is a stop from tier 2, a flag below it", affects=True),
    ]),
    (put(SMALL, (q("DP-1", "answered_by"), "joint")), [
        change("details", "answered by", "DP-1", "The supplier",
               "You and the supplier together"),
    ]),
    (put(SMALL, (q("DP-1", "first_gate"), "G3")), [
        change("details", "first gate", "DP-1", "G2", "G3"),
    ]),
    (put(SMALL, (q("DP-1", "procurement_use"), "term")), [
        change("details", "procurement use", "DP-1", "Mandatory requirement", "Contract term"),
    ]),
    (put(SMALL, (q("DP-1", "sources"), ["Own question"])), [
        change("details", "sources", "DP-1", "Library Act section 3; Own question",
               "Own question"),
    ]),
    (put(SMALL, (q("DP-1", "clauses"), None)), [
        change("details", "clauses", "DP-1", "no-training"),
    ]),
    (put(SMALL, (q("DP-1", "core"), None)), [
        change("details", "core", "DP-1", "yes", "no", affects=True),
        change("pack", "pack baseline: questions out", "", "DP-1", affects=True),
    ]),
    # -- sections
    (put(SMALL, (("sections", 3), None)), [
        change("section", "section VO", "", "Is it worth it?"),
        *(change("removed", "section VO", name, at(SMALL, q(name, "ask")))
          for name in ("VO-1", "VO-2", "VO-3")),
    ]),
    (put(SMALL, (("sections",), [*SMALL["sections"], {
        "id": "SE", "title": "Security", "role": "decisive", "questions": [NEW]}])), [
        change("section", "section SE", "", "", "Security", affects=True),
        change("added", "section SE", "DP-3", "", "Who may read the data?", affects=True),
        change("pack", "pack baseline: questions in", "", "", "DP-3", affects=True),
    ]),
    (put(SMALL, (("sections", 2, "title"), "Openness")), [
        change("section", "section TR: title", "", "Transparency", "Openness"),
    ]),
    (put(IMPACT, (("sections", 0, "title", "fr"), "Sur")), [
        change("section", "section about: title in fr", "", "À propos", "Sur"),
    ]),
    (put(SMALL, (("sections", 2, "role"), "challenge")), [
        change("section", "section TR: role", "", "decisive", "challenge", affects=True),
    ]),
    (put(SMALL, (("sections", 2, "pillar"), None)), [
        change("section", "section TR: pillar", "", "transparency"),
    ]),
    (put(SMALL, (("sections",), [SMALL["sections"][n] for n in (0, 2, 1, 3)])), [
        change("section", "sections: order", "", "CX, DP, TR, VO", "CX, TR, DP, VO"),
    ]),
    (put(SMALL, (("facts",), SMALL["facts"][::-1])), [
        change("section", "facts: order", "", "public_facing, hosted", "hosted, public_facing"),
    ]),
    (put(SMALL, (("sections", 1, "questions"), SMALL["sections"][1]["questions"][::-1])), [
        change("section", "section DP: order of questions", "", "DP-1, DP-2", "DP-2, DP-1"),
    ]),
    # -- packs
    (put(SMALL, (("packs", 0, "questions"), ["CX-1", "DP-2", "TR-2"])), [
        change("pack", "pack triage: questions in", "", "", "DP-2 and TR-2", affects=True),
        change("pack", "pack triage: questions out", "", "CX-2 and DP-1", affects=True),
    ]),
    (put(SMALL, (("packs", 0, "title"), "First")), [
        change("pack", "pack triage: title", "", "Triage", "First"),
    ]),
    (put(SMALL, (("packs", 0), None)), [
        change("pack", "pack triage", "", "Triage (3 questions)", affects=True),
    ]),
    (put(IMPACT, (("packs",), [*IMPACT["packs"], {
        "id": "all", "title": "All", "description": "All.", "questions": "all"}])), [
        change("pack", "pack all", "", "", "All (every question)"),
    ]),
    # -- policy
    (put(SMALL, (("policy", "bands", 2, "from"), 55)), [
        change("policy", "policy: band high, start", "", "60", "55", affects=True),
    ]),
    (put(SMALL, (("policy", "bands", 2, "label"), "Red")), [
        change("policy", "policy: band high, label", "", "High", "Red"),
    ]),
    (put(SMALL, (("policy", "flag_band"), "moderate")), [
        change("policy", "policy: band of a stop or flag", "", "high", "moderate",
               affects=True),
    ]),
    (put(SMALL, (("policy", "agreed_mitigation_helps"), 1)), [
        change("policy", "policy: help of an agreed mitigation", "", "2", "1", affects=True),
    ]),
    (put(SMALL, (("policy", "adopted_by"), "The board")), [
        change("policy", "policy: adopted by", "", "Nobody, this is invented", "The board"),
    ]),
    (put(SMALL, ((*OTHER_TIER, "from"), 4)), [
        change("policy", "policy: tier 2, start", "", "3", "4", affects=True),
    ]),
    (put(SMALL, ((*OTHER_TIER, "evidence_floor", "E2"), 1)), [
        change("policy", "policy: tier 2, floor at E2", "", "0", "1", affects=True),
    ]),
    (put(SMALL, ((*OTHER_TIER, "decisions", "low"), "conditions")), [
        change("policy", "policy: tier 2, decision at low", "", "Proceed",
               "Proceed with conditions", affects=True),
    ]),
    (put(SMALL, ((*OTHER_TIER, "packs"), ["baseline", "full"])), [
        change("policy", "policy: tier 2, packs that are enough", "", "full", "baseline, full",
               affects=True),
    ]),
    (put(SMALL, (("policy", "tiers", 0, "notes", "low"), "keep two")), [
        change("policy", "policy: tier 1, note at low", "", "keep a copy", "keep two"),
    ]),
    (put(SMALL, (("policy", "tiers", 0, "sign_off"), "Chief")), [
        change("policy", "policy: tier 1, sign off", "", "Team leader", "Chief"),
    ]),
    (put(SMALL, (("policy", "tiers"), [*SMALL["policy"]["tiers"], {
        **SMALL["policy"]["tiers"][1], "tier": 3, "from": 4, "label": "Tier III"}])), [
        change("policy", "policy: tier 3", "", "", "Tier III, from 4", affects=True),
    ]),
    (put(SMALL, (("policy", "tier_rule", "base", 1, "subtract"), 2)), [
        change("policy", "policy: tier rule, base", "", "CX-1; CX-2 less 1",
               "CX-1; CX-2 less 2", affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 0, "add"), 2)), [
        change("policy", "policy: tier rule, adjustment 1", "", FIRST, f"+2{FIRST[2:]}",
               affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 0), None)), [
        change("policy", "policy: tier rule, adjustment 1", "", FIRST, affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 1, "when", "all", 1), None)), [
        change("policy", "policy: tier rule, adjustment 2", "", SECOND,
               "-1 if the risk of CX-2 is at most 1", affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 0, "because"), "It acts.")), [
        change("policy", "policy: tier rule, adjustment 1, reason", "",
               at(SMALL, (*ADJUSTMENTS, 0, "because")), "It acts."),
    ]),
    (put(IMPACT, (("policy", "phases"), 1)), [
        change("policy", "policy: phases", "", "2", "1", affects=True),
    ]),
    (put(IMPACT, (("policy", "mitigation_from"), 75)), [
        change("policy", "policy: mitigation from", "", "80", "75", affects=True),
    ]),
    (put(IMPACT, (("policy", "mitigation_takes_off"), 20)), [
        change("policy", "policy: mitigation takes off", "", "15", "20", affects=True),
    ]),
    (put(IMPACT, (("policy", "levels", 0, "up_to"), 30)), [
        change("policy", "policy: level 1, end", "", "up to 25 per cent", "up to 30 per cent",
               affects=True),
    ]),
    (put(IMPACT, (("policy", "levels", 2, "label", "fr"), "Niveau trois")), [
        change("policy", "policy: level 3, label in fr", "", "Niveau III", "Niveau trois"),
    ]),
    (put(IMPACT, (("policy", "levels", 2), None), (("policy", "levels", 1, "up_to"), None)), [
        change("policy", "policy: level 2, end", "", "up to 50 per cent", "without an end",
               affects=True),
        change("policy", "policy: level 3", "", "Level III, without an end", affects=True),
    ]),
    # -- the framework itself, clauses, sources
    (put(SMALL, (("scale_max",), 5)), [
        change("method", "framework: top of the scale", "", "4", "5", affects=True),
    ]),
    (put(SMALL, (("subject",), "supplier")), [
        change("method", "framework: subject", "", "purchase", "supplier"),
    ]),
    (put(SMALL, (("title",), "Small check")), [
        change("method", "framework: title", "", "Small invented check", "Small check"),
    ]),
    (put(SMALL, (("clauses", 0, "heading"), "No training")), [
        change("details", "clause no-training: heading", "", "No training on our data",
               "No training"),
    ]),
    (put(IMPACT, (("clauses", 0, "pointers", 0, "fr"), "Partie 3")), [
        change("details", "clause reach: pointer 1 in fr", "", "Partie 2", "Partie 3"),
    ]),
    (put(SMALL, (("sources", 1), None)), [
        change("details", "source OWN", "", "Own question"),
    ]),
    (put(SMALL, (("sources", 0, "cited_as"), ["Library Act", "LA"])), [
        change("details", "source LIBRARY: cited as", "", "Library Act", "Library Act; LA"),
    ]),
]  # fmt: skip


def base_of(document):
    return SMALL if document["id"] == "small" else IMPACT


@pytest.mark.parametrize(("document", "expected"), ONE_BY_ONE)
def test_a_small_change_is_found_and_nothing_else(document, expected):
    assert found(base_of(document), document) == expected


def test_every_kind_of_change_is_shown():
    assert {each.kind for _, expected in ONE_BY_ONE for each in expected} == set(KINDS)


@pytest.mark.parametrize("document", [SMALL, IMPACT], ids=["small", "small-impact"])
def test_a_framework_does_not_differ_from_itself(document):
    comparison = compare(framework(document), framework(deepcopy(document)))

    assert comparison.groups == ()
    assert comparison.summary == {}
    assert not comparison.same_version_changed


@pytest.mark.parametrize("document", [
    put(SMALL, (q("CX-1", "type"), "single")),
    put(SMALL, (q("CX-2", "core"), False)),
    put(SMALL, (q("DP-1", "ask"), {"en": at(SMALL, q("DP-1", "ask"))})),
    put(SMALL, (q("DP-2", "when"), {"all": [{"any": [at(SMALL, q("DP-2", "when"))]}]})),
    put(SMALL, (q("TR-2", "when", "any"), at(SMALL, q("TR-2", "when", "any"))[::-1])),
    put(SMALL, ((*ADJUSTMENTS,), at(SMALL, ADJUSTMENTS)[::-1])),
    put(SMALL, (("policy", "tier_rule", "base"), SMALL["policy"]["tier_rule"]["base"][::-1])),
    put(SMALL, (("subject",), "purchase")),
    put(SMALL, (("packs", 0, "questions"), ["DP-1", "CX-1", "CX-2"])),
])  # fmt: skip
def test_another_way_of_writing_the_same_is_no_change(document):
    comparison = compare(framework(SMALL), framework(document))

    assert comparison.changes == ()
    assert comparison.same_version_changed


def test_a_condition_that_moves_from_its_questions_to_their_section_is_no_change():
    condition = {"question": "hosted", "in": ["yes"]}
    each = put(SMALL, (q("DP-1", "when"), condition))
    whole = put(SMALL, (q("DP-2", "when"), None), (("sections", 1, "when"), condition))

    assert found(each, whole) == []


NEVER_CHANGED = {"id", "schema_version", "version", "question", "tier", "level"}
DEFAULTS = {
    "type": "single", "core": False, "legal_duty": False, "subject": "purchase",
    "answered_by": "buyer", "first_gate": "G0", "procurement_use": "internal",
}  # fmt: skip


@cache
def variants(name):
    """Valid documents that lack one thing of a small framework, or have one value changed.

    One place of each kind is tried, with what comes of it.
    """
    base = {"small": SMALL, "small-impact": IMPACT}[name]
    old = framework_from_document(base)
    made = []
    for path in kinds(base):
        if not path or path[-1] in NEVER_CHANGED:
            continue
        value = at(base, path)
        candidates = [without(path, base)]
        if isinstance(value, str):
            candidates.append(changed(path, f"{value} zz", base))
        elif isinstance(value, int) and not isinstance(value, bool):
            candidates += [changed(path, value + 1, base), changed(path, value - 1, base)]
        for document in candidates:
            if not check_framework(document):
                new = framework_from_document(document)
                made.append((path, value, compare(old, new), compare(new, old)))
    return made


@pytest.mark.parametrize("name", ["small", "small-impact"])
def test_nothing_that_can_be_left_out_or_changed_is_overlooked(name):
    """Every key of the format stands in the two files, so none can be added and forgotten."""
    overlooked = [
        path
        for path, value, comparison, _ in variants(name)
        if not comparison.changes and value != DEFAULTS.get(path[-1])
    ]

    assert overlooked == []
    assert len(variants(name)) > 60


@pytest.mark.parametrize("name", ["small", "small-impact"])
def test_the_way_back_shows_the_same_values_the_other_way_round(name):
    for path, _, there, back in variants(name):
        forward = {(c.question, c.before, c.after, c.option) for c in there.changes}
        assert forward == {(c.question, c.after, c.before, c.option) for c in back.changes}, path


def test_changes_stand_in_reading_order_grouped_by_what_they_are_about():
    new = put(
        SMALL,
        (("policy", "flag_band"), "moderate"),
        (q("TR-2", "weight"), 5),
        (q("DP-1", "ask"), "Other?"),
        (q("DP-1", "weight"), 4),
        (("sections", 2, "title"), "Openness"),
        (("title",), "Other"),
        (("facts", 0, "why"), "Other"),
    )

    comparison = compare(framework(SMALL), framework(new))

    assert [(g.subject, g.question, len(g.changes)) for g in comparison.groups] == [
        ("framework", "", 1),
        ("public_facing", "public_facing", 1),
        ("DP-1", "DP-1", 2),
        ("section TR", "", 1),
        ("TR-2", "TR-2", 1),
        ("policy", "", 1),
    ]
    assert comparison.summary == {
        "reworded": 2, "reweighted": 2, "section": 1, "policy": 1, "method": 1,
    }  # fmt: skip
    assert counts_line(comparison) == (
        "7 changes: 2 reworded, 2 reweighted, 1 section changed, 1 policy changed, "
        "1 framework changed. 3 could move a result."
    )
    assert comparison.affects_result


def test_a_removed_question_stands_where_it_was():
    new = put(SMALL, (q("VO-1", "ask"), "A?"), (q("VO-3", "ask"), "C?"), (q("VO-2"), None))

    names = [each.question for each in found(SMALL, changed(("sections", 3), {
        **SMALL["sections"][3], "questions": new["sections"][3]["questions"]}))]  # fmt: skip

    assert names == ["VO-1", "VO-2", "VO-3"]


def test_another_method_is_one_change_and_its_policy_is_not_taken_apart():
    kinds = {c.where: c for c in found(SMALL, IMPACT) if c.kind in ("method", "policy")}

    assert kinds["framework: method"] == change(
        "method", "framework: method", "", "weakest-section", "impact-mitigation", affects=True
    )
    assert not any(where.startswith("policy") for where in kinds)


def test_two_frameworks_can_be_compared_and_it_is_said():
    comparison = compare(framework(SMALL), framework(IMPACT))

    assert not comparison.is_same_framework
    assert not comparison.same_version_changed


def test_a_new_version_may_change_and_the_same_version_may_not():
    again = put(SMALL, (q("DP-2", "weight"), 5))
    newer = put(again, (("version",), "2026.2"))

    assert compare(framework(SMALL), framework(again)).same_version_changed
    assert not compare(framework(SMALL), framework(newer)).same_version_changed
    assert compare(framework(SMALL), framework(newer)).version_is_new


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (q("DP-2", "weight"), 5, "DP-2 reweighted: 3 -> 5"),
        (q("DP-2", "when"), None, "DP-2 reconditioned: asked if hosted is yes -> always asked"),
        (q("DP-2", "ask"), "Who?", 'DP-2 reworded (ask): "Where are the data held?" -> "Who?"'),
        (q("DP-1", "help"), "Look.", 'DP-1 reworded (help): added "Look."'),
        (q("VO-2"), None, 'VO-2 removed: "What does it cost a year?"'),
        (q("CX-1", "options", 0), None,
         "CX-1 options changed (option a): removed Nothing (risk 0)"),
        (("policy", "flag_band"), "low", "policy: band of a stop or flag: high -> low"),
        (q("VO-1", "ask"), "a " * 500,
         f'VO-1 reworded (ask): "What would you do without it?" -> "{"a " * 39}a…"'),
    ],
)  # fmt: skip
def test_a_change_reads_as_one_line(path, value, line):
    (found_change,) = found(SMALL, put(SMALL, (path, value)))

    assert change_line(found_change) == line


def test_texts_are_given_whole():
    (found_change,) = found(SMALL, put(SMALL, (q("VO-1", "ask"), "a " * 2000)))

    assert found_change.after == "a " * 2000


# --- Versions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "taken", "following"),
    [
        ("2026.1", (), "2026.2"),
        ("1.0.1", (), "1.0.2"),
        ("1", (), "2"),
        ("1.09", (), "1.10"),
        ("9", (), "10"),
        ("draft", (), "draft-2"),
        ("v1.2", (), "v1.2-2"),
        ("2026.1", ("2026.2", "2026.3", "2026.5"), "2026.4"),
        ("draft", ("draft-2",), "draft-3"),
        ("9" * 1000, (), f"{'9' * 1000}-2"),
    ],
)
def test_the_next_version_is_sensible_and_free(version, taken, following):
    assert next_version(version, taken) == following


def test_a_changed_framework_under_a_known_version_is_refused_with_what_to_do():
    new = put(SMALL, (q("DP-2", "weight"), 5), (q("DP-1", "ask"), "Is it?"),
              (q("DP-1", "why"), "So."))  # fmt: skip
    known = [framework(IMPACT), framework(SMALL), framework(put(SMALL, (("version",), "2026.2")))]

    assert refuse_unchanged_version(framework(new), known) == (
        "small 2026.1 is already in use with another content: it has 3 changes: 2 reworded, "
        "1 reweighted. 1 could move a result. First: DP-1 reworded (ask): "
        '"Is what readers type kept out of training?" -> "Is it?"; '
        'DP-1 reworded (why): "People ask libraries private things." -> "So.". '
        'Write a new version, such as "2026.3".'
    )


def test_a_framework_that_is_only_written_differently_is_refused_too():
    """A record holds the document, so that the two would be told apart."""
    said = refuse_unchanged_version(
        framework(put(SMALL, (q("CX-1", "type"), "single"))), [framework(SMALL)]
    )

    assert "differs only in how the file is written" in said
    assert 'such as "2026.2"' in said


@pytest.mark.parametrize("new", [
    deepcopy(SMALL),
    put(SMALL, (("version",), "2026.2"), (q("DP-2", "weight"), 5)),
    put(SMALL, (("id",), "other"), (q("DP-2", "weight"), 5)),
])  # fmt: skip
def test_what_clashes_with_nothing_is_not_refused(new):
    assert refuse_unchanged_version(framework(new), [framework(SMALL)]) == ""


def test_the_shipped_framework_does_not_differ_from_itself():
    path = ROOT / "frameworks" / "ai-supplier-core.yaml"

    assert compare(load_framework(path), load_framework(path)).changes == ()
