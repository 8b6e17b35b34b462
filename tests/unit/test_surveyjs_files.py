"""Small questionnaires, one for each feature, and what becomes of them.

Beside ``tests/surveyjs/NAME.json`` stands ``NAME.yaml``: the framework, with the notes above it.
Beside ``tests/surveyjs/refused/NAME.json`` stands ``NAME.txt``: every reason, a line each.
"""

import json

import pytest

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.surveyjs import from_surveyjs
from procurement_risk.framework.files import read_framework
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_writing import write_yaml
from tests.support.places import TESTS

FOLDER = TESTS / "surveyjs"
CARRIED = sorted(FOLDER.glob("*.json"))
REFUSED = sorted((FOLDER / "refused").glob("*.json"))


def name_of(path):
    return path.stem


def test_there_are_questionnaires_of_both_kinds():
    assert len(CARRIED) >= 14
    assert len(REFUSED) >= 40


@pytest.mark.parametrize("path", CARRIED, ids=name_of)
def test_a_questionnaire_becomes_this_framework_with_these_notes(path):
    converted = from_surveyjs(path.read_bytes(), path.name)
    notes = [f"{note.where or 'survey'}: {note.message}" for note in converted.notes]
    written = write_yaml(converted.document, notes)
    assert written == path.with_suffix(".yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CARRIED, ids=name_of)
def test_what_was_written_is_a_framework_and_reads_as_the_same_document(path):
    text = path.with_suffix(".yaml").read_text(encoding="utf-8")
    assert read_framework(text, path.name).method == "impact-mitigation"
    assert read_yaml(text).data == from_surveyjs(path.read_bytes(), path.name).document


@pytest.mark.parametrize("path", REFUSED, ids=name_of)
def test_a_questionnaire_is_refused_with_every_reason_and_its_place(path):
    with pytest.raises(InvalidDocument) as refusal:
        from_surveyjs(path.read_bytes(), path.name)
    assert f"{refusal.value}\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_expectation_belongs_to_a_questionnaire():
    expected = {path.with_suffix(".yaml") for path in CARRIED}
    expected |= {path.with_suffix(".txt") for path in REFUSED}
    assert {path for path in FOLDER.rglob("*") if path.suffix in (".yaml", ".txt")} == expected


def test_of_two_choices_with_one_value_the_lost_one_is_named():
    choices = [{"value": "a", "text": "First"}, {"value": "a", "text": "Second"}, "b"]
    element = {"type": "radiogroup", "name": "q", "title": "Which?", "choices": choices}
    survey = {"title": "T", "pages": [{"name": "p", "elements": [element]}]}
    found = from_surveyjs(json.dumps(survey).encode(), "twice.json")

    assert any('"Second", was left out' in str(note) for note in found.notes)
