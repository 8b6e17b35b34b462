"""A whole store out and in: the same bytes, bounded, and nothing half done."""

import io
import json
import os
import pty
import stat
import zipfile
import zlib
from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk import storage
from procurement_risk.assessment import Marking
from procurement_risk.cli import bulk as cli_bulk
from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, bulk, json_record, verify, zips
from procurement_risk.imports import bulk as bringing, zip_of_records
from procurement_risk.storage import open_store
from tests.support.audit_packs import fill

JSON = EXPORTS["json"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'a.sqlite3'}")
    fill(store)
    yield store
    store.close()


@pytest.fixture
def empty(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    yield store
    store.close()


def written(store, export=JSON, ids=None):
    made = io.BytesIO()
    bulk.write_many(export, bulk.exported(store, bulk.choose(store, ids), export), made)
    return made.getvalue()


@pytest.fixture(scope="module")
def data(store):
    return written(store)


def inside(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def brought(store, *files, **more):
    return list(bringing.bring_in(store, bringing.sources(files), "Ana", **more))


# --- Out


def test_each_record_is_a_file_and_the_manifest_lists_it(store, data):
    files = inside(data)
    manifest = json.loads(files.pop("manifest.json"))
    assert list(files) == sorted(files)
    assert manifest["format"] == "json"
    assert manifest["software"] == json_record.SOFTWARE
    assert manifest["digest"] == verify.digest_without(manifest)
    assert [
        (each["id"], each["file"], each["sha256"], each["bytes"]) for each in manifest["files"]
    ] == [
        (json.loads(record)["assessment"]["id"], name, verify.sha256(record), len(record))
        for name, record in files.items()
    ]
    assert manifest["files"][0]["as_of"] == "2026-11-23"


def test_out_and_in_and_out_again_gives_the_same_bytes(data, empty):
    reports = brought(empty, ("all.zip", data))
    assert [report.outcome for report in reports] == ["created", "created"]
    assert written(empty) == data
    assert [report.outcome for report in brought(empty, ("all.zip", data))] == ["unchanged"] * 2


@pytest.mark.parametrize("shared", [b"", b"fghij", b"abc", b"xyz", b"not there"])
def test_what_many_files_have_is_packed_once_and_reads_back(shared):
    whole, made = b"abcdefghijklmnop-xyz" * 50 + b"xyz", io.BytesIO()
    packed = zips.pack(whole, shared)
    assert zlib.decompress(packed.deflated, -zlib.MAX_WBITS) == whole
    with zips.Zip(made) as file:
        said = [file.put("a.json", b"{}"), file.put_packed("b.json", packed)]
    assert said[1] == {"file": "b.json", "sha256": verify.sha256(whole), "bytes": len(whole)}
    assert inside(made.getvalue()) == {"a.json": b"{}", "b.json": whole}
    wrong = io.BytesIO()
    with zips.Zip(wrong) as file:
        file.put_packed("b.json", replace(packed, crc=packed.crc ^ 1))
    with pytest.raises(zipfile.BadZipFile, match="CRC"):
        inside(wrong.getvalue())


def test_records_have_their_questionnaire_in_common(store, data):
    found = list(bulk.exported(store, bulk.choose(store), JSON))
    shared = {JSON.shared(each) for each in found}
    assert [sum(one in JSON.write([each]) for one in shared) for each in found] == [1, 1]


def test_progress_is_told_after_each_and_ends_the_work_by_raising(store):
    told = []
    chosen = bulk.choose(store)
    bulk.write_many(JSON, bulk.exported(store, chosen, JSON), io.BytesIO(), told.append)
    assert told == [1, 2]

    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.write_many(JSON, bulk.exported(store, chosen, JSON), io.BytesIO(), stop)


def test_what_cannot_be_written_is_named(store):
    (first, _second) = bulk.exported(store, bulk.choose(store), JSON)
    with pytest.raises(UsageError, match="'stakes' was chosen twice"):
        bulk.write_many(JSON, [first, first], io.BytesIO())
    with pytest.raises(UsageError, match="at least one"):
        bulk.write_many(JSON, [], io.BytesIO())


def test_archived_ones_are_left_out_unless_asked_for(data, empty):
    brought(empty, ("all.zip", data))
    empty.archive("points", "Ana")
    assert [each.id for each in bulk.choose(empty)] == ["stakes"]
    assert [each.id for each in bulk.choose(empty, archived=True)] == ["stakes", "points"]


# --- In


def test_every_file_has_its_line_and_bad_ones_keep_nothing_else_out(data, empty):
    files = inside(data)
    names = [name for name in files if name != "manifest.json"]
    changed = files[names[0]].replace(b"Example AI Ltd", b"Example AJ Ltd")
    reports = brought(
        empty,
        ("bad.json", changed),
        ("good.json", files[names[1]]),
        ("no.zip", b"PK\x03\x04nothing"),
        ("empty.zip", zipped({})),
    )
    assert [(r.file, r.outcome) for r in reports] == [
        ("bad.json", "refused"),
        ("good.json", "created"),
        ("no.zip", "refused"),
        ("empty.zip", "refused"),
    ]
    assert "digest" in reports[0].problems[0].message
    assert [each.id for each in empty.summaries()] == ["points"]


def test_what_differs_is_written_over_only_if_asked_for(data, empty):
    brought(empty, ("all.zip", data))
    empty.save("stakes", "state", "in_review", 1, "Bo")
    looked = list(bringing.look(empty, bringing.sources([("all.zip", data)])))
    outcomes = {"stakes": "would_replace", "points": "unchanged"}
    assert {r.assessment_id: r.outcome for r in looked} == outcomes
    again = brought(empty, ("all.zip", data))
    assert {r.assessment_id: r.outcome for r in again} == outcomes
    assert "differs in the state" in next(r for r in again if r.problems).problems[0].message
    replaced = brought(empty, ("all.zip", data), replace=True)
    assert {r.assessment_id: r.outcome for r in replaced} == outcomes | {"stakes": "replaced"}
    assert empty.verify_history("stakes") == []


def test_the_manifest_has_to_agree(data, empty):
    files = inside(data)
    one, two = (name for name in files if name != "manifest.json")
    other = {**files, two: files[one], "more.json": files[two]}
    del other[one]
    reports = {r.file: r for r in brought(empty, ("all.zip", zipped(other)))}
    words = {name: r.problems[0].message for name, r in reports.items()}
    assert "is missing" in words[f"all.zip/{one}"]
    assert "not the file that the manifest lists" in words[f"all.zip/{two}"]
    assert "added later" in words["all.zip/more.json"]
    assert empty.summaries() == []


def test_a_manifest_that_was_changed_is_refused(data, empty):
    files = inside(data)
    files["manifest.json"] = files["manifest.json"].replace(b"2026-11-23", b"2026-11-24")
    reports = {r.file: r for r in brought(empty, ("all.zip", zipped(files)))}
    assert "changed after it was made" in reports["all.zip/manifest.json"].problems[0].message


@pytest.mark.parametrize("entry", [{"file": 5, "sha256": ""}, {"file": "a.json", "sha256": None}])
def test_a_manifest_of_another_kind_is_refused_in_words(data, empty, entry):
    """Whoever made it can give it a digest that holds."""
    manifest = json.loads(inside(data)["manifest.json"])
    manifest["files"].append(entry)
    manifest["digest"] = verify.digest_without(manifest)
    files = [("all.zip", zipped({**inside(data), "manifest.json": verify.write_json(manifest)}))]

    assert bringing.count(files) == 3
    reports = {report.file: report for report in brought(empty, *files)}
    message = reports["all.zip/manifest.json"].problems[0].message
    assert message == "It is not a manifest of this toolkit. Ask for the original."


def test_the_assessments_of_an_audit_pack_are_brought_in(store, empty):
    pack = written(store, EXPORTS["audit-pack"])
    reports = brought(empty, ("pack.zip", pack))
    assert [report.outcome for report in reports] == ["moved", "moved"]
    assert verify.check_pack(io.BytesIO(pack)).holds


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("../up.json", b"{}", "leads out of the ZIP"),
        ("/etc/x.json", b"{}", "leads out of the ZIP"),
        ("a\\b.json", b"{}", "leads out of the ZIP"),
        ("C:x.json", b"{}", "leads out of the ZIP"),
        ("more.zip", b"PK\x03\x04", "packed once more"),
        ("sly.json", b"PK\x03\x04", "packed once more"),
        ("sly2.json", b"\x1f\x8b\x08", "packed once more"),
        ("letter.pdf", b"%PDF", "no JSON record"),
        ("bomb.json", bytes(4_000_000), "far more than it is"),
        ("long.json", os.urandom(5_000_001), "At most 5,000,000"),
        ("deep.json", b"[" * 90_000, "nested deeper"),
    ],
)
def test_hostile_files_in_a_zip_are_refused_in_words(data, empty, name, content, words):
    files = {n: c for n, c in inside(data).items() if n != "manifest.json"}
    reports = brought(empty, ("all.zip", zipped({**files, name: content})))
    (refused,) = (report for report in reports if report.outcome == "refused")
    assert words in refused.problems[0].message
    assert len(empty.summaries()) == 2


