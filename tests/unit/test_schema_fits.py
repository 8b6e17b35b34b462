"""What is let through by parts, jsonschema lets through as well; it words all that is not."""

import json
import re

import pytest
from hypothesis import example, given, settings, strategies as st
from jsonschema import Draft202012Validator, validators
from referencing import Registry, Resource

from procurement_risk.assessment.answers_schema import answers_schema
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.shape import (
    ASSESSMENT,
    RECORD,
    RETENTION,
    _formats,
    _validator,
    check_assessment,
)
from procurement_risk.canonical import check_canonical, join_json, nesting, write_json
from procurement_risk.framework.checks import shape
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language import schema_fits
from procurement_risk.language.schema_fits import Fits
from procurement_risk.language.schema_parts import by_parts
from procurement_risk.language.schema_sentences import misfits
from tests.support import answer_checks
from tests.support.framework_documents import GATES, WRONG, changed, kinds, without
from tests.support.stored_examples import BARE

# --- a schema as such -----------------------------------------------------------------------

VALUES = (
    "a", "", "x" * 100, "x" * 101, "E0", "E4", "E5", "answered", "unanswered", "unknown",
    "withheld", "not_applicable", "2026-11-23", "2026-02-30", "2026-11-23\n", "２026-11-23",
    "2026-11-23T09:30:00Z", "2026-11-23T09:30:00", "2026-11-23T24:00Z", "y" * 200, "y" * 201,
    "z" * 2000, "z" * 2001, "n" * 5000, "n" * 5001, "naïve 🙂", None, 7, 0, 1, 1.0, 0.5, True,
    False, [], ["a"], ["a", "a"], [1, True], [1, 1.0], {}, {"a": 1},
)  # fmt: skip


def found(validator, document):
    return [
        (each.path, each.keyword, each.limit, each.message)
        for each in misfits(validator, document)
    ]


PARTS = (
    True, False, {}, {"type": "string"}, {"type": "integer"}, {"type": "number"},
    {"type": ["string", "null"]}, {"type": "boolean"}, {"type": "array"}, {"type": "object"},
    {"const": 1}, {"const": True}, {"const": None}, {"const": "a"}, {"const": []},
    {"enum": ["a", "E0"]}, {"enum": ["a", 1]}, {"enum": [0, False]}, {"enum": [1.0]},
    {"minLength": 1}, {"maxLength": 100}, {"type": "string", "minLength": 1, "maxLength": 100},
    {"pattern": "^[0-9]"}, {"type": "string", "pattern": "^[a-z]*$"}, {"format": "date"},
    {"format": "moment"}, {"minimum": 1}, {"maximum": 0}, {"exclusiveMinimum": 0},
    {"minItems": 1}, {"maxItems": 1}, {"uniqueItems": True}, {"uniqueItems": False},
    {"items": {"type": "string"}}, {"prefixItems": [{"type": "string"}], "items": False},
    {"maxProperties": 0}, {"minProperties": 1}, {"required": ["a"]},
    {"properties": {"a": {"type": "string"}}}, {"propertyNames": {"maxLength": 0}},
    {"additionalProperties": False}, {"additionalProperties": {"type": "string"}},
    {"type": "object", "properties": {"a": {"const": 1}}, "additionalProperties": False},
    {"type": "object", "required": ["a"], "additionalProperties": False},
    {"not": {"type": "string"}}, {"not": {"const": 1}}, {"not": {"oneOf": [True]}},
    {"anyOf": [{"type": "string"}, {"minimum": 1}]},
    {"not": {"prefixItems": [True], "items": False}},
    {"not": {"patternProperties": {"a": True}, "additionalProperties": False}},
    {"type": "object", "patternProperties": {"a": True}, "additionalProperties": False},
    {"allOf": [{"type": "integer"}, {"not": {"const": 7}}]},
    {"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"minimum": 1}},
    {"if": {"const": 1}, "then": False}, {"if": {"type": "integer"}, "else": False},
    {"oneOf": [{"type": "string"}, {"type": "array"}]}, {"dependentRequired": {"a": ["b"]}},
    {"$ref": "#/$defs/inside"}, {"then": False}, {"title": "Only words", "$comment": "of it"},
)  # fmt: skip
INSIDE = {"inside": {"type": "array", "items": {"$ref": "#/$defs/inside"}, "maxItems": 1}}


@pytest.mark.parametrize("part", PARTS, ids=str)
def test_each_keyword_says_what_jsonschema_says(part):
    schema = {
        "$defs": INSIDE,
        "properties": {"value": part},
        "items": part,
        "additionalProperties": {"not": {"const": "refused"}},
    }
    plain = Draft202012Validator(schema, format_checker=_formats())
    quick = by_parts(schema, formats=_formats())
    for value in (*VALUES, [[]], [[[]]], [["a"]], [[], []]):
        for document in ({"value": value}, [value, value], {"other": value}, value):
            assert found(quick, document) == found(plain, document)


def test_what_is_plainly_right_is_not_shown_to_jsonschema():
    for schema in (shape.shape_validator().schema, _validator(RECORD).schema):
        for name, part in schema["properties"].items():
            assert Fits(schema, _formats()).check(part), name
    fits = Fits({})
    assert fits.plainly({"type": "string", "maxLength": 1}, "a")
    assert not fits.plainly({"type": "string", "maxLength": 1}, "ab")
    assert not fits.plainly({"oneOf": [True]}, "a")  # only jsonschema knows the keyword
    assert not fits.plainly({"type": "integer"}, 1.0)  # only jsonschema knows what that is


def test_every_keyword_of_the_schemas_is_known():
    used = set()
    for path in SCHEMAS.glob("*.schema.json"):
        used |= keywords(json.loads(path.read_text("utf-8")))
    assert used - schema_fits.KEYWORDS.keys() - schema_fits.SILENT == set()


def keywords(part):
    if isinstance(part, bool):
        return set()
    inside = []
    for key in ("properties", "$defs"):
        inside += part.get(key, {}).values()
    for key in ("allOf", "anyOf"):
        inside += part.get(key, [])
    for key in ("items", "additionalProperties", "propertyNames", "not", "if", "then", "else"):
        inside += [part[key]] if key in part else []
    return set(part).union(*map(keywords, inside))


# --- the schemas that there are -------------------------------------------------------------

KEYS = (
    "state", "option", "options", "text", "evidence", "valid_until", "link", "note", "reason",
    "by", "at", "other",
)  # fmt: skip
NAMES = ("DP-1", "a.b_c-d", "", "-a", "a b", "é", "a\n", "q" * 100, "q" * 101)


def by_jsonschema(reference):
    registry = Registry()
    for path in (ASSESSMENT, RECORD, RETENTION):
        schema = json.loads((SCHEMAS / path).read_text(encoding="utf-8"))
        registry = registry.with_resource(path, Resource.from_contents(schema))
    return Draft202012Validator({"$ref": reference}, registry=registry, format_checker=_formats())


PLAIN = by_jsonschema(ASSESSMENT)


def values():
    return st.sampled_from(VALUES)


def answers():
    fitting = st.fixed_dictionaries(
        {"option": st.just("a")},
        optional={
            "evidence": st.sampled_from(("E0", "E4", "E5")),
            "valid_until": st.sampled_from(VALUES[12:16]),
            "at": st.sampled_from(VALUES[12:19]),
            "note": st.sampled_from(("n" * 5000, "n" * 5001, "")),
            "state": st.sampled_from(VALUES[7:12]),
        },
    )
    any_kind = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=4)
    return st.dictionaries(st.sampled_from(NAMES), fitting | any_kind, max_size=3)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(answers())
