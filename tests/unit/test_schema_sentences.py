"""Whatever breaks a schema has a sentence, for each of those who read about it."""

import json

import pytest
from jsonschema import Draft202012Validator

from procurement_risk.assessment import answer_words, shape
from procurement_risk.assessment.answers_schema import answers_schema
from procurement_risk.framework.checks import shape_words as framework_words
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language.schema_sentences import misfits, sentence
from tests.support.stored_examples import framework

RULES = {
    "anyOf", "const", "enum", "maxItems", "maxLength", "maxProperties",
    "maximum", "minItems", "minLength", "minimum", "not", "pattern", "required", "type",
    "uniqueItems",
}  # fmt: skip


def rules_of(schema):
    """Yield every rule that ``schema`` may be broken by, as the tables name them."""
    if isinstance(schema, list):
        for part in schema:
            yield from rules_of(part)
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key in ("properties", "$defs", "patternProperties"):
            for part in value.values():
                yield from rules_of(part)
        elif key in RULES:
            yield f"type:{value}" if key == "type" else key
        if key not in ("properties", "$defs", "patternProperties", "const", "enum", "if"):
            yield from rules_of(value)


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("framework.schema.json", framework_words.WORDS, {"anyOf"}),
        ("overlay.schema.json", framework_words.WORDS, {"anyOf"}),
        ("assessment.schema.json", shape.WORDS, {"anyOf", "not", "pattern"}),
        ("record.schema.json", shape.WORDS, {"anyOf", "not", "pattern"}),
        ("retention.schema.json", shape.WORDS, set()),
    ],
)
def test_every_rule_of_a_schema_has_a_sentence(name, words, told):
    schema = json.loads((SCHEMAS / name).read_text("utf-8"))
    found = set(rules_of(schema))
    assert len(found) > 3
    assert found - words.keys() - told == set()


def test_every_rule_of_answers_has_a_sentence():
    found = {each.partition(":")[0] for each in rules_of(answers_schema(framework()))}
    known = {
        rule.partition(":")[0]
        for words in (answer_words.OF_AN_ANSWER, answer_words.OF_A_PLACE)
        for rule in words
    }
    assert found - known - {"const", "not"} == set()


def test_a_rule_without_a_sentence_is_not_passed_over():
    (misfit,) = misfits(Draft202012Validator({"minimum": 3}), 1)
    assert sentence({"minimum": "{name} is under {limit}."}, misfit, name="It") == "It is under 3."
    with pytest.raises(KeyError):
        sentence({"maximum": "{name}"}, misfit, name="It")
