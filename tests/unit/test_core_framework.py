"""The core framework holds what it was agreed to hold."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from procurement_risk.assessment.document import build_assessment
from procurement_risk.canonical import read_json
from procurement_risk.framework import Framework
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.framework.shipped import EXAMPLES
from procurement_risk.methods import score_to_document
from tests.support.answer_sets import core_document

REFERENCE = os.environ.get("PROCUREMENT_RISK_REFERENCE", "")
BANK = Path(REFERENCE) / "question-bank.yaml"
KEPT = (
    "ask", "options", "when", "red_flag", "weight", "answered_by", "procurement_use",
    "evidence", "treatment", "sources",
)  # fmt: skip


@pytest.fixture(scope="module")
def core() -> Framework:
    return load_framework(FRAMEWORKS / "ai-supplier-core.yaml")


def test_size(core):
    """112 questions, of which at most 110 are asked of anybody, and 15 facts."""
    sizes = {p.id: p.questions and len(p.questions) for p in core.packs}

    assert (len(list(core.questions())), len(core.facts)) == (112, 15)
    assert sizes == {
        "triage": 15, "baseline": 45, "full": None, "supplier-return": 74, "in-life": 20,
        "exit": 7,
    }  # fmt: skip


def test_every_question_says_why_and_what_good_looks_like(core):
    """In its own words: no two texts are alike."""
    texts = [text for q in core.questions() for text in (q.why, q.good)]

    assert all(len(text.split()) >= 15 for text in texts)
    assert len(set(texts)) == 2 * 112


def test_every_clause_named_is_explained(core):
    """A clause has a purpose and an outcome; only what must be redesigned or stopped has none."""
    without = [q.id for q in core.questions() if not q.clauses]

    assert without == ["CX-09", "CX-10"]
    assert all(clause.purpose and clause.outcome for clause in core.clauses)
    used = {name for q in core.questions() for name in q.clauses}
    assert used == {clause.id for clause in core.clauses}


def test_most_citations_name_a_registered_instrument(core):
    """So that the page can say how far each was checked."""
    cited = {text for q in core.questions() for text in q.sources}
    known = {text for text in cited if core.source_of(text)}

    assert len(known) / len(cited) > 0.95


@pytest.mark.skipif(not BANK.is_file(), reason="PROCUREMENT_RISK_REFERENCE holds no question bank")
def test_the_first_version_is_the_agreed_question_bank():
    """Every question, option, condition and red flag as agreed, ids included."""
    bank: dict[str, Any] = yaml.safe_load(BANK.read_text(encoding="utf-8"))
    ours = core_document()
    assert [s["id"] for s in ours["sections"]] == [s["id"] for s in bank["sections"]]
    for mine, agreed in zip(ours["sections"], bank["sections"], strict=True):
        assert [q["id"] for q in mine["questions"]] == [q["id"] for q in agreed["questions"]]
        for question, wanted in zip(mine["questions"], agreed["questions"], strict=True):
            assert {k: question.get(k) for k in KEPT} == {k: wanted.get(k) for k in KEPT}
            assert question.get("core", False) == wanted["core"]
    asked = {pack["id"]: pack["questions"] for pack in ours["packs"]}
    for pack, ids in bank["packs"].items():
        if pack == "baseline":
            core = {q["id"] for s in ours["sections"] for q in s["questions"] if q.get("core")}
            assert core == set(ids)
        elif pack != "full":
            assert set(asked[pack]) == set(ids)
    assert [f["id"] for f in ours["facts"]] == [f["id"] for f in bank["facts"]]


def test_no_id_of_the_first_version_means_anything_else(core):
    """Every question is still asked, and an option that kept its id kept its risk."""
    for section in core_document()["sections"]:
        for was in section["questions"]:
            now = core.by_id[was["id"]]
            risks = {option["id"]: option["risk"] for option in was["options"]}
            assert all(risks.get(each.id, each.risk) == each.risk for each in now.options)


def outcome(core, gate="", **changes):
    """The result of an example's answers with ``changes``, written with _ in place of -."""
    name = changes.pop("example")
    record = read_json((EXAMPLES / f"{name}.json").read_bytes())["assessment"]
    answers = {**record["answers"]}
    for key, value in changes.items():
        answers[key.replace("_", "-") if key[:2].isupper() else key] = value
    line = {**record, "answers": answers, "gate": gate or record.get("gate", "in_life")}
    answer_set = build_assessment(line).answer_set
    return score_to_document(core, answer_set)


def said(option):
    return {"option": option, "evidence": "E2"}


PLANNING, SCANS = "p07-planning-document-search", "p06-scan-prioritisation"


