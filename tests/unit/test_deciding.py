"""Which decisions may be recorded beside a recommendation, and what they need."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import RecordedDecision
from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import evaluate
from procurement_risk.profile import deciding
from tests.support.answer_sets import AS_OF
from tests.support.small_frameworks import question, section, small_framework

DUTY = {"options": ["e"], "class": "stop", "legal_duty": True}
STOP = {"options": ["e"], "class": "stop"}
DECISION = RecordedDecision(decision="proceed", by="Dana, director", at="2026-11-23")
WHY = replace(DECISION, reason="Winter is near.")
REVIEWED = replace(WHY, review_by="2027-01-31")


def result(**answers):
    """What is found in a section with a legal duty Q-1, another stop Q-2 and a plain Q-3."""
    questions = (question("Q-1", red_flag=DUTY), question("Q-2", red_flag=STOP), question("Q-3"))
    framework = framework_from_document(small_framework(section("Q", "decisive", *questions)))
    given = {"public": "no", "hosted": "no", "CX-1": "a", "Q-1": "a", "Q-2": "a", "Q-3": "a"}
    named = {name.replace("_", "-"): value for name, value in answers.items()}
    at_e4 = {
        name: value if isinstance(value, dict) else {"option": value, "evidence": "E4"}
        for name, value in (given | named).items()
    }
    return evaluate(framework, check_answers(framework, {"as_of": AS_OF, "answers": at_e4}))


def wrong(decision, found):
    return [each.where for each in deciding.problems(decision, found)]


def test_a_decision_as_recommended_needs_a_name_and_a_day_alone():
    found = result()

    assert found.recommendation == "proceed"
    assert wrong(DECISION, found) == []
    empty = RecordedDecision(decision="", by=" ", at="")
    assert wrong(empty, found) == ["decision", "by", "at"]
    assert wrong(replace(DECISION, at="23/11", review_by="soon"), found) == ["at", "review_by"]


@pytest.mark.parametrize("decision", ["proceed", "conditions"])
def test_nothing_goes_ahead_over_a_legal_duty(decision):
    """No reason, day or override helps, and the duty is named."""
    found = result(Q_1="e")
    (problem,) = deciding.problems(replace(REVIEWED, decision=decision), found)

    assert problem.where == "decision"
    assert problem.message.startswith("Q-1 is a legal duty that is not met")
    assert deciding.forbidden_by(decision, found) == ["Q-1"]


@pytest.mark.parametrize("decision", ["escalate", "do_not_proceed"])
def test_what_does_not_go_ahead_may_be_decided_over_a_legal_duty(decision):
    assert wrong(replace(REVIEWED, decision=decision), result(Q_1="e")) == []


def test_a_legal_duty_that_may_yet_fire_refuses_nothing():
    found = result(Q_1={"state": "unknown"})

    assert found.red_flags.stops_pending == ["Q-1"]
    assert deciding.forbidden_by("proceed", found) == []


@pytest.mark.parametrize("decision", ["proceed", "conditions", "escalate"])
def test_over_another_stop_it_needs_reason_name_and_day(decision):
    found = result(Q_2="e")
    bare = replace(DECISION, decision=decision)

    assert wrong(bare, found) == ["reason", "review_by"]
    assert wrong(replace(bare, by="", reason="Winter"), found) == ["by", "review_by"]
    assert wrong(replace(REVIEWED, decision=decision), found) == []
    past = replace(REVIEWED, decision=decision, review_by="2026-11-22")
    assert wrong(past, found) == ["review_by"]


def test_milder_than_recommended_it_needs_the_same():
    found = result(CX_1="c", Q_1="d", Q_3="e")  # High at Tier II

    assert found.recommendation == "escalate"
    assert wrong(DECISION, found) == ["reason", "review_by"]
    assert wrong(WHY, found) == ["review_by"]
    assert wrong(REVIEWED, found) == []


def test_the_reason_for_another_decision_is_none_for_this_one():
    """It stands in the form when somebody changes their mind; only its own reason will do."""
    found = result(Q_2="e")
    stopped = replace(REVIEWED, decision="do_not_proceed")

    (problem,) = deciding.problems(REVIEWED, found, stopped)
    assert (problem.where, problem.message) == (
        "reason",
        "This reason was given for “Do not proceed”. Write the reason for this one.",
    )
    assert deciding.problems(replace(REVIEWED, reason="It was met."), found, stopped) == []
    assert deciding.problems(REVIEWED, found, REVIEWED) == []
    assert deciding.problems(WHY, result(), stopped) == []


def test_graver_than_recommended_it_needs_a_reason_alone():
    graver = replace(DECISION, decision="escalate")

    assert [each.message for each in deciding.problems(graver, result())] == [
        "This differs from the recommendation (Proceed), so write the reason."
    ]
    assert wrong(replace(WHY, decision="escalate"), result()) == []


def test_while_nothing_is_settled_the_open_answers_are_accepted_by_name():
    found = result(CX_1="c", Q_3={"state": "unknown"})

    assert found.recommendation == "not_ready"
    assert deciding.to_accept(found) == ("Q-3",)
    assert wrong(DECISION, found) == ["reason", "accepted_open"]
    assert wrong(replace(WHY, accepted_open=("Q-1",)), found) == ["accepted_open"]
    assert wrong(replace(WHY, accepted_open=("Q-3",)), found) == []
    assert "Q-3" in deciding.problems(WHY, found)[0].message


def test_an_open_answer_that_changes_nothing_need_not_be_accepted():
    found = result(Q_1="e", Q_3={"state": "unknown"})

    assert (found.recommendation, found.open) == ("do_not_proceed", ("Q-3",))
    assert deciding.to_accept(found) == ()
