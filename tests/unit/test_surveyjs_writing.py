"""Frameworks written as SurveyJS questionnaires: what comes back when they are read again."""

import json

import pytest

from procurement_risk.formats.surveyjs import from_surveyjs, to_surveyjs
from procurement_risk.framework.strict_yaml import read_yaml
from tests.support.places import TESTS

CARRIED = sorted((TESTS / "surveyjs").glob("*.json"))


def read_again(document):
    survey, _ = to_surveyjs(document)
    return from_surveyjs(json.dumps(survey).encode(), f"{document['id']}.json").document


def without_reasons(value):
    """Return ``value`` without the reasons of what never holds: a survey cannot give any."""
    if isinstance(value, list):
        return [without_reasons(part) for part in value]
    if isinstance(value, dict):
        return {
            key: "" if key == "never" else without_reasons(part) for key, part in value.items()
        }
    return value


@pytest.mark.parametrize("path", CARRIED, ids=lambda path: path.stem)
def test_a_converted_questionnaire_comes_back_the_same(path):
    document = from_surveyjs(path.read_bytes(), path.name).document
    assert without_reasons(read_again(document)) == without_reasons(document)


def impact(*questions, **further):
    """Return a framework of one section with ``questions``."""
    section = {"id": "S", "title": "Section", "questions": list(questions)}
    head = {"id": "small", "version": "1", "title": "Small", "languages": ["en"]}
    return {**head, "method": "impact-mitigation", "policy": {}, **further, "sections": [section]}


def choice(question, *points, **further):
    """Return a question with the options a, b, c ... that give ``points``."""
    options = [
        {"id": name, "label": name.upper()} | ({} if each is None else {"points": each})
        for name, each in zip("abcdef", points, strict=False)
    ]
    return {"id": question, "ask": "?", **further, "options": options}


def test_points_that_an_id_does_not_tell_go_behind_it():
    survey, _ = to_surveyjs(impact(choice("q", 0, 2, 2, scores="raw")))
    (panel,) = survey["pages"][0]["elements"]
    assert panel["name"] == "SPanel-RS"
    values = [each["value"] for each in panel["elements"][0]["choices"]]
    assert values == ["a", "b-2", "c-2"]


def test_a_value_that_is_taken_gets_a_number():
    question = choice("q", 2, scores="raw")
    question["options"].append({"id": "a-2", "points": 2, "label": "Taken"})
    survey, _ = to_surveyjs(impact(question))
    choices = survey["pages"][0]["elements"][0]["elements"][0]["choices"]
    assert [each["value"] for each in choices] == ["a.2-2", "a-2"]


def test_questions_scored_differently_stand_in_panels_of_their_own():
    survey, _ = to_surveyjs(
        impact(
            choice("r", 1, scores="raw"),
            {"id": "why", "ask": "Why?", "type": "text"},
            choice("n", None),
            choice("m", 1, scores="mitigation"),
        )
    )
    panels = survey["pages"][0]["elements"]
    assert [panel["name"] for panel in panels] == ["SPanel1-RS", "SPanel2-NS", "SPanel3-MS"]
    names = [[element["name"] for element in panel["elements"]] for panel in panels]
    assert names == [["r", "why"], ["n"], ["m"]]


def test_a_name_whose_ending_says_something_else_is_changed_with_a_note():
    document = impact(choice("q-RS", 1, scores="mitigation"), choice("r-NS", None))
    survey, notes = to_surveyjs(document)
    panels = survey["pages"][0]["elements"]
    names = [element["name"] for panel in panels for element in panel["elements"]]
    assert names == ["q-RS-MS", "r-NS"]
    assert next(note.where for note in notes) == "sections[0].questions[0].id"


@pytest.mark.parametrize(
    ("when", "expression"),
    [
        ({"question": "one", "in": ["a"]}, "{one} = 'a'"),
        ({"question": "one", "not_in": ["a"]}, "{one} <> 'a'"),
        ({"question": "one", "in": ["a", "b"]}, "{one} anyof ['a', 'b']"),
        ({"question": "one", "not_in": ["a", "b"]}, "!({one} anyof ['a', 'b'])"),
        ({"question": "several", "in": ["a"]}, "{several} contains 'a'"),
        ({"question": "several", "not_in": ["a"]}, "{several} notcontains 'a'"),
        ({"never": "Not here"}, "false"),
        (
            {
                "all": [
                    {"question": "one", "not_in": ["a", "b"]},
                    {"any": [{"question": "one", "in": ["a"]}, {"never": "x"}]},
                ]
            },
            "(!({one} anyof ['a', 'b'])) and ({one} = 'a' or false)",
        ),
    ],
)
def test_a_condition_is_written_as_an_expression(when, expression):
    document = impact(
        choice("one", None, None, None),
        choice("several", None, None, None, type="multiple"),
        {"id": "q", "ask": "?", "type": "text", "when": when},
    )
    survey, _ = to_surveyjs(document)
    assert survey["pages"][0]["elements"][0]["elements"][-1]["visibleIf"] == expression


def test_texts_in_the_first_language_become_the_default():
    document = impact(
        choice("q", None), languages=["fr", "en"], title={"fr": "Petit", "en": "Small"}
    )
    survey, _ = to_surveyjs(document)
    assert survey["locale"] == "fr"
    assert survey["title"] == {"default": "Petit", "en": "Small"}


@pytest.mark.parametrize(
    "path",
    [TESTS / "frameworks" / "small.yaml", TESTS.parent / "frameworks" / "ai-supplier-core.yaml"],
    ids=lambda path: path.stem,
)
def test_a_framework_of_the_other_method_keeps_questions_options_and_conditions(path):
    document = read_yaml(path.read_bytes()).data
    survey, notes = to_surveyjs(document)
    said = " ".join(note.message for note in notes)
    for what in ("Risk values", "Red flags", "evidence", "decisions", "Facts"):
        assert what.lower() in f"{said} facts".lower()
    again = from_surveyjs(json.dumps(survey).encode(), "again.json").document
    before = [{"id": "facts", "questions": document["facts"]}, *document["sections"]]
    assert [each["id"] for each in again["sections"]] == [each["id"] for each in before]
    for old, new in zip(before, again["sections"], strict=True):
        assert [what_counts(question) for question in new["questions"]] == [
            what_counts(question) for question in old["questions"]
        ]


def what_counts(question):
    """Return what of a question both methods have."""
    options = [(option["id"], option["label"]) for option in question.get("options", ())]
    kind = question.get("type", "single")
    return question["id"], question["ask"], kind, options, canonical(question.get("when"))


def canonical(when):
    """Return a condition with lists of one part as that part, and options in order."""
    if when is None:
        return None
    for key in ("any", "all"):
        if key in when:
            parts = [canonical(part) for part in when[key]]
            return parts[0] if len(parts) == 1 else {key: parts}
    return when
