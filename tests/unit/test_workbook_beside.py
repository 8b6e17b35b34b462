"""What goes with the answers: by when, whom to ask, who answers, until when, and in confidence."""

import datetime

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Answer, Marking
from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, verify
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.difference import compare
from procurement_risk.formats.workbook.stamps import stamp_in
from procurement_risk.formats.workbook.writing import write_workbook
from procurement_risk.imports import workbook as import_workbook
from procurement_risk.imports.workbook import accept_rows, open_return
from procurement_risk.storage import open_store
from tests.support.places import ROOT
from tests.support.workbook_examples import (
    ANSWER,
    FRAMEWORK,
    ISSUED_AT,
    assessment,
    filled,
    opened,
    returned,
    saved,
    workbook,
)

EMPTY = workbook()
UNTIL, CLAIM, WHY = "H", "I", "J"
REASON = "It names our subcontractor's prices"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    monkeypatch.setattr(import_workbook, "apart", read_cells)


@pytest.fixture
def store(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    held = open_store(url)
    held.create(assessment(), FRAMEWORK, "Ana")
    yield held
    held.close()


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def difference(cells, stands=None):
    return compare(returned(filled(cells, EMPTY)), assessment(stands or {}), FRAMEWORK)


def signed(data=EMPTY, name="Ann Bee", role="Director", day="2026-12-01"):
    book = opened(data)
    for row, value in enumerate((name, role, day), start=2):
        book["Who answers"][f"B{row}"].value = value
    return saved(book)


# --- By when, and whom to ask ---


def test_the_workbook_says_by_when_and_whom_to_ask():
    data = write_workbook(
        assessment(), FRAMEWORK, ISSUED_AT, return_by="2026-12-10", contact="=ann@example.org"
    )
    lines = [cell.value for cell in opened(data)["Instructions"]["A"]]

    assert "Please return it by 10 December 2026." in lines
    assert "Questions about it: =ann@example.org" in lines
    assert returned(data).stamp.return_by == "2026-12-10"
    assert returned(data).remarks == ()
    assert stamp_in(read_cells(EMPTY)).return_by == ""


def test_the_command_writes_both(store, tmp_path):
    out = tmp_path / "out.xlsx"
    given = ("--return-by", "2026-12-10", "--contact", "ann@example.org", "-o", out, "case")

    assert run("export", "--format", "workbook", *given).exit_code == 0
    assert "To be returned by 2026-12-10." in run("import-workbook", out).stdout
    other = run("export", "--format", "json", "--contact", "me", "-o", out, "case")
    assert "The format json has no place for contact." in other.output
    wrong = run("export", "--format", "workbook", "--return-by", "10/12/26", "-o", out, "case")
    assert "Return it by is not a date." in wrong.output
    assert (other.exit_code, wrong.exit_code) == (1, 1)


def test_every_extra_has_an_option_of_the_command():
    named = {extra.name for export in EXPORTS.values() for extra in export.extras}

    assert named <= {each.opts[0][2:] for each in main.commands["export"].params}


# --- Who answers for it ---


def test_who_answers_is_read_and_stands_in_the_history(store):
    data = signed(filled({"S-01": {ANSWER: "No"}}, EMPTY))
    found = open_return(store, data, "back.xlsx")
    done = accept_rows(store, found, ["S-01"], "Ben")

    assert found.returned.signature.words == "Ann Bee, Director, 1 December 2026"
    assert found.difference.remarks == ()
    line = store.history("case")[-1]
    assert line.reason.endswith("answered for by Ann Bee, Director, 2026-12-01")
    assert verify.ACCEPTED.fullmatch(line.reason)[1] == done.digest


def test_a_day_that_could_be_two_is_named_and_the_rest_is_read():
    found = returned(signed(day="03/04/2026"))

    assert (found.signature.name, found.signature.day) == ("Ann Bee", "")
    (problem,) = found.problems
    assert problem.where == "Who answers!B4"
    assert "not a date that has only one reading" in problem.message
    assert returned(signed(day=datetime.date(2026, 12, 1))).signature.day == "2026-12-01"
    assert returned(EMPTY).signature.words == ""


def test_the_sheet_may_be_renamed_and_more_on_it_is_named():
    book = opened(signed())
    book["Who answers"].title = "Signature"
    book["Signature"]["D2"].value = "Not binding"
    found = returned(saved(book))

    assert found.signature.role == "Director"
    assert ("Signature!2", "sheet", "Not binding") in [
        (each.place, each.kind, each.text) for each in found.remarks
    ]


# --- Until when the evidence is valid ---


def test_evidence_is_valid_until_the_day_that_is_given():
    (row,) = difference({"S-01": {ANSWER: "No", UNTIL: "2027-03-31"}}).rows
    assert row.after.valid_until == "2027-03-31"

    (problem,) = difference({"S-01": {ANSWER: "No", UNTIL: "next May"}}).problems
    assert problem.where == "Questions!H3"


def test_a_day_beside_evidence_that_was_checked_goes_into_the_note():
    checked = Answer(options=("c",), evidence="E3", valid_until="2026-12-31")
    (row,) = difference(
        {"S-01": {ANSWER: "No", UNTIL: datetime.date(2027, 3, 31)}}, {"S-01": checked}
    ).rows

    assert (row.kind, row.after.valid_until) == ("added", "2026-12-31")
    assert row.after.note == "Supplier's evidence valid until: 2027-03-31"


# --- In confidence ---

CLAIMED = {"S-01": {ANSWER: "No", CLAIM: "yes", WHY: REASON}, "S-08": {ANSWER: "No", CLAIM: "No"}}


def test_a_claim_becomes_a_marking_only_when_it_is_accepted(store):
    data = filled(CLAIMED, EMPTY)
    found = open_return(store, data, "back.xlsx")
    (claim,) = found.difference.claims
    assert (claim.question.id, claim.place, claim.reason) == ("S-01", "Questions!I3", REASON)

    accept_rows(store, found, ["S-01"], "Ben")
    assert store.load("case").assessment.markings == {}

    done = accept_rows(store, found, [], "Ben", ["S-01"], "2028-01-31")
    assert done.marked == ("S-01",)
    assert store.load("case").assessment.markings == {
        "answers.S-01.answer": Marking(ground="commercial", reason=REASON, until="2028-01-31")
    }
    (again,) = open_return(store, data, "back.xlsx").difference.claims
    assert again.marking.until == "2028-01-31"


def test_a_marking_that_somebody_changed_meanwhile_is_not_written_over(store):
    found = open_return(store, filled(CLAIMED, EMPTY), "back.xlsx")
    other = {"purchase.title": {"ground": "public"}}
    store.save("case", "markings", other, 0, "Cy")

    done = accept_rows(store, found, ["S-01"], "Ben", ["S-01"], "2028-01-31")

    assert "Cy" in done.problems[0].message
    assert (done.written, done.marked) == ((), ())
    assert list(store.load("case").assessment.markings) == ["purchase.title"]
    assert "S-01" not in store.load("case").assessment.answer_set.answers


@pytest.mark.parametrize(("claims", "until"), [(["S-08"], "2028-01-31"), (["S-01"], "soon")])
def test_what_is_not_claimed_or_has_no_last_day_is_refused(store, claims, until):
    found = open_return(store, filled(CLAIMED, EMPTY), "back.xlsx")

    with pytest.raises(UsageError):
        accept_rows(store, found, ["S-01"], "Ben", claims, until)
    assert "S-01" not in store.load("case").assessment.answer_set.answers


def test_a_claim_without_a_reason_is_named_and_its_answer_is_still_offered():
    found = difference({"S-01": {ANSWER: "No", CLAIM: "Yes"}})

    assert [row.question.id for row in found.offered] == ["S-01"]
    (problem,) = found.problems
    assert problem.where == "Questions!I3"
    assert "without a reason" in problem.message


def test_what_is_unclear_is_no_claim():
    assert "neither Yes nor No" in difference({"S-01": {CLAIM: "perhaps"}}).problems[0].message
    both = difference({"S-01": {ANSWER: "No", CLAIM: "No", WHY: REASON}})
    assert "Correct one of the two" in both.problems[0].message
    (alone,) = difference({"S-01": {ANSWER: "No", WHY: REASON}}).claims
    assert alone.place == "Questions!J3"


def test_the_commands_name_claims_and_mark_them_where_told(store, tmp_path):
    folder = tmp_path / "returns"
    folder.mkdir()
    back = folder / "back.xlsx"
    back.write_bytes(signed(filled(CLAIMED, EMPTY)))

    shown = run("import-workbook", back)
    assert f"S-01 is claimed to be confidential: {REASON}" in shown.stdout
    assert "Answered for by: Ann Bee, Director, 1 December 2026" in shown.stdout
    assert "  claimed to be confidential: S-01" in run("check-returns", folder).stdout
    assert run("import-workbook", "--accept", "--claim", "S-01", back).exit_code == 2
    done = run("import-workbook", "--accept", "--claim", "S-01", "--until", "2028-01-31", back)
    assert "Marked as commercial until 2028-01-31: S-01" in done.stdout
    assert list(store.load("case").assessment.markings) == ["answers.S-01.answer"]


# --- Workbooks of before ---


def test_the_first_form_asks_for_none_of_this():
    found = returned((ROOT / "tests/support/workbooks/form-1.xlsx").read_bytes())

    assert (found.problems, found.remarks, found.signature.words) == ((), (), "")
    assert {row.claim + row.valid_until for row in found.rows.values()} == {""}