def test_what_desktops_add_is_passed_over(data, empty):
    files = {n: c for n, c in inside(data).items() if n != "manifest.json"}
    clutter = {"__MACOSX/._x.json": b"\x00", ".DS_Store": b"\x00", "folder/": b""}
    folder = {f"folder/{name}": content for name, content in files.items()}
    reports = brought(empty, ("all.zip", zipped({**clutter, **folder})))
    assert [report.outcome for report in reports] == ["created", "created"]


def test_too_many_files_are_refused(monkeypatch, empty):
    monkeypatch.setattr(zip_of_records, "MOST_FILES", 2)
    (report,) = brought(empty, ("all.zip", zipped({f"{n}.json": b"{}" for n in range(3)})))
    assert report.problems[0].message == "The ZIP holds 3 files. At most 2 are read."
    assert bringing.count([("all.zip", zipped({f"{n}.json": b"{}" for n in range(3)}))]) == 1


# --- By the command line


@pytest.fixture
def run(tmp_path, monkeypatch, data):
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    (tmp_path / "all.zip").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(each) for each in arguments])


def test_the_whole_store_by_the_command_line(run, tmp_path, data):
    came = run("import", "all.zip")
    assert came.exit_code == 0
    assert came.stdout.splitlines()[-1] == "new: 2"
    gone = run("export", "--all", "--format", "json", "-o", "again.zip")
    assert (gone.exit_code, gone.stderr) == (0, "")
    assert (tmp_path / "again.zip").read_bytes() == data
    assert stat.S_IMODE((tmp_path / "again.zip").stat().st_mode) & 0o400
    two = run("export", "--format", "json", "-o", "two.zip", "points", "stakes")
    assert two.exit_code == 0
    assert (tmp_path / "two.zip").read_bytes() == data


