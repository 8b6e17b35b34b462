"""OSCAL: read and checked by compliance-trestle, which is also shown what it refuses."""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest

from procurement_risk.assessment import Answer, CarriedAnswer
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.oscal.values import address, markup, moment, text, tokens
from tests.support.exchange_examples import (
    HOSTILE,
    IMPACT,
    RecordedDecision,
    StopOverride,
    example,
    hostile,
    replace,
    small,
)

WRITE = EXPORTS["oscal"].write


@pytest.fixture(scope="module")
def refusal():
    """Return what trestle says against a document; empty where it takes it."""
    from trestle.core.duplicates_validator import DuplicatesValidator
    from trestle.oscal.assessment_results import AssessmentResults

    def said(document, folder):
        file = Path(folder) / "results.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        try:
            model = AssessmentResults.oscal_read(file)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return "" if DuplicatesValidator().model_is_valid(model, True, None) else "duplicates"

    return said


@pytest.fixture(scope="module")
def fraud():
    """Return the document of an assessment with stops, mitigations and a decision."""
    return json.loads(WRITE([example("p05-claims-fraud-scoring")]))


def impact(answers):
    """Return the document of an assessment that counts points."""
    assessment = hostile()
    answer_set = replace(assessment.answer_set, answers=answers, mitigations=())
    return json.loads(WRITE([small(replace(assessment, answer_set=answer_set), IMPACT)]))


def result(document):
    (found,) = document["assessment-results"]["results"]
    return found


def by_prop(parts, name):
    """Return parts by the value of one of their properties."""
    return {
        prop["value"]: part for part in parts for prop in part["props"] if prop["name"] == name
    }


def values(part):
    return {prop["name"]: prop["value"] for prop in part["props"]}


