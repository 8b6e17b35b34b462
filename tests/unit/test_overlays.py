"""Overlays: what one may change, what it may not, and the whole that it makes of its base."""

import json
from dataclasses import replace

import pytest

from procurement_risk.canonical import digest_of
from procurement_risk.framework.checks.shape import shape_validator
from procurement_risk.framework.document import SCHEMA, check_framework, framework_from_document
from procurement_risk.framework.overlay import rules
from procurement_risk.framework.overlay.fields import FIELDS, NAMES, Each, Inside
from procurement_risk.framework.overlay.merging import merge
from procurement_risk.framework.overlay.reading import SCHEMA as OVERLAY_SCHEMA, whole
from procurement_risk.framework.overlay.rules import Inherited
from procurement_risk.framework.strict_yaml import read_yaml
from scripts.overlay_schema import TWINS, overlay_schema
from tests.support.framework_documents import GATES, IMPACT, WRONG, changed, kinds
from tests.support.overlays import BASE, GOOD, HEAD, document, folder, told

ASKED = """\
        why: w
        good: g
        evidence: e
        sources: [Own question]
        answered_by: buyer
        first_gate: award
        procurement_use: internal
        weight: 1
        options: [{id: a, risk: 0, label: One}, {id: b, risk: 4, label: Two}]
"""


# --- The whole


def test_the_whole_is_a_framework():
    """Complete, sound, and with the base's method, gates and earlier ids."""
    whole = document()
    ours, base = framework_from_document(whole), framework_from_document(GATES)

    assert check_framework(whole) == []
    assert (ours.id, ours.version, ours.title) == ("ours", "1", "Our questions")
    assert (ours.method_version, ours.gates) == (base.method_version, base.gates)
    assert ours.by_id["CX-1"].option_now("old-c").id == "c"
    assert ours.policy.core_pack == base.policy.core_pack
    assert set(base.by_id) | {"CX-9", "LB-1"} == set(ours.by_id)
    assert (ours.based_on.id, ours.based_on.version) == ("small-gates", "2026.1")
    assert ours.based_on.digest == digest_of(GATES)


def test_an_adjustment_may_be_said_in_another_language():
    """Which one is meant is told by its steps and its condition; it is not taken twice."""
    held, *others = GATES["policy"]["tier_rule"]["adjustments"]
    because = {"fr": "Il agit seul."}
    twin = {"policy": {"tier_rule": {"adjustments": [{**held, "because": because}]}}}
    merged = merge(GATES, {"languages": ["fr"], **twin}, "small-gates")

    assert merged.faults == []
    both = {"en": held["because"], "fr": "Il agit seul."}
    assert merged.document["policy"]["tier_rule"]["adjustments"] == [
        {**held, "because": both},
        *others,
    ]


def test_what_it_changes_is_changed():
    ours = framework_from_document(document())
    policy, first = ours.policy, ours.policy.tiers[0]

    assert [band.start for band in policy.bands] == [0, 25, 55]
    assert (first.packs, first.floors, first.sign_off) == (
        ("full",),
        (1, 1, 0, 0, 0),
        "Head of service",
    )
    assert first.decisions == {"low": "proceed", "moderate": "conditions", "high": "conditions"}
    assert [each.question for each in policy.tier_rule.base] == ["CX-1", "CX-2", "CX-9"]
    assert [each.add for each in policy.tier_rule.adjustments] == [1, -1, 1]
    assert ours.by_id["DP-1"].weight == 8
    assert ours.by_id["DP-1"].clauses == ("no-training", "our-clause")
    assert ours.by_id["DP-1"].red_flag.options == {"b", "c"}
    assert ours.by_id["DP-1"].red_flag.legal_duty
    assert (ours.by_id["DP-2"].red_flag.from_tier, ours.by_id["DP-2"].red_flag.stop_from_tier) == (
        1,
        2,
    )
    assert ours.pack("triage").questions == {"CX-1", "CX-2", "DP-1", "LB-1"}


