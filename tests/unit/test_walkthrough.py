"""The order in which an assessment is answered: what sets the tier first, and what is asked."""

import pytest

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.framework.places import FACTS, place_of
from procurement_risk.methods import evaluate
from procurement_risk.profile.walkthrough import first_open, steps
from tests.support.framework_documents import IMPACT, SMALL, changed, without

COUNTED, STAKES = framework_from_document(IMPACT), framework_from_document(SMALL)


def walk(framework, answers=None, pack="full"):
    given = {
        name: answer if isinstance(answer, Answer) else Answer(options=(answer,))
        for name, answer in (answers or {}).items()
    }
    result = evaluate(framework, AnswerSet(as_of="2026-11-23", pack=pack, answers=given))
    return {step.id: step for step in steps(framework, result)}


def asked(framework, answers=None, pack="full"):
    found = walk(framework, answers, pack)
    return {name: [question.id for question in step.questions] for name, step in found.items()}


# --- Where points are counted ---------------------------------------------------------------


def test_follow_ups_wait_for_what_they_rest_on():
    """As in the forms such instruments come from; and sections that rest on it with them."""
    assert asked(COUNTED) == {FACTS: ["library"], "about": ["phase", "effect"]}


def test_an_answer_brings_its_follow_ups():
    assert asked(COUNTED, {"effect": "far-4"})["about"] == ["phase", "effect", "harms"]
    assert asked(COUNTED, {"effect": "near-0"})["about"] == ["phase", "effect"]
    assert asked(COUNTED, {"library": "yes"})["about"] == ["phase", "effect", "words"]


@pytest.mark.parametrize(
    ("phase", "there", "not_there"),
    [("design", "designing", "living"), ("live", "living", "designing")],
)
def test_a_section_whose_condition_does_not_hold_is_left_out(phase, there, not_there):
    found = walk(COUNTED, {"phase": phase})

    assert list(found) == [FACTS, "about", there]
    assert not_there not in found


def test_a_pack_asks_besides_its_own_what_its_conditions_rest_on():
    """The core's baseline leaves out what kind of AI it is, and questions on agents rest on it."""
    core = load_framework(FRAMEWORKS / "ai-supplier-core.yaml")
    assert not core.pack("baseline").asks("CX-08")

    assert "CX-08" in asked(core, {}, "baseline")["CX"]
    assert "CX-08" in asked(core, {"CX-08": "c"}, "baseline")["CX"]  # it stays, to be changed
    assert "CX-08" not in asked(core, {"acts_in_other_systems": "yes"}, "baseline")["CX"]
    assert "CX-08" not in asked(core, {}, "in-life")["CX"]  # which never decides


def test_what_is_never_asked_is_not_there():
    """Even though somebody answered it once."""
    assert "gone" not in asked(COUNTED, {"gone": "a-3"})["about"]


def test_what_was_declared_not_applicable_stays():
    """So that it can be taken back, though its condition no longer holds."""
    gone = Answer(state="not_applicable", reason="No words")

    assert "words" in asked(COUNTED, {"words": gone})["about"]


def test_a_section_of_which_the_pack_asks_nothing_is_left_out():
    assert asked(COUNTED, {"phase": "design"}, "short") == {
        FACTS: ["library"],
        "about": ["phase", "effect"],
    }


# --- Where stakes decide --------------------------------------------------------------------


def test_what_may_yet_apply_is_asked_at_once():
    """DP-2 rests on a fact that is open: it does not wait."""
    assert asked(STAKES)["DP"] == ["DP-1", "DP-2"]
    assert asked(STAKES, {"hosted": "no"})["DP"] == ["DP-1"]


def test_a_section_without_a_condition_stays_where_nothing_in_it_applies():
    """It says so itself, rather than go missing."""
    when = {"question": "hosted", "in": ["yes"]}
    document = without(("sections", 2, "questions", 1))
    document["sections"][2]["questions"][0]["when"] = when
    step = walk(framework_from_document(document), {"hosted": "no"})["TR"]

    assert step.questions == ()
    assert step.progress == "Nothing applies"


# --- Both -----------------------------------------------------------------------------------


def test_the_facts_come_first_where_nothing_sets_a_tier():
    found = walk(COUNTED)

    assert next(iter(found)) == FACTS
    assert found[FACTS].title == "About the purchase"


def test_what_sets_the_tier_comes_first_with_the_facts_that_it_rests_on():
    """The rule names one fact; the other only switches questions on."""
    assert asked(STAKES)["CX"] == ["public_facing", "CX-1", "CX-2"]
    assert list(walk(STAKES))[:3] == ["CX", FACTS, "DP"]
    assert asked(STAKES)[FACTS] == ["hosted"]


def test_a_fact_that_a_question_of_the_tier_waits_for_comes_before_it():
    document = changed(
        ("sections", 0, "questions", 0, "when"), {"question": "hosted", "in": ["yes"]}
    )

    found = asked(framework_from_document(document))
    assert found["CX"] == ["public_facing", "hosted", "CX-1", "CX-2"]
    assert FACTS not in found


@pytest.mark.parametrize("framework", [COUNTED, STAKES])
def test_every_question_is_found_where_it_is_asked(framework):
    places = {q.id: name for name, step in walk(framework).items() for q in step.questions}

    assert {name: place_of(framework, framework.by_id[name]) for name in places} == places


def test_the_first_question_without_an_answer():
    """A note alone is none; not known is one."""
    given = {
        "public_facing": Answer(state="unknown"),
        "CX-1": Answer(state="unanswered", note="Ask Bo"),
    }
    result = evaluate(STAKES, AnswerSet(as_of="2026-11-23", pack="triage", answers=given))
    found = first_open(STAKES, result)
    assert found is not None
    assert found.id == "CX-1"

    every = {q.id: Answer(options=(q.options[0].id,)) for q in STAKES.by_id.values() if q.options}
    result = evaluate(STAKES, AnswerSet(as_of="2026-11-23", pack="triage", answers=every))
    assert first_open(STAKES, result) is None


def test_without_facts_there_is_no_step_for_them():
    document = without(("facts",), IMPACT)
    document["sections"][0]["questions"][3]["when"] = {"question": "effect", "in": ["far-4"]}

    assert list(walk(framework_from_document(document))) == ["about"]


def test_the_facts_about_a_supplier_are_called_so():
    found = walk(framework_from_document(changed(("subject",), "supplier")))

    assert found[FACTS].title == "About the supplier"


@pytest.mark.parametrize(
    ("answers", "answered", "words"),
    [
        ({}, 0, "0 of 2"),
        ({"phase": "design"}, 1, "1 of 2"),
        ({"phase": "design", "effect": Answer(state="unknown")}, 1, "1 of 2"),
        ({"phase": "design", "effect": "near-0"}, 2, "2 of 2"),
        ({"phase": "design", "effect": "far-4"}, 2, "2 of 3"),
    ],
)
def test_how_far_a_step_has_got(answers, answered, words):
    """What nobody knows is not answered; a follow-up is one more to answer."""
    step = walk(COUNTED, answers)["about"]

    assert (step.answered, step.progress) == (answered, words)