def everything(value):
    """Yield every pair of key and value at any depth."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key, each
            yield from everything(each)
    elif isinstance(value, list):
        for each in value:
            yield from everything(each)


# --- What trestle says ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["p02-letters-to-mps", "p09-staff-assistant-trial"])
def test_the_demonstration_is_valid(refusal, tmp_path, name):
    assert refusal(json.loads(WRITE([example(name)])), tmp_path) == ""


def test_hostile_texts_are_valid(refusal, tmp_path):
    assert refusal(json.loads(WRITE([small()])), tmp_path) == ""


def test_points_are_valid(refusal, tmp_path):
    answers = {
        "effect": Answer(options=("far-4",), evidence="E2"),
        "harms": Answer(state="unknown"),
    }
    assert refusal(impact(answers), tmp_path) == ""


def test_what_is_carried_and_not_confirmed_says_so(refusal, tmp_path):
    """It is an observation of the earlier look; the finding stays open, and says why."""
    found = example("p02-letters-to-mps")
    known = found.assessment
    answers = dict(known.answer_set.answers)
    carried = {
        name: CarriedAnswer(assessment="last", as_of="2025-11-23", answer=answers[name])
        for name in ("DP-01", "DP-02")
    }
    del answers["DP-01"]
    waiting = replace(
        known, answer_set=replace(known.answer_set, answers=answers), carried=carried
    )
    document = json.loads(WRITE([replace(found, assessment=waiting)]))

    assert refusal(document, tmp_path) == ""
    (seen,) = [each for each in result(document)["observations"] if "carried-over" in values(each)]
    assert values(seen)["question-id"] == "DP-01"
    assert values(seen)["carried-over"] == "not-confirmed"
    findings = by_prop(result(document)["findings"], "question-id")
    assert values(findings["DP-01"])["carried-over"] == "not-confirmed"
    assert findings["DP-01"]["target"]["status"]["reason"] == "other"
    assert "carried-over" not in values(findings["DP-02"])


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda d: d["metadata"].pop("title"), "title"),
        (lambda d: d["results"][0].pop("reviewed-controls"), "reviewed-controls"),
        (lambda d: d["metadata"]["props"][0].update(value="two\nlines"), "pattern"),
        (lambda d: d["metadata"]["props"][0].update(name="two words"), "required format"),
        (lambda d: d["results"][0].update(uuid=d["uuid"]), "duplicates"),
        (lambda d: d.update(uuid="not-a-uuid"), "required format"),
        (lambda d: d["results"][0]["observations"][0].update(collected="yesterday"), "collected"),
    ],
)
def test_trestle_refuses_what_it_should(refusal, fraud, tmp_path, break_it, said):
    broken = deepcopy(fraud)
    break_it(broken["assessment-results"])

    assert said in refusal(broken, tmp_path)


# --- What the document says -----------------------------------------------------------------


def test_the_same_record_gives_the_same_bytes():
    exported = example("p05-claims-fraud-scoring")
    assert WRITE([exported]) == WRITE([exported])


def test_a_changed_answer_gives_another_document_with_the_same_parts(fraud):
    exported = example("p05-claims-fraud-scoring")
    answer_set = exported.assessment.answer_set
    answers = dict(answer_set.answers) | {"DP-03": Answer(state="unknown")}
    changed = replace(
        exported.assessment, answer_set=replace(answer_set, answers=answers, mitigations=())
    )
    other = json.loads(WRITE([replace(exported, assessment=changed)]))

    assert other["assessment-results"]["uuid"] != fraud["assessment-results"]["uuid"]
    assert [o["uuid"] for o in result(other)["observations"]] == [
        o["uuid"] for o in result(fraud)["observations"]
    ]


def test_a_fired_stop_is_an_unsatisfied_finding(fraud):
    finding = by_prop(result(fraud)["findings"], "question-id")["SR-04"]

    assert values(finding)["knock-out"] == "fired"
    assert finding["target"]["target-id"] == "sr-04"
    assert finding["target"]["status"] == {"state": "not-satisfied", "reason": "fail"}


def test_only_evidenced_zero_risk_is_satisfied():
    """Each finding is held against the answer and the option's risk."""
    seen = set()
    for example_name in ("p05-claims-fraud-scoring", "p01-rival-thistlewood"):
        exported = example(example_name)
        findings = result(json.loads(WRITE([exported])))["findings"]
        for name, finding in by_prop(findings, "question-id").items():
            answer = exported.assessment.answer_set.answers.get(name)
            option = exported.framework.by_id[name].option(answer.option) if answer else None
            lapsed = answer and answer.valid_until and answer.valid_until < "2026-11-23"
            good = option and option.risk == 0 and answer.evidence != "E0" and not lapsed
            reason = None if good else "fail" if option else "other"
            status = finding["target"]["status"]
            assert status["state"] == ("satisfied" if good else "not-satisfied")
            assert status.get("reason") == reason
            seen.add(reason)
    assert seen == {None, "fail", "other"}


def test_inherent_is_initial_and_residual_is_adjusted(fraud):
    exported = example("p05-claims-fraud-scoring")
    stated = json.loads(EXPORTS["json"].write([exported]))["result"]["sections"]["SR"]
    risk = by_prop(result(fraud)["risks"], "section-id")["SR"]
    facets = {
        (facet["name"], state["value"]): facet["value"]
        for facet in risk["characterizations"][0]["facets"]
        for state in facet.get("props", ())
    }
    assert facets["score-high", "initial"] == stated["inherent"]["high"]
    assert facets["score-low", "adjusted"] == stated["residual"]["low"]
    assert facets["band-central", "adjusted"] == stated["band"]["central"]


def test_mitigations_are_remediations(fraud):
    found = [r for risk in result(fraud)["risks"] for r in risk.get("remediations", ())]
    by_question = by_prop(found, "question-id")

    assert set(by_question) == {"DP-10", "EQ-04", "SR-02", "SR-04", "TR-06"}
    assert by_question["DP-10"]["lifecycle"] == "planned"
    assert by_question["SR-04"]["lifecycle"] == "recommendation"
    assert values(by_question["TR-06"])["counts-as"] == "proposed"  # it is overdue
    privacy = by_prop(result(fraud)["risks"], "section-id")["DP"]
    assert privacy["deadline"] == "2027-02-12T00:00:00Z"


