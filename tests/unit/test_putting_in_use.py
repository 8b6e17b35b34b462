"""A questionnaire put in use, kept by its version, retired and brought back; and drafts of it."""

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument, NotFound, UsageError
from procurement_risk.framework import files
from procurement_risk.framework.files import list_frameworks, load_framework
from procurement_risk.framework.own_folder import kept_text
from procurement_risk.framework.shipped import FRAMEWORKS
from procurement_risk.framework.yaml_writing import write_yaml
from tests.support.framework_documents import SMALL, TEXT, proposing

TEXT_2 = TEXT.replace('version: "2026.1"', 'version: "2026.2"').replace(
    "weight: 3", "weight: 4", 1
)


@pytest.fixture
def own(app, tmp_path, monkeypatch):
    """The organisation's own folder, beside the shipped ones."""
    folder = tmp_path / "own"
    monkeypatch.setenv(files.FURTHER_FOLDERS, str(folder))
    return folder


def test_it_stands_in_the_folder_as_it_was_written(app, own):
    """Comments and all; who and when is known; and an assessment can rest on it."""
    framework = app.store.put_in_use(TEXT.encode(), "Ana", "Adopted by the board")

    assert (own / "small.yaml").read_text("utf-8") == TEXT
    assert [each.id for each in list_frameworks()] == ["small"]
    (use,) = app.store.uses()
    assert (use.what, use.framework_id, use.version) == ("in_use", "small", "2026.1")
    assert (use.by, use.reason) == ("Ana", "Adopted by the board")
    assert app.store.origin(framework).since == use.at


def test_every_version_is_kept(app, own):
    """Also one that somebody put into the folder by hand."""
    own.mkdir()
    (own / "small.yaml").write_text(TEXT, "utf-8")
    before = load_framework("small")

    after = app.store.put_in_use(TEXT_2.encode(), "Ana")

    assert load_framework("small").version == after.version == "2026.2"
    assert kept_text(before).decode() == TEXT
    assert kept_text(after).decode() == TEXT_2
    assert [each.version for each in list_frameworks()] == ["2026.2"]


@pytest.mark.parametrize("version", ["../../up", "a/b", "2026.1 (draft)", "..", "x" * 300])
def test_a_version_that_is_no_file_name_stays_in_its_place(app, own, version):
    text = write_yaml({**SMALL, "version": version})

    framework = app.store.put_in_use(text.encode(), "Ana")

    assert kept_text(framework).decode() == text
    (kept,) = (own / "versions" / "small").iterdir()
    assert kept.suffix == ".yaml"


def refused(app, text, words, kind=UsageError):
    with pytest.raises(kind, match=words):
        app.store.put_in_use(text.encode(), "Ana")
    assert app.store.uses() == [] or len(app.store.uses()) == 1


def test_what_cannot_be_put_in_use(app, own):
    """Each is refused and leaves the folder and the list as they were."""
    refused(app, TEXT.replace("weight: 3", "weight: heavy", 1), "weight", InvalidDocument)
    core = (FRAMEWORKS / "supplier-organisation.yaml").read_text("utf-8")
    refused(app, core, "shipped questionnaire.*our-supplier-organisation")
    assert not own.exists()

    app.store.put_in_use(TEXT.encode(), "Ana")
    refused(app, TEXT, "is in use already")
    refused(app, TEXT_2.replace("2026.2", "2026.1"), "2026.2")
    assert (own / "small.yaml").read_text("utf-8") == TEXT


