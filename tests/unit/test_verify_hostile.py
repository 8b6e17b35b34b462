"""Packs that somebody made to do harm: refused in words, in little time, without a traceback."""

import io
import json
import os
import zipfile

import pytest

from procurement_risk.exports import EXPORTS, verify
from procurement_risk.exports.gather import gather
from procurement_risk.storage import open_store
from tests.support.audit_packs import (
    PROGRAM,
    fill,
    packed,
    put,
    record_sealed,
    run,
    sealed,
    unpacked,
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'a.sqlite3'}")
    fill(store)
    data = EXPORTS["audit-pack"].write(
        gather(store, ["stakes"], {"history"})  # neither words nor portfolio matter here
    )
    store.close()
    return unpacked(data)


def problems_of(data):
    return verify.check_pack(io.BytesIO(data)).problems


def with_entry(files, info, data=b"x", method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO(packed(files))
    with zipfile.ZipFile(made, "a", method) as archive:
        archive.writestr(info, data)
    return made.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"PK\x03\x04" + b"\x00" * 100])
def test_what_is_no_zip_is_refused(data, tmp_path):
    (tmp_path / "pack.zip").write_bytes(data)
    result = run(PROGRAM, "pack.zip", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    assert "This is no folder and no ZIP" in result.stdout


def test_a_pack_that_is_not_there_is_refused(tmp_path):
    result = run(PROGRAM, "pack.zip", "--checkpoint", "no-file", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    assert "The checkpoint or the key cannot be read" in result.stdout


def test_a_bomb_is_not_unpacked(files):
    """50 MB of zeros in 50 kB."""
    found = problems_of(with_entry(files, "bomb.txt", bytes(50_000_000)))
    assert found == ["bomb.txt would unpack to far more than it is."]


def test_a_file_that_lies_about_its_size_is_refused(files):
    data = bytearray(packed(files))
    start = data.index(b"PK\x01\x02")  # the list at the end; its first file
    size = int.from_bytes(data[start + 24 : start + 28], "little")
    data[start + 24 : start + 28] = (size - 1).to_bytes(4, "little")
    assert problems_of(bytes(data))


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/etc/evil", "a/../../evil", "C:evil", "a\\evil", "a//b", "dot.", "x\x1b[2J"],
)
def test_names_that_lead_elsewhere_are_not_opened(files, name):
    found = problems_of(with_entry(files, zipfile.ZipInfo(name)))
    assert len(found) == 1
    assert "is not a name that a pack has" in found[0]
    assert "\x1b" not in found[0]


def test_a_link_in_a_zip_is_not_followed(files):
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    (found,) = problems_of(with_entry(files, info, b"/etc/passwd"))
    assert "is a link" in found


def test_links_and_pipes_in_a_folder_are_not_opened(files, tmp_path):
    folder = put(files, tmp_path / "pack")
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    result = run(PROGRAM, folder, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.count("is neither a file nor a folder") == 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_told(files):
    (found,) = problems_of(with_entry(files, "README.txt", b"other"))
    assert found == "README.txt stands in the ZIP twice."


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"a":1,"a":2}',
        b'{"a":1.5}',
        b'{"a":' + b"9" * 5_000 + b"}",
        b'{"a":NaN}',
        b'{"a":"\\ud800"}',
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"assessment":{}}',
        b'{"assessment":[]}',
        b"",
    ],
)
@pytest.mark.parametrize(
    "name", ["record.json", "manifest.json", "history.jsonl", "evidence.json"]
)
def test_json_of_any_kind_is_refused_in_words(files, name, data):
    found = problems_of(packed({**files, name: data}))
    assert found
    assert all(len(each) < 400 for each in found)


@pytest.mark.parametrize(
    "path",
    [
        ("framework", "sections"),
        ("framework", "policy"),
        ("framework", "policy", "tiers"),
        ("framework", "packs"),
        ("framework", "facts"),
        ("framework", "method"),
        ("assessment", "answers"),
        ("assessment", "as_of"),
        ("assessment", "mitigations"),
        ("assessment", "pack"),
        ("assessment", "id"),
        ("result",),
        ("software",),
        ("method",),
    ],
)
@pytest.mark.parametrize("value", [None, [], {}, "x", 7, [[]], [None], {"x": {}}])
def test_a_record_of_any_shape_is_refused_in_words(files, path, value):
    record = json.loads(files["record.json"])
    inside = record
    for step in path[:-1]:
        inside = inside[step]
    if inside[path[-1]] == value:
        return
    inside[path[-1]] = value
    changed = {**files, "record.json": record_sealed(record)}
    assert problems_of(packed(changed))


def test_conditions_that_would_take_for_ever_are_worked_out_at_once(files):
    """Each rests on the one before, twice: told apart by paths there would be 2 to the 300."""
    record = json.loads(files["record.json"])
    section = record["framework"]["sections"][1]
    for number in range(300):
        question = json.loads(json.dumps(section["questions"][0]))
        question |= {"id": f"Z-{number}"}
        question.pop("red_flag", None)
        question.pop("when", None)
        if number:
            atom = {"question": f"Z-{number - 1}", "in": ["a"]}
            question["when"] = {"any": [atom, {"all": [atom]}]}
        section["questions"].append(question)
    found = verify.score(record["framework"], record["assessment"])
    assert "Z-299" in found["open"]


def test_more_ways_than_can_be_tried_are_refused(files):
    record = json.loads(files["record.json"])
    framework = record["framework"]
    for number in range(40):
        options = [{"id": "yes", "label": "Y"}, {"id": "no", "label": "N"}]
        framework["facts"].append({"id": f"f{number}", "ask": "?", "options": options})
        when = {"question": f"f{number}", "not_in": ["yes"]}
        framework["policy"]["tier_rule"]["adjustments"].append({"add": 1, "when": when})
    changed = sealed(files, **{"record.json": record_sealed(record)})
    assert any("too many open facts" in each for each in problems_of(packed(changed)))


def test_many_problems_are_counted_rather_than_printed(files, tmp_path):
    folder = put(files, tmp_path / "pack")
    for number in range(300):
        (folder / f"{number}.txt").write_text("x")
    result = run(PROGRAM, folder, cwd=tmp_path)
    assert result.returncode == 1
    assert "250 further problems are not shown." in result.stdout
    assert "300 problems." in result.stdout
