"""The demonstration portfolio is what its README says it is, and every record holds."""

import json
from decimal import Decimal
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location

import pytest

from procurement_risk.assessment.record import verify_record
from procurement_risk.canonical import canonical_bytes, digest_of
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import score_to_document
from tests.support.places import ROOT

EXAMPLES = ROOT / "assessments" / "examples"
FILES = {path.stem: path.read_bytes() for path in sorted(EXAMPLES.glob("*.json"))}
RECORDS = {name: json.loads(data) for name, data in FILES.items()}
BY_ID = {record["assessment"]["id"]: record for record in RECORDS.values()}
SECTIONS = ("DP", "TR", "EQ", "LI", "SR", "VO", "SE")

# id: tier, central residual scores in the order of SECTIONS, stops, flags, recommendation
TARGETS = {
    "demo-p01": (2, (28, 38, 23, 40, 28, 38, 63), [], [], "conditions"),
    "demo-p02": (2, (32, 42, 27, 66, 34, 57, 88), [], ["SE-01"], "escalate"),
    "demo-p03": (2, (54, 63, 33, 68, 46, 75, 66), [], ["TR-07", "LI-13"], "escalate"),
    "demo-p04": (3, (42, 55, 60, 60, 44, 50, 50), [], [], "escalate"),
    "demo-p05": (4, (59, 67, 78, 61, 79, 57, 42), ["SR-04"], ["EQ-16", "SR-02"], "do_not_proceed"),
    "demo-p06": (4, (22, 24, 34, 36, 21, 26, 30), [], [], "conditions"),
    "demo-p07": (1, (11, 20, 19, 11, 18, 25, 13), [], [], "proceed"),
    "demo-p08": (4, (74, 61, 68, 64, 64, 50, 75), [], ["DP-06"], "do_not_proceed"),
    "demo-p09": (
        2,
        (50, 50, 23, 87, 38, 75, 76),
        [],
        ["LI-04", "LI-10", "LI-14"],
        "do_not_proceed",
    ),
    "demo-p10": (2, (12, 57, 14, 28, 29, 25, 21), [], [], "escalate"),
}
RIVALS = {
    "demo-p01-thistlewood": (2, (29, 39, 25, 49, 31, 38, 63), "conditions"),
    "demo-p01-saltmarsh": (2, (16, 31, 41, 21, 45, 43, 38), "not_ready"),
}
EARLIER = {"demo-p05-2025": "demo-p05", "demo-p10-2026-02": "demo-p10"}
CHALLENGED = {"demo-p01", "demo-p02", "demo-p03", "demo-p04", "demo-p05", "demo-p08", "demo-p09"}

# The answers that the stories turn on, by option.
NOTABLE = {
    "demo-p01": {"SE-01": "d"},
    "demo-p02": {"SE-01": "e"},
    "demo-p03": {"TR-07": "e", "LI-13": "e"},
    "demo-p04": {"EQ-02": "f", "EQ-15": "d"},
    "demo-p05": {
        "SR-02": "e",
        "SR-04": "e",
        "TR-06": "c",
        "TR-05": "d",
        "EQ-01": "f",
        "EQ-02": "f",
        "EQ-04": "d",
        "EQ-05": "d",
        "EQ-16": "e",
        "LI-07": "h",
        "DP-10": "c",
    },
    "demo-p06": {
        "TR-04": "a",
        "SR-06": "a",
        "CX-14": "b",
        "EQ-02": "b",
        "LI-04": "b",
        "SR-02": "b",
    },
    "demo-p08": {"DP-06": "e", "EQ-08": "e", "SR-01": "d"},
    "demo-p09": {
        "LI-14": "e",
        "LI-09": "e",
        "LI-05": "e",
        "LI-10": "g",
        "LI-04": "e",
        "SE-03": "c",
        "VO-04": "d",
        "DP-02": "b",
    },
    "demo-p10": {"TR-07": "d"},
}


def counted():
    """The purchases as a portfolio counts them: earlier assessments and other bids left out."""
    replaced = {record["assessment"].get("replaces") for record in RECORDS.values()}
    latest = [r["assessment"] for i, r in BY_ID.items() if i not in replaced]
    return [a for a in latest if chosen(a) in ("", a["supplier"]["name"])]


def chosen(assessment):
    return assessment["purchase"].get("chosen_supplier", "")


def models(assessment):
    return {u["name"] for u in assessment["upstreams"] if u["kind"] == "model"}


def committed(assessments):
    return sum(assessment["purchase"]["committed_value"] for assessment in assessments)


