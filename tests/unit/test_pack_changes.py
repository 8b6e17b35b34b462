"""An audit pack that somebody changed and sealed again: told by the toolkit, never taken in."""

import io
import json
import re

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.exports import EXPORTS, audit_pack, pack_again, pack_check, verify
from procurement_risk.exports.audit_pack import checkpoint
from procurement_risk.exports.export import saying
from procurement_risk.exports.gather import gather
from procurement_risk.exports.pack_readme import first_readme
from procurement_risk.framework.shipped import VERSION
from procurement_risk.imports import bulk
from procurement_risk.storage.store import open_memory_store
from tests.support.audit_packs import (
    PROGRAM,
    chained,
    fill,
    packed,
    record_sealed,
    sealed,
    unpacked,
)
from tests.support.places import ROOT

EXPORT = EXPORTS["audit-pack"]


@pytest.fixture(scope="module")
def store():
    store = open_memory_store()
    fill(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def files(store):
    return unpacked(EXPORT.write(gather(store, ["stakes"], EXPORT.wants)))


def problems(files, checkpoint=""):
    return pack_check.check_pack(io.BytesIO(packed(files)), checkpoint).problems


def test_an_honest_pack_holds(files, store):
    assert problems(files) == []
    assert problems(files, files["checkpoint.txt"].decode()) == []
    both = EXPORT.write(gather(store, ["stakes", "points"], EXPORT.wants))
    assert pack_check.check_pack(io.BytesIO(both)).problems == []


# --- Changed, with manifest and checkpoint made anew


def appended(name, more=b"\n"):
    return lambda files: sealed(files, **{name: files[name] + more})


def replaced(name, old, new):
    def change(files):
        assert old in files[name], name
        return sealed(files, **{name: files[name].replace(old, new)})

    return change


def in_json(name, *path, value):
    def change(files):
        document = json.loads(files[name])
        place = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        data = record_sealed(document) if name == "record.json" else verify.write_json(document)
        return sealed(files, **{name: data})

    return change


def in_line(number, **changed):
    def change(files):
        lines = [json.loads(line) for line in files["history.jsonl"].splitlines()]
        lines[number] |= changed
        return sealed(files, **{"history.jsonl": chained(lines)})

    return change


def without_line(number):
    def change(files):
        lines = [json.loads(line) for line in files["history.jsonl"].splitlines()]
        del lines[number]
        return sealed(files, **{"history.jsonl": chained(lines)})

    return change


def without(name):
    def change(files):
        left = {each: data for each, data in files.items() if each != name}
        return sealed(left) if name not in ("record.json", "history.jsonl") else left

    return change


def in_manifest(**changed):
    def change(files):
        manifest = {**json.loads(files["manifest.json"]), **changed}
        manifest["digest"] = verify.digest_without(manifest)
        return {**files, "manifest.json": verify.write_json(manifest)}

    return change


def plain(name, data):
    return lambda files: {**files, name: data}


CHANGES = {
    "verify.py says always yes": replaced(
        "verify.py", b"return 0 if report.holds else 1", b"return 0"
    ),
    "verify.py with one byte more": appended("verify.py"),
    "verify.py empty": lambda files: sealed(files, **{"verify.py": b""}),
    "verify.py gone": without("verify.py"),
    "page with one byte more": appended("leadership.pdf"),
    "page of another kind": lambda files: sealed(files, **{"leadership.pdf": b"%PDF-1.7 forged"}),
    "page empty": lambda files: sealed(files, **{"leadership.pdf": b""}),
    "README says something else": replaced("README.txt", b"verify.py", b"trust.py"),
    "README with a line more": appended("README.txt", b"All is well.\n"),
    "README gone": without("README.txt"),
    "YAML with a comment": appended("framework.yaml", b"# true\n"),
    "YAML with another text": replaced("framework.yaml", b"version:", b"version: "),
    "framework.json of something else": in_json("framework.json", "title", value="Other"),
    "evidence upgraded": in_json("evidence.json", "answers", 0, "evidence", value="E4"),
    "evidence without rows": in_json("evidence.json", "answers", value=[]),
    "page.json says it is shipped": in_json("page.json", "questionnaire", value="shipped"),
    "page.json says it is foreign": in_json("page.json", "questionnaire", value="foreign"),
    "page.json with a notice": in_json("page.json", "notice", value="All is well."),
    "page.json with facts": in_json(
        "page.json", "portfolio", value={"similar": ["Another"], "upstreams": []}
    ),
    "page.json without a key": lambda files: sealed(files, **{"page.json": b"{}"}),
    "page.json no JSON": lambda files: sealed(files, **{"page.json": b"["}),
    "page.json gone": without("page.json"),
    "page.json with a look before that is none": in_json(
        "page.json", "earlier", value={"framework": {}, "language": "en", "answered": {}}
    ),
    "another supplier": in_json("record.json", "assessment", "supplier", "name", value="Other"),
    "another day": in_json("record.json", "assessment", "as_of", value="2026-11-24"),
    "another state": in_json("record.json", "assessment", "state", value="closed"),
    "another title": in_json("record.json", "assessment", "purchase", "title", value="Other"),
    "an answer changed": in_json(
        "record.json", "assessment", "answers", "DP-1", value={"option": "a", "evidence": "E3"}
    ),
    "an answer taken out": in_json("record.json", "assessment", "answers", value={}),
    "the result changed": in_json("record.json", "result", "recommendation", value="proceed"),
    "the decision added": in_json(
        "record.json",
        "assessment",
        "decision",
        value={"decision": "proceed", "by": "A", "at": "2026-11-23"},
    ),
    "a weight changed": in_json(
        "record.json", "framework", "sections", 1, "questions", 0, "weight", value=7
    ),
    "another author of a line": in_line(0, after=None),
    "a line says another value": in_line(-1, after={"archived": True}),
    "a line of another assessment": in_line(1, assessment_id="other"),
    "the first line taken out": without_line(0),
    "a line in the middle taken out": without_line(3),
    "manifest names another language": in_manifest(language="xx-none", software="x 1"),
    "manifest of the first form": in_manifest(pack_version=1),
    "manifest of another kind": in_manifest(kind="ai-procurement-risk-files"),
    "manifest of a later form": in_manifest(pack_version=9),
    "manifest without its list": in_manifest(files=[]),
    "manifest gone": lambda files: {n: d for n, d in files.items() if n != "manifest.json"},
    "a file added": plain("more.txt", b"more"),
    "a record beside": plain("other/record.json", b"{}"),
    "checkpoint.txt of something else": plain("checkpoint.txt", b"assessment=x\n"),
    "the history gone": without("history.jsonl"),
    "a byte of the record": plain("record.json", b"{}"),
}


def test_there_are_forty_of_them():
    assert len(CHANGES) >= 40


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_pack_is_told_and_not_taken_in(files, change):
    changed = change(files)
    assert problems(changed), "the change was not told"
    store = open_memory_store()
    reports = list(bulk.bring_in(store, bulk.sources([("pack.zip", packed(changed))]), "Ada"))
    assert reports
    assert {report.outcome for report in reports} == {"refused"}
    assert store.summaries() == []
    store.close()


def test_a_swapped_program_is_named(files):
    found = problems(CHANGES["verify.py says always yes"](files))
    assert found == [
        "verify.py is not the program that procurement-risk 0.2.0 writes: run a copy from the "
        "toolkit."
    ]


# --- A pack of the first form


def first_form(files):
    """Return the pack as the toolkit wrote it before it held page.json."""
    old = {name: data for name, data in files.items() if name != "page.json"}
    old["README.txt"] = first_readme().encode()
    manifest = {**json.loads(files["manifest.json"]), "pack_version": 1}
    del manifest["language"]
    return sealed({**old, "manifest.json": verify.write_json(manifest)})


def test_a_pack_of_the_first_form_holds_and_says_what_was_not_compared(files, monkeypatch):
    of_first = {("procurement-risk 0.1.0", 1): {verify.sha256(PROGRAM.read_bytes())}}
    monkeypatch.setattr(pack_again, "programs", lambda *asked: of_first[asked])
    report = pack_check.check_pack(io.BytesIO(packed(first_form(files))))
    assert report.problems == []
    (said,) = report.unconfirmed
    assert "leadership.pdf was made from: it was not compared" in said
    assert "pack=" not in first_form(files)["checkpoint.txt"].decode()


def test_a_program_that_was_never_written_is_told_in_the_first_form_too(files):
    (found,) = problems(first_form(files))
    assert found == (
        "verify.py is no program that the toolkit ever wrote: run a copy from the toolkit."
    )


def of_version(files, software, program):
    """Return the pack as another version of the toolkit made it, with its ``verify.py``."""
    record = record_sealed({**json.loads(files["record.json"]), "software": software})
    manifest = {**json.loads(files["manifest.json"]), "software": software}
    changed = {**files, "record.json": record, "manifest.json": verify.write_json(manifest)}
    return sealed(changed, **{"verify.py": program})


def test_the_program_of_an_older_version_is_known_and_a_swapped_one_is_told(files, monkeypatch):
    """Its page and README cannot be made here; its program can be recognised."""
    old = b"# what 0.1.0 wrote\n"
    listed = (("procurement-risk 0.1.0", 2, verify.sha256(old)),)
    monkeypatch.setattr(pack_again, "_listed", lambda: listed)

    honest = of_version(files, "procurement-risk 0.1.0", old)
    report = pack_check.check_pack(io.BytesIO(packed(honest)))
    assert report.problems == []
    (said,) = report.unconfirmed
    assert said.startswith("README.txt and leadership.pdf cannot be compared")

    for swapped in (b"print('All is well.')\n", PROGRAM.read_bytes()):
        (found,) = problems(of_version(files, "procurement-risk 0.1.0", swapped))
        assert found.startswith("verify.py is not the program that procurement-risk 0.1.0 writes")
    (found,) = problems(of_version(files, "procurement-risk 0.2.0", old))
    assert found.startswith("verify.py is not the program that procurement-risk 0.2.0 writes")


def test_the_list_has_a_program_of_every_version_before_this_one():
    """When the version is raised, the one before goes on the list; and 0.1.0 really is there."""
    released = re.findall(r"^## ([0-9.]+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released[0] == VERSION
    for version in released[1:]:
        assert pack_again.programs(f"procurement-risk {version}", 2)
    assert {len(digest) for *_of, digest in pack_again._listed()} == {64}
    assert pack_again.programs("procurement-risk 9", 2) == frozenset()


def test_a_pack_of_another_version_is_not_compared_and_says_so(files):
    other = of_version(files, "procurement-risk 9", b"# another version\n")
    report = pack_check.check_pack(io.BytesIO(packed(other)))
    assert report.problems == []
    (said,) = report.unconfirmed
    assert "cannot be compared: the pack says it was made by procurement-risk 9" in said


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [("page.json", "set_with", "typst 99"), ("page.json", "language", "xx")],
)
def test_no_claim_of_a_pack_escapes_the_comparison_in_silence(files, name, key, value):
    """A forged page that says it was made with something else is not confirmed, and says so."""
    page = verify.write_json({**json.loads(files[name]), key: value})
    forged = sealed({**files, name: page, "leadership.pdf": b"%PDF-1.7 forged"})
    report = pack_check.check_pack(io.BytesIO(packed(forged)))
    assert report.problems or "it cannot be compared" in " ".join(report.unconfirmed)


def test_what_is_not_confirmed_is_said_by_the_command_and_on_the_way_in(files, tmp_path):
    record = record_sealed({**json.loads(files["record.json"]), "software": "procurement-risk 9"})
    manifest = {**json.loads(files["manifest.json"]), "software": "procurement-risk 9"}
    forged = sealed(
        {**files, "record.json": record, "manifest.json": verify.write_json(manifest)},
        **{"leadership.pdf": b"%PDF-1.7 forged"},
    )
    path = tmp_path / "pack.zip"
    path.write_bytes(packed(forged))
    ended = run("verify", path)
    assert ended.exit_code == 3
    said = ended.output
    assert "NOT CONFIRMED  verify.py, README.txt and leadership.pdf cannot be compared" in said
    assert "Everything that was checked holds. NOT CONFIRMED: 1, named above." in said
    (report,) = bulk.look(open_memory_store(), bulk.sources([("pack.zip", packed(forged))]))
    assert report.outcome == "moved"
    assert "made by procurement-risk 9" in report.unconfirmed


def test_a_pack_says_when_by_whom_and_with_what_it_was_made(store, monkeypatch):
    def made(by, day):
        monkeypatch.setattr(audit_pack, "today", lambda: day)
        given = saying(gather(store, ["stakes"], EXPORT.wants), EXPORT, {}, by)
        return unpacked(EXPORT.write(list(given)))

    one, other = made("Ada", "2026-11-23"), made("Bo", "2026-12-01")
    manifest = json.loads(one["manifest.json"])
    assert manifest["made"] == {"on": "2026-11-23", "by": "Ada"}
    assert manifest["software"].startswith("procurement-risk ")
    assert {name for name in one if one[name] != other[name]} == {"manifest.json"}
    kept = one["checkpoint.txt"].decode()
    report = pack_check.check_pack(io.BytesIO(packed(other)), kept)
    assert (report.problems, report.unconfirmed) == ([], [])
    told = " on 2026-12-01 by Bo. That is not proved."
    assert any(note.startswith("It says it was made") and told in note for note in report.notes)


def test_the_same_bytes_are_judged_once(files, monkeypatch):
    pack, looked = packed(files), []
    real = pack_check.check_pack
    monkeypatch.setattr(pack_check, "_judged", {})
    monkeypatch.setattr(pack_check, "check_pack", lambda place: looked.append(1) or real(place))
    assert pack_check.refusal(io.BytesIO(pack)) == pack_check.refusal(io.BytesIO(pack)) == ""
    assert len(looked) == 1
    forged = packed(CHANGES["page empty"](files))
    assert pack_check.refusal(io.BytesIO(forged)) == pack_check.refusal(io.BytesIO(forged)) != ""
    assert len(looked) == 2


# --- Checkpoints


def test_the_checkpoint_covers_the_manifest(files):
    kept = files["checkpoint.txt"].decode()
    for name in ("verify.py", "leadership.pdf", "README.txt", "page.json"):
        changed = sealed(files, **{name: files[name] + b"\n"})
        found = verify.check_pack(io.BytesIO(packed(changed)), kept).problems
        assert any("the files are not those of the pack" in each for each in found), name


def test_the_checkpoint_of_one_holds_in_a_pack_of_many(files, store):
    kept = files["checkpoint.txt"].decode()
    both = EXPORT.write(gather(store, ["stakes", "points"], EXPORT.wants))
    assert verify.check_pack(io.BytesIO(both), kept).problems == []


@pytest.mark.parametrize("shape", ["line", "file", "old line", "old line alone", "old file"])
def test_the_checkpoint_on_the_page_is_what_verify_takes(files, store, tmp_path, shape):
    (tmp_path / "pack.zip").write_bytes(packed(files))
    (exported,) = gather(store, ["stakes"], {"history"})
    number, head = store.head("stakes")
    given = {
        "line": checkpoint(exported),
        "file": checkpoint(exported),
        "old line": f"Head: {number} {head}",
        "old line alone": f"{number} {head}",
        "old file": f"Head: {number} {head}\n",
    }[shape]
    if shape.endswith("file"):
        (tmp_path / "kept.txt").write_text(given)
        given = str(tmp_path / "kept.txt")
    found = run("verify", tmp_path / "pack.zip", "--checkpoint", given)
    assert found.exit_code == 0, found.output


def test_an_old_line_still_tells_what_was_cut_off(files, store):
    lines = files["history.jsonl"].splitlines(keepends=True)
    cut = sealed(files, **{"history.jsonl": b"".join(lines[:-2])})
    number, head = store.head("stakes")
    found = problems(cut, f"{number} {head}")
    assert any("The history was cut short" in each for each in found)
    (other,) = problems(files, f"{number} {'0' * 64}")
    assert "No history here has the line" in other


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))
