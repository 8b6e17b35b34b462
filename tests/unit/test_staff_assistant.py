"""The framework for general AI assistants for staff holds what it says of itself."""

import re
from dataclasses import replace
from itertools import product

import pytest

from procurement_risk.assessment import Answer
from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.methods.tier import rule_questions, tier_range
from procurement_risk.methods.weakest_section import Result, score
from tests.support.answer_sets import CORE

STAFF = load_framework(FRAMEWORKS / "staff-assistant.yaml")
EVERYTHING_ON = {
    "route": "trial",
    "connectors": "yes",
    "meetings": "yes",
    "to_public": "yes",
    "about_people": "yes",
    "decisions": "yes",
}
TIER_TWO = {"AC-02": "c", "AC-03": "c"}


def result_of(
    answers: dict[str, str], pack: str = "full", grade: str = "E4", framework: Framework = STAFF
) -> Result:
    """Score ``answers`` at one grade, with every fact that switches questions on."""
    given = {
        name: {"option": option, "evidence": grade}
        for name, option in {**EVERYTHING_ON, **answers}.items()
    }
    line = {"as_of": "2026-11-23", "answers": given}
    return score(framework, check_answers(framework, line, pack))


def answered(place: int, **instead: str) -> dict[str, str]:
    """Every question with its first (0) or last (-1) option."""
    options = {q.id: q.options[place].id for q in STAFF.questions()}
    return {**options, **{name.replace("_", "-"): option for name, option in instead.items()}}


def questions_of(role: str) -> list[Question]:
    return [q for s in STAFF.sections if s.role == role for q in s.questions]


# --- What it asks ---


def test_counts_in_the_descriptions_are_true():
    """34 questions and 6 facts; triage asks 10, baseline 24, the end of a trial 12."""
    sizes = {p.id: p.questions and len(p.questions) for p in STAFF.packs}

    assert (len(list(STAFF.questions())), len(STAFF.facts)) == (34, 6)
    assert STAFF.description.startswith("Thirty-four questions")
    assert sizes == {"triage": 10, "baseline": 24, "full": None, "trial-end": 12}
    for pack in STAFF.packs:
        said = [int(number) for number in re.findall(r"\b\d+\b", pack.description)]
        assert said == [len(pack.questions) if pack.questions else 34], pack.id


def test_it_stays_short():
    """One sitting, in spite of what 2026.1 left out: place, chain, recording, rights, security."""
    assert 20 <= len(list(STAFF.questions())) <= 35


def test_every_question_says_why_and_what_good_looks_like():
    """In its own words: no two texts are alike, and none is the core's."""
    texts = [text for q in STAFF.questions() for text in (q.ask, q.why, q.good)]
    of_core = {text for q in CORE.questions() for text in (q.ask, q.why, q.good)}

    assert all(len(text.split()) >= 15 for q in STAFF.questions() for text in (q.why, q.good))
    assert len(set(texts)) == len(texts)
    assert not of_core & set(texts)


def test_every_question_asks_one_thing():
    """One sentence, one question mark."""
    assert [q.id for q in STAFF.questions() if q.ask.count("?") != 1 or ". " in q.ask] == []


def test_options_rise_from_no_risk_to_the_worst():
    """3 to 5 options, labels that can be told apart."""
    for question in STAFF.questions():
        risks = [option.risk for option in question.options]
        labels = {option.label.casefold() for option in question.options}
        assert 3 <= len(risks) <= 5, question.id
        assert (risks[0], risks[-1]) == (0, STAFF.scale_max), question.id
        assert risks == sorted(set(risks)), question.id
        assert len(labels) == len(risks), question.id


def test_each_of_the_four_pillars_has_a_decisive_section():
    """Security has one beside them."""
    decisive = [s for s in STAFF.sections if s.role == "decisive"]

    assert [s.pillar for s in decisive if s.pillar] == [
        "privacy",
        "transparency",
        "equity",
        "lock-in",
    ]
    assert any("Security" in s.title for s in decisive)
    assert [s.role for s in STAFF.sections if s.role != "decisive"] == ["context", "challenge"]


