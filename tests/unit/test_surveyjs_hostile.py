"""Whatever is in the file: a framework with notes or a refusal with reasons, and never long."""

import copy
import json
import time

import pytest
from hypothesis import given, settings, strategies as st

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.surveyjs import from_surveyjs, to_surveyjs
from procurement_risk.formats.surveyjs.notes import MAX_LISTED, MAX_NOTES
from procurement_risk.framework.document import check_framework
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_writing import write_yaml
from tests.support.places import TESTS

SAMPLES = [json.loads(path.read_bytes()) for path in sorted((TESTS / "surveyjs").glob("*.json"))]
SECONDS = 20  # far more than any of it takes, even on a busy machine


def converted(data):
    """Return what became of ``data``, checked, or None where it was refused with reasons."""
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    try:
        result = from_surveyjs(data, "file.json")
    except InvalidDocument as refusal:
        problems = refusal.problems
    else:
        problems = ()
    if problems:
        assert all(problem.message.endswith((".", "…")) for problem in problems)
        return None
    assert check_framework(result.document) == []
    assert read_yaml(write_yaml(result.document)).data == result.document
    from_surveyjs(json.dumps(to_surveyjs(result.document)[0]).encode(), "file.json")
    return result


# ---------------------------------------------------------------- random files

NAMES = """
    pages elements questions type name title description visibleIf visible choices value text html
    panel radiogroup dropdown checkbox matrix rows columns items boolean rating rateMin rateMax
    rateValues default fr en hasOther hasNone hasComment valueName triggers locale a b page-RS
    item1-3 item-1.5
"""
WORDS = st.sampled_from(NAMES.split())
EXPRESSIONS = st.sampled_from(
    [
        "{a} = 'b'",
        "{b} contains ['a']",
        "!{a}",
        "({a} <> 1",
        "f({a})",
        "{a} and {b}",
        "false",
        "{a.b}",
    ]
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS
) | EXPRESSIONS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=25,
)
ELEMENTS = st.recursive(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                [
                    "radiogroup",
                    "checkbox",
                    "dropdown",
                    "text",
                    "boolean",
                    "rating",
                    "matrix",
                    "html",
                ]
            ),
            "name": st.sampled_from(["a", "b", "c", "A", "d-MS", "e f"]),
        },
        optional={
            "choices": st.lists(st.sampled_from(["a", "b", "x-1", "y-2", 1, 2, True]), max_size=4),
            "columns": st.just(["a", "b"]),
            "rows": st.just(["r"]),
            "title": st.sampled_from(["T", {"default": "T", "fr": "U"}, {"fr": "U"}]),
            "visibleIf": EXPRESSIONS,
            "html": st.just("<p>A<p>B"),
            "hasOther": st.booleans(),
            "visible": st.booleans(),
            "more": ANYTHING,
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {
            "type": st.just("panel"),
            "name": st.sampled_from(["p", "q-RS"]),
            "elements": st.lists(inner, max_size=3),
        },
        optional={"visibleIf": EXPRESSIONS, "title": st.just("Panel")},
    ),
    max_leaves=6,
)
SURVEYS = st.fixed_dictionaries(
    {
        "pages": st.lists(
            st.fixed_dictionaries(
                {"elements": st.lists(ELEMENTS, max_size=4)},
                optional={"name": st.sampled_from(["p", "p-RS"]), "visibleIf": EXPRESSIONS},
            ),
            max_size=3,
        )
    },
    optional={"title": ANYTHING, "triggers": ANYTHING, "locale": SCALARS},
)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200) | ANYTHING | st.dictionaries(WORDS, ANYTHING, max_size=4))
def test_anything_at_all_is_converted_or_refused(data):
    converted(data)


@settings(max_examples=120, deadline=None)
@given(SURVEYS)
def test_any_survey_is_converted_or_refused(survey):
    converted(survey)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_a_questionnaire_with_something_else_in_one_place_is_converted_or_refused(sample, data):
    survey = copy.deepcopy(sample)
    place = survey
    for _ in range(8):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(ANYTHING)
            break
        place = place[key]
    converted(survey)


# ---------------------------------------------------------------- limits


def page(elements, **further):
    return {"pages": [{"name": "page", **further, "elements": elements}]}


def choice(name, **further):
    return {"type": "radiogroup", "name": name, "choices": ["x", "y"], **further}


def panels(depth):
    inside = [choice("a")]
    for number in range(depth):
        inside = [{"type": "panel", "name": f"p{number}", "elements": inside}]
    return page(inside)


