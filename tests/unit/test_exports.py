"""What leaves: every format of every assessment, and no cell that a spreadsheet would run."""

import csv
import io
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
)
from procurement_risk.assessment.record import read_record, verify_record
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.csv_cells import DANGEROUS, safe, write_csv
from procurement_risk.exports.export import Exported, file_name
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import read_framework
from procurement_risk.methods import score_to_document
from tests.support.answer_sets import CORE
from tests.support.places import TESTS

HOSTILE = '=HYPERLINK("http://x")'
SMALL_IMPACT = TESTS / "frameworks" / "small-impact.yaml"


@pytest.fixture(scope="module")
def core() -> Framework:
    return CORE


@pytest.fixture
def assessment() -> Assessment:
    return Assessment(
        id="a-1",
        purchase=Purchase(id="p-1", title="Drafting", buyer="A body", committed_value=1_900_000),
        supplier=Supplier(name=HOSTILE),
        answer_set=AnswerSet(
            as_of="2026-11-23",
            answers={
                "DP-02": Answer(options=("c",), evidence="E2", note="-5 and\nmore", by="Ana"),
                "DP-03": Answer(state="unknown"),
            },
            mitigations=(Mitigation(question="DP-02", status="proposed", target="a"),),
        ),
    )


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_format_is_registered_under_its_own_name():
    """The command line names formats by the keys of the registry."""
    assert list(EXPORTS) == [
        "json",
        "workbook",
        "leadership-pdf",
        "leadership-html",
        "pptx",
        "public-summary",
        "public-summary-pdf",
        "conditions",
        "known-risks",
        "assessment-summary",
        "answers-csv",
        "assessments-csv",
        "audit-pack",
        "history-csv",
        "history-json",
        "tables",
        "parquet",
        "data-dictionary",
        "oscal",
        "ocds",
        "atrs",
        "atrs-text",
        "atrs-json",
    ]
    assert all(name == export.name for name, export in EXPORTS.items())


def test_a_json_record_reads_back_as_the_same_assessment(core, assessment):
    """The record is the evidence: nothing is lost on the way out and in."""
    data = EXPORTS["json"].write([Exported(assessment, core)])

    record = read_record(data, score_to_document)

    assert record.assessment == assessment
    assert EXPORTS["json"].write([Exported(record.assessment, record.framework)]) == data


def test_a_json_record_holds_exactly_one_assessment(core, assessment):
    """Two in one file would have one digest for two decisions."""
    with pytest.raises(UsageError, match="exactly one assessment"):
        EXPORTS["json"].write([Exported(assessment, core), Exported(assessment, core)])


def test_answers_have_one_row_for_every_question_and_fact(core, assessment):
    """Unanswered questions stand there too, so that nobody takes silence for safety."""
    found = rows(EXPORTS["answers-csv"].write([Exported(assessment, core)]))

    assert [row["question"] for row in found] == list(core.by_id)
    by_id = {row["question"]: row for row in found}
    assert by_id["DP-02"]["option"] == "c"
    assert by_id["DP-02"]["risk"] == "2"
    assert by_id["DP-02"]["evidence"] == "E2"
    assert by_id["DP-02"]["mitigation_target"] == "a"
    assert by_id["DP-03"]["state"] == "unknown"
    assert by_id["DP-03"]["risk"] == ""
    assert by_id["LI-01"]["state"] == "unanswered"
    assert by_id["CX-10"]["applies"] == "may apply"


def test_assessments_have_one_row_with_the_result(core, assessment):
    """The figures are those of the score command, as texts."""
    (row,) = rows(EXPORTS["assessments-csv"].write([Exported(assessment, core)]))
    result = score_to_document(core, assessment.answer_set)

    assert row["committed_value"] == "1900000"
    assert row["recommendation"] == result["recommendation"]
    assert row["DP_residual_high"] == result["sections"]["DP"]["residual"]["high"]
    assert row["DP_complete"] == result["sections"]["DP"]["complete"]


def test_an_unknown_value_is_empty_and_never_zero(core, assessment):
    """Unknown is not 0: a zero would count in somebody's total."""
    unknown = replace(assessment, purchase=replace(assessment.purchase, committed_value=None))

    (row,) = rows(EXPORTS["assessments-csv"].write([Exported(unknown, core)]))

    assert row["committed_value"] == ""


@pytest.mark.parametrize("name", ["answers-csv", "assessments-csv"])
def test_no_cell_starts_a_formula(core, assessment, name):
    """A supplier's name that is a formula arrives as text."""
    data = EXPORTS[name].write([Exported(assessment, core)])
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert any(HOSTILE in cell for row in table for cell in row)
    assert not [cell for row in table for cell in row if cell.startswith(DANGEROUS)]


@given(st.text())
def test_safe_text_never_starts_a_formula(text):
    """Whatever the text: plain, full-width, behind spaces, with control characters."""
    assert not safe(text).lstrip(" ").startswith(DANGEROUS)


def test_numbers_stay_numbers():
    """-5 as a number is -5; as somebody's text it is put behind an apostrophe."""
    assert safe(-5) == "-5"
    assert safe("-5") == "'-5"


