"""The verifier works results out as the package does, for both methods and for odd frameworks."""

import json
import os
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.errors import InvalidAnswers
from procurement_risk.exports import verify
from procurement_risk.formats.surveyjs import from_surveyjs
from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.methods import score_to_document
from tests.support.answer_sets import varied_answers
from tests.support.framework_documents import IMPACT
from tests.support.small_frameworks import by_version_2, question, random_framework

REFERENCE = os.environ.get("PROCUREMENT_RISK_REFERENCE", "")
YES = {"question": "public", "in": ["yes"]}


# --- weakest-section, with what the random frameworks have not


def odd_framework(rng):
    """A random framework with conditions of every kind, and questions of every type."""
    document = random_framework(rng)
    conditions = (
        YES,
        {"question": "public", "not_in": ["yes"]},
        {"question": "MANY", "in": ["a"]},
        {"all": [YES, {"question": "MANY", "not_in": ["b", "c"]}]},
        {"any": [{"never": "It was taken out."}, {"question": "hosted", "not_in": ["no"]}]},
        {"never": "It was taken out."},
    )
    last = document["sections"][-1]
    last["questions"] += [
        question("MANY", type="multiple"),
        {**question("WORDS", type="text", when=YES), "options": None},
    ]
    del last["questions"][-1]["options"]
    for section in document["sections"]:
        if section is not last and section["role"] != "context" and rng.random() < 0.5:
            section["when"] = rng.choice(conditions)
        for each in section["questions"]:
            if "when" not in each and each["id"] != "MANY" and rng.random() < 0.2:
                each["when"] = rng.choice(conditions)
    return document


def odd_answers(rng, document):
    line = varied_answers(rng, {**document, "sections": plain_sections(document)})
    kind = rng.choice(["open", "some", "text"])
    if kind != "open":
        line["answers"]["MANY"] = {"options": rng.sample("abcde", rng.randint(1, 3))}
    if kind == "text":
        line["answers"]["WORDS"] = "Some words."
    return line


def plain_sections(document):
    """The sections without the questions that chance could not answer."""
    return [
        {
            **section,
            "questions": [q for q in section["questions"] if q["id"] not in ("MANY", "WORDS")],
        }
        for section in deepcopy(document["sections"])
    ]


def test_two_answers_that_differ():
    """Every third answer is two people's, of which one will stand: each counts until then."""
    rng, met = Random("two"), Counter()
    while met["tried"] < 30:
        document = odd_framework(rng)
        if check_framework(document):
            continue
        line, second = odd_answers(rng, document), odd_answers(rng, document)["answers"]
        line["mitigations"] = []
        for name, one in line["answers"].items():
            if (
                rng.random() < 0.35
                and isinstance(one, dict)
                and isinstance(second.get(name), dict)
            ):
                both = [one, second[name]]
                line["answers"][name] = {"state": "unanswered", "alone": both}
                met.update(each.get("state", "answered") for each in both)
        framework = framework_from_document(document)
        try:
            answers = check_answers(framework, line)
        except InvalidAnswers:
            continue
        met["tried"] += 1
        assert verify.score(document, line) == score_to_document(framework, answers)
    assert met["answered"] > 50
    assert met["unknown"]
    assert met["not_applicable"]


def test_conditions_and_questions_of_every_kind():
    met = Counter()
    rng = Random("odd")
    tried = 0
    while tried < 150:
        document = odd_framework(rng)
        if tried % 2:
            document = by_version_2(rng, document)
        if check_framework(document):
            continue
        tried += 1
        framework = framework_from_document(document)
        line = odd_answers(rng, document)
        try:
            answers = check_answers(framework, line)
        except Exception:
            # A question that a condition names by now may not be declared not applicable.
            met["refused"] += 1
            continue
        ours = score_to_document(framework, answers)
        assert verify.score(document, line) == ours
        met[ours["recommendation"]] += 1
        met["several choices open"] += "MANY" in ours["open"]
        met["not scored"] += None in ours["sections"].values()
    assert met["refused"] < 30
    kinds = ("not_ready", "do_not_proceed", "not scored", "several choices open")
    assert min(met[kind] for kind in kinds) > 3


