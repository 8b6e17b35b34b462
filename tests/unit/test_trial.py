"""What if: the result with other answers, mitigations and weights, and what is never changed."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.assessment.answers import check_answers
from procurement_risk.methods import evaluate
from procurement_risk.methods.weakest_section import score
from procurement_risk.profile import trial
from procurement_risk.profile.trial import NOTHING, Trial, tried
from tests.support.answer_sets import AS_OF, CORE, core_document, random_answers, rngs
from tests.support.stored_examples import framework

CORE_DOCUMENT = core_document()
SMALL = framework()


def answered(**options):
    answers = {name: Answer(options=(option,), evidence="E4") for name, option in options.items()}
    return AnswerSet(as_of=AS_OF, answers={k.replace("_", "-"): v for k, v in answers.items()})


ALL_C = answered(CX_01="a", DP_01="c", DP_02="c", DP_03="c", generative="yes")
AGREED = Mitigation(question="DP-01", status="agreed", target="a", owner="Ann", clause="Ours")


def residual(result):
    return result.sections["DP"].residual.central


@given(rngs())
@settings(deadline=None, max_examples=30)
def test_nothing_tried_gives_the_result_as_it_is(rng):
    answers = check_answers(CORE, random_answers(rng, CORE_DOCUMENT, p_open=0.3))
    assert tried(CORE, answers, NOTHING) == score(CORE, answers)


@given(rngs())
@settings(deadline=None, max_examples=30)
def test_trying_all_the_answers_of_another_is_scoring_that_other(rng):
    """Whatever is tried scores as if it were stored."""
    stored = check_answers(CORE, random_answers(rng, CORE_DOCUMENT, p_open=0.3))
    chance = Random(rng.random())
    other = check_answers(CORE, random_answers(chance, CORE_DOCUMENT, p_open=0))
    other = replace(other, as_of=stored.as_of, mitigations=stored.mitigations)
    whole = replace(other, answers={**stored.answers, **other.answers})
    assert tried(CORE, stored, Trial(answers=other.answers)) == score(CORE, whole)


def test_a_trial_leaves_the_framework_and_the_answers_as_they_are():
    before = (SMALL.by_id["DP-01"].weight, dict(ALL_C.answers))
    everything = Trial(
        answers={"DP-01": Answer(options=("a",))},
        mitigations={"DP-02": replace(AGREED, question="DP-02")},
        weights={"DP-01": 50},
    )
    tried(SMALL, ALL_C, everything)
    assert (SMALL.by_id["DP-01"].weight, dict(ALL_C.answers)) == before


def test_a_heavier_question_moves_its_section_and_no_other_does():
    """a, c, c at weights 1, 1, 1 is two thirds; at 2, 1, 1 a half."""
    mixed = replace(
        ALL_C, answers={**ALL_C.answers, "DP-01": Answer(options=("a",), evidence="E4")}
    )
    assert 3 * residual(evaluate(SMALL, mixed)) == 200
    assert residual(tried(SMALL, mixed, Trial(weights={"DP-01": 2}))) == 50
    assert trial.with_weights(SMALL, {"DP-01": 1}) is SMALL


@pytest.mark.parametrize(
    ("mitigation", "points"),
    [
        (replace(AGREED, status="proposed"), 100),
        (AGREED, 250 / 3),
        (replace(AGREED, due="2000-01-01"), 100),
        (replace(AGREED, status="verified"), 200 / 3),
    ],
)
def test_a_mitigation_counts_by_its_status_though_not_all_is_written_yet(mitigation, points):
    """An agreed one needs no due date to be tried; with one in the past it is only proposed."""
    result = tried(SMALL, ALL_C, Trial(mitigations={"DP-01": mitigation}))
    assert float(residual(result)) == pytest.approx(points)


def test_a_mitigation_can_be_tried_away():
    verified = replace(AGREED, status="verified", evidence="E4")
    stored = replace(ALL_C, mitigations=(verified,))
    assert residual(tried(SMALL, stored, Trial(mitigations={"DP-01": None}))) == 100


def test_taking_a_question_back_takes_all_of_it_back():
    everything = Trial(
        answers={"DP-01": Answer(), "DP-02": Answer()},
        mitigations={"DP-01": None},
        weights={"DP-01": 3},
    )
    assert everything.questions == {"DP-01", "DP-02"}
    assert everything.without("DP-01") == Trial(answers={"DP-02": Answer()})


def test_other_evidence_has_no_day_yet_but_keeps_link_and_note():
    stored = Answer(options=("b",), evidence="E1", valid_until="2027-01-01", link="x", note="y")
    same = trial.answer_with(stored, "answered", ("a",), "E1")
    other = trial.answer_with(stored, "answered", ("a",), "E3")
    assert (same.valid_until, other.valid_until) == ("2027-01-01", "")
    assert (other.link, other.note, other.options, other.evidence) == ("x", "y", ("a",), "E3")
    assert trial.answer_with(stored, "unknown", ("a",), "E1").options == ()


def test_a_reason_goes_with_the_declaration_it_belonged_to():
    declared = Answer(state="not_applicable", reason="No data")
    assert trial.answer_with(declared, "answered", ("a",), "E0").reason == ""


def test_who_answered_makes_no_other_answer():
    assert trial.same_answer(Answer(options=("a",), by="Ann"), Answer(options=("a",), by="Ben"))
    assert trial.same_answer(None, Answer(state="unanswered"))
    assert not trial.same_answer(Answer(options=("a",)), Answer(options=("b",)))
    assert not trial.same_answer(None, Answer(state="unknown"))


@pytest.mark.parametrize(
    ("name", "expected"), [("DP-01", True), ("CX-01", False), ("generative", False)]
)
def test_only_a_question_in_a_scored_section_can_be_weighed(name, expected):
    assert SMALL.weighs(SMALL.by_id[name]) is expected


def test_the_direction_is_that_of_the_gravest_decision_and_then_of_the_mildest():
    low = score(SMALL, answered(CX_01="a", DP_01="a", DP_02="a", DP_03="a"))
    high = score(SMALL, ALL_C)
    half = score(SMALL, answered(CX_01="a", DP_01="a"))
    assert trial.direction(low, high) == "graver"
    assert trial.direction(high, low) == "milder"
    assert trial.direction(half, high) == "graver"
    assert trial.direction(low, low) == "same"
