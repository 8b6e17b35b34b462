"""The Decision page: what may be recorded, what is refused, and what a decision moves."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import Mitigation, RecordedDecision, StopOverride
from procurement_risk.assessment.document import to_document
from procurement_risk.errors import Problem
from procurement_risk.profile import overriding
from tests.support.answer_sets import CORE
from tests.support.core_pages import (
    assessment,
    press,
    settled_answers,
    text_of,
    without_its_app,
    worst,
)

STOP, DUTY = "SR-06", "EQ-01"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A new database, which the page finds by its setting."""
    with without_its_app(tmp_path, monkeypatch) as opened:
        yield opened


def draw_page():
    from procurement_risk.views.decision import page as decision

    decision.page()


@pytest.fixture
def show(store):
    """Store an assessment and draw its page."""

    def draw(stored):
        store.create(stored, CORE, "Ana")
        at = AppTest.from_function(draw_page, default_timeout=30)
        at.query_params["assessment"] = stored.id
        return at.run()

    return draw


def field(at, kind, ending):
    """The one field whose key ends so; keys begin with the form's part and its generation."""
    (found,) = [element for element in at.get(kind) if str(element.key).endswith(ending)]
    return found


def errors(at):
    return [error.value for error in at.error]


def test_decision_that_differs_needs_a_reason(show, store):
    at = show(assessment(settled_answers()))
    field(at, "selectbox", ":decision").select("escalate")
    field(at, "text_input", ":by").input("Chief")
    at = press(at, "Record the decision")

    assert errors(at) == [
        "This differs from the recommendation (Proceed), so write the reason.",
        "1 field needs you: what is missing or wrong stands under it.",
    ]
    assert field(at, "text_input", ":by").value == "Chief"
    field(at, "text_area", "decision:one:0:reason").input("Too new to us.")
    at = press(at, "Record the decision")
    saved = store.load("one").assessment.decision
    assert (saved.decision, saved.by, saved.reason) == ("escalate", "Chief", "Too new to us.")
    assert "This differs from what is recommended now." in text_of(at)


def test_only_stops_that_are_no_legal_duty_can_be_overridden(show, store):
    """It is then shown as overridden, and the recommendation does not move."""
    answers = settled_answers(**{STOP: worst(STOP), DUTY: worst(DUTY), "CX-02": "e"})
    at = show(assessment(answers))

    offered = [b.label for b in at.button if b.label.startswith("Record the override of ")]
    assert offered == [f"Record the override of {STOP}"]
    at = press(at, offered[0])
    assert "Write who overrides it: a name and a senior post." in errors(at)
    field(at, "text_input", f"overrides:{STOP}:one:0:by").input("Chief")
    field(at, "date_input", ":until").set_value(date(2099, 1, 31))
    field(at, "text_area", f"overrides:{STOP}:one:0:reason").input("Winter")
    at = press(at, offered[0])
    assert not [error for error in errors(at) if "legal duty" not in error]
    (saved,) = store.load("one").assessment.overrides
    assert (saved.question, saved.by, saved.until) == (STOP, "Chief", "2099-01-31")
    assert "Recommended: Do not proceed." in text_of(at)
    assert (
        "Overridden by Chief, until 31 January 2099; it is still a stop. Reason: Winter"
        in text_of(at)
    )
    at = press(at, f"Withdraw the override of {STOP}")
    assert store.load("one").assessment.overrides == ()


def test_triggers_are_added_and_dealt_with(show, store):
    at = show(assessment(settled_answers()))
    at = press(at, "Add the reason")
    assert errors(at)[0] == "Write what happened."
    assert errors(at)[1].startswith("1 field needs you")
    field(at, "selectbox", ":what").select("trigger.pilot")
    at = press(at, "Add the reason")
    (saved,) = store.load("one").assessment.triggers
    assert (saved.what, saved.resolved_at) == ("trigger.pilot", "")
    at = press(at, "Mark as dealt with: End of pilot")
    assert store.load("one").assessment.triggers[0].resolved_at


def test_an_override_past_its_day_is_refused():
    override = StopOverride(
        question=STOP, by="Chief", at="2020-01-01", reason="Winter", until="2020-01-31"
    )
    assert overriding.problems(override, "2026-11-23") == [
        Problem("until", "The day until which it holds has passed. Write a later one.")
    ]


def test_nothing_goes_ahead_over_a_legal_duty(show, store):
    """It is named before anybody chooses, and again where somebody does."""
    at = show(assessment(settled_answers(**{DUTY: worst(DUTY)})))
    assert f"{DUTY} is a legal duty that is not met" in text_of(at)
    assert not [b for b in at.button if b.label.startswith("Record the override of ")]

    field(at, "selectbox", ":decision").select("proceed")
    field(at, "text_input", ":by").input("Chief")
    field(at, "text_area", ":reason").input("Winter is near")
    at = press(at, "Record the decision")

    assert any("so this cannot go ahead" in error for error in errors(at))
    assert store.load("one").assessment.decision is None


