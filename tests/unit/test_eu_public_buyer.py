"""The questionnaire for public buyers in the European Union holds what it says of itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.methods.weakest_section import Result, score
from tests.support.answer_sets import AS_OF, CORE

EU = load_framework(FRAMEWORKS / "eu-public-buyer.yaml")
DUTIES = {"EU-01", "EU-25", "EU-31", "DP-03", "EU-34"}
EVERYTHING_ON = {
    "ai_act_class": "annex3",
    **dict.fromkeys(
        ["personal_data", "decisions_about_people", "public_facing", "workplace"], "yes"
    ),
    "foundation_model": "yes",
}


def result_of(place: int = 0, pack: str = "full", gate: str = "", **instead: str) -> Result:
    """Score the options at ``place``, with E4 evidence and other options or facts ``instead``."""
    facts = {**EVERYTHING_ON, **{k: v for k, v in instead.items() if k in EVERYTHING_ON}}
    options = {q.id: q.options[place].id for q in EU.questions()}
    options |= {k.replace("_", "-"): v for k, v in instead.items() if k not in EVERYTHING_ON}
    answers = {name: {"option": option} for name, option in facts.items()}
    answers |= {name: {"option": o, "evidence": "E4"} for name, o in options.items()}
    line = {"as_of": AS_OF, "answers": answers, **({"gate": gate} if gate else {})}
    return score(EU, check_answers(EU, line, pack))


def test_counts_in_the_descriptions_are_true():
    asked = list(EU.questions())
    sizes = {p.id: len(p.questions) if p.questions else len(asked) for p in EU.packs}

    assert EU.description.startswith("Forty questions")
    assert (len(asked), len(EU.facts)) == (40, 6)
    assert sizes == {"triage": 10, "baseline": 27, "full": 40}
    for pack in EU.packs:
        assert [int(n) for n in re.findall(r"\b\d+\b", pack.description)] == [sizes[pack.id]]


def test_a_shared_id_asks_what_the_core_asks():
    """In a section of the same role; everything of its own is called EU-…."""
    shared = [q for q in EU.questions() if not q.id.startswith("EU-")]

    assert len(shared) == 20
    for q in shared:
        theirs = CORE.by_id[q.id]
        assert q.type == theirs.type
        assert EU.section(q.section).role == CORE.section(theirs.section).role, q.id


def test_what_both_flag_is_flagged_for_the_same_answers():
    """So that an honest "not measured yet" is punished in neither."""
    core = load_framework(FRAMEWORKS / "ai-supplier-core.yaml")
    flagged = {q.id: q.red_flag for q in EU.questions() if q.red_flag and q.id in core.by_id}
    theirs = {name: core.by_id[name].red_flag for name in flagged}

    assert {"EQ-02", "TR-05", "TR-06"} <= flagged.keys()
    assert {name for name in flagged if theirs[name] and flagged[name] != theirs[name]} == set()


def test_no_law_of_another_place_is_named():
    """A buyer in Vienna has no ICO, and no council of ours."""
    ours = re.compile(r"\b(UK|ICO|NHS|DWP|ATRS|PPN|MPs|Horizon|PSED|English)\b")
    texts = [
        text
        for q in EU.questions()
        for text in (q.ask, q.why, q.good, q.evidence, *q.sources, *(o.label for o in q.options))
    ]

    assert ours.search("advice of the ICO")
    assert [text for text in texts if ours.search(text)] == []


def test_the_policy_is_the_core_one_but_for_the_tier_rule():
    ours, core = EU.policy, CORE.policy

    assert (ours.bands, ours.flag_band) == (core.bands, core.flag_band)
    for mine, other in zip(ours.tiers, core.tiers, strict=True):
        said = {"meaning": "", "review": "", "sign_off": "", "notes": {}}
        assert replace(mine, **said) == replace(other, **said)


def test_clauses_and_sources_are_used_and_registered():
    used = {name for q in EU.questions() for name in q.clauses}
    cited = {text: EU.source_of(text) for q in EU.questions() for text in q.sources}

    assert used == {clause.id for clause in EU.clauses}
    assert [text for text, source in cited.items() if source is None] == []
    assert {source.id for source in cited.values() if source} == {s.id for s in EU.sources}
    headings = {clause.id: clause.heading for clause in CORE.clauses}
    assert [c.id for c in EU.clauses if headings.get(c.id, c.heading) != c.heading] == []


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("AI Act Art 5(1)", "primary"),
        ("AI Act Art 26(8)", "primary"),
        ("AI Act Art 27", "commentary"),  # changed in 2026
        ("AI Act Art 49", "commentary"),
        ("AI Act Art 53", "commentary"),
        ("AI Act 2026 Art 5(1)(ba)-(bb)", "commentary"),
        ("GDPR Art 22", "background"),
    ],
)
def test_an_article_says_how_far_it_was_checked(text, checked):
    """What was changed in 2026 was read in accounts only, whatever was read of it before."""
    source = EU.source_of(text)

    assert source
    assert source.checked == checked
    assert checked != "primary" or "not in the Official Journal" in source.status


def test_legal_duties_are_stops():
    found = {q.id for q in EU.questions() if q.red_flag and q.red_flag.legal_duty}

    assert found == DUTIES
    assert all(q.core for q in EU.questions() if q.red_flag)


@pytest.mark.parametrize("name", sorted(DUTIES))
def test_each_legal_duty_stops_alone(name):
    """And no milder answer does: a duty that is not due yet has an honest line."""
    worst = EU.by_id[name].options[-1].id
    stopped = result_of(**{name.replace("-", "_"): worst})

    assert stopped.red_flags.stops_fired == [name]
    assert stopped.recommendation == "do_not_proceed"
    for option in EU.by_id[name].options[:-1]:
        assert result_of(**{name.replace("-", "_"): option.id}).red_flags.stops_fired == []


@pytest.mark.parametrize("name", ["EU-11", "EU-25", "EU-31"])
def test_before_the_duty_applies_there_is_a_line_that_proceeds(name):
    (line,) = [o for o in EU.by_id[name].options if o.risk == 1]

    assert "ot due yet" in line.label
    assert result_of(**{name.replace("-", "_"): line.id}).recommendation == "proceed"


def test_best_and_worst():
    best, worst = result_of(0, CX_01="c"), result_of(-1)

    assert best.recommendation == "proceed"
    assert not best.open
    assert [name for name, on in best.applies.items() if on is not True] == []
    assert worst.recommendation == "do_not_proceed"
    assert worst.tier.low == 4


@pytest.mark.parametrize(
    ("fact", "tier"), [("annex3", 3), ("product", 3), ("exception", 2), ("none", 2)]
)
def test_a_high_risk_use_is_a_tier_higher(fact, tier):
    found = result_of(CX_02="c", ai_act_class=fact).tier

    assert (found.low, found.high) == (tier, tier)


def test_what_cannot_be_known_at_the_idea_is_not_asked_there():
    asked = result_of(gate="idea")

    assert {q.id for q in EU.questions() if q.first_gate == "idea"} >= {"EU-01", "EU-02", "SE-01"}
    assert not DUTIES & set(asked.open)
    assert "EU-31" in asked.not_due
