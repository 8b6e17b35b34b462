"""The parts that read conditions: what they take, what they refuse, and how values compare."""

import math

import pytest

from procurement_risk.formats.surveyjs.expression import (
    DEPTH_LIMIT,
    LENGTH_LIMIT,
    ExpressionError,
    parse,
)
from procurement_risk.formats.surveyjs.logic import (
    ALWAYS,
    Chosen,
    Joined,
    Never,
    all_of,
    any_of,
    levels,
    opposite,
    to_document,
)
from procurement_risk.formats.surveyjs.tree import (
    Binary,
    Constant,
    ListOf,
    Unary,
    Variable,
    variables,
)
from procurement_risk.formats.surveyjs.values import corrected, equal, points_of
from procurement_risk.formats.surveyjs.visibility import Answerable, Converter, Inexpressible

A, B = Variable("a"), Variable("b")
X = Constant("x", is_quoted=True)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("{a}='x'", Binary("equal", A, X)),
        ('{a} == "x"', Binary("equal", A, X)),
        ("{a} EQUAL 'x'", Binary("equal", A, X)),
        ("{a} <> 'x'", Binary("notequal", A, X)),
        ("{a} => 1", Binary("greaterorequal", A, Constant(1))),
        ("{a} *= x", Binary("contains", A, Constant("x"))),
        ("{a} contains", Binary("contains", A, Constant(None))),
        ("{a} notempty", Unary("notempty", A)),
        ("!{a}", Unary("negate", A)),
        ("{a} = -1.5", Binary("equal", A, Constant(-1.5))),
        ("{a} = 0x10", Binary("equal", A, Constant(16))),
        ("{a} anyof ['x', 2, true]", Binary("anyof", A, ListOf((X, Constant(2), Constant(True))))),
        (r"{a} = 'it\'s'", Binary("equal", A, Constant("it's", is_quoted=True))),
        ("{ä ö-1.2} = ''", Binary("equal", Variable("ä ö-1.2"), Constant("", is_quoted=True))),
        ("({a}", A),
        ("{a} or {b} and {a}", Binary("or", A, Binary("and", B, A))),
        ("{a} = {b} contains 'x'", Binary("equal", A, Binary("contains", B, X))),
    ],
)
def test_an_expression_is_read_in_the_order_of_its_operators(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{a} =",
        "{a} = 'x",
        "{a} = 'x' 'y'",
        "= 'x'",
        "{a} = [1, 2",
        "{a} = [1 2]",
        "{a) = 1",
        "{}",
        "{a} and and {b}",
        "f({a}",
        ")",
        "{a} § {b}",
        "!{a} = 'x'",
        "{a} = 1e5",
        "(" * (DEPTH_LIMIT + 1) + "1",
        "[" * (DEPTH_LIMIT + 1) + "1",
        "!" * (DEPTH_LIMIT + 1) + "1",
        "1 + " * 2_000 + "1",
        "{a}" + " " * LENGTH_LIMIT,
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text):
    with pytest.raises(ExpressionError, match=r"\.$"):
        parse(text)


def test_the_names_in_an_expression_come_once_and_in_order():
    assert variables(parse("{b} = 1 or {a} = {b} and [{c}] anyof {a}")) == ["b", "a", "c"]


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("item1-3", 3),
        ("item1", 0),
        ("a-1-2", 2),
        ("a-", 0),
        ("a-x", 0),
        ("a--4", 4),
        ("a-0x10", 16),
        ("a- 7 ", 7),
        ("a-1e2", 100),
        ("a-1.5", 1.5),
        ("5", 0),
        (5, 5),
        (-2, -2),
        (2.5, 2.5),
        (True, 0),
        (None, 0),
        ("a-Infinity", math.inf),
        ("a-" + "9" * 400, math.inf),
        ("a-٣", 0),
        ("a-1_0", 0),
    ],
)
def test_points_are_the_number_after_the_last_hyphen(value, points):
    assert points_of(value) == points


