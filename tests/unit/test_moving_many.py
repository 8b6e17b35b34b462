"""Several assessments moved to another version at once, after one overview."""

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.framework import files
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.versions import likely
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.portfolio import moving_many
from procurement_risk.portfolio.worklist import rows
from tests.support.framework_documents import SMALL
from tests.support.newer_versions import renamed
from tests.support.overlays import BASE, GOOD
from tests.support.small_app import draw, press, said, tables, unescaped

ANSWERS = {"public_facing": "yes", "CX-1": "b", "DP-1": "b"}


@pytest.fixture
def two(app):
    """Two assessments on the first version; in the second, DP-1 is called otherwise."""
    for name in ("one", "two"):
        app.create(SMALL, ANSWERS, id=name)
    app.offer(renamed())
    return app


def test_one_overview_then_each_is_moved_as_if_alone(two):
    new = framework_from_document(renamed())
    planned = moving_many.plan_many(two.store, ["one", "two"], new, likely.nothing)

    assert [len(each.move.dropped) for each in planned] == [1, 1]
    assert "2 answers are dropped, and kept in the history." in moving_many.overview(planned)
    done = moving_many.carry_out(two.store, planned, new, "Ana", "New year")
    assert [why for _each, why in done] == ["", ""]
    assert two.store.load("one").framework.version == "2026.2"
    assert "Moved from version 2026.1 → 2026.2. New year" in {
        entry.reason for entry in two.store.history("two")
    }


def test_one_that_was_changed_meanwhile_stays_and_the_others_move(two):
    new = framework_from_document(renamed())
    planned = moving_many.plan_many(two.store, ["one", "two"], new, likely.everything)
    revision = two.store.parts("one")["answer:CX-1"].revision
    two.store.save("one", "answer:CX-1", {"option": "a"}, revision, "Ben")

    done = moving_many.carry_out(two.store, planned, new, "Ana", "")

    assert ["was changed while you were looking" in why for _each, why in done] == [True, False]
    assert two.store.load("one").framework.version == "2026.1"
    assert two.store.load("two").assessment.answer_set.answers["DP-9"].options == ("b",)


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_says_first_and_moves_only_when_told(two, tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(write_yaml(renamed()), "utf-8")
    asked = run("move-version", "--to", file, "--all", "--renamed")

    assert asked.exit_code == 0
    assert "was: [DP-1]" in asked.output
    assert "Nothing was moved. Add --yes to move them." in asked.output
    assert two.store.load("one").framework.version == "2026.1"
    done = run("move-version", "--to", file, "--renamed", "--yes", "one")
    assert "moved: 1" in done.output
    assert two.store.load("one").assessment.answer_set.answers["DP-9"].options == ("b",)
    assert two.store.load("two").framework.version == "2026.1"
    assert run("move-version", "--to", file, "one").exit_code == 2
    assert run("move-version", "--to", file).exit_code == 2


def test_the_page_moves_them_after_one_overview(two):
    page = draw("frameworks", **{"frameworks-show": "Move assessments"})
    page = press(page, "Choose all of them")

    (overview,) = tables(page)
    assert [row[:6] for row in overview] == [
        ["Case triage · Example AI Ltd", "2026.1", "3", "0", "0", overview[0][5]]
    ] * 2
    assert "DP-9 is what DP-1 was" in unescaped([each.label for each in page.checkbox])
    page = press(page, "Move 2 assessments")
    assert "2 assessments were moved." in said(page)
    assert {two.store.load(name).framework.version for name in ("one", "two")} == {"2026.2"}


@pytest.mark.parametrize("takes_over", [True, False])
def test_one_is_moved_as_its_mover_says(two, takes_over):
    """The question reads the same, so that taking over is offered first; it may be refused."""
    page = draw("details", assessment="one", details="Version")
    (choice,) = [each for each in page.checkbox if "was" in each.label]
    assert choice.value
    choice.set_value(takes_over).run()

    press(page, "Move to version 2026.2")

    answers = two.store.load("one").assessment.answer_set.answers
    assert ("DP-9" in answers) is takes_over
    assert "DP-1" not in answers


def test_the_list_and_the_header_say_which_version_is_in_use(two):
    (first, _second) = rows(two.store, two.store.summaries(), "2026-11-29")
    assert (first.version, first.in_use) == ("2026.1", "2026.2")
    assert "version 2026.1; 2026.2 is in use" in said(draw("assessments"))
    page = draw("profile", assessment="one")
    links = [each.proto.label for each in page.get("page_link")]
    assert any("Version 2026" in label for label in links)

    two.store.retire("small", "Ana")

    assert "version 2026.1" not in said(draw("assessments"))
    (first, _second) = rows(two.store, two.store.summaries(), "2026-11-29")
    assert (first.version, first.in_use) == ("2026.1", "")


def test_the_list_says_the_version_where_there_are_several_and_none_is_in_use(two):
    two.create(renamed(), {"CX-1": "b"}, id="newer")
    two.store.retire("small", "Ana")

    told = said(draw("assessments"))

    assert told.count("version 2026.1") == 2
    assert told.count("version 2026.2") == 1


@pytest.fixture
def kin(app, tmp_path, monkeypatch):
    """An overlay in use beside what it extends, and an assessment on each."""
    monkeypatch.setenv(files.FURTHER_FOLDERS, str(tmp_path / "own"))
    (app.folder / "small-gates.yaml").write_bytes(BASE.read_bytes())
    app.store.put_in_use(GOOD.encode(), "Ana")
    app.create(load_framework("small-gates"), {"CX-1": "b", "DP-1": "b"}, id="plain")
    app.create(load_framework("ours"), {"CX-1": "b", "DP-1": "b"}, id="wider")
    return app


def test_between_a_questionnaire_and_what_extends_it_only_where_that_is_named(kin):
    assert "0 assessments" in run("move-version", "--to", "ours", "--all").output
    told = run("move-version", "--to", "ours", "--from", "small-gates")
    assert "plain: small-gates 2026.1 -> ours 1; carried 2" in told.output
    assert run("move-version", "--to", "ours", "--from", "small-gates", "plain").exit_code == 2
    assert "moved: 1" in run("move-version", "--to", "ours", "plain", "--yes").output
    assert kin.store.load("plain").framework.id == "ours"
    assert "Moved from small-gates 2026.1 → ours 1." in {
        entry.reason for entry in kin.store.history("plain")
    }
    back = run("move-version", "--to", "small-gates", "--from", "ours", "--yes")
    assert "moved: 2" in back.output
    assert {kin.store.load(name).framework.id for name in ("plain", "wider")} == {"small-gates"}


def test_the_page_says_where_they_stand_now(kin):
    page = draw("frameworks", **{"frameworks-show": "Move assessments", "framework": "ours@1"})
    (stand,) = [each for each in page.selectbox if each.label == "Where they stand now"]
    assert [unescaped(each) for each in stand.options] == [
        "Small invented check with gates, which it extends: 1 assessment"
    ]

    press(press(page, "Choose all of them"), "Move 1 assessment")

    assert kin.store.load("plain").framework.id == "ours"
    assert kin.store.load("wider").framework.id == "ours"
