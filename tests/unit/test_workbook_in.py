"""A workbook against what stands: the difference, what is written, and what is kept."""

import csv
import json
from dataclasses import replace
from hashlib import sha256

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Answer, AnswerSet, Supplier, reviewing
from procurement_risk.cli.main import main
from procurement_risk.errors import (
    NotAllowed,
    NotFound,
    StaleFramework,
    StorageError,
    UsageError,
)
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.difference import compare
from procurement_risk.framework.document import framework_from_document
from procurement_risk.imports import workbook as import_workbook
from procurement_risk.imports.workbook import accept_rows, open_return
from procurement_risk.storage import history_words, open_store, tables
from procurement_risk.storage.people.person import ALL, Held, Person
from procurement_risk.storage.returns import Accepted
from tests.support.ods_files import ods_of
from tests.support.workbook_examples import (
    ANSWER,
    FRAMEWORK,
    LINK,
    NOTE,
    PUT,
    REASON,
    assessment,
    document,
    filled,
    opened,
    returned,
    saved,
    workbook,
)

BEFORE, LATER = "2026-11-01T09:00:00Z", "2026-11-22T09:00:00Z"
EMPTY = workbook()


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """Reading apart is tested with hostile files; here it would only take longer."""
    monkeypatch.setattr(import_workbook, "apart", read_cells)