OPTIONS = [f"o{number}" for number in range(500)]
MANY = range(300)


@pytest.mark.parametrize(
    ("survey", "reason"),
    [
        (b" " * 5_000_001, "At most 5,000,000"),
        (b"\xff{}", "not UTF-8"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "nested deeper"),
        (b'{"pages": ' + b"9" * 10_000 + b"}", "too large"),
        (panels(40), "nested deeper"),
        ({"pages": [{}] * 1_001}, "1,000 pages"),
        (page([choice(f"q{number}") for number in range(5_001)]), "5,000 elements"),
        (page([choice(f"q{number}") for number in range(301)]), "at most 300"),
        ({"pages": [{"elements": [choice(f"q{n}")]} for n in range(101)]}, "a framework has 100"),
        (page([choice("a", choices=list(range(501)))]), "at most 500"),
        (page([choice(f"q{n}", choices=OPTIONS) for n in range(50)]), "20,000 options"),
        (
            page(
                [
                    {"type": "matrix", "name": f"m{n}", "rows": OPTIONS, "columns": OPTIONS}
                    for n in range(100)
                ]
            ),
            "20,000 options",
        ),
        (page([choice("a", title="x" * 5_001)]), "shorten it to 5,000"),
        (page([choice("a")], title="x" * 1_001), "shorten it to 1,000"),
        (page([choice("a")], description="x" * 20_001), "shorten it to 20,000"),
        (page([{"type": "html", "html": "<" * 60_001}, choice("a")]), "60,000 characters"),
        (
            page([{"type": "html", "html": "<" * 59_999}] * 20 + [choice("a")]),
            "500,000 characters",
        ),
        (page([{"type": "html", "html": "word " * 3_900}] * 9 + [choice("a")]), "introduction"),
        (
            page([choice("a", title={f"a{c}": "x" for c in "abcdefghijklmnopqrstu"})]),
            "20 languages",
        ),
        (page([choice(f"q{n}", title="word " * 900) for n in MANY]), "too large for one"),
        (
            page([choice(f"q{n}", visibleIf="{a} = 'x' or " * 400 + "true") for n in MANY]),
            "500,000 characters",
        ),
    ],
)
def test_more_than_can_be_carried_is_refused_soon_with_the_limit(survey, reason):
    data = survey if isinstance(survey, bytes) else json.dumps(survey).encode()
    start = time.monotonic()
    with pytest.raises(InvalidDocument) as refusal:
        from_surveyjs(data, "file.json")
    assert reason in str(refusal.value)
    assert len(refusal.value.problems) <= MAX_LISTED
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    "survey",
    [
        panels(25),
        page([choice("a", choices=OPTIONS)])
        | page(
            [
                choice("a", choices=OPTIONS),
                *(
                    choice(f"q{n}", visibleIf="{a} = 'o1' or " * 600 + "{a} = 'o2'")
                    for n in range(40)
                ),
            ]
        ),
        page([choice(f"q{n}", visibleIf=f"{{q{(n + 1) % 300}}} = 'x'") for n in MANY]),
        page([choice(f"q{n}", visibleIf=f"{{q{n + 1}}} = 'x'") for n in range(299)]),
        page([choice("a"), choice("b", visibleIf="!(" * 39 + "{a} = 'x'" + ")" * 39)]),
        page([choice("a"), choice("b", visibleIf="!" * 9_000 + "{a}")]),
        page([choice("a"), choice("b", visibleIf="{a} = 1 and (" * 38 + "{a} = 2" + ")" * 38)]),
        page([choice("a"), choice("b", visibleIf="{a} or (" * 37 + "{a}" + ")" * 37)]),
        page([choice("é" * n) for n in range(1, 200)]),
        page([{"type": "html", "html": "<a href=x>" * 5_000}, choice("a")]),
    ],
    ids=range(10),
)
def test_what_is_only_odd_is_converted_soon(survey):
    start = time.monotonic()
    assert converted(survey)
    assert time.monotonic() - start < SECONDS


def test_notes_are_no_longer_than_somebody_can_read():
    odd = {f"strange{number}": 1 for number in range(100)}
    notes = converted(page([choice(f"q{number}", **odd) for number in range(60)])).notes
    assert len(notes) == MAX_NOTES + 1
    assert notes[-1].message == "1,003 more notes like these are not listed."


def test_a_byte_order_mark_does_no_harm():
    assert converted(b"\xef\xbb\xbf" + json.dumps(page([choice("a")])).encode())
