"""Every rule of the format is shown an input that it refuses, and says what to write instead."""

import json
from collections.abc import Iterator
from copy import deepcopy

import pytest
import yaml
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from procurement_risk.framework import AllOf, AnyOf, Atom, NotAtom, RiskAtom, TierBase
from procurement_risk.framework.document import (
    MAX_FAULTS,
    SCHEMA,
    check_framework,
    framework_from_document,
)
from procurement_risk.framework.files import read_framework
from tests.support.framework_documents import (
    GATES,
    IMPACT,
    SMALL,
    TEXT,
    WRONG,
    at,
    changed,
    held_with,
    kinds,
    places,
    without,
)

LINES = len(TEXT.splitlines())


def messages(document):
    return [fault.message for fault in check_framework(document)]


PLACES = list(places(SMALL))
KEYS = [path for path in PLACES if path and isinstance(path[-1], str)]


def shape(path):
    """The path without the numbers of list items: ``sections.questions.id``."""
    return ".".join(step for step in path if isinstance(step, str))


KINDS = kinds(SMALL)
MAPPINGS = [path for path in KINDS if isinstance(at(SMALL, path), dict)]
CONDITION = "sections.questions.when"
STEP = "policy.tier_rule.adjustments"
OPTIONAL = {
    "description", "facts", "clauses", "sources", "policy.adopted_by",
    "policy.tier_rule.base.subtract", STEP, f"{STEP}.because",
    "policy.tiers.meaning", "policy.tiers.sign_off", "policy.tiers.review", "policy.tiers.notes",
    "policy.tiers.notes.low", "facts.why",
    "sections.short_title", "sections.pillar", "sections.intro",
    "sections.questions.type", "sections.questions.treatment", "sections.questions.clauses",
    "sections.questions.core", CONDITION, "sections.questions.red_flag",
    "sections.questions.red_flag.legal_duty", "sections.questions.red_flag.stop_from_tier",
    "clauses.purpose", "clauses.outcome", "clauses.pointers",
    "sources.cited_as", "sources.meaning", "sources.status", "sources.address", "sources.checked",
}  # fmt: skip
RISKS = ("risk_at_least", "risk_at_most")  # one of the two is enough
TEXT_TYPES = ("text", "number", "date")  # without which there must be options


def is_optional(path):
    beside = at(SMALL, path[:-1])
    if shape(path) == "sections.questions.type":
        return beside["type"] not in TEXT_TYPES
    if path[-1] in RISKS:
        return all(risk in beside for risk in RISKS)
    named = path[0] in ("facts", "clauses") and len(path) == 1  # others name what is in there
    return shape(path) in OPTIONAL and not named


def test_the_small_framework_has_no_faults():
    assert check_framework(SMALL) == []
    assert len(KEYS) > 250
    assert len(KINDS) > 100


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text("utf-8")))


def schema_parts(part) -> Iterator[dict]:
    """Every part that refuses something; what stands below ``if`` only decides."""
    if isinstance(part, dict):
        yield part
        for key, value in part.items():
            if key != "if":
                yield from schema_parts(value)
    elif isinstance(part, list):
        for value in part:
            yield from schema_parts(value)


def test_every_mapping_in_the_schema_names_its_keys():
    """No place takes just any key, and every text and list has a greatest length."""
    for part in schema_parts(json.loads(SCHEMA.read_text("utf-8"))):
        if part.get("type") == "object":
            assert "additionalProperties" in part
            assert part["additionalProperties"] is not True
        if part.get("type") == "string":
            assert "maxLength" in part
        if part.get("type") == "array" and len(part) > 1:
            assert "maxItems" in part
        if part.get("type") == "integer":
            assert {"minimum", "maximum"} <= part.keys()


@pytest.mark.parametrize("path", MAPPINGS, ids=str)
def test_unknown_keys_are_refused_everywhere(path):
    """The fault stands at the key itself, so that its line can be shown."""
    faults = check_framework(changed((*path, "zzz"), "x"))

    assert faults[0].path == (*path, "zzz")


@pytest.mark.parametrize("path", [p for p in KEYS if not is_optional(p)], ids=str)
def test_required_keys_are_missed(path):
    """Everything that is not optional must be there."""
    assert check_framework(without(path))


