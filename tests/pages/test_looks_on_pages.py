"""A new look, comments and hand-overs on the pages, for what they do; the rules are in unit."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import Mitigation, RecordedDecision
from procurement_risk.profile.carrying import look_again
from tests.support.answer_sets import CORE
from tests.support.core_pages import assessment, press, settled_answers, text_of

SCRIPT = """
import streamlit as st
from procurement_risk.views import frame
from procurement_risk.views.answer import autosave, page
from procurement_risk.views.shared import session
pages = {each.address: st.Page(lambda: None, title=each.address, url_path=each.address)
         for each in frame.PAGES}
session.remember_pages(pages)
st.navigation(list(pages.values()))
autosave.sweep()
page.page()
"""
DAY = "2027-03-12"
LAST = assessment(
    settled_answers(), decision=RecordedDecision(decision="proceed", by="Grace", at="2026-11-23")
)
LOOK = look_again(LAST, CORE, CORE, id="again", day=DAY)


@pytest.fixture
def store(store):
    """The store that the page under test uses too, with the look before."""
    store.create(LAST, CORE, "Ada")
    return store


def page(section, id="again", actor="Dana"):
    at = AppTest.from_string(SCRIPT, default_timeout=30)
    at.query_params["assessment"] = id
    at.query_params["section"] = section
    at.session_state["actor"] = actor
    at.run()
    assert not at.exception
    return at


def test_a_carried_answer_is_shown_and_confirmed_on_its_card(store):
    store.create(LOOK, CORE, "Ada")
    at = page("CX")
    said = text_of(at)
    best = CORE.by_id["CX-01"].options[0].label
    assert "Its decision stands: " in said
    assert f"From 23 November 2026, not confirmed yet: **{best}**" in said
    assert at.radio(key=radio_key(at, "CX-01")).value is None

    at = press(at, "Confirm CX-01")
    assert not at.exception
    assert at.radio(key=radio_key(at, "CX-01")).value == "a"
    assert "Confirm CX-01" not in [button.label for button in at.button]
    assert store.load("again").assessment.answer_set.answers["CX-01"].by == "Dana"


def test_a_carried_condition_is_dropped_and_its_answer_stays_carried(store):
    agreed = Mitigation(question="CX-01", status="proposed", target="a", clause="Ask first")
    of_both = replace(LOOK.carried["CX-01"], mitigation=agreed)
    of_one = replace(of_both, answer=None)
    store.create(replace(LOOK, carried={"CX-01": of_both, "CX-02": of_one}), CORE, "Ada")
    at = press(page("CX"), "Drop the condition on CX-01")
    at = press(at, "Drop the condition on CX-02")

    assert store.load("again").assessment.carried == {"CX-01": replace(of_both, mitigation=None)}
    labels = [button.label for button in at.button]
    assert "Confirm CX-01" in labels
    assert not [label for label in labels if label.startswith("Drop the condition")]


def radio_key(at, question):
    return next(r.key for r in at.main.radio if r.key and f":{question}:" in r.key)


def test_a_section_is_confirmed_and_says_what_is_left(store):
    expired = replace(LOOK.carried["CX-02"].answer, valid_until="2027-01-01")
    carried = {**LOOK.carried, "CX-02": replace(LOOK.carried["CX-02"], answer=expired)}
    store.create(replace(LOOK, carried=carried), CORE, "Ada")
    at = press(page("CX"), "Confirm this section")

    now = store.load("again").assessment
    asked = {question.id for question in CORE.section("CX").questions}
    asked |= {"decisions_about_people", "public_facing"}  # the tier rests on them
    assert set(now.answer_set.answers) == asked - {"CX-02"}
    assert "Its evidence ran out on 1 January 2027." in text_of(at)
    assert "Confirm CX-02" in [button.label for button in at.button]
    assert "DP-01" in now.carried


def test_a_colleague_who_answered_meanwhile_is_not_written_over(store):
    store.create(LOOK, CORE, "Ada")
    at = page("CX")
    store.save("again", "answer:CX-01", {"option": "e"}, 0, "Bo")
    press(at, "Confirm this section")

    now = store.load("again").assessment
    assert now.answer_set.answers["CX-01"].options == ("e",)
    assert now.answer_set.answers["CX-02"].by == "Dana"


def test_an_assessment_that_follows_none_has_nothing_of_it(store):
    at = page("CX", "one")

    assert "not confirmed" not in text_of(at)
    assert not [button for button in at.button if button.label.startswith("Confirm")]


def test_the_decided_one_says_that_a_look_is_under_way(store):
    assert "A new look is under way" not in text_of(page("CX", "one"))
    store.create(LOOK, CORE, "Ada")
    assert "A new look is under way" in text_of(page("CX", "one"))


def test_comments_are_written_settled_and_counted(store):
    at = page("CX", "one")
    at.button(key="comments-one-CX-01").click().run()
    at.text_area(key="comment-text-CX-01").set_value("Who *said* so?")
    press(at, "Add the comment")
    said = store.load("one").assessment.comments["CX-01"]
    assert [(each.text, each.by) for each in said] == [("Who *said* so?", "Dana")]

    at = page("CX", "one")
    assert at.button(key="comments-one-CX-01").label == "1 comment"
    at.button(key="comments-one-CX-01").click().run()
    assert "Who *said* so?" in [each.value for each in at.text]
    press(at, "Settle comment 1")
    assert store.load("one").assessment.comments["CX-01"][0].resolved_by == "Dana"
    assert page("CX", "one").button(key="comments-one-CX-01").label == "Comment"


def test_a_section_is_handed_over_and_done(store):
    at = press(page("DP", "one"), "Hand this section over")
    at = press(at, "Hand over")
    assert at.session_state["handover-problem"] == "Write who is to answer it."
    assert store.load("one").assessment.handovers == {}
    at = press(at, "Hand this section over")
    at.text_input(key="handover-owner").set_value("Bo Bennet")
    at.text_area(key="handover-note").set_value("Ask the *DPO*")
    at = press(at, "Hand over")
    assert not at.exception
    handed = store.load("one").assessment.handovers["DP"]
    assert (handed.owner, handed.by, handed.note) == ("Bo Bennet", "Dana", "Ask the *DPO*")

    at = page("DP", "one", actor="bo bennet")
    assert "asks you to answer this section" in text_of(at)
    assert "section=DP" in at.code[0].value
    assert "asks" not in text_of(page("TR", "one", actor="bo bennet"))
    press(at, "Done: this section is answered")
    assert store.load("one").assessment.handovers["DP"].done_by == "bo bennet"
    assert "asks" not in text_of(page("DP", "one"))


def test_a_new_look_is_begun_from_the_menu_of_the_header(store):
    at = page("CX", "one")
    (menu,) = [each for each in at.get("menu_button") if each.key == "menu"]
    assert menu.options[:2] == ["Look again", "Another supplier for this purchase"]
