"""The audit pack: everything is there, the same bytes each time, and any change is told."""

import ast
import contextlib
import hashlib
import io
import json
from dataclasses import replace
from random import Random

import pytest

from procurement_risk.assessment.record import verify_record
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, bulk, json_record, verify
from procurement_risk.exports.export import Exported
from procurement_risk.exports.gather import gather
from procurement_risk.exports.leadership import pdf as leadership_pdf
from procurement_risk.methods import score_to_document
from procurement_risk.storage import open_store
from tests.support.audit_packs import (
    PROGRAM,
    chained,
    fill,
    packed,
    put,
    record_sealed,
    run,
    sealed,
    unpacked,
)
from tests.support.older_history import as_older
from tests.support.places import ROOT

SCHEMAS = ROOT / "schemas"
EXPORT = EXPORTS["audit-pack"]
NAMES = [
    "README.txt",
    "checkpoint.txt",
    "evidence.json",
    "framework.json",
    "framework.yaml",
    "history.jsonl",
    "leadership.pdf",
    "manifest.json",
    "page.json",
    "record.json",
    "verify.py",
]

OWN = [name for name in NAMES if name not in ("README.txt", "checkpoint.txt", "manifest.json")]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'a.sqlite3'}")
    fill(store)
    yield store
    store.close()


def pack(store, *ids):
    return EXPORT.write(gather(store, ids, EXPORT.wants))


@pytest.fixture(scope="module")
def data(store):
    return pack(store, "stakes")