def test_a_command_opens_the_store_once_however_many_it_is_told(run, monkeypatch):
    """Each opening would hold every questionnaire, and the whole portfolio, once more."""
    run("import", "all.zip")
    opened = []

    def counted(url):
        opened.append(url)
        return open_store(url)

    monkeypatch.setattr(storage, "open_store", counted)
    for ids in (["points"], ["points", "stakes"]):
        assert run("export", "--format", "audit-pack", "-o", "p.zip", *ids).exit_code == 0
    assert len(opened) == 2


def test_packs_are_checked_by_the_command_line(run, tmp_path):
    run("import", "all.zip")
    assert run("export", "--all", "--format", "audit-pack", "-o", "p.zip").exit_code == 0
    kept = inside((tmp_path / "p.zip").read_bytes())["checkpoint.txt"].decode()
    assert run("verify", "p.zip", "--checkpoint", kept).exit_code == 0
    other = run("verify", "p.zip", "--checkpoint", kept.replace("entries=", "entries=9"))
    assert other.exit_code == 1
    assert other.stdout.count("the history was cut short") == 2
    assert run("verify", "p.zip", "--checkpoint", "no-such-file").exit_code == 1
    assert run("verify", "all.zip").exit_code == 1


def test_an_empty_store_and_wrong_words_write_nothing(run, tmp_path):
    for arguments, code in (
        (["--all", "--format", "json", "-o", "x.zip"], 1),
        (["--all", "--format", "json", "-o", "x.zip", "stakes"], 2),
        (["--archived", "--format", "json", "-o", "x.zip", "stakes"], 2),
        (["--format", "json", "-o", "x.zip"], 2),
    ):
        assert run("export", *arguments).exit_code == code
    assert not (tmp_path / "x.zip").exists()
    assert run("import", "all.zip", "gone.zip").exit_code == 1