def test_what_can_only_be_known_later_is_not_asked_at_the_start():
    """At the idea nobody has an impact assessment, a trial run or a count of mistakes yet."""
    at = {
        gate.id: {q.id for q in STAFF.questions() if q.first_gate == gate.id}
        for gate in STAFF.gates
    }

    assert [gate.id for gate in STAFF.gates] == ["idea", "trial", "rollout"]
    assert at["rollout"] == {"AE-03", "AL-04", "AS-03", "AS-04", "AV-02"}
    assert {"AP-02", "AP-03", "AS-02"} <= at["trial"]
    assert not {q.id for q in STAFF.questions() if q.red_flag} & at["idea"] - {
        "AC-06",
        "AP-01",
        "AL-01",
        "AL-02",
        "AV-01",
    }


def test_more_questions_do_not_make_it_look_better():
    """The core alone is scored too, and the worse counts."""
    core = {q.id for q in STAFF.questions() if q.core and STAFF.section(q.section).id == "AL"}
    bad = answered(0, **{name.replace("-", "_"): "c" for name in core})

    full, baseline = result_of(bad), result_of(bad, "baseline")

    assert full.sections["AL"].residual == baseline.sections["AL"].residual


def test_what_changed_its_meaning_has_another_id():
    """An answer to 2026.1 that no longer says the same is asked again, never read anew."""
    options = {name: [o.id for o in STAFF.by_id[name].options] for name in ("AE-01", "AL-04")}

    assert options == {"AE-01": ["a", "b", "f", "d", "g"], "AL-04": ["a", "b", "c", "f", "d"]}


# --- What it rests on ---


def test_every_clause_is_used_and_explained():
    used = {name for q in STAFF.questions() for name in q.clauses}

    assert all(q.clauses for q in STAFF.questions())
    assert used == {clause.id for clause in STAFF.clauses}
    assert all(clause.purpose and clause.outcome for clause in STAFF.clauses)


def test_a_clause_shared_with_the_core_has_the_same_heading():
    """So that one list of clauses can be made from both."""
    headings = {clause.id: clause.heading for clause in CORE.clauses}
    shared = [clause for clause in STAFF.clauses if clause.id in headings]

    assert shared
    assert [clause.id for clause in shared if clause.heading != headings[clause.id]] == []


def test_every_source_cited_is_registered_and_every_source_registered_is_cited():
    cited = [text for q in STAFF.questions() for text in q.sources]
    found = {text: STAFF.source_of(text) for text in cited}

    assert [text for text, source in found.items() if source is None] == []
    assert {source.id for source in found.values() if source} == {s.id for s in STAFF.sources}


def test_a_source_shared_with_the_core_claims_the_same_check():
    """Nothing is read more closely because it is cited a second time."""
    in_core = {source.id: source for source in CORE.sources}
    shared = [source for source in STAFF.sources if source.id in in_core]
    own = [source for source in STAFF.sources if source.id not in in_core]

    assert shared
    assert [s.id for s in shared if s.checked != in_core[s.id].checked] == []
    assert [s.id for s in own if s.checked not in ("commentary", "background")] == []


# --- What it decides ---


def test_the_policy_is_the_core_one_but_for_the_tier_rule():
    """Bands, floors, decisions and sign-off agree, so results of both can stand side by side."""
    ours, core = STAFF.policy, CORE.policy

    assert (ours.bands, ours.flag_band) == (core.bands, core.flag_band)
    assert ours.agreed_mitigation_helps == core.agreed_mitigation_helps
    assert [replace(t, review="") for t in ours.tiers] == [
        replace(t, review="") for t in core.tiers
    ]


def test_all_best_proceeds():
    result = result_of(answered(0))

    assert result.recommendation == "proceed"
    assert not result.open
    assert not result.challenge


def test_all_worst_does_not_proceed():
    """In full and in the baseline alike, at whatever grade."""
    for pack in ("full", "baseline"):
        assert result_of(answered(-1), pack).decision_high == "do_not_proceed"
    result = result_of(answered(-1))

    assert result.recommendation == "do_not_proceed"
    assert result.tier.low == 4


def test_every_question_can_be_asked_and_every_section_scored():
    """With every fact on and personal data in reach, nothing stays hidden."""
    result = result_of(answered(0, AC_03="c"))

    assert [name for name, applies in result.applies.items() if applies is not True] == []
    assert [name for name, section in result.sections.items() if section is None] == []