@pytest.fixture(scope="module")
def files(data):
    return unpacked(data)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A copy of the verifier that an auditor has from somewhere else."""
    folder = tmp_path_factory.mktemp("auditor")
    (folder / "verify.py").write_bytes(PROGRAM.read_bytes())
    return folder / "verify.py"


def problems(files, checkpoint=""):
    return verify.check_pack(io.BytesIO(packed(files)), checkpoint).problems


def lines_of(files):
    return [json.loads(line) for line in files["history.jsonl"].splitlines()]


# --- What is in it


def test_everything_is_there(files):
    assert sorted(files) == NAMES
    assert verify_record(files["record.json"], score_to_document) == []
    assert files["verify.py"] == PROGRAM.read_bytes()
    assert files["leadership.pdf"].startswith(b"%PDF")
    manifest = json.loads(files["manifest.json"])
    assert [each["file"] for each in manifest["files"]] == sorted({*NAMES} - {"manifest.json"})
    assert manifest["left_out"] == []


def test_the_history_is_all_that_the_store_has(store, files):
    entries = store.history("stakes")
    lines = lines_of(files)
    assert [(line["seq"], line["hash"]) for line in lines] == [(e.seq, e.hash) for e in entries]
    assert lines[-1]["part"] == "assessment"
    assert {"before": {"option": "a", "by": "Bo"}, "by": "Bo", "reason": "A mistake"}.items() <= (
        next(line for line in lines if line["reason"] == "A mistake").items()
    )
    seq, head = store.head("stakes")
    digest = json.loads(files["record.json"])["digest"]
    seal = verify.seals(json.loads(files["manifest.json"]))[""]
    assert files["checkpoint.txt"].decode() == (
        f"assessment=stakes entries={seq} head={head} record={digest} pack={seal} "
        "software=procurement-risk 0.2.0\n"
    )


def test_evidence_that_ran_out_counts_as_none(files):
    evidence = json.loads(files["evidence.json"])
    rows = {row["question"]: row for row in evidence["answers"]}
    assert (rows["CX-1"]["evidence"], rows["CX-1"]["counts_as"]) == ("E2", "E0")
    assert (rows["DP-1"]["counts_as"], rows["DP-1"]["link"]) == ("E3", "https://example.org/a")
    assert evidence["files"] == []


def test_the_same_bytes_each_time(store, data):
    assert pack(store, "stakes") == data


def test_without_typst_the_manifest_says_why_there_is_no_pdf(store, monkeypatch):
    monkeypatch.setattr(leadership_pdf, "is_available", lambda: False)
    files = unpacked(pack(store, "stakes"))
    (left,) = json.loads(files["manifest.json"])["left_out"]
    assert left["file"] == "leadership.pdf"
    assert "typst, which is not installed" in left["why"]
    assert "leadership.pdf" not in files
    assert problems(files) == []


def test_a_record_without_history_makes_no_pack(store):
    found = store.load("stakes")
    with pytest.raises(UsageError, match="needs the history"):
        EXPORT.write([Exported(found.assessment, found.framework)])


# --- Run as an auditor runs it


def test_it_holds_in_a_folder_and_in_the_zip(data, files, tmp_path):
    folder = put(files, tmp_path / "pack")
    (tmp_path / "pack.zip").write_bytes(data)
    for result in (
        run(folder / "verify.py", cwd=folder),
        run(folder / "verify.py", "pack.zip", cwd=tmp_path),
        run(
            folder / "verify.py",
            "pack.zip",
            "--checkpoint",
            folder / "checkpoint.txt",
            cwd=tmp_path,
        ),
        run(folder / "verify.py", "--checkpoint", files["checkpoint.txt"].decode(), cwd=tmp_path),
    ):
        assert (result.returncode, result.stderr) == (0, "")
        assert "Everything that was checked holds." in result.stdout
        assert "DOES NOT" not in result.stdout
        assert "What this cannot show:" in result.stdout


@pytest.mark.parametrize("name", NAMES)
def test_any_changed_byte_is_told(name, files, tmp_path, elsewhere):
    rng = Random(name)
    place = rng.randrange(len(files[name]))
    changed = bytearray(files[name])
    changed[place] ^= 1 << rng.randrange(8)
    folder = put({**files, name: bytes(changed)}, tmp_path)
    result = run(elsewhere, folder, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (1, ""), place
    assert "DOES NOT" in result.stdout


def test_bytes_changed_anywhere_are_told(files):
    """The same without a process each: 40 places in every file."""
    for name in NAMES:
        rng = Random(f"more {name}")
        for _ in range(40):
            place = rng.randrange(len(files[name]))
            changed = bytearray(files[name])
            changed[place] ^= 1 << rng.randrange(8)
            assert problems({**files, name: bytes(changed)}), (name, place)


def test_the_zip_itself_may_be_cut_or_changed(data):
    for place in range(0, len(data), max(1, len(data) // 40)):
        assert not verify.check_pack(io.BytesIO(data[:place])).holds


@pytest.mark.parametrize("name", [name for name in NAMES if name != "manifest.json"])
def test_a_missing_file_is_named(name, files):
    left = {each: data for each, data in files.items() if each != name}
    assert f"{name} is missing." in problems(left)


def test_an_added_file_is_named(files):
    (found,) = problems({**files, "letter.pdf": b"%PDF"})
    assert found == "letter.pdf was added: manifest.json does not list it."


def test_all_problems_are_named_at_once(files):
    changed = {**files, "README.txt": b"?", "framework.yaml": b"?", "more.txt": b""}
    assert len(problems(changed)) == 3


# --- Changes that were sealed again


def test_a_dropped_line_is_told(files):
    lines = files["history.jsonl"].splitlines(keepends=True)
    for number in range(len(lines)):
        left = b"".join(lines[:number] + lines[number + 1 :])
        found = problems(sealed(files, **{"history.jsonl": left}))
        if number < len(lines) - 1:
            assert any("does not follow the line before" in each for each in found)


def test_reordered_lines_are_told(files):
    lines = files["history.jsonl"].splitlines(keepends=True)
    lines[3], lines[4] = lines[4], lines[3]
    found = problems(sealed(files, **{"history.jsonl": b"".join(lines)}))
    assert any("does not follow the line before" in each for each in found)


def test_a_history_cut_short_is_told_only_by_the_checkpoint(files):
    """The last two lines set the assessment aside and took it back: the record is as before."""
    left = b"".join(files["history.jsonl"].splitlines(keepends=True)[:-2])
    cut = sealed(files, **{"history.jsonl": left})
    assert problems(cut) == []
    (found,) = problems(cut, files["checkpoint.txt"].decode())
    assert "the history was cut short" in found


def test_a_history_written_anew_is_told_only_by_the_checkpoint(files):
    lines = lines_of(files)
    lines[3]["by"] = "Somebody else"
    anew = sealed(files, **{"history.jsonl": chained(lines)})
    assert problems(anew) == []
    (found,) = problems(anew, files["checkpoint.txt"].decode())
    assert "the history was written anew" in found


def test_a_history_that_went_on_agrees_with_an_earlier_checkpoint(files):
    lines = lines_of(files)
    digest = "0" * 64  # of another record, as it was then
    kept = (
        f"assessment=stakes entries=5 head={lines[4]['hash']} record={digest} "
        "software=procurement-risk 0.0.1"
    )
    report = verify.check_pack(io.BytesIO(packed(files)), f"\nKept by mail: {kept}\n")
    assert report.holds
    assert f"stakes: {len(lines) - 5} changes were made since the checkpoint." in report.notes


def test_a_later_version_of_the_toolkit_agrees_with_the_checkpoint(files):
    record = json.loads(files["record.json"])
    record["software"] = "procurement-risk 0.2.0"
    manifest = json.loads(files["manifest.json"])
    manifest["software"] = record["software"]
    later = sealed(
        files,
        **{"record.json": record_sealed(record), "manifest.json": verify.write_json(manifest)},
    )
    assert problems(later, files["checkpoint.txt"].decode()) == []


def test_another_record_than_at_the_checkpoint_is_told(files):
    line = files["checkpoint.txt"].decode().replace("record=", "record=ab")[:-1]
    line = line.replace(line.split("record=")[1][:66], line.split("record=")[1][:64])
    assert problems(files, line) == ["stakes: the record is not the one of the checkpoint."]


@pytest.mark.parametrize("text", ["nonsense", "assessment=stakes entries=x", "an empty file"])
def test_a_checkpoint_that_cannot_be_read_is_no_pass(files, text):
    (found,) = problems(files, text)
    assert "The checkpoint cannot be read" in found


def test_a_checkpoint_of_something_else_is_told(files):
    other = files["checkpoint.txt"].decode().replace("=stakes", "=other")
    assert problems(files, other) == ["The checkpoint names other, which is not in this pack."]


def test_a_changed_result_is_told_although_its_digest_was_made_anew(files):
    record = json.loads(files["record.json"])
    stated = record["result"]["recommendation"]
    record["result"]["recommendation"] = "proceed"
    (found,) = problems(sealed(files, **{"record.json": record_sealed(record)}))
    assert (
        f'result.recommendation is "proceed" in the record; its answers give "{stated}"' in found
    )


def test_a_changed_answer_is_told_although_all_else_was_sealed_again(files):
    """The history and every digest say the new answer; the result does not follow from it."""
    record = json.loads(files["record.json"])
    answer = record["assessment"]["answers"]["DP-1"]
    answer["option"] = "c"
    lines = lines_of(files)
    (line,) = (each for each in lines if each["part"] == "answer:DP-1")
    line["after"] = answer
    found = problems(
        sealed(
            files,
            **{
                "record.json": record_sealed(record),
                "history.jsonl": chained(lines),
                "evidence.json": verify.write_json(verify.evidence_of(record["assessment"])),
            },
        )
    )
    assert found
    assert all("the record; its answers give" in each for each in found)


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        (("answers", "CX-1", "note"), "Later", "answer:CX-1"),
        (("supplier", "name"), "Other Ltd", "supplier"),
        (("mitigations", 0, "note"), "Later", "mitigation:DP-1"),
        (("state",), "decided", "state"),
        (("decision",), {"decision": "proceed", "by": "X", "at": "2026-11-23"}, "decision"),
    ],
)
def test_a_record_that_the_history_does_not_lead_to_is_told(files, path, value, part):
    record = json.loads(files["record.json"])
    inside = record["assessment"]
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    found = problems(sealed(files, **{"record.json": record_sealed(record)}))
    assert any(each.startswith(f"stakes: {part} ") for each in found)


def test_another_framework_is_told(files):
    record = json.loads(files["record.json"])
    record["framework"]["title"] = "Another"
    found = problems(sealed(files, **{"record.json": record_sealed(record)}))
    assert found == [
        "stakes: framework.json is not the framework of the record.",
        "stakes: The history leads to another framework digest than the record has.",
    ]


def test_values_taken_out_leave_a_history_that_holds(store):
    """Older lines held no names apart, and nothing said what was taken out: the note says so."""
    (found,) = gather(store, ["stakes"], EXPORT.wants)
    history = tuple(
        replace(entry, before=None, after=None, salt="")
        if entry.part in ("answer:CX-2", "supplier")
        else entry
        for entry in as_older("stakes", list(found.history))
    )
    files = unpacked(EXPORT.write([replace(found, history=history)]))
    report = verify.check_pack(io.BytesIO(packed(files)))
    assert report.problems == []
    assert any("4 lines of history hold no values any more" in note for note in report.notes)
    assert [note for note in report.notes if "held against nothing" in note] == [
        "stakes: what the record says of answer:CX-2 is held against nothing.",
        "stakes: what the record says of supplier is held against nothing.",
    ]
    lines = lines_of(files)
    lines[-1]["salt"] = ""
    left = problems(sealed(files, **{"history.jsonl": chained(lines)}))
    assert left == [f"stakes: Line {len(lines)} of the history has values that nothing seals."]


# --- Several, and the other method


@pytest.fixture(scope="module")
def both(store):
    return pack(store, "stakes", "points")


def test_several_assessments_have_a_folder_each(store, both):
    files = unpacked(both)
    folders = sorted({name.split("/")[0] for name in files if "/" in name})
    assert [folder.rpartition("-")[0] for folder in folders] == [
        "case-triage-example-ai-ltd",
        "chat-northwind",
    ]
    assert sorted(name for name in files if "/" not in name) == [
        "README.txt",
        "checkpoint.txt",
        "manifest.json",
        "verify.py",
    ]
    assert len(files["checkpoint.txt"].splitlines()) == 2
    report = verify.check_pack(io.BytesIO(both), files["checkpoint.txt"].decode())
    assert report.problems == []
    assert pack(store, "points", "stakes") == both


def test_one_of_several_that_was_changed_is_named(both):
    files = unpacked(both)
    (name,) = (each for each in files if each.startswith("chat") and each.endswith("record.json"))
    record = json.loads(files[name])
    record["result"]["level"] = 1
    files[name] = record_sealed(record)
    found = problems(files)
    assert any("(points): result.level is 1 in the record; its answers give 2" in f for f in found)
    assert not any("(stakes)" in each for each in found)


def test_an_assessment_that_stands_twice_is_told_although_one_of_the_two_is_real(both, files):
    """Else a checkpoint would be held against the real one alone."""
    twice = {f"{folder}/{name}": files[name] for folder in "ab" for name in OWN if name in files}
    record = json.loads(files["record.json"])
    record["assessment"]["answers"]["DP-1"]["link"] = "https://example.org/never"
    lines = [json.loads(line) for line in files["history.jsonl"].splitlines()]
    for line in lines:
        if line["part"] == "answer:DP-1":
            line["after"] = record["assessment"]["answers"]["DP-1"]
    evidence = verify.write_json(verify.evidence_of(record["assessment"]))
    forged = {"record.json": record_sealed(record), "history.jsonl": chained(lines)}
    forged["evidence.json"] = evidence
    twice |= {f"a/{name}": data for name, data in forged.items()}
    histories = {forged["record.json"]: lines, files["record.json"]: lines_of(files)}
    line, real = (
        verify.checkpoint_line(json.loads(record), len(each), each[-1]["hash"])
        for record, each in histories.items()
    )
    twice["checkpoint.txt"] = f"{line}\n{real}\n".encode()
    manifest = json.loads(files["manifest.json"])
    manifest["assessments"] = [{"id": "stakes", "folder": f"{folder}/"} for folder in "ab"]
    manifest["files"] = [
        {"file": name, "sha256": verify.sha256(data), "bytes": len(data)}
        for name, data in sorted(twice.items())
    ]
    manifest["digest"] = verify.digest_without(manifest)
    twice["manifest.json"] = verify.write_json(manifest)

    report = verify.check_pack(io.BytesIO(packed(twice)), files["checkpoint.txt"].decode())
    assert report.problems == ["manifest.json names an assessment twice."]


def test_one_of_several_that_was_left_out_is_named(both):
    files = unpacked(both)
    found = problems({n: d for n, d in files.items() if not n.startswith("chat")})
    assert any("record.json is missing" in each for each in found)


def test_none_or_the_same_twice_makes_no_pack(store):
    with pytest.raises(UsageError, match="at least one"):
        EXPORT.write([])
    with pytest.raises(UsageError, match="'stakes' was chosen twice"):
        pack(store, "stakes", "stakes")


# --- The program itself


def test_the_program_needs_nothing_but_python_3_9():
    source = PROGRAM.read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 9))
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {
        "__future__", "argparse", "base64", "collections", "datetime", "fractions", "graphlib",
        "hashlib",
        "io", "itertools", "json", "math", "os", "pathlib", "re", "stat", "sys", "typing",
        "zipfile",
    }  # fmt: skip


# --- Files that the supplier sent back ---


WORKBOOK = b"PK a workbook, as it came"
DIGEST = hashlib.sha256(WORKBOOK).hexdigest()


@pytest.fixture
def returned(tmp_path):
    """A pack with a kept file, and a marking, and an assessment to be brought in again."""
    with contextlib.closing(open_store(f"sqlite:///{tmp_path / 'b.sqlite3'}")) as store:
        fill(store)
        store.keep_return("stakes", "../Example AI.xlsx", WORKBOOK, "Ana")
        marking = {"purchase.title": {"ground": "security", "reason": "It helps an attacker"}}
        store.save("stakes", "markings", marking, 0, "Ana")
        yield unpacked(pack(store, "stakes"))


def test_a_kept_file_lies_in_the_pack_as_it_came(returned):
    evidence = json.loads(returned["evidence.json"])
    digest = hashlib.sha256(WORKBOOK).hexdigest()
    (listed,) = evidence["files"]

    assert (listed["name"], listed["by"], listed["sha256"]) == (
        "../Example AI.xlsx",
        "Ana",
        digest,
    )
    assert listed["file"] == f"returns/{digest}.xlsx"
    assert returned[listed["file"]] == WORKBOOK
    assert problems(returned) == []


def test_a_kept_file_that_was_exchanged_is_told(returned):
    name = next(name for name in returned if name.startswith("returns/"))
    assert problems(sealed({**returned, name: WORKBOOK + b"!"})) == [
        f"stakes: {name} is not the file that evidence.json lists."
    ]


def test_a_kept_file_that_was_dropped_or_added_is_told(returned):
    name = next(name for name in returned if name.startswith("returns/"))
    left = {each: data for each, data in returned.items() if each != name}

    assert problems(sealed(left)) == [f"stakes: {name} is listed in evidence.json and missing."]
    assert problems(sealed({**returned, "returns/other.xlsx": b"PK"})) == [
        "stakes: returns/other.xlsx is not listed in evidence.json."
    ]


@pytest.fixture(scope="module")
def accepted(tmp_path_factory):
    """A pack with a workbook that an answer was accepted from."""
    reason = f"Accepted from the supplier's workbook, issue 3F2A-90C1, SHA-256 {DIGEST}"
    place = tmp_path_factory.mktemp("accepted") / "c.sqlite3"
    with contextlib.closing(open_store(f"sqlite:///{place}")) as store:
        fill(store)
        store.keep_return("stakes", "back.xlsx", WORKBOOK, "Ana")
        store.save("stakes", "answer:CX-2", {"option": "a"}, 3, "Ana", reason)
        return unpacked(pack(store, "stakes"))


def with_other_workbook(files, content):
    """The pack with another workbook in place of the kept one, and all of it sealed again."""
    evidence = json.loads(files["evidence.json"])
    digest = hashlib.sha256(content).hexdigest()
    own = {name: data for name, data in files.items() if not name.startswith("returns/")}
    (kept,) = evidence["files"]
    kept |= {"file": f"returns/{digest}.xlsx", "sha256": digest, "bytes": len(content)}
    own |= {kept["file"]: content, "evidence.json": verify.write_json(evidence)}
    return sealed(own)


def test_the_workbook_that_answers_were_accepted_from_has_to_be_there(accepted, returned):
    checkpoint = accepted["checkpoint.txt"].decode()
    report = verify.check_pack(io.BytesIO(packed(accepted)), checkpoint)
    assert report.holds
    assert (
        "stakes",
        True,
        "the workbooks that answers were accepted from are here",
    ) in report.lines
    assert not any("kept workbooks" in note for note in report.notes)

    forged = with_other_workbook(accepted, b"PK what they never said")
    report = verify.check_pack(io.BytesIO(packed(forged)), checkpoint)
    assert report.problems == [f"stakes: The workbook with the SHA-256 {DIGEST} is missing."]

    report = verify.check_pack(io.BytesIO(packed(returned)))
    assert any("no line of the history names: 1." in note for note in report.notes)


def test_the_program_knows_every_part_of_an_assessment():
    """One that was added to records and not to the program would make every pack fail."""
    schema = json.loads((SCHEMAS / "assessment.schema.json").read_text("utf-8"))

    assert set(schema["properties"]) == verify.PARTS | verify.ELSEWHERE


def test_a_record_is_made_once_in_an_export_of_many(store, monkeypatch):
    """It was made to see that it can be, and again for the pack."""
    made, real = [], json_record.make_record
    monkeypatch.setattr(json_record, "make_record", lambda *of: made.append(of) or real(*of))
    found = gather(store, ["stakes", "points"], EXPORT.wants)
    bulk.write_many(EXPORT, iter(found), io.BytesIO())
    assert len(made) == 2