def test_an_overridden_stop_is_an_approved_deviation():
    exported = example("p05-claims-fraud-scoring")
    override = StopOverride(
        question="SR-04", by="Permanent Secretary", at="2026-11-20", reason="r", until="2027-01-01"
    )
    document = json.loads(
        WRITE([replace(exported, assessment=replace(exported.assessment, overrides=(override,)))])
    )
    risks = by_prop(result(document)["risks"], "section-id")
    finding = by_prop(result(document)["findings"], "question-id")["SR-04"]

    assert risks["SR"]["status"] == "deviation-approved"
    assert risks["DP"]["status"] == "open"
    assert values(finding)["overridden"] == "yes"


def test_points_before_and_after_reduction():
    document = impact({"effect": Answer(options=("far-4",), evidence="E2")})
    (risk,) = result(document)["risks"]
    facets = risk["characterizations"][0]["facets"]

    assert [f["name"] for f in facets][:3] == ["points", "points-most", "points"]
    findings = by_prop(result(document)["findings"], "question-id")
    assert findings["harms"]["target"]["status"]["reason"] == "other"


def test_only_the_decision_maker_is_named():
    """Who answered, who owns a mitigation and what colleagues noted stay in the record."""
    assessment = hostile()
    answers = {
        name: replace(answer, by="Ana Answers", note="Ana Notes", link="evidence/a.pdf")
        for name, answer in assessment.answer_set.answers.items()
    }
    mitigations = tuple(
        replace(m, owner="Olu Owner", note="Nia Notes") for m in assessment.answer_set.mitigations
    )
    answer_set = replace(assessment.answer_set, answers=answers, mitigations=mitigations)
    decision = RecordedDecision(decision="escalate", by="Dee Decider", at="2026-11-23")
    named = replace(assessment, answer_set=answer_set, decision=decision, created_by="Cy Creator")
    data = WRITE([small(named)]).decode()

    assert "Dee Decider" in data
    for name in ("Ana Answers", "Ana Notes", "Olu Owner", "Nia Notes", "Cy Creator"):
        assert name not in data


def test_hostile_text_never_leaves_its_line_nor_becomes_markup():
    document = json.loads(WRITE([small()]))
    for key, value in everything(document):
        if isinstance(value, str):
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u202e]", value), key
        if key in ("title", "description") and "script" in str(value):
            assert not re.search(r"(?<!\\)[\[<]", value)
    assert "=cmd|' /C calc'!A0" in document["assessment-results"]["metadata"]["title"]


def test_two_assessments_are_refused():
    exported = example("p02-letters-to-mps")
    with pytest.raises(UsageError, match="exactly one assessment"):
        WRITE([exported, exported])


# --- The small parts ------------------------------------------------------------------------


def test_tokens_are_names_and_differ():
    found = tokens(["DP-1", "dp-1", "1st", "a b", "é", "A_B.c"])
    assert found == {
        "DP-1": "dp-1",
        "dp-1": "dp-1.2",
        "1st": "_1st",
        "a b": "a-b",
        "é": "_-",
        "A_B.c": "a_b.c",
    }


def test_texts_are_never_empty():
    assert text("\n\t ") == "(empty)"
    assert text(HOSTILE).startswith("=cmd|' /C calc'!A0 [31m")
    assert markup("[a](b) *c*") == r"\[a\](b) \*c\*"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-11-23", "2026-11-23T00:00:00Z"),
        ("2026-11-23T10:00:00+01:00", "2026-11-23T09:00:00Z"),
        ("2026-11-23T10:00:00", ""),
        ("yesterday", ""),
        ("2026-02-30", ""),
        ("", ""),
    ],
)
def test_times_are_in_utc_or_nothing(given, expected):
    assert moment(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("evidence/p05/a b.pdf", "evidence/p05/a%20b.pdf"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        (r"\\server\share", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_addresses_to_read_from_become_links(given, expected):
    assert address(given) == expected
