"""The method ``impact-mitigation``, by hand, by brute force, and against published cases."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings, strategies as st

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.conditions import asked_so_far, order_conditions
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import score_to_document
from procurement_risk.methods.impact_mitigation import ask_next, score
from procurement_risk.methods.impact_points import Bounds, level_of, needed_points, reduced
from tests.support.framework_documents import IMPACT, changed

FRAMEWORK = framework_from_document(IMPACT)
POLICY = FRAMEWORK.impact_policy
WORST = {"phase": "design", "effect": "far-4", "harms": ["readers-2", "staff-1"]}


def result(answers):
    return score(FRAMEWORK, answer_set(answers))


def answer_set(answers):
    return check_answers(FRAMEWORK, {"as_of": "2026-11-23", "answers": answers})


def test_points_are_added_up():
    """4 for the reach, 2 + 1 for two harms: 7 of 4 + 3 + 3, the last never asked."""
    got = result(WORST)

    assert (got.raw, got.max_raw) == (7, 10)
    assert (got.mitigation, got.max_mitigation) == (0, 10)
    assert (got.current, got.level) == (7, 3)


def test_the_output_has_these_keys_and_no_others():
    assert score_to_document(FRAMEWORK, answer_set(WORST)) == {
        "framework": "small-impact",
        "raw": 7,
        "max_raw": 10,
        "mitigation": 0,
        "max_mitigation": 10,
        "current": 7,
        "level": 3,
    }


def test_mitigation_counts_all_or_nothing():
    """80 % of 10 / 2 phases is 4: with 5 points, 85 % of 7 is 5.95, so 6."""
    got = result({**WORST, "tested-design": "yes-5"})

    assert got.needed == 4
    assert (got.mitigation, got.current, got.level) == (5, 6, 3)
    assert got.without == (7, 3)
    assert got.is_reduced


def test_a_hidden_answer_never_counts():
    """What was answered for the other phase stays stored and gives no points."""
    got = result({**WORST, "phase": "live", "tested-design": "yes-5"})

    assert got.mitigation == 0


def test_nothing_answered_counts_as_nothing_but_the_outlook_says_so():
    """The published figure of an empty form is the best there is: level I of I to III."""
    got = result({})

    assert (got.raw, got.level) == (0, 1)
    assert got.outlook.raw == Bounds(0, 7)
    assert got.outlook.level == Bounds(1, 3)
    assert not got.is_settled
    assert got.open == ("library", "phase", "effect", "harms", "tested-design", "tested-live")


def test_phases_are_not_counted_together():
    """While the phase is open, one of the two mitigation sections will be asked, never both."""
    assert result({}).outlook.mitigation == Bounds(0, 5)


@pytest.mark.parametrize(
    ("raw", "expected"), [(10, 9), (30, 26), (50, 43), (90, 77), (130, 111), (7, 6), (0, 0)]
)
def test_the_reduction_rounds_halves_up(raw, expected):
    """8.5, 25.5, 42.5, 76.5 and 110.5 go up; rounding to even would give another score."""
    assert reduced(POLICY, raw) == expected


@pytest.mark.parametrize(("current", "level"), [(0, 1), (25, 1), (26, 2), (50, 2), (51, 3)])
def test_a_level_includes_its_upper_edge(current, level):
    assert level_of(POLICY, current, 100) == level


def test_without_scored_questions_there_is_no_level():
    """Nothing scored is not the lowest impact."""
    assert level_of(POLICY, 0, 0) is None


@pytest.mark.parametrize(("most", "needed"), [(154, 62), (0, 0), (10, 4), (11, 5)])
def test_the_cliff_in_whole_points(most, needed):
    """80 % of 154 / 2 is 61.6, so 62."""
    assert needed_points(POLICY, most) == needed


def test_a_scored_question_cannot_be_left_out():
    """It would count as nothing. One that gives no points may not apply."""
    assert not FRAMEWORK.may_be_inapplicable(FRAMEWORK.by_id["effect"])
    assert FRAMEWORK.may_be_inapplicable(FRAMEWORK.by_id["words"])


def test_what_to_ask_next_names_what_each_answer_leads_to():
    """Whom it could harm settles more than anything the mitigation can still add."""
    found = {question.id: bounds for question, bounds in ask_next(result({"effect": "far-4"}))}

    assert found["harms"] == Bounds(2, 3)
    assert "effect" not in found


def choices(question):
    """Every way of answering one question, and of leaving it open."""
    ids = [option.id for option in question.options]
    if question.type == "multiple":
        several = [c for n in range(1, len(ids) + 1) for c in combinations(ids, n)]
        return [None, *several]
    return [None, *((each,) for each in ids)]


NAMES = ("library", "phase", "effect", "harms", "tested-design", "tested-live")
EVERY = [choices(FRAMEWORK.by_id[name]) for name in NAMES]


def nouns(chosen):
    answers = {
        name: Answer(options=options)
        for name, options in zip(NAMES, chosen, strict=True)
        if options is not None
    }
    return AnswerSet(as_of="2026-11-23", answers=answers)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*map(st.sampled_from, EVERY)))
def test_every_completion_lies_inside_the_outlook(start):
    """All ways of answering what is open: no raw, mitigation, current or level outside."""
    outlook = score(FRAMEWORK, nouns(start)).outlook
    ways = [
        [each] if each is not None else [c for c in every if c is not None]
        for each, every in zip(start, EVERY, strict=True)
    ]
    for chosen in product(*ways):
        got = score(FRAMEWORK, nouns(chosen))

        assert outlook.raw.low <= got.raw <= outlook.raw.high
        assert outlook.mitigation.low <= got.mitigation <= outlook.mitigation.high
        assert outlook.current.low <= got.current <= outlook.current.high
        assert outlook.level.low <= got.level <= outlook.level.high
        assert got.is_settled


def test_of_many_open_switches_some_are_tried_and_the_bounds_still_hold():
    """Seven switches of three options would be 2,187 ways; the rest is bounded, not tried."""
    letters = "abcdefg"
    switches = [
        {"id": f"s{n}", "ask": "?", "options": [{"id": o, "label": o} for o in "xyz"]}
        for n in letters
    ]
    scored = {"scores": "raw", "options": [{"id": "o", "label": "o", "points": 1}]}
    sections = [{"id": "S", "title": "S", "questions": switches}] + [
        {
            "id": f"T{n}",
            "title": "T",
            "when": {"question": f"s{n}", "in": ["x"]},
            "questions": [{"id": f"t{n}", "ask": "?", **scored}],
        }
        for n in letters
    ]
    document = changed(("sections",), sections, IMPACT)
    document["packs"] = [{"id": "full", "title": "F", "description": "F", "questions": "all"}]
    framework = framework_from_document(document)

    assert score(framework, AnswerSet(as_of="2026-11-23")).outlook.raw == Bounds(0, 7)


# ---------------------------------------------------------------- what is asked


def asked(**answers):
    given = {name: Answer(options=(option,)) for name, option in answers.items()}
    return asked_so_far(order_conditions(FRAMEWORK), given)


def test_an_open_question_has_nothing_chosen():
    """So a question that needs one of its options is not asked, one that needs none is."""
    assert asked()["harms"] is False
    assert asked(library="yes")["words"] is True
    assert asked(library="yes", effect="far-4", harms="staff-1")["words"] is False


def test_a_hidden_answer_is_not_seen():
    """Staff were named where the reach was far; now it is near, so nobody is named."""
    assert asked(library="yes", effect="near-0", harms="staff-1")["words"] is True


def test_what_can_never_hold_is_never_asked():
    assert asked(effect="far-4")["gone"] is False
