"""Overlays on the page Questionnaires: what is theirs, what a newer base does, and beginning."""

import pytest

from procurement_risk.framework import files
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.strict_yaml import read_yaml
from tests.support.overlays import BASE, GOOD
from tests.support.small_app import draw, press, said, tables

NEXT = BASE.read_text("utf-8").replace('"2026.1"', '"2026.2"', 1)


@pytest.fixture
def own(app, tmp_path, monkeypatch):
    """The organisation's folder with an overlay in use, of a questionnaire in the other one."""
    monkeypatch.setenv(files.FURTHER_FOLDERS, str(tmp_path / "own"))
    (app.folder / "small-gates.yaml").write_bytes(BASE.read_bytes())
    app.store.put_in_use(GOOD.encode(), "Ana")
    return app


def opened(framework="ours@1"):
    return draw("frameworks", **{"frameworks-show": "Read one", "framework": framework})


def shown(page):
    return said(page) + " ".join(
        each.value for each in (*page.warning, *page.error, *page.success)
    )


def test_it_says_what_it_extends_and_what_is_its_own(own):
    listed = said(draw("frameworks"))
    page = opened()

    words = "xtends small-gates 2026.1: 2 questions of its own, 2 inherited and changed"
    assert f"· e{words}" in listed
    assert f"E{words}" in said(page)
    assert any("DP-1" in str(table) for table in tables(page))
    assert "two different frameworks" not in shown(page)


def test_what_it_rests_on_is_kept_when_it_is_put_in_use(own, tmp_path):
    """So the next version may take the place of the base, and the overlay goes on."""
    (own.folder / "small-gates.yaml").write_text(NEXT, "utf-8")

    assert (tmp_path / "own" / "versions" / "small-gates" / "2026.1.yaml").is_file()
    assert load_framework("ours").based_on.version == "2026.1"


def test_a_newer_base_and_what_becomes_of_the_changes(own):
    (own.folder / "small-gates.yaml").write_text(NEXT, "utf-8")
    page = opened()
    assert "It extends small-gates 2026.1, and version 2026.2 is here." in shown(page)
    assert "Nothing clashes. Edit it, write extends: small-gates@2026.2, and" in shown(page)
    assert "changes still apply:" in shown(page)

    clashing = NEXT.replace(
        "{id: high, label: High, from: 60}", "{id: high, label: High, from: 50}"
    )
    (own.folder / "small-gates.yaml").write_text(clashing, "utf-8")
    page = opened()
    assert "1 thing clashes with it" in shown(page)
    assert "Line 12." in said(page)


def test_extending_one_begins_a_draft(own):
    page = press(opened("small-gates@2026.1"), "Begin it and edit it")

    (draft,) = own.store.every_draft()
    data = read_yaml(draft.text).data
    assert (data["id"], data["extends"]) == ("our-small-gates", "small-gates@2026.1")
    assert "No problems. A draft: saved as you type" in said(page)


def test_a_file_that_hides_a_shipped_one_says_so(own):
    """On the list and where it is read; it goes by the id of one that was shipped."""
    hiding = NEXT.replace("id: small-gates", "id: staff-assistant", 1)
    (own.folder / "staff-assistant.yaml").write_text(hiding, "utf-8")

    assert "it hides that one" in shown(draw("frameworks"))
    assert "it hides that one" in shown(opened("staff-assistant@2026.2"))
    assert "it hides that one" not in shown(opened())
