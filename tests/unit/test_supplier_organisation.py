"""The framework about the supplier itself asks what it says, and its policy is the core's."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.methods.weakest_section import Result, score
from tests.support.answer_sets import AS_OF, CORE

DECISIVE = ["GO", "LC", "MS", "PE", "IN", "FR", "UP"]
STOPS = {"LC-01", "LC-02", "IN-05"}
FLAGS = {"GO-01", "LC-03", "LC-05", "MS-02", "PE-02", "IN-01", "IN-02", "FR-01", "UP-01"}
CONDITIONS = {
    "MS-03": "customer_personal_data",
    "PE-03": "data_work",
    "UP-02": "other_makers_models",
    "UP-05": "subcontractors",
}
CONTEXT_AT_TIER = {1: "abba", 2: "ccca", 3: "ddca", 4: "eeda"}
COSTLY = re.compile(r"ISO/IEC|Cyber Essentials|escrow|audited|[Cc]ertificate")
# Places and origins, which are no risk: what may be asked is who controls, and what carries on.
ORIGINS = re.compile(r"\b(foreign|national(ity|s)?|overseas|abroad|country|countries|domestic)\b")


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(FRAMEWORKS / "supplier-organisation.yaml")


def scored(framework: Framework) -> list[Question]:
    return [q for s in framework.sections if s.role != "context" for q in s.questions]


def result_of(
    framework: Framework,
    *,
    tier: int,
    place: int,
    pack: str = "full",
    grade: str = "E4",
    but: dict[str, str] | None = None,
    facts: str = "yes",
) -> Result:
    """Score the options at ``place`` (0 the best, -1 the worst), other options where ``but``."""
    context = framework.section("SX").questions
    chosen = {q.id: q.options[place].id for q in scored(framework)}
    chosen |= {q.id: o for q, o in zip(context, CONTEXT_AT_TIER[tier], strict=True)}
    chosen |= {fact.id: facts for fact in framework.facts} | (but or {})
    facts_given = {fact.id for fact in framework.facts}
    answers: dict[str, Any] = {
        name: {"option": option} if name in facts_given else {"option": option, "evidence": grade}
        for name, option in chosen.items()
    }
    line = {"as_of": AS_OF, "answers": answers}
    return score(framework, check_answers(framework, line, pack))


# --- What it asks -------------------------------------------------------------------------------


def test_size(framework):
    """35 questions, 31 of them scored, and 4 facts: the sections are those agreed."""
    assert [s.id for s in framework.sections] == ["SX", *DECISIVE]
    assert [s.id for s in framework.sections if s.role == "decisive"] == DECISIVE
    assert (len(list(framework.questions())), len(framework.facts)) == (35, 4)
    assert len(scored(framework)) == 31
    assert 25 <= len(list(framework.questions())) <= 35


def test_the_counts_in_the_descriptions_are_true(framework):
    asked = list(framework.questions())
    counts = {
        "baseline": sum(q.core for q in asked),
        "full": len(asked),
        "supplier-return": sum(q.answered_by in ("supplier", "joint") for q in asked),
    }

    assert framework.description.startswith("Thirty-five questions")
    assert len(asked) == 35
    assert {p.id for p in framework.packs} == set(counts)
    for pack in framework.packs:
        (said,) = re.findall(r"\d+", pack.description)
        assert int(said) == counts[pack.id]
        assert int(said) == sum(pack.asks(q.id) for q in asked)


def test_the_supplier_is_sent_what_it_answers_and_nothing_else(framework):
    pack = framework.pack("supplier-return")
    its_own = {q.id for q in framework.questions() if q.answered_by in ("supplier", "joint")}

    assert pack is not None
    assert pack.questions == its_own


def test_the_description_says_what_it_is_about_and_how_long_it_holds(framework):
    for words in ("the supplier itself", "once per supplier", "with their date", "every year"):
        assert words in framework.description


def test_every_question_says_why_and_what_good_looks_like(framework):
    """In its own words, which the core framework does not use either."""
    texts = [text for q in framework.questions() for text in (q.why, q.good)]
    of_the_core = {text for q in CORE.questions() for text in (q.why, q.good)}

    assert all(len(text.split()) >= 15 for text in texts)
    assert len(set(texts)) == 2 * 35
    assert not of_the_core & set(texts)


def test_every_scored_question_has_three_options_or_more(framework):
    """From best to worst, each with its own words, over the whole scale."""
    for q in scored(framework):
        risks = [option.risk for option in q.options]
        assert 3 <= len(risks) <= 5, q.id
        assert risks == sorted(set(risks)), q.id
        assert (risks[0], risks[-1]) == (0, 4), q.id
        assert len({option.label.casefold() for option in q.options}) == len(risks), q.id


def test_evidence_that_costs_money_has_an_equal_beside_it(framework):
    """A small supplier loses nothing for a certificate it does not have."""
    labels = [option.label for q in framework.questions() for option in q.options]
    costly = [q.id for q in framework.questions() if COSTLY.search(q.evidence)]

    assert {"MS-01", "MS-02", "FR-01", "FR-03", "FR-04"} <= set(costly)
    assert [name for name in costly if "equal" not in framework.by_id[name].evidence] == []
    assert [label for label in labels if re.search("ISO|Cyber Essentials|SOC 2", label)] == []


def test_nobody_is_asked_where_the_supplier_comes_from(framework):
    """Control and continuity are asked about, origin never."""
    words = [w for q in framework.questions() for w in (q.ask, *(o.label for o in q.options))]

    assert [text for text in words if ORIGINS.search(text.casefold())] == []
    assert ORIGINS.search("is it under foreign control?")


def test_no_question_is_for_award_scoring(framework):
    """Award criteria are about the tender; what the buyer answers is not sent."""
    uses = {(q.answered_by, q.procurement_use) for q in framework.questions()}

    assert {use for _, use in uses} == {"internal", "information", "mandatory", "term"}
    assert {use for by, use in uses if by == "buyer"} == {"internal"}
    assert "internal" not in {use for by, use in uses if by != "buyer"}


def test_each_fact_switches_on_one_question(framework):
    """And says which one."""
    found = {q.id: q.when.question for q in framework.questions() if q.when is not None}

    assert found == CONDITIONS
    for name, fact in CONDITIONS.items():
        assert f"({name})" in framework.by_id[fact].why


def test_stops_and_flags_are_the_worst_options(framework):
    """Three stops, two of them legal duties; each stop and flag stands in the baseline."""
    flagged = [q for q in framework.questions() if q.red_flag is not None]

    assert {q.id for q in flagged if q.red_flag.stop} == STOPS
    assert {q.id for q in flagged if not q.red_flag.stop} == FLAGS
    assert {q.id for q in flagged if q.red_flag.legal_duty} == {"LC-01", "LC-02"}
    assert all(q.core for q in flagged)
    assert all(set(q.red_flag.options) == {q.options[-1].id} for q in flagged)


# --- Clauses and sources ------------------------------------------------------------------------


def test_every_clause_is_explained_and_used(framework):
    used = {name for q in framework.questions() for name in q.clauses}

    assert all(q.clauses and q.treatment for q in framework.questions())
    assert used == {clause.id for clause in framework.clauses}
    assert all(clause.purpose and clause.outcome for clause in framework.clauses)


def test_every_source_is_registered_and_cited(framework):
    cited = {text for q in framework.questions() for text in q.sources}
    found = {text: framework.source_of(text) for text in cited}

    assert [text for text, source in found.items() if source is None] == []
    assert {source.id for source in found.values()} == {source.id for source in framework.sources}
    assert framework.source_of("A law that nobody registered") is None


def test_what_the_core_framework_has_too_is_the_same_here(framework):
    """A clause to the letter; an instrument by its title, and as closely checked as there."""
    core = load_framework("ai-supplier-core")
    clauses = {clause.id: clause for clause in core.clauses}
    sources = {source.id: source for source in core.sources}

    shared = [clause for clause in framework.clauses if clause.id in clauses]
    assert len(shared) > 10
    assert all(clause == clauses[clause.id] for clause in shared)
    for source in framework.sources:
        if source.id in sources:
            other = sources[source.id]
            assert replace(source, cited_as=(), meaning="") == replace(
                other, cited_as=(), meaning=""
            )
    assert {s.checked for s in framework.sources if s.id not in sources} == {"background"}


# --- The policy ---------------------------------------------------------------------------------


def test_the_policy_is_that_of_the_core_framework(framework):
    """All but the tier rule, and the words for what a tier means and when to look again."""
    ours, theirs = framework.policy, CORE.policy

    assert (framework.method, framework.scale_max) == (CORE.method, CORE.scale_max)
    assert (ours.bands, ours.flag_band) == (theirs.bands, theirs.flag_band)
    assert ours.agreed_mitigation_helps == theirs.agreed_mitigation_helps
    for mine, other in zip(ours.tiers, theirs.tiers, strict=True):
        assert replace(mine, meaning="", review="") == replace(other, meaning="", review="")
    assert all("whenever something that matters changes" in tier.review for tier in ours.tiers)


def tier_of(framework: Framework, options: str) -> int:
    """The tier that answers to SX-01 to SX-04, a letter each, lead to."""
    context = framework.section("SX").questions
    answers = {q.id: {"option": option} for q, option in zip(context, options, strict=True)}
    line = {"as_of": AS_OF, "answers": answers}
    tier = score(framework, check_answers(framework, line, "full")).tier
    assert tier.low == tier.high
    return tier.low


@pytest.mark.parametrize(
    ("options", "tier"),
    [
        ("aaaa", 1),
        ("bbca", 1),
        ("caaa", 2),
        ("aada", 2),  # sensitive reach counts one step less than harm
        ("aaea", 3),
        ("aaae", 2),  # many bodies count two steps less
        ("adda", 3),
        ("adea", 4),  # the most sensitive reach, and serious harm
        ("daae", 4),  # many bodies at once, and serious harm
        ("ceae", 4),
        ("cdad", 3),
        ("eaaa", 4),
        ("aeaa", 4),
    ],
)
def test_tier(framework, options, tier):
    assert tier_of(framework, options) == tier


def test_more_risk_never_lowers_the_tier(framework):
    """For every answer to the context section, and every one a step worse."""
    letters = "abcde"
    found = {"".join(o): tier_of(framework, "".join(o)) for o in product(letters, repeat=4)}

    for options, tier in found.items():
        for place, letter in enumerate(options):
            if letter != "e":
                worse = options[:place] + letters[letters.index(letter) + 1] + options[place + 1 :]
                assert found[worse] >= tier
    assert set(found.values()) == {1, 2, 3, 4}


# --- What comes of the answers ------------------------------------------------------------------


@pytest.mark.parametrize("tier", [1, 2, 3, 4])
def test_the_best_of_everything_may_proceed(framework, tier):
    result = result_of(framework, tier=tier, place=0)

    assert (result.tier.low, result.tier.high) == (tier, tier)
    assert (result.recommendation, result.open) == ("proceed", ())


@pytest.mark.parametrize("facts", ["yes", "no"])
def test_the_worst_of_everything_does_not_proceed(framework, facts):
    result = result_of(framework, tier=4, place=-1, facts=facts)

    assert result.recommendation == "do_not_proceed"
    assert set(result.red_flags.stops_fired) == STOPS


def test_the_worst_of_everything_but_the_stops_does_not_proceed_at_tier_four(framework):
    """It is the table that says so, not a stop."""
    result = result_of(framework, tier=4, place=-1, but=dict.fromkeys(STOPS, "a"))

    assert list(result.red_flags.stops_fired) == []
    assert result.recommendation == "do_not_proceed"


@pytest.mark.parametrize("pack", ["full", "baseline"])
@pytest.mark.parametrize("facts", ["yes", "no"])
def test_every_section_is_reached(framework, pack, facts):
    """Whatever the facts, each decisive section has a score, from 0 to 100."""
    best = result_of(framework, tier=1, place=0, pack=pack, facts=facts)
    worst = result_of(framework, tier=1, place=-1, pack=pack, facts=facts)

    for name in DECISIVE:
        assert best.sections[name].residual.high == 0
        assert worst.sections[name].residual.low == 100


@pytest.mark.parametrize("name", DECISIVE)
def test_any_section_alone_can_hold_the_decision_up(framework, name):
    """Its questions at their worst, the stops left out, the others at their best."""
    bad = {q.id: q.options[-1].id for q in framework.section(name).questions if q.id not in STOPS}

    result = result_of(framework, tier=2, place=0, but=bad)

    assert result.recommendation in ("escalate", "do_not_proceed")


@pytest.mark.parametrize("name", sorted(STOPS))
def test_one_stop_is_enough(framework, name):
    worst = framework.by_id[name].options[-1].id

    result = result_of(framework, tier=1, place=0, but={name: worst})

    assert list(result.red_flags.stops_fired) == [name]
    assert result.recommendation == "do_not_proceed"


@pytest.mark.parametrize("name", sorted(FLAGS))
def test_one_flag_makes_its_section_high(framework, name):
    worst = framework.by_id[name].options[-1].id

    result = result_of(framework, tier=3, place=0, but={name: worst})

    assert result.sections[framework.by_id[name].section].band.low == "high"
    assert result.recommendation == "escalate"


@pytest.mark.parametrize(("tier", "decides"), [(1, True), (2, True), (3, False), (4, False)])
def test_the_baseline_decides_at_the_lower_tiers(framework, tier, decides):
    result = result_of(framework, tier=tier, place=0, pack="baseline")

    assert result.pack_decides is decides
    assert (result.recommendation == "proceed") is decides


def test_good_words_without_proof_do_not_proceed_at_tier_three(framework):
    """The supplier's own statement (E1) counts as 2 of 4 there: High, so escalate."""
    assert result_of(framework, tier=3, place=0, grade="E1").recommendation == "escalate"
    assert result_of(framework, tier=3, place=0, grade="E3").recommendation == "proceed"