@pytest.mark.parametrize("path", [p for p in KEYS if is_optional(p)], ids=str)
def test_optional_keys_may_be_left_out(path):
    document = without(path)

    assert check_framework(document) == []
    assert framework_from_document(document).id == "small"


def test_every_optional_key_stands_in_the_small_framework():
    """Otherwise the tests above would not have looked at it."""
    assert {shape(path) for path in KEYS} >= OPTIONAL


@pytest.mark.parametrize("path", KINDS, ids=str)
def test_values_of_a_wrong_kind_are_refused_at_every_place(path):
    """A number, a list and a mapping: whichever is wrong here is a fault at or below this path."""
    value = at(SMALL, path)
    kinds = [w for w in (7.5, [[]], {"zzz": {}}) if not isinstance(w, type(value))]
    for wrong in kinds:
        faults = check_framework(held_with(path, wrong))

        assert any(fault.path[: len(path)] == path for fault in faults), wrong


@pytest.mark.parametrize("path", KINDS, ids=str)
def test_nothing_is_raised_whatever_stands_where(path):
    for wrong in WRONG:
        check_framework(held_with(path, wrong))


ASSERTING = {
    "additionalProperties", "anyOf", "const", "enum", "maxItems", "maxLength", "maxProperties",
    "maximum", "minItems", "minimum", "not", "pattern", "required", "type", "uniqueItems",
}  # fmt: skip


