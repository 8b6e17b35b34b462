"""The folders of frameworks: what they hold, broken files too, and when they have changed."""

import os

import pytest

from procurement_risk.framework import files as loading
from procurement_risk.framework.files import (
    FURTHER_FOLDERS,
    check_text,
    fingerprint,
    framework_file,
    list_files,
    list_frameworks,
    load_framework,
)
from tests.support.framework_documents import TEXT

BROKEN = TEXT.replace("weight: 5", "weight: 500", 1)


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Our folder and two further ones, all empty."""
    paths = [tmp_path / name for name in ("ours", "theirs", "last")]
    for path in paths:
        path.mkdir()
    monkeypatch.setattr(loading, "FRAMEWORKS", paths[0])
    monkeypatch.setenv(FURTHER_FOLDERS, os.pathsep.join(map(str, paths[1:])))
    return paths


def put(folder, name="small", text=TEXT):
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("id: small\n", f"id: {name}\n", 1), encoding="utf-8")
    return path


# --- What the folders hold ------------------------------------------------------------------


def test_every_file_is_listed_by_name_broken_ones_with_their_problems(folders):
    good, bad = put(folders[0], "b"), put(folders[1], "a", BROKEN)
    (folders[0] / "README.md").write_text("no framework")
    found = list_files()

    assert [file.path for file in found] == [bad, good]
    assert [file.framework is not None for file in found] == [False, True]
    assert [file.text for file in found] == [bad.read_bytes(), good.read_bytes()]
    (problem,) = found[0].problems
    assert "500" in problem.message
    assert BROKEN.splitlines()[problem.line - 1].strip().startswith("weight: 500")
    assert found[1].problems == ()
    assert [framework.id for framework in list_frameworks()] == ["b"]


def test_of_two_with_one_name_the_later_folder_s_counts(folders):
    """Even where that one is broken: what is meant to be used is shown, not what it replaces."""
    put(folders[0])
    newer = put(folders[1], text=TEXT.replace("Small invented check", "Theirs", 1))
    assert [file.framework.title for file in list_files()] == ["Theirs"]
    assert framework_file("small") == newer

    last = put(folders[2], text=BROKEN)
    assert [(file.path, file.framework) for file in list_files()] == [(last, None)]
    assert framework_file("small") == last
    assert list_frameworks() == []


def test_a_file_named_otherwise_than_its_id_is_a_problem(folders):
    (folders[0] / "other.yaml").write_text(TEXT)
    (file,) = list_files()

    assert file.framework is None
    assert "write id: other, or rename the file" in file.problems[0].message


def test_what_is_no_file_is_listed_with_its_problem(folders):
    """A folder of that name, and a link that leads nowhere."""
    (folders[0] / "folder.yaml").mkdir()
    (folders[0] / "gone.yaml").symlink_to(folders[0] / "nothing")
    found = list_files()

    assert [(file.path.name, file.framework, file.text) for file in found] == [
        ("folder.yaml", None, b""),
        ("gone.yaml", None, b""),
    ]
    assert all(len(file.problems) == 1 for file in found)


def test_a_folder_that_is_not_there_holds_nothing(folders, monkeypatch):
    put(folders[0])
    monkeypatch.setenv(FURTHER_FOLDERS, f"{folders[0] / 'nowhere'}{os.pathsep} {os.pathsep}")

    assert [file.framework.id for file in list_files()] == ["small"]


# --- A file by its framework's id -----------------------------------------------------------


def test_a_file_is_found_by_the_id(folders):
    path = put(folders[1], "theirs")

    assert framework_file("theirs") == path
    assert load_framework(framework_file("theirs")).id == "theirs"


@pytest.mark.parametrize("name", ["", "Theirs", "theirs.yaml", "../theirs/theirs", "*", "their?"])
def test_what_is_no_id_finds_no_file(folders, name):
    put(folders[1], "theirs")

    assert framework_file(name) is None


# --- What changes when a file does ----------------------------------------------------------


def test_the_fingerprint_stays_while_nothing_changes(folders):
    put(folders[0])
    put(folders[1], "theirs")

    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 2


def touch(path):
    """As an editor that writes the same content a second later."""
    about = path.stat()
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns + 1_000_000_000))


def lengthen(path):
    """Another size under the same time, as some tools leave it."""
    about = path.stat()
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


CHANGES = {
    "saved again": touch,
    "another size": lengthen,
    "gone": lambda path: path.unlink(),
    "renamed": lambda path: path.rename(path.with_name("other.yaml")),
    "one more": lambda path: put(path.parent, "new"),
    "one more in another folder": lambda path: put(path.parent.parent / "last", "small"),
    "moved to another folder": lambda path: path.rename(path.parent.parent / "last" / path.name),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_fingerprint_changes_with_any_file(folders, change):
    path = put(folders[0])
    put(folders[1], "theirs")
    before = fingerprint()

    CHANGES[change](path)

    assert fingerprint() != before


def test_other_files_do_not_matter(folders):
    put(folders[0])
    before = fingerprint()
    (folders[0] / "README.md").write_text("words")

    assert fingerprint() == before


def test_a_link_that_leads_nowhere_has_no_time(folders):
    """As a file that went between reading the folder and looking at it."""
    put(folders[0])
    (folders[0] / "gone.yaml").symlink_to(folders[0] / "nothing")

    assert [name.rpartition("/")[2] for name, _, _ in fingerprint()] == ["small.yaml"]


# --- Text without a file --------------------------------------------------------------------


@pytest.mark.parametrize("text", [TEXT, TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode()])
def test_a_good_text_is_a_framework_whatever_it_is_called(text):
    framework, problems = check_text(text)

    assert problems == []
    assert (framework.id, framework.version) == ("small", "2026.1")


def test_everything_wrong_with_a_text_is_listed_by_line():
    text = BROKEN.replace("role: context", "role: cotext", 1)
    framework, problems = check_text(text)

    assert framework is None
    assert len(problems) == 2
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


@pytest.mark.parametrize("text", ["", "a: b", "- 1", "{", b"\xff", "x" * 1_000_001, "a: &x [*x]"])
def test_a_text_that_is_none_has_problems(text):
    framework, problems = check_text(text)

    assert framework is None
    assert all(problem.message for problem in problems)
    assert problems
