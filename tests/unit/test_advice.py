"""What to ask next; what would change the recommendation."""

from dataclasses import replace
from fractions import Fraction

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods.weakest_section import score
from procurement_risk.profile.advice import (
    Change,
    ask_next,
    resting_on,
    without_inapplicable,
    would_improve,
)
from procurement_risk.profile.words import then
from tests.support.answer_sets import AS_OF, CORE, verified
from tests.support.small_frameworks import question, section, small_framework

TIER_OPTION = {1: "a", 2: "c", 3: "d", 4: "e"}
PUBLIC = {"question": "public", "in": ["yes"]}


def result_of(*questions, answers, tier=2, mitigations=(), pack="full"):
    """Section Q scored; answers are at E4 unless they say otherwise; every fact is "no"."""
    framework = framework_from_document(small_framework(section("Q", "decisive", *questions)))
    stated = {"public": "no", "hosted": "no", "CX-1": TIER_OPTION[tier], **answers}
    at_e4 = {
        name: {"option": given, "evidence": "E4"} if isinstance(given, str) else given
        for name, given in stated.items()
        if given is not None
    }
    line = {"as_of": AS_OF, "answers": at_e4, "mitigations": list(mitigations)}
    return score(framework, check_answers(framework, line, pack))


def asked(result):
    return [(n.question.id, n.settles, n.unsettled, n.reachable) for n in ask_next(result)]


# --- What to ask next ---------------------------------------------------------------------------


def test_the_share_of_options_that_settle():
    """Q-2 alone is open, tier II: 0, 12.5 proceed; 25, 37.5 conditions; 50 escalate."""
    result = result_of(question("Q-1"), question("Q-2"), answers={"Q-1": "a"})

    assert asked(result) == [("Q-2", 1, 0, ("proceed", "conditions", "escalate"))]


def test_a_question_that_settles_more_comes_first():
    """Weights 9 and 1, both open at tier II.

    Q-1 at 0 leaves 0 to 10 % (proceed), at 4 leaves 90 to 100 % (do not proceed); at 1 it is
    22.5 to 32.5 (open), at 2 45 to 55 (open), at 3 67.5 to 77.5 (open): 2 of 5. Q-2 settles none.
    """
    result = result_of(question("Q-1", weight=9), question("Q-2"), answers={})

    assert asked(result) == [
        ("Q-1", Fraction(2, 5), 3, ("proceed", "do_not_proceed", "not_ready")),
        ("Q-2", 0, 5, ("not_ready",)),
    ]


def test_ties_go_to_fewer_outcomes_not_ready_then_weight_then_id():
    """None of these can settle anything; Q-3 has fewest options, then the heavier come first."""
    result = result_of(
        question("Q-1", weight=5),
        question("Q-2", weight=7),
        question("Q-3", (0, 4)),
        question("Q-4", weight=5),
        answers={},
    )

    assert [n.question.id for n in ask_next(result)] == ["Q-3", "Q-2", "Q-1", "Q-4"]
    assert {n.settles for n in ask_next(result)} == {0}


def test_facts_are_asked_too():
    """Whether Q-2 applies is open: "no" settles, "yes" leaves its own answer open."""
    result = result_of(
        question("Q-1"), question("Q-2", when=PUBLIC), answers={"Q-1": "a", "public": None}
    )

    # Q-2 answered a (0 either way), b (12.5 at most) settles on proceed; c to e stay open.
    assert asked(result) == [
        ("public", Fraction(1, 2), 1, ("proceed", "not_ready")),
        ("Q-2", Fraction(2, 5), 3, ("proceed", "not_ready")),
    ]


def test_nothing_open_nothing_to_ask():
    assert ask_next(result_of(question("Q-1"), answers={"Q-1": "a"})) == ()


def test_trying_an_answer_changes_nothing():
    """Asking what would happen leaves the result and its answers as they are."""
    result = result_of(question("Q-1"), question("Q-2"), answers={"Q-1": "a"})
    before = dict(result.answer_set.answers)

    ask_next(result)

    assert result.answer_set.answers == before


# --- What would change it -----------------------------------------------------------------------


def changes(found, section="Q"):
    """The changes in one section as (question, option, decision)."""
    changed = [(c.question.id, c.option.id, c.decision_high) for c in found]
    return [change for change in changed if change[0].startswith(section)]


def test_the_nearest_better_answer_that_lowers_the_decision():
    """Tier II, weights 1 and 1: (4 + 2) of 8 = 75, do not proceed.

    Q-1 at 3 gives 62.5, escalate; Q-2 at 1 gives 62.5 as well.
    """
    result = result_of(question("Q-1"), question("Q-2"), answers={"Q-1": "e", "Q-2": "c"})

    assert result.recommendation == "do_not_proceed"
    assert changes(would_improve(result)) == [("Q-1", "d", "escalate"), ("Q-2", "b", "escalate")]