def test_a_new_part_stands_after_the_one_before_it():
    ours = framework_from_document(document())

    assert [q.id for q in ours.section("DP").questions] == ["DP-1", "LB-1", "DP-2"]
    assert [q.id for q in ours.section("CX").questions] == ["CX-1", "CX-2", "CX-9"]
    assert ours.packs[1].id == "ours"  # it stands behind triage in the overlay


def test_texts_in_another_language_are_added():
    whole = document()
    welsh = framework_from_document(whole, "cy")

    assert welsh.section("DP").title == "Preifatrwydd data"
    assert welsh.section("CX").title == "Context"
    assert welsh.untranslated > 0
    assert framework_from_document(whole).section("DP").title == "Data privacy"
    assert whole["languages"] == ["en", "cy"]


def test_the_base_is_left_as_it_was():
    before = digest_of(GATES)
    document()
    assert digest_of(GATES) == before


# --- The table


def part_properties(schema):
    yield "framework", schema["properties"]
    for name, part in schema["$defs"].items():
        if "properties" in part and name not in ("condition", "tier_condition"):
            yield (
                TWINS.get(name, "policy" if name == "impact_policy" else name),
                part["properties"],
            )


def test_every_key_of_a_framework_says_what_an_overlay_may_do():
    """Whoever adds a key to the schema has to decide."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    found = {}
    for name, properties in part_properties(schema):
        found.setdefault(name, set()).update(properties)

    assert found == {name: set(table) for name, table in FIELDS.items()}


def test_the_tables_lead_to_tables():
    led_to = [
        rule.table
        for table in FIELDS.values()
        for rule in table.values()
        if isinstance(rule, Inside | Each)
    ]
    assert set(led_to) | {"framework", "adjustment"} == set(FIELDS)
    lists = {r.table for t in FIELDS.values() for r in t.values() if isinstance(r, Each)}
    assert lists == set(NAMES)


def test_the_schema_of_overlays_follows_from_that_of_frameworks():
    """Otherwise run ``python -m scripts.overlay_schema``."""
    assert json.loads(OVERLAY_SCHEMA.read_text("utf-8")) == overlay_schema()
    assert list(shape_validator(OVERLAY_SCHEMA).iter_errors(read_yaml(GOOD).data)) == []


@pytest.mark.parametrize("base", [GATES, IMPACT], ids=["sections", "points"])
def test_whoever_copies_the_base_whole_changes_nothing(base):
    """What stands there already is never refused, in any table."""
    merged = merge(base, {**base, "id": "ours"}, "it")
    assert merged.faults == []
    assert merged.document == {**base, "id": "ours"}


# --- What it may not change


def q(name, *lines):
    body = "\n".join(f"        {line}" for line in lines)
    section = {"DP-1": "DP", "DP-2": "DP", "CX-1": "CX"}[name]
    return f"sections:\n  - id: {section}\n    questions:\n      - id: {name}\n{body}\n"


REFUSED = {
    "scale": ("scale_max: 5\n", "scale_max: 5", "An overlay cannot change this"),
    "method": ("method_version: 1\n", "method_version: 1", "An overlay cannot change this"),
    "band": ("policy:\n  bands:\n    - {id: high, from: 70}\n", "{id: high", "write 60 or less"),
    "new band": ("policy:\n  bands:\n    - {id: odd, from: 70}\n", "{id: odd", "adds none"),
    "floor": (
        "policy:\n  tiers:\n    - tier: 2\n      evidence_floor: {E0: 1}\n",
        "evidence_floor",
        "write 2 or more",
    ),
    "tier start": ("policy:\n  tiers:\n    - {tier: 2, from: 4}\n", "{tier: 2", "write 3 or less"),
    "decision": (
        "policy:\n  tiers:\n    - tier: 2\n      decisions: {high: escalate}\n",
        "decisions",
        "escalate is milder",
    ),
    "mitigation": ("policy:\n  agreed_mitigation_helps: 3\n", "agreed", "write 2 or less"),
    "flag band": ("policy:\n  flag_band: moderate\n", "flag_band", "moderate is milder"),
    "core pack": ("policy:\n  core_pack: full\n", "core_pack", "cannot change this"),
    "empty list": (
        "policy:\n  tier_rule:\n    adjustments: []\n",
        "adjustments",
        "empty takes nothing away",
    ),
    "empty group": ("policy:\n  tier_rule: {}\n", "tier_rule", "empty takes nothing away"),
    "step down": (
        "policy:\n  tier_rule:\n    adjustments:\n"
        "      - {add: -1, when: {question: CX-1, risk_at_most: 2}}\n",
        "adjustments",
        "A step down",
    ),
    "step reworded": (
        "policy:\n  tier_rule:\n    adjustments:\n      - add: 1\n"
        "        because: It never happens.\n        when:\n          any:\n"
        "            - {question: CX-1, risk_at_least: 4}\n            - all:\n"
        "                - {question: CX-1, risk_at_least: 2, risk_at_most: 3}\n"
        "                - {question: CX-2, risk_at_least: 2}\n",
        "adjustments",
        "keeps its meaning",
    ),
    "tier base": (
        "policy:\n  tier_rule:\n    base:\n      - {question: CX-2, subtract: 2}\n",
        "{question: CX-2",
        "write 1 or less",
    ),
    "smaller pack": (
        "policy:\n  tiers:\n    - tier: 2\n      packs: [full, mini]\n"
        "packs:\n  - {id: mini, title: M, description: D, questions: [DP-1]}\n",
        "packs: [full, mini]",
        "asks less than full",
    ),
    "pack of the base": (
        "policy:\n  tiers:\n    - tier: 2\n      packs: [full, triage]\n",
        "packs: [full, triage]",
        "asks less than full",
    ),
    "core by list": ("packs:\n  - {id: baseline, questions: [DP-2]}\n", "{id: bas", "core: true"),
    "legal duty": (q("DP-1", "red_flag: {legal_duty: false}"), "red_flag", "It is true"),
    "stop to flag": (q("DP-1", "red_flag: {class: flag}"), "red_flag", "flag is milder"),
    "option of a stop left out": (
        q("DP-2", "red_flag: {options: [c]}"),
        "red_flag",
        "fires on b, c",
    ),
    "gates left out": ("gates:\n  - {id: idea, label: Idea}\n", "gates", "Leaving some out"),
    "stop later": (q("DP-1", "red_flag: {stop_from_tier: 2}"), "red_flag", "write 1 or less"),
    "flag later": (q("DP-1", "red_flag: {from_tier: 2}"), "red_flag", "write 1 or less"),
    "condition": (q("DP-1", 'when: {never: "No."}'), "when", "cannot change this"),
    "reworded": (q("DP-1", "ask: Is it cheap?"), "ask", "keeps its meaning"),
    "standard": (q("DP-1", "good: Anything."), "good", "keeps its meaning"),
    "label": (q("DP-1", "options: [{id: c, label: Perhaps}]"), "options", "keeps its meaning"),
    "risk": (q("DP-1", "options: [{id: c, risk: 1}]"), "options", "cannot change this"),
    "new option": (
        q("DP-1", "options: [{id: d, risk: 3, label: Nearly}]"),
        "options",
        'There is no option "d" in small-gates 2026.1, and an overlay adds none',
    ),
    "earlier id": (q("CX-1", "options: [{id: a, was: [z]}]"), "options", "cannot change this"),
    "role": ("sections:\n  - {id: DP, role: challenge}\n", "- {id: DP", "cannot change this"),
    "section": ("sections:\n  - {id: DP, when: {never: No.}}\n", "- {id: DP", "cannot change"),
    "gate": ("gates:\n  - {id: later, label: Later}\n", "- {id: later", "an overlay adds none"),
    "use": (q("DP-1", "procurement_use: award"), "procurement_use", "cannot change this"),
    "misspelt id": (
        "sections:\n  - id: DP\n    questions:\n      - {id: DP-11, weight: 2}\n",
        "- {id: DP-11",
        'There is no question "DP-11" in small-gates 2026.1: did you mean "DP-1"?',
    ),
    "twice": (
        "sections:\n  - {id: DP, intro: One.}\n  - {id: DP, intro: Two.}\n",
        "- {id: DP, intro: Two.}",
        "stands here twice",
    ),
    "in another section": (
        "sections:\n  - id: CX\n    questions:\n      - id: DP-1\n        ask: Mine\n" + ASKED,
        "- id: DP-1",
        "is asked in section DP",
    ),
    "in a new section": (
        "sections:\n  - id: NEW\n    title: N\n    role: challenge\n    questions:\n"
        "      - id: DP-1\n        ask: Mine\n" + ASKED,
        "- id: DP-1",
        "is asked in section DP",
    ),
    "only capitals": (
        "sections:\n  - id: DP\n    questions:\n      - id: dp-1\n        ask: Mine\n" + ASKED,
        "- id: dp-1",
        "only in capital letters",
    ),
    "unknown key": (q("DP-1", "wieght: 3"), "wieght", 'did you mean "weight"?'),
    "wrong kind": (q("DP-1", "weight: high"), "weight", "must be a whole number"),
    "not a list": ("sections: DP\n", "sections", "must be a list"),
    "half a question": (
        "sections:\n  - id: DP\n    questions:\n      - {id: N-1, ask: Why?}\n",
        "- {id: N-1",
        'The key "why" is missing',
    ),
    "unknown language": (q("DP-1", "ask: {cy: Pam?}"), "ask", "cy"),
    "first language": (q("DP-1", "ask: {en: Why?}"), "ask", "keeps its meaning"),
    "stands for the whole": ("based_on: {id: x, version: \"1\"}\n", "based_on", "no key"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_it_may_not(case):
    """Told at its line, with what to do; and one of what it may do beside it is not told."""
    added, line, words = REFUSED[case]
    found = told(HEAD + added)

    assert any(at.startswith(line.strip("- ")) or line in at for at, __ in found), found
    assert any(words in said for __, said in found), found
    assert len(found) <= 2 or case == "half a question", found


def test_everything_is_told_at_once():
    text = HEAD + "scale_max: 5\n" + q("DP-1", "good: Anything.", "wieght: 3", "weight: 0")
    assert [at for at, __ in told(text)] == [
        "scale_max: 5",
        "good: Anything.",
        "wieght: 3",
        "weight: 0",
    ]


def test_a_flag_may_be_added_and_a_flag_made_a_stop():
    text = HEAD + q("CX-1", "red_flag: {options: [c], class: flag}")
    assert told(text) == []
    before = {"options": ["c"], "class": "flag"}
    base = Inherited("flag", before, ("en",), {})
    assert rules.stop_of_flag("stop", base) == ("stop", "")
    assert rules.stops_sooner(3, replace(base, value=None)) == (3, "")


def test_a_value_of_another_kind_is_left_to_the_shape():
    base = Inherited(3, {}, ("en",), {"bands": [{"id": "low"}]})
    for rule in (rules.at_most, rules.at_least, rules.stricter, rules.worse_band):
        assert rule([], base)[1] == ""
        assert rule(True, base)[1] == ""


def test_whatever_stands_anywhere_is_answered():
    """Something wrong in each kind of place, one after the other: told or allowed, not raised."""
    overlay = read_yaml(GOOD).data
    places = [path for path in kinds(overlay) if path]
    assert len(places) > 60
    for number, path in enumerate(places):
        wrong = WRONG[number % len(WRONG)]
        found = whole(changed(path, wrong, overlay), folder(BASE))
        assert found.faults or check_framework(found.document) == []


@pytest.mark.parametrize(("text", "said"), [
    (HEAD.replace("extends:", "extend:"), 'did you mean "extends"?'),
    (HEAD.replace("extends:", "extends"), 'The colon after "extends" is missing'),
    (HEAD.replace("small-gates@", "smal-gates@"), 'did you mean "small-gates"?'),
])  # fmt: skip
def test_a_slip_in_what_it_extends_is_told_once(text, said):
    ((at, found),) = told(text)

    assert at.startswith("extend")
    assert said in found