def test_a_csv_reads_back_with_line_breaks_and_quotes():
    """RFC 4180: quoted where need be."""
    data = write_csv(["a", "b"], [['x "y", z', "two\nlines"]])

    assert rows(data) == [{"a": 'x "y", z', "b": "two\nlines"}]


def test_file_names_cannot_leave_the_folder(assessment):
    """Names come from titles, and titles from people."""
    sly = replace(assessment, purchase=replace(assessment.purchase, title="../../etc/passwd"))

    name = file_name(sly, "json")

    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith(".")


# --- An assessment whose points are counted, beside one that stakes decide ---


@pytest.fixture
def counted() -> Exported:
    framework = read_framework(SMALL_IMPACT.read_text("utf-8"), "small-impact.yaml")
    answers = {
        "phase": Answer(options=("design",)),
        "effect": Answer(options=("far-4",), note="Everywhere"),
        "harms": Answer(options=("readers-2", "staff-1")),
        "words": Answer(text="A chat"),
        "tested-design": Answer(options=("yes-5",)),
        "tested-live": Answer(state="unknown"),
    }
    assessment = Assessment(
        id="counted",
        purchase=Purchase(id="p-2", title="Chat", buyer="A body"),
        supplier=Supplier(name="Northwind"),
        answer_set=AnswerSet(as_of="2026-11-23", answers=answers),
    )
    return Exported(assessment, framework)


def test_points_stand_beside_risks_in_the_answers(core, assessment, counted):
    """Each where its method counts them; what is not answered has neither."""
    found = rows(EXPORTS["answers-csv"].write([Exported(assessment, core), counted]))
    ours = {row["question"]: row for row in found if row["assessment_id"] == "counted"}
    theirs = {row["question"]: row for row in found if row["assessment_id"] == "a-1"}

    assert list(ours) == list(counted.framework.by_id)
    assert {name: row["points"] for name, row in ours.items() if row["points"]} == {
        "effect": "4",
        "harms": "3",
        "tested-design": "5",
    }
    assert {row["risk"] for row in ours.values()} == {""}
    assert {row["weight"] for row in ours.values()} == {""}
    assert {row["points"] for row in theirs.values()} == {""}
    assert (theirs["DP-02"]["risk"], theirs["DP-02"]["weight"]) == (
        "2",
        str(core.by_id["DP-02"].weight),
    )


def test_answers_of_every_kind_are_written_out(core, counted):
    """Several options by ids and labels; a text; whether it applies."""
    found = {r["question"]: r for r in rows(EXPORTS["answers-csv"].write([counted]))}

    assert (found["harms"]["option"], found["harms"]["answer"]) == (
        "readers-2 staff-1",
        "Readers; Staff",
    )
    assert (found["words"]["option"], found["words"]["answer"]) == ("", "A chat")
    assert found["tested-live"]["state"] == "unknown"
    assert [found[name]["applies"] for name in ("harms", "gone", "tested-live")] == [
        "yes",
        "no",
        "no",
    ]
    assert found["library"]["section"] == "facts"
    assert found["effect"]["note"] == "Everywhere"


def test_the_result_in_points_has_columns_of_its_own(core, assessment, counted):
    """Six figures as the score command writes them; the other method's columns stay empty."""
    stakes, points = rows(EXPORTS["assessments-csv"].write([Exported(assessment, core), counted]))
    result = score_to_document(counted.framework, counted.assessment.answer_set)
    names = ("raw", "max_raw", "mitigation", "max_mitigation", "current", "level")

    assert {name: points[name] for name in names} == {name: str(result[name]) for name in names}
    assert (points["raw"], points["current"], points["level"]) == ("7", "6", "3")
    assert {stakes[name] for name in names} == {""}
    assert points["open_questions"] == "1"
    assert int(stakes["open_questions"]) > 1
    for name in ("tier_low", "recommendation", "decision_high", "challenge", "stops_fired"):
        assert points[name] == ""
    assert stakes["recommendation"] == "not_ready"
    assert points["DP_residual_high"] == ""
    assert stakes["DP_residual_high"] != ""


def test_sections_that_only_hold_points_get_no_columns_of_scores(core, assessment, counted):
    data = EXPORTS["assessments-csv"].write([Exported(assessment, core), counted])
    header = next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert not [name for name in header if name.startswith(("about_", "designing_", "living_"))]
    assert len(header) == len(set(header))
    assert [len(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))] == [
        len(header)
    ] * 3


def test_nothing_scored_has_no_level_rather_than_zero(counted):
    assessment, framework = counted.assessment, counted.framework
    document = deepcopy(framework.document)
    for section in document["sections"]:
        for question in section["questions"]:
            question.pop("scores", None)
            for option in question.get("options", ()):
                option.pop("points", None)
    unscored = framework_from_document(document)

    (row,) = rows(EXPORTS["assessments-csv"].write([Exported(assessment, unscored)]))

    assert (row["raw"], row["max_raw"], row["level"]) == ("0", "0", "")


def test_a_record_of_points_reads_back_and_verifies(counted):
    data = EXPORTS["json"].write([counted])

    assert verify_record(data, score_to_document) == []
    assert read_record(data, score_to_document).assessment == counted.assessment