def test_a_folder_that_cannot_be_written_changes_nothing(app, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv(files.FURTHER_FOLDERS, str(blocked / "own"))

    refused(app, TEXT, "cannot be written")

    assert app.store.uses() == []
    assert app.store.known_frameworks() == []


def test_what_is_only_proposed_is_put_in_use_by_whoever_confirms_it_and_says_why(app, own):
    text = write_yaml(proposing())
    words = "In 1 question something is only proposed.*DP-1.*say why"

    refused(app, text, words)
    for half in ({"reason": "Board"}, {"as_proposed": True}, {"as_proposed": True, "reason": " "}):
        with pytest.raises(UsageError, match=words):
            app.store.put_in_use(text.encode(), "Ana", **half)
    assert not own.exists()

    app.store.put_in_use(text.encode(), "Ana", "Pilot until May", as_proposed=True)
    (use,) = app.store.uses()
    assert use.reason == "Pilot until May"


def test_the_commands_ask_for_it_too_and_a_score_says_so(app, own, tmp_path):
    file, answers = tmp_path / "proposing.yaml", tmp_path / "answers.jsonl"
    file.write_text(write_yaml(proposing()), "utf-8")
    answers.write_text('{"as_of": "2026-11-23", "answers": {}}', "utf-8")
    app.create(proposing(), {"DP-1": "a"})

    assert run("put-in-use", file).exit_code != 0
    scored = run("score", "--framework", file, answers)
    told = run("score", "case")

    assert "rests on a proposal: DP-1" in scored.stderr
    assert "proposal" not in scored.stdout
    assert "rests on a proposal: DP-1" in " ".join(told.stdout.split())
    done = run("put-in-use", file, "--as-proposed", "--reason", "Pilot")
    assert done.output == "small 2026.1: in use\n"


def test_retired_and_brought_back(app, own):
    app.store.put_in_use(TEXT.encode(), "Ana")

    app.store.retire("small", "Ben", "Replaced by another")

    assert app.store.retired_questionnaires()["small"].by == "Ben"
    with pytest.raises(UsageError, match="retired already"):
        app.store.retire("small", "Ben")
    app.store.bring_back("small", "Ana")
    assert app.store.retired_questionnaires() == {}
    with pytest.raises(UsageError, match="not retired"):
        app.store.bring_back("small", "Ana")
    with pytest.raises(NotFound, match="no questionnaire other"):
        app.store.retire("other", "Ana")


def test_a_new_version_of_a_retired_one_brings_it_back(app, own):
    app.store.put_in_use(TEXT.encode(), "Ana")
    app.store.retire("small", "Ana")

    app.store.put_in_use(TEXT_2.encode(), "Ana")

    assert app.store.retired_questionnaires() == {}


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_commands_do_the_same(app, own, tmp_path):
    """And say what is wrong with a file line by line."""
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(TEXT, "utf-8")
    bad.write_text(TEXT.replace("weight: 3", "weight: heavy", 1), "utf-8")

    assert run("put-in-use", good, "--reason", "Board").output == "small 2026.1: in use\n"
    assert run("retire", "small").output == "small: retired\n"
    assert run("retire", "--undo", "small").output == "small: in use again\n"
    assert [each.what for each in app.store.uses()] == ["brought_back", "retired", "in_use"]
    assert app.store.uses()[2].reason == "Board"
    refused_one = run("put-in-use", bad)
    assert refused_one.exit_code == 1
    assert f"{bad}:" in refused_one.output
    assert run("put-in-use", good).exit_code == 1


def test_a_draft_is_kept_as_it_is_typed(app):
    """Broken or not; who comes second is told, and what stands is not overwritten."""
    begun = app.store.begin_draft("id: x", "Ana")

    saved = app.store.save_draft(begun.id, "id: [", begun.revision, "Ben")

    assert app.store.draft(begun.id) == saved
    assert (saved.text, saved.revision, saved.by) == ("id: [", 2, "Ben")
    with pytest.raises(UsageError, match="Ben changed this draft"):
        app.store.save_draft(begun.id, "id: y", begun.revision, "Ana")
    with pytest.raises(UsageError, match="bytes"):
        app.store.begin_draft("x" * 1_000_001, "Ana")
    app.store.delete_draft(begun.id)
    with pytest.raises(NotFound, match="no longer here"):
        app.store.draft(begun.id)
    assert app.store.every_draft() == []
