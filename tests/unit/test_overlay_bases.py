"""What an overlay rests on: found by id and version, and every way in which there is none."""

import re

import pytest

from procurement_risk.canonical import digest_of
from procurement_risk.framework.files import FURTHER_FOLDERS, check_text, load_framework
from procurement_risk.framework.overlay.reading import MOST_STEPS
from tests.support.framework_documents import GATES
from tests.support.overlays import BASE, HEAD, document, folder, told


def written(path, text):
    path.write_text(text, "utf-8")
    return path


def said(text, *paths):
    """What is wrong at the line ``extends``, and nothing else is."""
    ((line, message),) = told(text, *paths)
    assert line.startswith("extends")
    return message


def head(id_, base):
    return HEAD.replace("id: ours", f"id: {id_}").replace("small-gates@2026.1", base)


@pytest.mark.parametrize(
    "name", ["small-gates", '"@2026.1"', '"small-gates@"', "5", "[small-gates]"]
)
def test_it_names_an_id_and_a_version(name):
    message = said(HEAD.replace("small-gates@2026.1", name))
    assert "ai-supplier-core@2026.2" in message or "must be a text" in message


def test_there_is_none_of_that_id():
    message = said(head("ours", "small-gate@2026.1"))
    assert 'There is no questionnaire "small-gate" here: did you mean "small-gates"?' in message


def test_there_is_another_version():
    message = said(head("ours", "small-gates@2025.9"))
    assert message.startswith("small-gates 2025.9 is not here, but small-gates 2026.1 is.")
    assert "Write extends: small-gates@2026.1" in message
    assert "the folder versions" in message


def test_it_extends_itself(tmp_path):
    text = head("ours", "ours@1")
    path = written(tmp_path / "ours.yaml", text)
    found = dict(told(text, path))
    assert "ours 1 → ours 1" in found["extends: ours@1"]


def test_it_takes_the_id_of_its_base():
    ((line, message),) = told(head("small-gates", "small-gates@2026.1"))
    assert line == "id: small-gates"
    assert "needs an id of its own" in message
    assert "id: our-small-gates" in message


def test_two_extend_each_other(tmp_path):
    one = written(tmp_path / "one.yaml", head("one", "two@1"))
    two = written(tmp_path / "two.yaml", head("two", "one@1"))
    message = said(one.read_text(), one, two)
    assert "goes round in a circle: one 1 → two 1 → one 1" in message


def test_an_overlay_of_an_overlay(tmp_path):
    """The whole of the one is the base of the other: what that made stricter stays so."""
    floor = "policy:\n  bands:\n    - {id: high, from: 50}\n"
    one = written(tmp_path / "one.yaml", head("one", "small-gates@2026.1") + floor)
    looser = head("two", "one@1") + floor.replace("50", "55")
    (found,) = told(looser, BASE, one)
    assert found[1].startswith('"from" comes from one 1. It is 50')
    whole = document(head("two", "one@1") + floor.replace("50", "45"), one)
    assert whole["policy"]["bands"][2]["from"] == 45
    assert (whole["based_on"]["id"], whole["based_on"]["version"]) == ("one", "1")


def test_a_deep_chain_is_refused(tmp_path):
    names = ["small-gates@2026.1", *(f"o{n}@1" for n in range(MOST_STEPS + 3))]
    paths = [
        written(tmp_path / f"o{n}.yaml", head(f"o{n}", names[n])) for n in range(len(names) - 1)
    ]
    assert told(paths[MOST_STEPS - 1].read_text(), BASE, *paths) == []
    message = said(paths[-1].read_text(), BASE, *paths)
    assert f"More than {MOST_STEPS} overlays stand one on the other" in message


def test_a_broken_base_is_named(tmp_path):
    broken = BASE.read_text("utf-8").replace("weight: 5", "weight: 500", 1)
    path = written(tmp_path / "base.yaml", broken)
    assert "base.yaml has problems of its own: run check on it" in said(HEAD, path)
    overlay = written(tmp_path / "one.yaml", head("one", "small-gates@2026.1") + "scale_max: 9\n")
    assert "one.yaml has problems of its own" in said(head("two", "one@1"), BASE, overlay)


def test_two_contents_of_one_name(tmp_path):
    """One may be a forgery or a slip: a person says which, by the digest."""
    other = BASE.read_text("utf-8").replace("weight: 5", "weight: 6", 1)
    path = written(tmp_path / "other.yaml", other)
    message = said(HEAD, BASE, path)
    assert "small-gates 2026.1 is here with several contents" in message
    assert digest_of(GATES)[:12] in message
    pinned = HEAD + f'extends_digest: "{digest_of(GATES)[:12]}"\n'
    assert told(pinned, BASE, path) == []
    assert told(HEAD, BASE, written(tmp_path / "copy.yaml", BASE.read_text("utf-8"))) == []


def test_a_base_of_another_digest():
    found = said(HEAD + f'extends_digest: "{"0" * 12}"\n')
    assert "with another content than extends_digest says" in found
    ((line, message),) = told(HEAD + 'extends_digest: "x"\n')
    assert line.startswith("extends_digest")
    assert "12 to 64 hexadecimal digits" in message


def test_what_is_not_a_file_of_yaml_is_no_base(tmp_path):
    for name, data in {
        "a": b"\xff\xfeid: small-gates",
        "b": b"id: small-gates\n- x",
        "c": b"",
    }.items():
        (tmp_path / f"{name}.yaml").write_bytes(data)
    message = said(HEAD, *tmp_path.glob("*.yaml"), tmp_path / "gone.yaml", tmp_path)
    assert re.search("no questionnaire|not here|problems", message)
    assert folder()() == []


def test_the_folders_are_searched_and_what_is_earlier_in_them(tmp_path, monkeypatch):
    """So that an overlay goes on when the next version of its base takes the place of this one."""
    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path))
    assert check_text(HEAD)[0] is None
    (tmp_path / "versions").mkdir()
    text = BASE.read_text("utf-8")
    written(tmp_path / "small-gates.yaml", text.replace('"2026.1"', '"2026.2"', 1))
    written(tmp_path / "versions" / "small-gates-2026.1.yaml", text)
    written(tmp_path / "ours.yaml", HEAD)
    written(tmp_path / "next.yaml", head("next", "small-gates@2026.2"))

    assert load_framework("ours").based_on.version == "2026.1"
    assert load_framework("next").based_on.version == "2026.2"
    assert load_framework("small-gates").version == "2026.2"