def test_a_decision_moves_the_state_and_one_action_puts_it_in_life(show, store):
    at = show(assessment(settled_answers()))
    field(at, "selectbox", ":decision").select("proceed")
    field(at, "text_input", ":by").input("Chief")
    at = press(at, "Record the decision")

    assert store.load("one").assessment.state == "decided"
    at = press(at, "It is in use: put it in life")
    assert store.load("one").assessment.state == "live"
    assert "In life" in text_of(at)


def test_what_is_open_is_accepted_by_name(show, store):
    answers = settled_answers()
    left = {name: each for name, each in answers.answers.items() if name != STOP}
    at = show(assessment(replace(answers, answers=left)))
    field(at, "selectbox", ":decision").select("escalate")
    field(at, "text_input", ":by").input("Chief")
    field(at, "text_area", ":reason").input("Time is short")
    at = press(at, "Record the decision")
    assert any(STOP in error for error in errors(at))

    field(at, "checkbox", ":accepted_open").check()
    at = press(at, "Record the decision")
    assert store.load("one").assessment.decision.accepted_open == (STOP,)


def test_a_condition_is_confirmed_once_it_has_owner_day_and_clause(show, store):
    bare = Mitigation(question=STOP, status="proposed", target="a")
    answers = settled_answers(**{STOP: worst(STOP)})
    at = show(assessment(replace(answers, mitigations=(bare,))))
    label = f"Confirm the condition on {STOP}"
    assert label not in [button.label for button in at.button]
    assert "An agreed mitigation needs an owner" in text_of(at)

    whole = replace(bare, owner="Ana", due="2027-03-01", clause="Exit")
    store.save("one", f"mitigation:{STOP}", to_document(whole), 1, "Ana")
    at = press(at.run(), label)
    assert store.load("one").assessment.answer_set.mitigations[0].status == "agreed"


def test_each_stop_has_its_own_form(show, store):
    """Saving one says of no other that it was changed elsewhere, nor does withdrawing it."""
    other = "SR-04"
    at = show(assessment(settled_answers(**{STOP: worst(STOP), other: worst(other)})))
    form = f"overrides:{STOP}:one:0"
    field(at, "text_input", f"{form}:by").input("Chief")
    field(at, "date_input", f"{form}:until").set_value(date(2099, 1, 31))
    field(at, "text_area", f"{form}:reason").input("Winter")
    at = press(at, f"Record the override of {STOP}")

    assert [each.question for each in store.load("one").assessment.overrides] == [STOP]
    assert field(at, "text_input", f"overrides:{other}:one:0:by").value == ""
    assert not any("changed elsewhere" in each.value for each in at.warning)
    at = press(at, f"Withdraw the override of {STOP}")
    assert not any("changed elsewhere" in each.value for each in at.warning)


def test_a_condition_on_a_stop_is_told_at_the_stop(show):
    """With where it stands and its day; without one it says what may be done."""
    agreed = Mitigation(
        question=STOP, status="agreed", target="a", owner="Ana", due="2099-03-03", clause="Exit"
    )
    answers = settled_answers(**{STOP: worst(STOP)})

    assert "Condition: Agreed, due 3 March 2099." in text_of(
        show(assessment(replace(answers, mitigations=(agreed,))))
    )


def test_a_decision_is_signed_off_and_a_change_afterwards_is_said(show, store):
    decided = RecordedDecision(decision="proceed", by="Ida", at="2026-11-24")
    at = show(assessment(settled_answers(), state="decided", decision=decided))
    assert "Not signed off." in text_of(at)
    assert "To sign it off, write your name in the menu first." in text_of(at)

    at.session_state["actor"] = "Ida"
    at = at.run()

    at = press(at, "Sign off")
    assert "Write as what you sign, such as the post that is asked for." in text_of(at)
    at.text_input(key="sign-off-post:one").input("Service manager")
    at = press(at, "Sign off")

    assert not at.exception
    assert "Signed off by Ida, Service manager" in text_of(at)
    assert "by name alone.** Nobody signs in here, so nothing seals it." in text_of(at)
    assert "You have signed this already" in text_of(at)

    store.save("one", "supplier", {"name": "Another Ltd"}, 1, "Ana")
    at = at.run()
    assert "Not signed off as it stands: it was changed on" in text_of(at).replace("**", "")
    assert [button.label for button in at.button if button.label == "Sign off"]