@example({"A": {"option": "a", "evidence": "E2"}, "B": {"state": "unknown", "note": "Asked"}})
@example({"LONG": {"option": "a", "note": "n" * 5001}})
def test_of_answers_the_verdict_is_the_schema_s(given_answers):
    whole = {**assessment_to_document(BARE), "answers": given_answers}
    assert in_order(found(_validator(ASSESSMENT), whole)) == in_order(found(PLAIN, whole))


def in_order(faults):
    return sorted(map(repr, faults))


def test_too_many_answers_are_refused():
    many = {f"q{number}": {"option": "a"} for number in range(1001)}
    assert check_assessment({**assessment_to_document(BARE), "answers": many})


@pytest.mark.parametrize("value", [None, [], "x", {}, {"answers": []}, 1.5])
def test_what_is_no_assessment_is_refused_alike(value):
    assert found(_validator(ASSESSMENT), value) == found(PLAIN, value) != []


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(kinds(GATES)[1:]), st.sampled_from(WRONG), st.booleans())
def test_of_a_framework_the_verdict_is_the_schema_s(path, wrong, is_gone):
    document = without(path, GATES) if is_gone else changed(path, wrong, GATES)
    quick = shape.shape_validator()
    assert found(quick, document) == found(whole(quick), document)


def whole(quick):
    """Return a validator with the keywords of ``quick``, which looks into every part."""
    keywords = {key: Draft202012Validator.VALIDATORS[key] for key in ("properties", "items")}
    own = {**keywords, "additionalProperties": shape._additional}
    return validators.extend(type(quick), own)(quick.schema)


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(list(answer_checks.SMALL.by_id)), st.sampled_from(KEYS), values())
def test_of_answers_to_a_framework_the_verdict_is_its_schema_s(question, key, value):
    document = answer_checks.line({"Q-1": {"option": "a"}, question: {key: value}})
    schema = answers_schema(answer_checks.SMALL)
    assert found(by_parts(schema), document) == found(Draft202012Validator(schema), document)


# --- JSON -----------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.none())))
def test_an_object_joined_from_its_parts_is_the_object_written(document):
    parts = {key: write_json(value) for key, value in document.items()}
    assert join_json(parts) == write_json(document)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(["[", "]", "{", "}", '"', "\\", "a", "é", ","]), max_size=30))
def test_nesting_is_counted_outside_texts_only(tokens):
    depth = deepest = 0
    for token in re.findall(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', "".join(tokens), re.DOTALL):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
        deepest = max(deepest, depth)
    assert nesting("".join(tokens)) == deepest


@pytest.mark.parametrize(
    "value", [1.5, 2**53, -(2**53), "\ud800", {1: 1}, {"é": 1}, {"a": [{"b": "\ud800"}]}, (1,)]
)
def test_what_has_no_canonical_form_is_found_at_any_depth(value):
    for document in (value, [value], {"a": [0, "x", value]}):
        assert len(check_canonical(document, "document")) == 1


def test_what_has_a_canonical_form_has_no_fault():
    deep = []
    for _ in range(29):
        deep = [deep]
    assert check_canonical([deep], "document") != check_canonical(deep, "document") == []
    assert check_canonical({"a": [True, None, 2**53 - 1, "é"]}, "document") == []