def test_back_office_accounting_is_asked_about_its_use_against_people(core):
    """As Horizon would be answered: a task of the office, no decision about anybody."""
    office = {"CX_01": said("a"), "decisions_about_people": said("no"), "example": PLANNING}

    open_one = outcome(
        core, SR_04={"state": "unanswered"}, TR_06={"state": "unanswered"}, **office
    )
    wrong = outcome(core, SR_04=said("d"), **office)

    assert {"SR-04", "TR-06"} <= set(open_one["open"])
    assert open_one["stops"]["pending"] == ["SR-04"]
    assert wrong["stops"]["fired"] == ["SR-04"]
    assert wrong["recommendation"] == "do_not_proceed"


@pytest.mark.parametrize(("answer", "stopped"), [
    ({"DP_10": said("b")}, False),
    ({"DP_10": said("f")}, True),
    ({"DP_03": said("a")}, False),
    ({"DP_03": said("d")}, False),
    ({"DP_03": said("e")}, True),
    ({"EQ_01": said("a")}, False),
    ({"EQ_01": said("f")}, False),
    ({"EQ_01": said("g")}, True),
    ({"SR_06": said("f")}, False),
    ({"SR_06": said("g")}, True),
    ({"CX_14": said("e")}, True),
])  # fmt: skip
def test_an_honest_answer_is_not_a_stop(core, answer, stopped):
    """A person who decides, screened and not needed, not tested yet with tests agreed."""
    fired = outcome(core, example=SCANS, **answer)["stops"]["fired"]

    assert fired == ([next(iter(answer)).replace("_", "-")] if stopped else [])


@pytest.mark.parametrize(("example", "answers", "recommendation"), [
    (SCANS, {"DP_10": {"option": "a", "evidence": "E4"}}, "conditions"),
    (SCANS, {"DP_03": said("a"), "EQ_01": said("a")}, "conditions"),
    (PLANNING, {"SR_06": said("f"), "EQ_02": said("c"), "TR_04": said("c")}, "proceed"),
    ("p10-failure-prediction", {"CX_07": said("c"), "personal_data": said("no")}, "escalate"),
])  # fmt: skip
def test_an_honest_answer_gives_the_decision_that_fits(core, example, answers, recommendation):
    """A person decides; screened and not needed; tests agreed in the contract; personal data."""
    assert outcome(core, example=example, **answers)["recommendation"] == recommendation


def test_what_nobody_can_have_tested_is_not_asked_before_the_award(core):
    found = outcome(core, example=PLANNING, gate="evaluation", SR_06={"state": "unanswered"})

    assert "SR-06" in found["not_due"]
    assert "SR-06" not in found["open"]


@pytest.mark.parametrize(
    ("tier_answer", "stops", "flags"), [("a", [], ["CX-12"]), ("d", ["CX-12"], [])]
)
def test_nobody_named_stops_a_purchase_from_tier_ii(core, tier_answer, stops, flags):
    """A licence for little money is not stopped for want of a senior owner, but escalated."""
    changes = {"CX_02": said(tier_answer), "CX_04": said(tier_answer), "CX_12": said("d")}
    found = outcome(core, example=PLANNING, **changes)

    assert (found["stops"]["fired"], found["flags"]["fired"]) == (stops, flags)


def test_whoever_looked_and_found_is_not_worse_off_than_whoever_did_not_look(core):
    """Sensitive traits found in a test and kept out of use, beside nothing tested."""
    risks = {option.id: option.risk for option in core.by_id["DP-13"].options}

    assert risks["f"] < risks["g"]


@pytest.mark.parametrize("name", [
    "p01-correspondence-drafting", "p10-failure-prediction", "p10-failure-prediction-2026-02",
])  # fmt: skip
def test_the_longer_pack_never_decides_more_kindly(core, name):
    order = ["proceed", "conditions", "escalate", "do_not_proceed"]
    record = read_json((EXAMPLES / f"{name}.json").read_bytes())["assessment"]
    found = []
    for pack in ("baseline", "full"):
        answer_set = build_assessment({**record, "pack": pack}).answer_set
        found.append(order.index(score_to_document(core, answer_set)["recommendation"]))

    assert found[1] >= found[0]


def test_the_place_swaps_the_equality_duty_and_health_its_standards(core):
    """One of the two is asked, and only one."""
    for place, asked, not_asked in (
        ("scotland", "EQ-01", "EQ-14"),
        ("northern_ireland", "EQ-14", "EQ-01"),
    ):
        left = {"state": "unanswered"}
        found = outcome(core, example=SCANS, place=said(place), EQ_01=left, EQ_14=left)["open"]
        assert asked in found
        assert not_asked not in found
    left = {"state": "unanswered"}
    found = outcome(core, example=SCANS, health_body=said("no"), CX_13=left, CX_14=left)["open"]
    assert "CX-13" in found
    assert "CX-14" not in found