def test_every_fact_switches_something_on():
    """A fact that changes nothing would be asked for nothing."""
    answers = answered(0)
    off = {"route": "paid", **{f.id: "no" for f in STAFF.facts if f.id != "route"}}
    hidden = {name for name, on in result_of({**answers, **off}).applies.items() if on is False}

    for fact in STAFF.facts:
        with_one = {**answers, **off, fact.id: EVERYTHING_ON[fact.id]}
        still = {name for name, on in result_of(with_one).applies.items() if on is False}
        assert still < hidden, fact.id


@pytest.mark.parametrize("pack", ["baseline", "full"])
@pytest.mark.parametrize("context", [{}, TIER_TWO], ids=["tier I", "tier II"])
def test_baseline_and_full_decide_at_the_lower_tiers(pack, context):
    result = result_of({**answered(0), **context}, pack)

    assert result.tier.low == result.tier.high == (2 if context else 1)
    assert result.pack_decides
    assert result.recommendation == "proceed"


def test_a_small_pack_never_decides():
    """Nor does the baseline at Tier III."""
    at_three = answered(0, AC_02="d")

    assert not result_of(answered(0), "triage").pack_decides
    assert not result_of(answered(0), "trial-end").pack_decides
    assert not result_of(at_three, "baseline").pack_decides
    assert result_of(at_three, "full").pack_decides


def test_every_stop_and_flag_stands_in_the_baseline():
    flagged = {q.id for q in STAFF.questions() if q.red_flag}
    baseline = STAFF.pack("baseline")

    assert baseline is not None
    assert flagged <= (baseline.questions or frozenset())


@pytest.mark.parametrize(
    "question", [q for q in STAFF.questions() if q.red_flag], ids=lambda question: question.id
)
def test_each_stop_and_flag_fires_alone(question):
    """One bad answer among the best: a stop ends it, a flag escalates, at Tier I or II."""
    result = result_of({**answered(0, AC_03="c"), question.id: question.options[-1].id})
    stop = question.red_flag.stop and not question.red_flag.stop_from_tier

    assert result.recommendation == ("do_not_proceed" if stop else "escalate")


def test_the_stops():
    """Training without a right to refuse, no impact assessment, no owner, nobody who reads."""
    stops = {q.id for q in STAFF.questions() if q.red_flag and q.red_flag.stop}
    duties = {q.id for q in STAFF.questions() if q.red_flag and q.red_flag.legal_duty}

    assert stops == {"AC-06", "AP-01", "AP-02", "AS-02"}
    assert duties == {"AP-02"}


def test_text_that_nobody_reads_is_a_stop_from_tier_three():
    unread = {"AS-02": "e"}

    assert result_of({**answered(0), **unread}).recommendation == "escalate"
    at_three = result_of({**answered(0, AC_02="d"), **unread})
    assert at_three.red_flags.stops_fired == ["AS-02"]
    assert at_three.recommendation == "do_not_proceed"


def test_more_risk_never_lowers_the_tier():
    """For every combination of context answers and every one of them made worse by a step."""
    policy, named = STAFF.policy, rule_questions(STAFF)
    ids = [scale.question.id for scale in named.scales]
    applies = {q.id: True for q in STAFF.questions()}
    tiers = {}
    for options in product("abcde", repeat=len(ids)):
        answers = {n: Answer(options=(o,)) for n, o in zip(ids, options, strict=True)}
        found = tier_range(policy, named, answers, applies)
        assert found.low == found.high
        tiers[options] = found.low

    assert set(tiers.values()) == {1, 2, 3, 4}
    for options, tier in tiers.items():
        for place, option in enumerate(options):
            if option != "e":
                worse = (*options[:place], chr(ord(option) + 1), *options[place + 1 :])
                assert tiers[worse] >= tier, (options, worse)


def test_every_context_answer_but_the_owner_can_move_the_tier():
    """Guards the test above: the rule looks at all five questions on what is at stake."""
    named = {scale.question.id for scale in rule_questions(STAFF).scales}

    assert named == {q.id for q in questions_of("context")} - {"AC-06"}


def test_weak_evidence_is_not_enough_at_tier_three():
    """All best on the supplier's word alone: every decisive section counts half."""
    believed = result_of(answered(0, AC_02="d"), grade="E1")

    assert believed.recommendation == "escalate"
    assert result_of(answered(0, AC_02="d"), grade="E4").recommendation == "proceed"


def test_poor_value_asks_for_a_challenge_and_leaves_the_decision():
    result = result_of(answered(0, AV_01="d", AV_02="e"))

    assert result.challenge
    assert result.recommendation == "proceed"
