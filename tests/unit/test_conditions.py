"""Which questions apply, in three values."""

import graphlib

import pytest

from procurement_risk.assessment import Answer
from procurement_risk.assessment.conditions import applicability, order_conditions
from procurement_risk.framework.document import check_framework, framework_from_document
from tests.support.small_frameworks import question, section, small_framework

YES = {"question": "public", "in": ["yes"]}
HOSTED = {"question": "hosted", "in": ["yes"]}
ON_Q1 = {"question": "Q-1", "in": ["d", "e"]}
OPEN = ("missing", "unanswered", "unknown", "withheld")


def given(answers):
    """Nouns for ``{"Q-1": "e", "public": "unknown"}``; a state's name is that state."""
    nouns = {}
    for name, text in answers.items():
        if text == "not_applicable" or text in OPEN[1:]:
            nouns[name] = Answer(state=text, reason="No")
        elif text != "missing":
            nouns[name] = Answer(options=tuple(text.split("+")))
    return nouns


def applies(when, answers, *others):
    """Whether Q-2 applies under ``when``, beside Q-1 and ``others``."""
    document = small_framework(
        section("Q", "decisive", question("Q-1"), question("Q-2", when=when), *others)
    )
    framework = framework_from_document(document)
    return applicability(order_conditions(framework), given(answers))["Q-2"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("yes", True), ("no", False), *((state, None) for state in OPEN)],
)
def test_a_fact_switches_a_question_on(answer, expected):
    """Answered it is true or false; open in any of the four ways it is unknown."""
    assert applies(YES, {"public": answer}) is expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [(["a"], None), (["a", "b", "c", "d"], None), (["a", "b", "c", "d", "e"], True)],
)
def test_an_open_question_whose_options_agree_is_no_obstacle(options, expected):
    """Whatever Q-1 turns out to be, one of all five options is chosen."""
    assert applies({"question": "Q-1", "in": options}, {}) is expected


@pytest.mark.parametrize("hosted", ["yes", "no", "unknown"])
@pytest.mark.parametrize("public", ["yes", "no", "unknown"])
@pytest.mark.parametrize("kind", ["all", "any"])
def test_all_and_any_in_three_values(kind, public, hosted):
    """Kleene's tables: all is the least and any the greatest of false < unknown < true."""
    order = {"no": 0, "unknown": 1, "yes": 2}
    parts = (order[public], order[hosted])
    expected = [False, None, True][min(parts) if kind == "all" else max(parts)]

    assert applies({kind: [YES, HOSTED]}, {"public": public, "hosted": hosted}) is expected


@pytest.mark.parametrize(
    ("public", "hosted", "q1", "expected"),
    [
        ("yes", "no", "a", False),
        ("yes", "yes", "a", True),
        ("yes", "no", "e", True),
        ("no", "yes", "e", False),
        ("yes", "unknown", "a", None),
        ("yes", "unknown", "e", True),
        ("unknown", "no", "a", False),
        ("unknown", "yes", "missing", None),
    ],
)
def test_conditions_nest(public, hosted, q1, expected):
    """public and (hosted or Q-1 is d or e)."""
    when = {"all": [YES, {"any": [HOSTED, ON_Q1]}]}

    assert applies(when, {"public": public, "hosted": hosted, "Q-1": q1}) is expected


@pytest.mark.parametrize(
    ("public", "q3", "expected"),
    [
        ("yes", "e", True),
        ("yes", "a", False),
        ("no", "e", False),  # a hidden question is seen as not chosen, whatever is stored
        ("unknown", "e", None),  # it may be hidden
        ("unknown", "a", False),  # hidden or not, "e" is not chosen
        ("yes", "missing", None),
        ("no", "missing", False),
    ],
)
def test_a_condition_on_a_conditional_question(public, q3, expected):
    """Q-2 rests on Q-3, which rests on the fact; Q-3 is read after Q-2."""
    found = applies(
        {"question": "Q-3", "in": ["e"]},
        {"public": public, "Q-3": q3},
        question("Q-3", when=YES),
    )

    assert found is expected


def test_all_options_of_a_question_that_may_be_hidden_leave_it_unknown():
    """If Q-3 applies, any answer will do; if it is hidden, none is chosen."""
    every = {"question": "Q-3", "in": ["a", "b", "c", "d", "e"]}

    assert applies(every, {}, question("Q-3", when=YES)) is None


def test_what_rests_on_a_not_applicable_question_is_false():
    """It is seen as not chosen. (Validation refuses to declare it, but the rule holds.)"""
    assert applies(ON_Q1, {"Q-1": "not_applicable"}) is False


def test_a_not_applicable_question_does_not_apply():
    assert applies(None, {"Q-2": "not_applicable"}) is False
    assert applies(YES, {"public": "yes", "Q-2": "not_applicable"}) is False


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("a", True), ("a+c", True), ("b+c", False), ("missing", None)],
)
def test_a_multiple_choice_answer_holds_where_any_chosen_option_does(chosen, expected):
    """Q-3 may be answered with several options; the condition asks whether "a" is among them."""
    many = question("Q-3", type="multiple")

    assert applies({"question": "Q-3", "in": ["a"]}, {"Q-3": chosen}, many) is expected


def test_every_fact_and_question_is_told():
    """In reading order, whatever order they are evaluated in."""
    document = small_framework(
        section(
            "Q",
            "decisive",
            question("Q-1", when={"question": "Q-2", "in": ["a"]}),
            question("Q-2", when=YES),
        )
    )
    framework = framework_from_document(document)

    found = applicability(order_conditions(framework), {})

    assert list(found) == ["public", "hosted", "CX-1", "Q-1", "Q-2"]


def circular():
    return small_framework(
        section(
            "Q",
            "decisive",
            question("Q-1", when={"question": "Q-2", "in": ["a"]}),
            question("Q-2", when={"any": [YES, {"question": "Q-1", "in": ["a"]}]}),
        )
    )


def test_circular_conditions_are_refused():
    """When the framework is checked, in words; and by the rules themselves, should one get in."""
    (fault,) = check_framework(circular())

    assert "circle" in fault.message
    with pytest.raises(graphlib.CycleError):
        order_conditions(framework_from_document(circular()))


def test_a_risk_value_belongs_to_the_tier_rule():
    """A question's condition rests on options; one on a risk value is a mistake in the code."""
    document = small_framework(
        section(
            "Q",
            "decisive",
            question("Q-1"),
            question("Q-2", when={"question": "Q-1", "risk_at_least": 1}),
        )
    )
    framework = framework_from_document(document)

    with pytest.raises(TypeError):
        applicability(order_conditions(framework), {})