# --- impact-mitigation


def impact_answers(rng, document):
    answers = {}
    for section in [{"questions": document["facts"]}, *document["sections"]]:
        for each in section["questions"]:
            ids = [option["id"] for option in each.get("options", ())]
            if not ids or rng.random() < 0.3:
                continue
            if each.get("type") == "multiple":
                answers[each["id"]] = rng.sample(ids, rng.randint(1, len(ids)))
            else:
                answers[each["id"]] = rng.choice(ids)
    return {"as_of": "2026-11-23", "answers": answers}


def varied_policy(rng):
    policy = deepcopy(IMPACT["policy"])
    policy |= {
        "phases": rng.randint(1, 3),
        "mitigation_from": rng.randint(0, 100),
        "mitigation_takes_off": rng.randint(0, 100),
    }
    policy["levels"][0]["up_to"] = rng.randint(1, 49)
    return policy


def test_points_agree_on_random_answers_and_policies():
    rng = Random("points")
    met = Counter()
    for _ in range(300):
        document = {**IMPACT, "policy": varied_policy(rng)}
        framework = framework_from_document(document)
        line = impact_answers(rng, document)
        ours = score_to_document(framework, check_answers(framework, line))
        assert verify.score_impact(document, line) == ours
        met[ours["level"]] += 1
        met["reduced"] += ours["current"] < ours["raw"]
    assert min(met[kind] for kind in (1, 2, 3, "reduced")) > 10


def test_nothing_scored_has_no_level():
    document = deepcopy(IMPACT)
    for section in document["sections"]:
        for each in section["questions"]:
            each.pop("scores", None)
    found = verify.score_impact(document, {"as_of": "2026-11-23", "answers": {}})
    assert (found["max_raw"], found["level"]) == (0, None)


@pytest.mark.skipif(
    not REFERENCE,
    reason="PROCUREMENT_RISK_REFERENCE is not set to the folder with the reference data",
)
def test_published_cases_get_the_published_score():
    folder = Path(REFERENCE) / "aia"
    source = (folder / "survey-enfr.json").read_bytes()
    document = from_surveyjs(source, "survey-enfr.json").document
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    for number, case in enumerate(cases):
        line = {"as_of": "2026-11-23", "answers": fitting(document, case["answers"])}
        found = verify.score_impact(document, line)
        assert (number, case["expected"]) == (
            number,
            {key: found[key] for key in case["expected"]},
        )
    assert len(cases) == 42


def fitting(document, answers):
    """The answers to questions there are, in the form each type has."""
    kinds = {
        q["id"]: q.get("type", "single") for s in document["sections"] for q in s["questions"]
    }
    return {
        name: [given] if kinds[name] == "multiple" and isinstance(given, str) else given
        for name, given in answers.items()
        if name in kinds
    }


# --- What it does not take


@pytest.mark.parametrize(
    "answer",
    [
        {"option": "z"},
        {"option": "a", "evidence": "E9"},
        {"option": "a", "valid_until": "soon"},
        {"state": "not_applicable", "reason": "None"},
        {"state": "perhaps"},
        {"state": "unknown", "option": "a"},
        {"options": ["a", "b"]},
        {},
    ],
)
def test_an_answer_that_cannot_be_is_refused(answer):
    """Nothing is guessed, here as little as in the package."""
    document = random_framework(Random(1))
    context = document["sections"][0]["questions"][0]["id"]
    with pytest.raises(ValueError):  # noqa: PT011  each is another sentence, none is shown
        verify.score(document, {"as_of": "2026-11-23", "answers": {context: answer}})


def test_conditions_in_a_circle_are_refused():
    document = random_framework(Random(1))
    first, second = question("ONE"), question("TWO")
    document["sections"][1]["questions"] += [first, second]
    first["when"] = {"question": second["id"], "in": ["a"]}
    second["when"] = {"question": first["id"], "in": ["a"]}
    with pytest.raises(ValueError, match="cycle"):
        verify.score(document, {"as_of": "2026-11-23"})
