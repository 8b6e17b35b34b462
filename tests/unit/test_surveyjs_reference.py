"""Canada's questionnaire and its scored cases, where PROCUREMENT_RISK_REFERENCE says they are.

The evaluator below knows nothing of the converter: it takes the document at its word.
"""

import json
import os
from pathlib import Path

import pytest

from procurement_risk.formats.surveyjs import from_surveyjs
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_writing import write_yaml

REFERENCE = os.environ.get("PROCUREMENT_RISK_REFERENCE", "")

pytestmark = pytest.mark.skipif(
    not REFERENCE,
    reason="PROCUREMENT_RISK_REFERENCE is not set to the folder with the reference data",
)


@pytest.fixture(scope="module")
def folder():
    return Path(REFERENCE) / "aia"


@pytest.fixture(scope="module")
def source(folder):
    return (folder / "survey-enfr.json").read_bytes()


@pytest.fixture(scope="module")
def document(source):
    return from_surveyjs(source, "survey-enfr.json").document


# ---------------------------------------------------------------- an evaluator of its own


def questions_of(document):
    """Yield every question with the conditions that must hold for it to be asked."""
    for section in document["sections"]:
        for question in section["questions"]:
            yield question, [each["when"] for each in (section, question) if "when" in each]


def holds(when, chosen):
    if "any" in when:
        return any(holds(part, chosen) for part in when["any"])
    if "all" in when:
        return all(holds(part, chosen) for part in when["all"])
    if "never" in when:
        return False
    hit = chosen[when["question"]] & set(when.get("in") or when["not_in"])
    return bool(hit) if "in" in when else not hit


def named(when):
    if "question" in when:
        return {when["question"]}
    return set().union(*(named(part) for part in when.get("any") or when.get("all") or ()))


def score(document, answers):
    """Return what the document gives for ``answers``, as the published tool reports it."""
    waiting = list(questions_of(document))
    chosen = {}
    while waiting:
        rest = []
        for question, conditions in waiting:
            if not set().union(*map(named, conditions)) <= chosen.keys():
                rest.append((question, conditions))
                continue
            given = answers.get(question["id"], []) if "options" in question else []
            given = set(given if isinstance(given, list) else [given])
            assert given <= {option["id"] for option in question.get("options", ())}
            asked = all(holds(when, chosen) for when in conditions)
            chosen[question["id"]] = given if asked else set()
        assert len(rest) < len(waiting), "the conditions go round in a circle"
        waiting = rest
    return {**totals(document, chosen), **result(document, totals(document, chosen))}


def totals(document, chosen):
    found = {"raw": 0, "max_raw": 0, "mitigation": 0, "max_mitigation": 0}
    for question, _ in questions_of(document):
        kind = question.get("scores")
        if kind:
            points = {option["id"]: option["points"] for option in question["options"]}
            found[kind] += sum(points[option] for option in chosen[question["id"]])
            all_points = points.values()
            several = question.get("type") == "multiple"
            found[f"max_{kind}"] += sum(all_points) if several else max(all_points)
    return found


def result(document, total):
    policy = document["policy"]
    current = total["raw"]
    enough = policy["mitigation_from"] * total["max_mitigation"]
    if 100 * total["mitigation"] * policy["phases"] >= enough:
        current = ((100 - policy["mitigation_takes_off"]) * current + 50) // 100
    for level in policy["levels"]:
        if "up_to" not in level or 100 * current <= level["up_to"] * total["max_raw"]:
            return {"current": current, "level": level["level"]}
    raise AssertionError("no level fits")


# ---------------------------------------------------------------- what must come out


def test_as_many_questions_are_scored_as_in_the_published_tool(document):
    scored = [question for question, _ in questions_of(document) if "scores" in question]
    assert len(scored) == 160
    assert [question["scores"] for question in scored].count("raw") == 70
    total = totals(document, {question["id"]: set() for question, _ in questions_of(document)})
    assert (total["max_raw"], total["max_mitigation"]) == (167, 154)


def test_every_case_gets_the_published_score(document, folder):
    lines = (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 42
    for number, line in enumerate(lines):
        case = json.loads(line)
        assert (number, score(document, case["answers"])) == (number, case["expected"])


def test_nothing_scored_comes_with_a_doubt(source):
    """The notes about the questionnaire are these, and no others."""
    notes = from_surveyjs(source, "survey-enfr.json").notes
    assert [note.where for note in notes] == [
        "",
        "pages[1].elements[0].elements[11].isRequired",
        "",
        "",
    ]


def test_the_file_is_read_back_as_it_was_written(document):
    parsed = read_yaml(write_yaml(document, ["A comment"]))
    assert parsed.problems == []
    assert parsed.data == document


def test_pages_become_sections_with_both_languages(document):
    assert document["languages"] == ["en", "fr"]
    assert len(document["sections"]) == 17
    profile = next(each for each in document["sections"] if each["id"] == "riskProfile")
    assert profile["title"] == {"en": "Risk Profile", "fr": "Profil de risque"}
    assert "when" not in profile
    design = next(each for each in document["sections"] if each["id"] == "fairnessDesign")
    assert design["when"] == {"question": "projectDetailsPhase", "in": ["item1"]}
    assert design["title"]["en"].startswith("De-Risking and Mitigation Measures: ")


def test_a_substring_becomes_the_options_it_matches(document):
    """``aboutSystem3 contains ["item2"]`` finds item2-0, because one option is chosen there."""
    when = {question["id"]: question.get("when") for question, _ in questions_of(document)}
    assert when["aboutSystem3A"] == {"question": "aboutSystem3", "in": ["item2-0"]}
    assert when["aboutSystem2"] == {"question": "aboutSystem1", "in": ["item6"]}
    assert when["consultationDesign8A"]["in"] == [f"item{number}" for number in range(1, 10)]