def test_the_best_improvement_comes_first():
    """A stop is the only obstacle for Q-1; Q-2 cannot help while it stands."""
    stop = {"options": ["e"], "class": "stop"}
    result = result_of(
        question("Q-1", red_flag=stop), question("Q-2", weight=9), answers={"Q-1": "e", "Q-2": "a"}
    )

    assert changes(would_improve(result)) == [("Q-1", "d", "proceed")]


def test_better_evidence_for_the_same_option_is_not_a_better_option():
    """At tier III "b" at E0 counts for 2, High; only a better option is suggested, and at E4."""
    result = result_of(question("Q-1"), answers={"Q-1": {"option": "b"}}, tier=3)

    assert result.recommendation == "escalate"
    assert changes(would_improve(result)) == [("Q-1", "a", "proceed")]


def test_a_settled_result_rests_on_the_answers_that_hold_it():
    """Tier II, weights 9 and 1: 0 now; Q-1 one worse is 22.5, still Low, so nothing holds it.

    With Q-2 at 4 (10.0), Q-1 one worse is 32.5: conditions. Q-1 holds the result.
    """
    asked_for = [question("Q-1", weight=9), question("Q-2")]

    firm = result_of(*asked_for, answers={"Q-1": "a", "Q-2": "a"})
    held = result_of(*asked_for, answers={"Q-1": "a", "Q-2": "e"})

    assert resting_on(firm) == ()
    assert changes(resting_on(held)) == [("Q-1", "b", "conditions")]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("a", []),  # counts for 1 at E2 and tier III, and so does "b"
        ("b", [("Q-1", "c", "escalate")]),  # 25 % becomes 50 %
    ],
)
def test_a_worse_option_that_counts_for_no_more_holds_nothing(option, expected):
    result = result_of(
        question("Q-1"), answers={"Q-1": {"option": option, "evidence": "E2"}}, tier=3
    )

    assert result.recommendation == "conditions"
    assert changes(resting_on(result)) == expected


def test_a_question_of_the_context_may_hold_the_result():
    """Moderate at tier I proceeds; one worse on CX-1 ("b" to "c") makes it tier II: conditions."""
    result = result_of(question("Q-1"), answers={"Q-1": "b", "CX-1": "b"})

    assert result.recommendation == "proceed"
    assert changes(resting_on(result), "CX") == [("CX-1", "c", "conditions")]


def test_mitigations_stay_as_they_are():
    """Verified at "a", a worse answer is treated just the same: nothing holds the result."""
    result = result_of(question("Q-1"), answers={"Q-1": "c"}, mitigations=[verified("Q-1", "a")])

    assert result.recommendation == "proceed"
    assert resting_on(result) == ()


def test_an_unsettled_result_has_nothing_to_change():
    """Answer first: there is no recommendation to lower or to hold."""
    result = result_of(question("Q-1"), question("Q-2"), answers={"Q-1": "e"})

    assert result.recommendation == "not_ready"
    assert would_improve(result) == resting_on(result) == ()


@pytest.mark.parametrize("answers", [{"Q-1": "a", "Q-2": "e"}, {"Q-1": "a"}])
def test_hidden_answers_neither_hold_nor_change_anything(answers):
    result = result_of(question("Q-1"), question("Q-2", when=PUBLIC), answers=answers)

    named = {c.question.id for c in (*resting_on(result), *would_improve(result))}

    assert "Q-2" not in named


# --- Not applicable -----------------------------------------------------------------------------


def test_taking_every_not_applicable_back():
    """Without Q-2 the score is 0, proceed; with it open, up to 50: escalate."""
    inapplicable = {"state": "not_applicable", "reason": "No"}
    result = result_of(question("Q-1"), question("Q-2"), answers={"Q-1": "a", "Q-2": inapplicable})

    stressed = without_inapplicable(result)

    assert result.decision_high == "proceed"
    assert stressed is not None
    assert stressed.decision_high == "escalate"
    assert stressed.open == ("Q-2",)


def test_nothing_declared_inapplicable_nothing_to_take_back():
    assert without_inapplicable(result_of(question("Q-1"), answers={"Q-1": "a"})) is None


def test_where_a_changed_answer_opens_questions_it_is_not_ready_and_no_stop():
    question = CORE.by_id["CX-07"]
    change = Change(
        question, question.options[0], "do_not_proceed", "not_ready", ("DP-03", "DP-04")
    )
    assert then(change) == "Not ready until DP-03 and DP-04 are answered"
    assert then(replace(change, newly_open=())) == "Not ready, at worst Do not proceed"
    assert then(replace(change, recommendation="escalate")) == "Escalate"
