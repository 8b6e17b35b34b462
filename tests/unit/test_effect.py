"""What one answer did, and how a card says it."""

from fractions import Fraction

import pytest

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language.percent import whole
from procurement_risk.methods import evaluate
from procurement_risk.profile import effect as effects
from procurement_risk.profile.effect import effect_of
from procurement_risk.profile.effect_words import sentences, standing
from tests.support.answer_sets import CORE
from tests.support.framework_documents import IMPACT

COUNTED = framework_from_document(IMPACT)
AS_OF = "2026-11-23"
CLEAN = {q.id: q.options[0].id for q in CORE.by_id.values()}
STOP = next(
    q for q in CORE.questions() if q.red_flag and q.red_flag.stop and not q.red_flag.stop_from_tier
)
FIRES = next(option for option in STOP.options if option.id in STOP.red_flag.options)


def result(answers, framework=CORE):
    given = {
        name: each if isinstance(each, Answer) else Answer(options=(each,), evidence="E4")
        for name, each in answers.items()
    }
    return evaluate(framework, AnswerSet(as_of=AS_OF, pack="full", answers=given))


def said(answers, question, former=None, framework=CORE):
    """What the card of ``question`` says the answer that stands did."""
    before = Answer(options=(former,), evidence="E4") if former else None
    found = effect_of(result(answers, framework), framework.by_id[question], before)
    return [each.text for each in sentences(found)]


def test_a_stop_is_named_on_its_own_card_and_moves_the_recommendation():
    stopped = CLEAN | {STOP.id: FIRES.id}
    stands = standing(result(stopped), STOP)
    effect = effect_of(result(stopped), STOP, Answer(options=(CLEAN[STOP.id],), evidence="E4"))

    assert (stands.weight, stands.text.split(": “")[0]) == ("stop", f"Stop {STOP.id} fired")
    assert FIRES.label in stands.text
    assert effect.stops == (STOP.id,)
    texts = [each.text for each in sentences(effect)]
    assert not any(text.startswith("Stop ") for text in texts)
    assert texts[-1].startswith("Recommendation: was Proceed")
    assert texts[-1].endswith("now Do not proceed.")


def test_taking_it_back_says_that_it_no_longer_stands_in_the_way():
    texts = said(CLEAN, STOP.id, FIRES.id)

    assert standing(result(CLEAN), STOP) is None
    assert f"{STOP.id} no longer stands in the way." in texts
    assert effect_of(result(CLEAN), STOP, None).lifted == ()


def test_a_result_at_hand_is_taken_only_if_it_is_of_the_answers_before(monkeypatch):
    """Then nothing is scored again, and what is said is the same."""
    stopped, former = (
        result(CLEAN | {STOP.id: FIRES.id}),
        Answer(options=(CLEAN[STOP.id],), evidence="E4"),
    )
    before, other = result(CLEAN), result(CLEAN | {STOP.id: FIRES.id})
    scored = effect_of(stopped, STOP, former)
    assert effect_of(stopped, STOP, former, other) == scored

    monkeypatch.setattr(effects, "evaluate", None)
    assert effect_of(stopped, STOP, former, before) == scored
    with pytest.raises(TypeError):
        effect_of(stopped, STOP, former, other)


def test_a_fact_says_which_questions_go_and_which_come():
    """The stops among those that go are named, and counted by themselves."""
    hides = "decisions_about_people"
    gone = effect_of(result({hides: "no"}), CORE.by_id[hides], None)
    come = effect_of(
        result({hides: "yes"}), CORE.by_id[hides], Answer(options=("no",), evidence="E4")
    )

    assert set(come.more) == {*gone.fewer, *gone.fewer_stops}
    number = len(gone.fewer)
    assert number
    (text,) = [each for each in said({hides: "no"}, hides) if "no longer appl" in each]
    assert text.startswith(f"{number} question")
    assert all(name in text for name in gone.fewer_stops[:4])
    assert ("the stop" in text) == bool(gone.fewer_stops)


def test_the_section_s_range_is_told_in_whole_numbers_with_its_band():
    name = CORE.section("VO").questions[0].id
    (text,) = [each for each in said({name: "a"}, name) if each.startswith("Value: was ")]

    assert "." not in text.removesuffix(".")
    assert "Low to Critical; now " in text


def test_an_answer_that_changes_nothing_says_so():
    """Neither a better grade where it counts for nothing more, nor a fact that hides nothing."""
    name = CORE.section("CX").questions[0].id
    assert said(CLEAN, name, CLEAN[name]) == ["The result stays as it was."]


def test_other_answers_are_not_spoken_of():
    """What stands by now counts in both, so that only this answer's own doing is told."""
    stopped = CLEAN | {STOP.id: FIRES.id}
    other = CORE.section("VO").questions[0].id

    assert not any("Recommendation" in text for text in said(stopped, other))


def test_points_and_the_level_are_told_where_points_are_counted():
    texts = said({"phase": "design", "effect": "far-4"}, "effect", framework=COUNTED)

    assert "Impact points: was 0; now 4." in texts
    assert standing(result({}, COUNTED), COUNTED.by_id["effect"]) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(25, 2), "13"),
        (Fraction(124, 10), "12"),
        (Fraction(100), "100"),
    ],
)
def test_a_whole_number_is_rounded_half_up(value, text):
    assert whole(value) == text