@pytest.fixture
def url(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    return url


@pytest.fixture
def store(url):
    held = open_store(url)
    held.create(assessment(STANDS), FRAMEWORK, "Ana")
    yield held
    held.close()


def difference(cells, stands):
    found = returned(filled(cells, EMPTY))
    return compare(found, assessment(stands), FRAMEWORK)


def only_row(cells, stands):
    (row,) = difference(cells, stands).rows
    return row


STANDS = {
    "S-01": Answer(
        options=("a",), evidence="E3", note="Ours", link="folder/1", by="Ana", at=BEFORE
    ),
    "S-05": Answer(text="12", evidence="E0", by="Ana", at=BEFORE),
}


# --- The difference ---


def test_an_answer_where_none_stands_is_new_and_rests_on_the_suppliers_word():
    row = only_row({"S-02": {ANSWER: "No", LINK: "Annex", NOTE: "Since May"}}, {})

    assert (row.kind, row.takes_care, row.grade_falls) == ("new", False, "")
    assert row.after == Answer(
        options=("c",), evidence="E1", link="Annex", note="Supplier's comment: Since May"
    )


def test_another_answer_falls_to_the_suppliers_word_and_keeps_our_note():
    before = replace(STANDS["S-01"], valid_until="2027-01-01")
    row = only_row({"S-01": {ANSWER: "No", NOTE: "Changed"}}, {"S-01": before})

    assert (row.kind, row.takes_care, row.grade_falls) == ("changed", True, "E3")
    assert (row.after.evidence, row.after.link, row.after.valid_until) == ("E1", "folder/1", "")
    assert row.after.note == "Ours\nSupplier's comment: Changed"


def test_the_same_answer_keeps_its_grade():
    row = only_row({"S-01": {ANSWER: "Yes, and shown"}}, STANDS)
    assert (row.kind, row.after.evidence) == ("same", "E3")

    row = only_row({"S-05": {ANSWER: 12}}, STANDS)
    assert (row.kind, row.after.evidence, row.takes_care) == ("added", "E1", False)


def test_another_reference_never_stands_under_a_grade_that_it_did_not_earn():
    row = only_row({"S-01": {ANSWER: "Yes, and shown", LINK: "new.pdf"}}, STANDS)

    assert (row.kind, row.after.evidence, row.after.link) == ("added", "E3", "folder/1")
    assert row.after.note == "Ours\nSupplier's evidence: new.pdf"


def test_a_grade_without_a_reference_does_not_come_to_rest_on_theirs():
    before = replace(STANDS["S-01"], link="")
    row = only_row({"S-01": {ANSWER: "Yes, and shown", LINK: "new.pdf"}}, {"S-01": before})

    assert (row.after.evidence, row.after.link) == ("E3", "")
    assert row.after.note == "Ours\nSupplier's evidence: new.pdf"


def test_a_comment_alone_leaves_the_answer_as_it_is():
    row = only_row({"S-01": {NOTE: "See annex"}}, STANDS)
    assert (row.kind, row.after.options) == ("added", ("a",))

    row = only_row({"S-02": {NOTE: "Not yet"}}, {})
    assert (row.kind, row.after.state, row.after.note) == (
        "added",
        "unanswered",
        "Supplier's comment: Not yet",
    )


def test_what_a_supplier_does_not_answer_is_kept_as_its_answer():
    row = only_row({"S-01": {ANSWER: "We will not say", REASON: "Trade secret"}}, STANDS)

    assert (row.after.state, row.after.options, row.after.evidence) == ("withheld", (), "E0")
    assert row.after.note == "Ours\nSupplier's reason: Trade secret"
    assert (row.grade_falls, row.words_after) == ("E3", "We will not say")


def test_a_reason_goes_with_not_applicable():
    row = only_row({"S-01": {ANSWER: "Not applicable", REASON: "No data"}}, {})

    assert (row.after.state, row.after.reason) == ("not_applicable", "No data")
    assert row.words_after == "Not applicable: No data"


def test_what_was_written_since_the_workbook_was_issued_asks_for_care():
    stands = {"S-05": Answer(text="12", evidence="E1", by="Ana", at=LATER)}
    row = only_row({"S-05": {ANSWER: "13"}}, stands)

    assert (row.since, row.takes_care) == (LATER, True)
    assert only_row({"S-05": {ANSWER: "13"}}, STANDS).since == ""


def test_empty_and_missing_rows_change_nothing():
    book = opened(EMPTY)
    book["Questions"].delete_rows(3)
    found = compare(returned(saved(book)), assessment(STANDS), FRAMEWORK)

    assert found.rows == ()
    assert found.missing == ("S-01",)
    assert found.empty == PUT[1:]


def test_a_note_that_would_get_too_long_is_a_problem_by_its_cell():
    stands = {"S-01": replace(STANDS["S-01"], note="x" * 4_990)}
    found = difference({"S-01": {NOTE: "y" * 100}}, stands)

    assert found.rows == ()
    assert [each.where for each in found.problems] == ["Questions!D3"]
    assert "5,000" in found.problems[0].message


# --- Writing ---

CELLS = {
    "S-01": {ANSWER: "No"},
    "S-02": {ANSWER: "Yes, and shown"},
    "S-03": {ANSWER: "United States"},
    "S-04": {ANSWER: "**bold** <b>=1+1"},
}


def test_nothing_is_written_until_it_is_accepted(store):
    opened_return = open_return(store, filled(CELLS, EMPTY), "back.xlsx")

    assert [row.question.id for row in opened_return.difference.offered] == list(CELLS)
    assert store.load("case").assessment == assessment(
        STANDS, created_at=store.load("case").assessment.created_at, created_by="Ana"
    )
    assert store.returns(FRAMEWORK, Supplier(name="Example AI Ltd")) == []


def test_what_is_accepted_is_written_with_the_files_digest_as_its_reason(store):
    data = filled(CELLS, EMPTY)
    opened_return = open_return(store, data, "back.xlsx")
    done = accept_rows(store, opened_return, ["S-02", "S-03"], "Ben")

    stands = store.load("case").assessment.answer_set.answers
    assert done.written == ("S-02", "S-03")
    assert done.digest == sha256(data).hexdigest()
    assert stands["S-01"] == STANDS["S-01"]
    assert (stands["S-02"].options, stands["S-02"].evidence) == (("a",), "E1")
    assert stands["S-02"].by == "Example AI Ltd"
    assert stands["S-03"].options == ("us",)
    assert "S-04" not in stands
    lines = [each for each in store.history("case") if each.by == "Ben"]
    assert [each.part for each in lines] == ["answer:S-02", "answer:S-03"]
    assert {each.reason for each in lines} == {
        f"Accepted from the supplier's workbook, issue {opened_return.stamp.issue}, "
        f"SHA-256 {done.digest}"
    }
    assert [history_words.words(FRAMEWORK, each).split("; ")[-1] for each in lines] == [
        "said by Example AI Ltd, accepted by Ben"
    ] * 2
    assert store.verify_history("case") == []


def test_where_people_sign_in_the_answer_is_the_suppliers_and_they_accepted_it(store):
    """Neither passes for the other: not the supplier for the officer, nor the other way."""
    officer = Person(id="g", name="Grace", roles=(Held("officer", ALL),), how="oidc")
    data = filled(CELLS, EMPTY)
    done = accept_rows(store.acting(officer), open_return(store, data, "back.xlsx"), ["S-02"], "B")
    assert (done.written, done.problems) == (("S-02",), ())
    stands = store.load("case").assessment.answer_set.answers["S-02"]
    assert stands.by == "Example AI Ltd"
    line = store.history("case")[-1]
    assert line.by == "Grace"
    assert history_words.words(FRAMEWORK, line).endswith(
        "said by Example AI Ltd, accepted by Grace"
    )
    section = FRAMEWORK.by_id["S-02"].section
    assert {"Grace", "Example AI Ltd"} <= reviewing.fillers([line], FRAMEWORK, section)

    value = {"option": "a", "by": "Example AI Ltd"}
    accepted = Accepted("0" * 64, "1A2B-3C4D")
    with pytest.raises(NotFound, match="No file with the SHA-256"):  # no file that says so
        store.acting(officer).save_returned("case", "answer:S-03", value, 0, "G", accepted)
    with pytest.raises(UsageError, match="Only an answer"):
        store.acting(officer).save_returned(
            "case", "purchase", {}, 1, "G", Accepted(done.digest, "1A2B-3C4D")
        )
    auditor = Person(id="a", name="Al", roles=(Held("auditor", ALL),), how="oidc")
    with pytest.raises(NotAllowed):
        store.acting(auditor).save_returned(
            "case", "answer:S-03", value, 0, "G", Accepted(done.digest, "1A2B-3C4D")
        )


def test_a_comment_beside_our_answer_does_not_make_it_theirs(store):
    data = filled({"S-01": {NOTE: "Seen"}}, EMPTY)
    accept_rows(store, open_return(store, data, "back.xlsx"), ["S-01"], "Ben")

    stands = store.load("case").assessment.answer_set.answers["S-01"]
    assert (stands.by, stands.evidence) == ("Ana", "E3")
    assert stands.note == "Ours\nSupplier's comment: Seen"
    assert "said by" not in history_words.words(FRAMEWORK, store.history("case")[-1])


def test_the_file_is_kept_once_just_as_it_came(store):
    data = filled(CELLS, EMPTY)
    for _time in range(2):
        done = accept_rows(store, open_return(store, data, "back.xlsx"), [], "Ben")

    (kept,) = store.returns(FRAMEWORK, Supplier(name="EXAMPLE ai ltd"))
    assert (kept.name, kept.size, kept.by, kept.digest) == (
        "back.xlsx",
        len(data),
        "Ben",
        done.digest,
    )
    assert (kept.assessment_id, kept.supplier.name) == ("case", "Example AI Ltd")
    assert store.kept_file(done.digest) == data
    assert store.returns(FRAMEWORK, Supplier(name="Another Ltd")) == []
    with pytest.raises(NotFound):
        store.kept_file("0" * 64)


def test_a_kept_file_that_was_altered_is_not_given_out(store):
    done = accept_rows(store, open_return(store, filled(CELLS, EMPTY), "b.xlsx"), [], "Ben")
    with store.engine.begin() as connection:
        connection.execute(tables.kept_file.update().values(content=b"other"))

    with pytest.raises(StorageError, match="was altered"):
        store.kept_file(done.digest)


def test_taking_the_same_file_again_finds_nothing_new(store):
    data = filled({**CELLS, "S-02": {ANSWER: "No", NOTE: "Twice", LINK: "a.pdf"}}, EMPTY)
    accept_rows(store, open_return(store, data, "back.xlsx"), list(CELLS), "Ben")

    again = open_return(store, data, "back.xlsx").difference

    assert again.offered == ()
    assert [row.kind for row in again.rows] == ["same"] * 4


def test_what_somebody_wrote_meanwhile_is_not_written_over(store):
    opened_return = open_return(store, filled(CELLS, EMPTY), "back.xlsx")
    store.save("case", "answer:S-02", {"option": "b"}, 0, "Cy")

    done = accept_rows(store, opened_return, list(CELLS), "Ben")

    assert done.written == ("S-01", "S-03", "S-04")
    (problem,) = done.problems
    assert problem.where == "S-02"
    assert "Cy" in problem.message
    assert store.load("case").assessment.answer_set.answers["S-02"].options == ("b",)


def test_a_workbook_of_another_version_is_refused_and_named(store):
    changed = framework_from_document(document(version="2"))
    data = workbook(framework=changed)

    found = open_return(store, data, "back.xlsx")

    assert found.difference is None
    assert "belongs to small, version 2" in found.refusal
    assert "stands on small, version 1" in found.refusal
    with pytest.raises(UsageError, match="version 2"):
        accept_rows(store, found, ["S-01"], "Ben")


def test_an_assessment_that_was_moved_meanwhile_takes_nothing(store):
    found = open_return(store, filled(CELLS, EMPTY), "back.xlsx")
    stored = store.load("case")
    moved = framework_from_document(document(version="2"))
    store.move(stored.assessment, moved, stored.revision, "Cy")

    with pytest.raises(StaleFramework):
        accept_rows(store, found, list(CELLS), "Ben")
    assert store.returns(FRAMEWORK, stored.assessment.supplier) == []


def test_a_workbook_whose_assessment_is_elsewhere_says_so(store):
    with pytest.raises(NotFound, match=r"is not here: issue [0-9A-F-]{9}, framework small"):
        open_return(store, workbook(assessment(id="elsewhere")), "back.xlsx")


def test_what_a_supplier_sent_back_may_be_used_for_another_purchase_from_it(store):
    same = Supplier(name="example ai LTD")
    blank = AnswerSet(as_of="2026-11-23")
    store.create(assessment(id="second", supplier=same, answer_set=blank), FRAMEWORK, "Ana")
    store.create(
        assessment(id="third", supplier=Supplier(name="Rival Ltd"), answer_set=blank),
        FRAMEWORK,
        "A",
    )
    data = filled(CELLS, EMPTY)
    done = accept_rows(store, open_return(store, data, "back.xlsx"), [], "Ben")
    (kept,) = store.returns(FRAMEWORK, same)

    again = open_return(store, store.kept_file(kept.digest), kept.name, "second")
    accept_rows(store, again, ["S-01"], "Ben")

    assert again.is_reused
    assert {row.kind for row in again.difference.offered} == {"new"}
    assert store.load("second").assessment.answer_set.answers["S-01"].options == ("c",)
    assert {each.assessment_id for each in store.returns(FRAMEWORK, same)} == {"case", "second"}
    assert kept.digest == done.digest
    with pytest.raises(UsageError, match="not sent out to Rival Ltd"):
        open_return(store, data, "back.xlsx", "third")


# --- The command line ---


@pytest.fixture
def run(store):
    def run(*arguments):
        result = CliRunner().invoke(main, [str(each) for each in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def test_export_writes_a_workbook_that_import_takes(run, store, tmp_path):
    out, back = tmp_path / "out.xlsx", tmp_path / "back.xlsx"
    assert run("export", "--format", "workbook", "-o", out, "case").exit_code == 0
    back.write_bytes(filled(CELLS, out.read_bytes()))

    shown = run("import-workbook", back)
    assert shown.exit_code == 0
    assert "S-01 (changed, Questions!D3)" in shown.stdout
    assert "  - Yes, and shown, E3, falls to E1\n  + No, E1\n" in shown.stdout
    assert "4 to accept, 0 the same, 4 empty, 0 not in the file, 0 problems" in shown.stdout
    assert shown.stdout.endswith("Nothing was written. Give --accept to write.\n")
    assert run("import-workbook", "--dry-run", back).stdout == shown.stdout

    accepted = run("import-workbook", "--accept", back)
    assert "3 answers written; the file is kept, SHA-256 " in accepted.stdout
    assert store.load("case").assessment.answer_set.answers["S-01"] == STANDS["S-01"]
    assert (
        "1 answer written" in run("import-workbook", "--accept", "--question", "S-01", back).stdout
    )
    assert store.load("case").assessment.answer_set.answers["S-01"].options == ("c",)


def test_import_names_every_problem_and_exits_with_one(run, tmp_path):
    back = tmp_path / "back.xlsx"
    back.write_bytes(filled({"S-01": {ANSWER: "Perhaps"}, "S-05": {ANSWER: "many"}}, EMPTY))

    result = run("import-workbook", back)

    assert result.exit_code == 1
    assert "Questions!D3: “Perhaps” is not one of the choices" in result.stderr
    assert "Questions!D7: “many” is not a number" in result.stderr
    assert run("import-workbook", "--accept", "--dry-run", back).exit_code == 2
    assert (
        "Nothing can be written for S-09"
        in run("import-workbook", "--question", "S-09", back).stderr
    )


def test_import_of_another_version_says_how_to_get_the_right_one(run, tmp_path):
    back = tmp_path / "back.xlsx"
    back.write_bytes(workbook(framework=framework_from_document(document(version="2"))))

    result = run("import-workbook", back)

    assert result.exit_code == 1
    assert "export --format workbook -o FILE case" in result.stderr


def test_a_folder_of_returns_makes_one_report(run, store, tmp_path):
    folder, outside = tmp_path / "returns", tmp_path / "outside.xlsx"
    (folder / "inner.xlsx").mkdir(parents=True)
    data = filled({**CELLS, "S-05": {ANSWER: "many"}}, EMPTY)
    (folder / "a good one.xlsx").write_bytes(data)
    (folder / "b.XLSX").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (folder / "notes.txt").write_text("not read")
    (folder / "~$a good one.xlsx").write_text("a lock of Excel's")
    outside.write_bytes(data)
    (folder / "link.xlsx").symlink_to(outside)
    (folder / "=cmd\nx.xlsx").write_bytes(workbook(assessment(id="elsewhere")))

    result = run("check-returns", "--json", "--csv", tmp_path / "table.csv", folder)
    found = {each["file"]: each for each in json.loads(result.stdout)}

    assert result.exit_code == 1
    assert set(found) == {
        "a good one.xlsx", "b.XLSX", "inner.xlsx", "link.xlsx", "=cmd\nx.xlsx", "notes.txt",
        "~$a good one.xlsx",
    }  # fmt: skip
    assert "This is no workbook" in found["notes.txt"]["problems"][0]["message"]
    assert "open in a program" in found["~$a good one.xlsx"]["problems"][0]["message"]
    good = found["a good one.xlsx"]
    assert (good["assessment"], good["digest"]) == ("case", sha256(data).hexdigest())
    assert good["counts"] == {
        "answered": 4, "changes": 4, "empty": 3, "missing": 0, "refused": 1, "problems": 1,
    }  # fmt: skip
    assert [each["where"] for each in good["problems"]] == ["Questions!D7"]
    assert "password" in found["b.XLSX"]["problems"][0]["message"]
    for name in ("link.xlsx", "inner.xlsx"):
        assert found[name]["digest"] == ""
        assert "a link or a folder" in found[name]["problems"][0]["message"]
    assert "is not here" in found["=cmd\nx.xlsx"]["problems"][0]["message"]
    table = list(csv.reader((tmp_path / "table.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in table] == [
        "file", "'=cmd x.xlsx", "a good one.xlsx", "b.XLSX", "inner.xlsx", "link.xlsx",
        "notes.txt", "~$a good one.xlsx",
    ]  # fmt: skip
    assert store.returns(FRAMEWORK, Supplier(name="Example AI Ltd")) == []
    plain = run("check-returns", folder).stdout
    assert "  case: Case triage, Example AI Ltd; issue " in plain
    assert "  4 answered, 4 changes, 3 empty, 0 missing, 1 refused, 1 problem\n" in plain


def test_a_folder_that_is_none_is_said_so(run, tmp_path):
    assert "Name a folder of workbooks" in run("check-returns", tmp_path / "no").stderr
    refused = run("check-returns", tmp_path).stderr
    assert "There is no XLSX file" in refused
    assert "Not read: store.sqlite3" in refused


def test_a_folder_may_hold_other_formats(run, tmp_path):
    folder = tmp_path / "returns"
    folder.mkdir()
    (folder / "a.ods").write_bytes(ods_of(filled(CELLS, EMPTY)))
    (folder / "b.csv").write_text("Number,Your answer\n")

    result = run("check-returns", "--json", folder)
    good, bad = json.loads(result.stdout)

    assert (good["counts"]["answered"], good["problems"]) == (4, [])
    assert "does not say which assessment" in bad["problems"][0]["message"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("old.xls", "password, or is an old .xls file"),
        (".hidden.xlsx", "a hidden file"),
        (".~lock.good.xlsx#", "open in a program"),
        ("letter.docx", "This is no workbook"),
    ],
)
def test_whatever_a_folder_holds_beside_is_named_and_exits_with_one(run, tmp_path, name, why):
    folder = tmp_path / "returns"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(EMPTY)
    assert run("check-returns", folder).exit_code == 0

    (folder / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    result = run("check-returns", folder)

    assert result.exit_code == 1
    assert name in result.stdout
    assert why in result.stdout