def keyword_parts(part) -> Iterator[tuple[str, str]]:
    """Every keyword that refuses things, with the part of the schema that it stands in.

    What stands below ``if`` and ``anyOf`` only decides; it is never what is wrong.
    """
    if isinstance(part, list):
        for each in part:
            yield from keyword_parts(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("properties", "$defs"):
                yield from keyword_parts(list(value.values()))
                continue
            if key in ASSERTING and (value is False or key != "additionalProperties"):
                yield json.dumps(part, sort_keys=True), key
            if key not in ("if", "anyOf"):
                yield from keyword_parts(value)


def bad_values(value) -> Iterator[object]:
    yield from (None, [] if isinstance(value, list) else {})
    if isinstance(value, str):
        yield from ("", "!", "zzz", "x" * 6_000, "x" * 21_000)
        yield from ({}, {"en": 1}, {"en": ""}, {"en": "x" * 21_000})
        yield {f"k{i}": "x" for i in range(30)}
    if isinstance(value, int):
        yield from (-11, 101, 1_001, 7.5)
    if value == "all":
        yield from ([], ["a"] * 2, ["a"] * 1_001)
    if isinstance(value, list) and value:
        brief = {} if isinstance(value[0], dict) else value[0]  # a thousand long ones take long
        yield from ([value[0]], [value[0]] * 2, [brief] * 1_001)
    if isinstance(value, dict):
        yield {**value, **{f"k{i}": "x" for i in range(30)}}
        yield {**value, "question": "a", "in": ["a"], "not_in": ["a"], "any": [], "all": []}
        yield {**value, "question": "a", "risk_at_least": 1, "not_in": ["a"], "risk_at_most": 1}
        yield {**value, "question": "a", "in": ["a"], "all": [], "risk_at_least": 1}
        yield {"question": "a", "all": [], "not_in": ["a"], "risk_at_least": 1, "risk_at_most": 1}
        yield {"question": "a", "any": [], "not_in": ["a"], "risk_at_least": 1, "risk_at_most": 1}
        yield {**value, "class": "flag", "legal_duty": True, "stop_from_tier": 2}
        yield {**value, "type": "text", "options": [], "red_flag": {}, "scores": "raw"}
        yield {"never": "x", "question": "a", "in": ["a"], "not_in": ["a"], "any": [], "all": []}
        yield {"question": "a", "in": ["a"], "not_in": ["a"]}
        yield {"question": "a", "any": [], "in": ["a"], "not_in": ["a"], "all": []}
        yield {"question": "a", "all": [], "in": ["a"], "not_in": ["a"]}
        yield {**value, "scale_max": 4}
        yield {"question": "a"}
        yield from ({k: v for k, v in value.items() if k != gone} for gone in value)


def errors_below(path, document, schema):
    """What is wrong in the part of the document that holds the path; the rest is as it was."""
    part = schema
    for step in path[:-1]:
        if part is schema and step in ("policy", "sections"):  # whose shape depends on the method
            part = schema["then" if document["method"] == "impact-mitigation" else "else"]
        inside = (
            part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
        )
        if inside is None:
            break
        document = document[step]
        part = schema["$defs"][inside["$ref"].rpartition("/")[2]] if "$ref" in inside else inside
    return Draft202012Validator(schema).evolve(schema=part).iter_errors(document)


BASED = {
    **changed(("sections", 0, "questions", 0, "was"), ["OLD-1"], GATES),
    "based_on": {"id": "other", "version": "1", "digest": "0" * 64},
}


def test_every_keyword_of_the_schema_refuses_something():
    """A keyword that nothing ever breaks may be misspelt or in the wrong place."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    refusing = {
        (id(error.schema), error.validator): error.schema
        for document in (BASED, IMPACT)
        for path in kinds(document)
        for bad in bad_values(at(document, path))
        for error in errors_below(path, held_with(path, bad, document), schema)
    }
    seen = {(json.dumps(part, sort_keys=True), key) for (_, key), part in refusing.items()}
    expected = set(keyword_parts(schema))

    assert len(expected) > 150
    assert [(key, part[:200]) for part, key in expected - seen] == []


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("schema_version",), True, '"schema_version" must be 1: write that.'),
        (("scale_max",), 2.0, '"scale_max" must be a whole number, not a number'),
        (("scale_max",), True, "not true or false"),
        (
            ("packs", 2, "questions"),
            5,
            "write a list of question ids, or one of the words all, core",
        ),
        (("packs", 0, "questions", 1), 5, 'Item 2 of "questions" must be a text'),
        (("policy", "bands", 0, "id"), "low\n", '"id" cannot be "low": write letters'),
        (("id",), "small\n", '"id" cannot be "small": write small letters'),
        (("policy", "tiers", 0, "notes"), {f"k{i}": "x" for i in range(21)}, "has 21 keys"),
        (("sections", 0, "title"), "x" * 1_001, '"title" has 1,001 characters: shorten it'),
        ((), [], "This is a list, not a questionnaire"),
        ((), None, "The document must be a group of keys, not nothing"),
    ],
)
def test_wording(path, value, expected):
    """Our own sentences, not the schema's."""
    assert any(expected in message for message in messages(changed(path, value)))


def test_a_misspelt_key_is_one_fault():
    """Not also the missing of what it was meant to be."""
    question = deepcopy(SMALL["sections"][1]["questions"][0])
    question["optoins"] = question.pop("options")
    question.pop("red_flag")
    faults = check_framework(changed(("sections", 1, "questions", 0), question))

    assert [fault.message for fault in faults] == [
        'There is no key "optoins" here: did you mean "options"?'
    ]


def test_an_id_that_cannot_be_read_does_not_make_names_unknown():
    """The fault is the id's; everything that names it is left alone."""
    faults = check_framework(without(("sections", 1, "questions", 0, "id")))

    assert [fault.path for fault in faults] == [("sections", 1, "questions", 0)]


def test_shape_and_meaning_come_together():
    """A missing key in one place does not hide a wrong band in another."""
    document = changed(("policy", "flag_band"), "hihg", without(("sections", 0, "title")))

    assert len(check_framework(document)) == 2


def test_the_first_use_of_an_id_is_named():
    """``other`` leads to it, so that a reader of the file sees its line."""
    document = changed(("sections", 3, "questions", 1, "id"), "VO-1")
    (fault,) = check_framework(document)

    assert fault.other == ("sections", 3, "questions", 0, "id")
    assert fault.where == "sections[3].questions[1].id"


def test_circles_are_named_in_order():
    """CX-1 rests on TR-2, which rests on CX-1 already; each circle is one fault."""
    document = changed(("sections", 0, "questions", 0, "when"), {"question": "TR-2", "in": ["a"]})
    document["sections"][1]["questions"][1]["when"] = {"question": "DP-2", "in": ["a"]}
    faults = check_framework(document)

    assert [(fault.path, "DP-2 needs DP-2" in fault.message) for fault in faults] == [
        (("sections", 0, "questions", 0, "when"), False),
        (("sections", 1, "questions", 1, "when"), True),
    ]
    assert "CX-1 needs TR-2 needs CX-1" in faults[0].message


def test_long_chains_of_conditions_do_not_overflow():
    """Four hundred and ninety questions in a row, the last resting on the first."""
    questions = [deepcopy(SMALL["sections"][1]["questions"][1]) for _ in range(490)]
    for index, question in enumerate(questions):
        question["id"] = f"Q{index}"
        question["when"] = {"question": f"Q{(index + 1) % 490}", "in": ["a"]}
    document = changed(("sections", 1, "questions"), questions)

    assert any("Q0 needs Q1 needs Q2" in m and "…" in m for m in messages(document))


@pytest.mark.parametrize("depth", [41, 5_000])
def test_deep_documents_are_refused(depth):
    """From JSON anything may come; nothing here calls itself that deep."""
    deep: object = []
    for _ in range(depth):
        deep = [deep]

    assert messages({"id": deep}) == [
        "This is nested deeper than 40 levels: a questionnaire needs fewer."
    ]


def test_very_large_documents_are_refused():
    part = ["x"] * 1_000

    assert messages([part] * 1_001)[0].startswith("This holds more than 1,000,000 values")


def test_faults_are_not_counted_for_ever():
    questions = [{"id": "q"}] * 9_000

    assert len(check_framework(changed(("sections", 0, "questions"), questions))) <= 2 * MAX_FAULTS


def test_keys_that_are_no_text():
    """Python callers may hand over anything."""
    assert messages({1: 2, None: 3, ("a",): 4})


def test_the_noun():
    """What is left out gets its default; words become what they stand for."""
    framework = read_framework(TEXT, "small.yaml")

    assert framework.document == SMALL
    assert [pack.questions for pack in framework.packs] == [
        frozenset({"CX-1", "CX-2", "DP-1"}),
        frozenset({"CX-1", "DP-1"}),
        None,
    ]
    assert framework.by_id["hosted"].is_fact
    assert framework.by_id["DP-1"].section == "DP"
    assert framework.by_id["DP-1"].red_flag.legal_duty
    assert framework.by_id["DP-1"].sources == ("Library Act section 3", "Own question")
    assert framework.by_id["DP-2"].red_flag.stop_from_tier == 2
    assert not framework.by_id["TR-2"].red_flag.stop
    assert framework.by_id["VO-1"].options == ()
    assert framework.source_of("Library Act section 3").id == "LIBRARY"
    assert framework.tier(2).floors == (2, 1, 0, 0, 0)
    assert framework.tier(1).notes == {"low": "keep a copy"}
    assert [band.start for band in framework.policy.bands] == [0, 25, 60]
    assert [tier.start for tier in framework.policy.tiers] == [0, 3]
    assert framework.clause("no-training").pointers == ("Model clauses", "part 2")


def test_conditions_become_nouns():
    framework = read_framework(TEXT, "small.yaml")
    rule = framework.policy.tier_rule

    assert framework.by_id["TR-2"].when == AnyOf(
        parts=(
            Atom(question="public_facing", options=frozenset({"yes"})),
            AllOf(
                parts=(
                    Atom(question="TR-1", options=frozenset({"a"})),
                    Atom(question="CX-1", options=frozenset({"b", "c"})),
                )
            ),
        )
    )
    assert rule.base == (TierBase(question="CX-1"), TierBase(question="CX-2", subtract=1))
    assert rule.adjustments[0].when.parts[0] == RiskAtom(question="CX-1", at_least=4, at_most=4)
    assert rule.adjustments[1].when.parts == (
        RiskAtom(question="CX-2", at_least=0, at_most=1),
        NotAtom(question="public_facing", options=frozenset({"yes"})),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([k for p in KEYS for k in p if isinstance(k, str)]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_any_value_anywhere_never_raises(path, value):
    """And where no fault is found, a framework can be built."""
    document = changed(path, value)
    if not check_framework(document):
        framework_from_document(document)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES[1:]), st.sampled_from(PLACES[1:])), max_size=6))
def test_parts_put_elsewhere_never_raise(moves):
    """Right parts in wrong places: the likeliest mistake with copy and paste."""
    document = deepcopy(SMALL)
    for source, target in moves:
        try:
            at(document, target[:-1])[target[-1]] = deepcopy(at(document, source))
        except (KeyError, IndexError, TypeError):
            continue
    if not check_framework(document):
        framework_from_document(document)


def test_the_yaml_library_agrees_about_the_small_framework():
    """An ordinary reader sees the same document."""
    assert yaml.safe_load(TEXT) == SMALL