def test_an_interrupted_export_leaves_no_file(run, tmp_path, monkeypatch):
    run("import", "all.zip")
    (tmp_path / "out.zip").write_bytes(b"as it was")

    def interrupt(_done):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_bulk, "progress", lambda what, total: interrupt)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert run("export", "--all", "--format", "json", "-o", "out.zip").exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "out.zip").read_bytes() == b"as it was"


def test_progress_is_shown_on_a_terminal_only(monkeypatch, capsys):
    cli_bulk.progress("Written", 2)(1)
    assert capsys.readouterr().err == ""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        told = cli_bulk.progress("Written", 2)
        told(1)
        told(2)
        terminal.flush()
        shown = b""
        while not shown.endswith(b"\n"):  # a terminal hands it over piece by piece
            shown += os.read(ours, 1000)
    os.close(ours)
    assert b"Written: 1 of 2" in shown
    assert shown.endswith(b"Written: 2 of 2\r\n")


def test_what_has_no_such_file_is_left_out_and_named(store):
    """Here only one of the two has an ocid, without which there is nothing to join on."""
    given = [
        replace(each, assessment=replace(each.assessment, purchase=purchase))
        for each in bulk.exported(store, bulk.choose(store), EXPORTS["ocds"])
        for purchase in [
            replace(
                each.assessment.purchase,
                ocid="ocds-h6vhtk-000001" if each.assessment.id == "stakes" else "",
            )
        ]
    ]
    made = io.BytesIO()
    bulk.write_many(EXPORTS["ocds"], given, made)
    with zipfile.ZipFile(made) as archive:
        manifest = json.loads(archive.read("manifest.json"))

    assert [each["id"] for each in manifest["files"]] == ["stakes"]
    assert [each["id"] for each in manifest["left_out"]] == ["points"]
    assert "has none" in manifest["left_out"][0]["why"]
    with pytest.raises(UsageError, match="joined on the ocid"):
        bulk.write_many(EXPORTS["ocds"], [e for e in given if e.assessment.id == "points"], made)


def test_a_file_that_is_published_is_not_named_after_what_is_withheld(store):
    secret = Marking(ground="security", reason="It helps an attacker")
    given = [
        replace(each, assessment=replace(each.assessment, markings={"supplier.name": secret}))
        for each in bulk.exported(store, bulk.choose(store), EXPORTS["public-summary"])
    ]
    named = {name: io.BytesIO() for name in ("public-summary", "json")}
    for name, made in named.items():
        bulk.write_many(EXPORTS[name], given, made)

    assert b"northwind" in named["json"].getvalue()
    assert b"northwind" not in named["public-summary"].getvalue()