@pytest.fixture(scope="module")
def renew():
    spec = spec_from_file_location("renew", EXAMPLES / "renew.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_fourteen_records():
    assert len(FILES) == 14
    assert set(BY_ID) == {*TARGETS, *EARLIER, *RIVALS}


@pytest.mark.parametrize("name", FILES)
def test_a_record_holds(name):
    assert verify_record(FILES[name], score_to_document) == []


@pytest.mark.parametrize("name", FILES)
def test_a_record_says_that_it_is_fictional(name):
    assessment = RECORDS[name]["assessment"]
    assert assessment["fictional"] is True
    assert assessment["supplier"]["company_number"].startswith("ZZ")  # no such prefix exists
    for key in ("ocid", "notice_id"):
        assert "zz" in assessment["purchase"].get(key, "zz").lower()


@pytest.mark.parametrize("name", FILES)
def test_a_record_is_complete(name):
    """But for the bids that were not chosen: a few of their answers stayed open."""
    assessment = RECORDS[name]["assessment"]
    still_open = RECORDS[name]["result"]["open"]
    assert 2 <= len(still_open) <= 4 if assessment["id"] in RIVALS else still_open == []
    assert assessment["pack"] == "full"
    for question, answer in assessment["answers"].items():
        assert "option" in answer or question in still_open
        assert answer["by"]
        assert answer["at"]


@pytest.mark.parametrize("assessment_id", TARGETS)
def test_a_result_is_the_intended_one(assessment_id):
    tier, targets, stops, flags, recommendation = TARGETS[assessment_id]
    result = BY_ID[assessment_id]["result"]
    assert result["tier"] == {"low": tier, "central": tier, "high": tier}
    for section, target in zip(SECTIONS, targets, strict=True):
        central = Decimal(result["sections"][section]["residual"]["central"])
        assert abs(central - target) <= 1, section
    assert sorted(result["stops"]["fired"]) == sorted(stops)
    assert sorted(result["flags"]["fired"]) == sorted(flags)
    assert result["stops"]["pending"] == result["flags"]["pending"] == []
    assert result["recommendation"] == recommendation
    assert result["challenge"] is (assessment_id in CHALLENGED)


@pytest.mark.parametrize("assessment_id", RIVALS)
def test_a_rival_bid_is_the_intended_one(assessment_id):
    tier, targets, recommendation = RIVALS[assessment_id]
    result = BY_ID[assessment_id]["result"]
    assert result["tier"] == {"low": tier, "central": tier, "high": tier}
    for section, target in zip(SECTIONS, targets, strict=True):
        central = Decimal(result["sections"][section]["residual"]["central"])
        assert abs(central - target) <= 1, section
    assert result["stops"]["fired"] == result["flags"]["fired"] == []
    assert result["recommendation"] == recommendation


@pytest.mark.parametrize("assessment_id", RIVALS)
def test_a_rival_bid_was_made_for_p01_and_not_chosen(assessment_id):
    bid, chosen_one = BY_ID[assessment_id], BY_ID["demo-p01"]
    assert bid["assessment"]["purchase"] == chosen_one["assessment"]["purchase"]
    assert bid["framework"] == chosen_one["framework"]
    assert bid["assessment"]["supplier"]["name"] != chosen(bid["assessment"])
    assert bid["assessment"] not in counted()
    grades = {a.get("evidence", "E0") for a in bid["assessment"]["answers"].values()}
    assert grades == {"E0", "E1", "E2", "E3", "E4"}


def test_the_bids_for_p01_share_what_the_buyer_said_of_the_purchase():
    """But for what the supplier makes different: whose model it is, and where it runs."""
    base = BY_ID["demo-p01"]["assessment"]["answers"]
    for assessment_id in RIVALS:
        answers = BY_ID[assessment_id]["assessment"]["answers"]
        shared = {q for q in base if "-" not in q or q.startswith("CX")}
        differ = {q for q in shared if answers[q]["option"] != base[q]["option"]}
        assert differ <= {"hosted"}


@pytest.mark.parametrize("assessment_id", NOTABLE)
def test_the_stories_turn_on_these_answers(assessment_id):
    answers = BY_ID[assessment_id]["assessment"]["answers"]
    wanted = NOTABLE[assessment_id]
    assert {question: answers[question]["option"] for question in wanted} == wanted


def test_the_evidence_tells_the_good_buy_from_the_bad_one():
    def grades(assessment_id):
        answers = BY_ID[assessment_id]["assessment"]["answers"]
        return [a.get("evidence", "E0") for question, a in answers.items() if "-" in question]

    good, bad = grades("demo-p06"), grades("demo-p05")
    assert bad.count("E1") > len(bad) / 2
    assert good.count("E3") + good.count("E4") > len(good) / 2
    answers = BY_ID["demo-p06"]["assessment"]["answers"]
    assert (answers["TR-04"]["evidence"], answers["EQ-02"]["evidence"]) == ("E4", "E3")


@pytest.mark.parametrize(("earlier", "later"), EARLIER.items())
def test_an_earlier_assessment_is_of_the_same_purchase(earlier, later):
    first, second = BY_ID[earlier]["assessment"], BY_ID[later]["assessment"]
    assert second["replaces"] == earlier
    assert first["purchase"]["id"] == second["purchase"]["id"]
    assert first["supplier"] == second["supplier"]
    assert first["as_of"] < second["as_of"]


def test_p05_came_back_with_better_evidence_and_still_fails():
    before, after = BY_ID["demo-p05-2025"]["result"], BY_ID["demo-p05"]["result"]
    for section in SECTIONS:
        scores = [Decimal(r["sections"][section]["residual"]["central"]) for r in (before, after)]
        assert scores[0] > scores[1], section
    assert before["recommendation"] == after["recommendation"] == "do_not_proceed"


def test_p10_lost_its_transparency_when_the_model_was_swapped():
    before, after = BY_ID["demo-p10-2026-02"], BY_ID["demo-p10"]
    assert abs(Decimal(before["result"]["sections"]["TR"]["residual"]["central"]) - 18) <= 1
    assert models(before["assessment"]) == {"Kestrel v1"}
    assert models(after["assessment"]) == {"Kestrel v2"}
    (swap,) = after["assessment"]["triggers"]
    assert "resolved_at" not in swap


def test_the_portfolio_hides_a_concentration():
    purchases = counted()
    assert len(purchases) == 10
    on_halcyon = [a for a in purchases if "Halcyon-3" in models(a)]
    assert len(on_halcyon) == 6
    assert len({a["supplier"]["name"] for a in on_halcyon}) == 6
    assert committed(purchases) == 17_575_000
    assert committed(on_halcyon) == 6_925_000
    assert one_decimal(100 * Fraction(committed(on_halcyon), committed(purchases))) == "39.4"


def test_scaling_the_free_trial_would_make_it_most_of_the_portfolio():
    purchases = counted()
    added = sum(a["purchase"].get("value_if_scaled", 0) for a in purchases)
    on_halcyon = committed(a for a in purchases if "Halcyon-3" in models(a))
    share = Fraction(on_halcyon + added, committed(purchases) + added)
    assert added == 11_000_000
    assert one_decimal(100 * share) == "62.7"


def test_four_buyers_want_the_same_capability():
    same = [a for a in counted() if a["purchase"]["capability"] == "draft-correspondence"]
    assert {a["id"] for a in same} == {"demo-p01", "demo-p02", "demo-p03", "demo-p09"}
    assert committed(same) == 3_185_000


def test_some_conditions_are_overdue_and_some_are_not():
    due = {
        mitigation["due"] < assessment["as_of"]
        for assessment in counted()
        for mitigation in assessment.get("mitigations", [])
        if mitigation["status"] == "agreed"
    }
    assert due == {True, False}


def test_one_altered_answer_is_refused():
    record = json.loads(FILES["p06-scan-prioritisation"])
    record["assessment"]["answers"]["EQ-02"]["option"] = "a"
    (problem,) = verify_record(canonical_bytes(record), score_to_document)
    assert problem.where == "record.digest"


def test_one_altered_answer_is_refused_even_with_a_new_digest():
    record = json.loads(FILES["p06-scan-prioritisation"])
    record["assessment"]["answers"]["EQ-02"]["option"] = "c"
    del record["digest"]
    record["digest"] = digest_of(record)
    problems = verify_record(canonical_bytes(record), score_to_document)
    assert problems
    assert all(problem.where.startswith("result.") for problem in problems)


@pytest.mark.parametrize("name", FILES)
def test_the_framework_inside_is_the_current_one(name, renew):
    """If this fails: run ``python assessments/examples/renew.py``."""
    assert renew.renewed(FILES[name]) == FILES[name]


@pytest.mark.parametrize("name", FILES)
def test_the_readme_gives_the_scores_of_the_file(name):
    sections = RECORDS[name]["result"]["sections"]
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    (row,) = [line for line in readme.splitlines() if f"[{name}.json]" in line]
    for section in SECTIONS:
        assert f" {sections[section]['residual']['central']} " in row


def test_a_record_with_older_wording_is_renewed(renew):
    record = json.loads(FILES["p07-planning-document-search"])
    record["framework"]["title"] = "As it was called before"
    del record["digest"]
    record["digest"] = digest_of(record)
    older = canonical_bytes(record)
    assert verify_record(older, score_to_document) == []
    assert renew.renewed(older) == FILES["p07-planning-document-search"]