@pytest.mark.parametrize(
    ("text", "older", "newer"),
    [
        ("5", 5, 5),
        ("TRUE", True, True),
        ("1-2", "1-2", "1-2"),
        ("-5", "-5", "-5"),
        ("007", 7, "007"),
        ("0.5", 0.5, 0.5),
        (" ", " ", " "),
        ("x", "x", "x"),
    ],
)
def test_a_text_that_looks_like_something_else_becomes_it(text, older, newer):
    assert [corrected(text, strictly) for strictly in (True, False)] == [older, newer]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("a", "a", True),
        ("1", 1, True),
        (True, "true", True),
        (None, "", True),
        (None, "undefined", True),
        (None, "a", False),
        (0, "", False),
        (["a", "b"], ["b", "a"], True),
        (["a"], ["a", "a"], False),
        (["a"], "a", False),
        ("a", True, False),
    ],
)
def test_two_answers_are_the_same_whichever_stands_first(left, right, same):
    assert equal(left, right, strictly=True) == equal(right, left, strictly=True) == same


def test_versions_differ_over_capitals_only():
    assert not equal("a", "A", strictly=True)
    assert equal("a", " A", strictly=False)


# ---------------------------------------------------------------- conditions


def chosen(question, *options):
    return Chosen(question, options)


def none_of(question, *options):
    return Chosen(question, options, wanted=False)


def test_what_says_the_same_is_said_once():
    assert any_of([chosen("q", "a"), chosen("q", "b", "a")]) == chosen("q", "a", "b")
    assert all_of([none_of("q", "a"), none_of("q", "b")]) == none_of("q", "a", "b")
    both = all_of([chosen("q", "a"), chosen("q", "b")])
    assert both == Joined(True, (chosen("q", "a"), chosen("q", "b")))
    assert all_of([both, both, ALWAYS]) == both


def test_never_decides_where_all_must_hold_and_counts_for_nothing_otherwise():
    never = Never("why")
    assert all_of([chosen("q", "a"), never]) == never
    assert any_of([chosen("q", "a"), never]) == chosen("q", "a")
    assert any_of([never, Never("other")]) == never
    assert any_of([never, ALWAYS]) == all_of([ALWAYS]) == ALWAYS


def test_the_opposite_of_all_is_any():
    all_hold = all_of([chosen("q", "a"), none_of("r", "b")])
    assert opposite(all_hold, "") == any_of([none_of("q", "a"), chosen("r", "b")])
    assert opposite(ALWAYS, "why") == Never("why")
    assert opposite(Never("why"), "") == ALWAYS


def test_more_parts_than_a_list_may_have_are_grouped():
    many = any_of([chosen(f"q{number}", "a") for number in range(120)])
    document = to_document(many)
    assert [len(part["any"]) for part in document["any"]] == [50, 50, 20]
    assert levels(many) == 2


# ---------------------------------------------------------------- limits and doubts


def converter(**options):
    return Converter(
        {
            name: Answerable(id=name, options=tuple((each, each) for each in values))
            for name, values in options.items()
        }
    )


def test_a_condition_that_versions_read_differently_says_so():
    reading = converter(a=("x", "y"))
    reading.convert(parse("{a} = 'x'"))
    assert not reading.versions_differ
    assert reading.convert(parse("{a} = 'X'")) == chosen("a", "x")
    assert reading.versions_differ


def test_questions_with_many_options_are_not_compared_with_each_other():
    many = tuple(str(number) for number in range(30))
    with pytest.raises(Inexpressible, match="many options"):
        converter(a=many, b=many).convert(parse("{a} = {b}"))


def test_a_long_chain_of_comparisons_is_given_up_before_it_overflows_the_stack():
    with pytest.raises(Inexpressible, match="too long"):
        converter(a=("x",)).convert(parse("{a} = 'x'" * 1 + " = 1" * 300))


def test_a_very_long_choice_of_options_is_read():
    options = tuple(f"o{number}" for number in range(300))
    text = " or ".join(f"{{a}} = '{option}'" for option in options)
    assert converter(a=options).convert(parse(text)) == chosen("a", *options)
