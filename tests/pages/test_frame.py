"""The frame: the menu in its groups, the header of an assessment, and who is asked for a name."""

from pathlib import Path

import pytest

from procurement_risk.assessment import Purchase
from procurement_risk.framework.shipped import STATIC
from procurement_risk.views import frame
from procurement_risk.views.shared import identity, session, signing
from tests.support.framework_documents import SMALL
from tests.support.small_app import App, draw, new_test, said

HOSTILE = "Library](javascript:alert(1)) :red[x] <b>" + "y" * 250


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An empty store, and no names from the environment."""
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    monkeypatch.delenv(signing.SETTING, raising=False)
    monkeypatch.delenv(identity.ORGANISATION, raising=False)
    session.whole_store.clear()
    yield App(session.store(), tmp_path)
    session.whole_store.clear()


IN_THE_MENU = [page.address for page in frame.PAGES if not page.inside and not page.team]


def visible(test):
    """Return the addresses that the menu shows."""
    shown = test.session_state["pages"]
    return [name for name, page in shown.items() if page.visibility == "visible"]


# --- The menu ---


def test_pages_about_an_assessment_stand_in_the_menu_only_while_one_is_open(app):
    app.create(SMALL)
    about_one = [page.address for page in frame.PAGES if page.group == "assessment"]
    others = [address for address in IN_THE_MENU if address not in about_one]

    assert visible(draw("help")) == others
    assert visible(draw("help", {"assessment": "case"})) == IN_THE_MENU
    assert "profile" in about_one
    assert visible(draw("profile", assessment="case")) == IN_THE_MENU
    assert visible(draw("profile", assessment="gone")) == others


def test_a_page_that_is_not_in_the_menu_has_a_page_that_leads_to_it(app):
    """Those for a team are in ``test_team_pages``."""
    app.create(SMALL)
    inside = {p.address: p.inside for p in frame.PAGES if p.inside and not p.team}

    assert inside == {"what-if": "portfolio", "changed": "portfolio"}
    for address, leads in inside.items():
        titles = {p.address: p.title() for p in frame.PAGES}
        assert titles[leads] in [link.proto.label for link in draw(address).get("page_link")]
        assert address in [link.proto.page for link in draw(leads).get("page_link")]


def test_a_hidden_page_says_what_to_do(app):
    for address in ("profile", "answer", "details"):
        assert "No assessment is open" in said(draw(address))


def test_groups_stand_together_and_in_one_order():
    groups = [page.group for page in frame.PAGES]
    assert list(dict.fromkeys(groups)) == ["work", "assessment", "leadership", "library"]
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)


# --- The header ---


def test_the_header_says_what_stands_and_where(app):
    app.create(SMALL, fictional=True, state="in_review")

    words = said(draw("details", assessment="case"))

    assert words.startswith("Details Case triage\n")
    for each in ("Example AI Ltd", "Not ready", "In review", "Fictional", "0 of "):
        assert each in words


def test_a_purchase_called_like_a_group_or_like_markup_does_no_harm(app):
    for name, title in (("group", "Library"), ("markup", HOSTILE)):
        app.create(SMALL, id=name, purchase=Purchase(id=name, title=title, buyer="B"))
        test = draw("details", assessment=name)
        assert title in said(test)
        assert visible(test) == IN_THE_MENU


# --- The name ---


def boxes(test):
    return [each.label for each in test.main.text_input if each.key == "actor"]


def test_the_name_is_asked_where_something_is_changed_and_stays_there(app):
    app.create(SMALL)
    test = draw("answer", {"actor": ""}, assessment="case")
    assert boxes(test) == ["Your name, for the history"]
    assert "Who is working here?" in said(test)

    test.text_input(key="actor").set_value("Dana").run()
    assert boxes(test) == ["Your name, for the history"]

    assert boxes(draw("answer", {"actor": "Dana"}, assessment="case")) == []
    assert boxes(draw("help", {"actor": ""})) == []
    for page in ("assessments", "records"):
        assert boxes(draw(page, {"actor": ""})) == ["Your name, for the history"]


def test_the_setting_names_whom_the_browser_does_not(app, monkeypatch):
    monkeypatch.setenv(signing.SETTING, "Clerk")
    test = new_test({}, {})
    del test.session_state["actor"]
    assert test.run().session_state["actor"] == "Clerk"


# --- The organisation ---


def test_the_organisation_stands_under_the_mark_as_plain_text(app, monkeypatch):
    assert "Borough" not in said(draw("help"))
    monkeypatch.setenv(identity.ORGANISATION, "Borough of <b>Example</b>\n:red[x]" + "z" * 200)
    assert "Borough of <b>Example</b> :red[x]zzz" in said(draw("help"))
    assert len(identity.organisation()) == identity.LONGEST


def test_every_theme_has_its_marks_and_styles():
    for theme in ("light", "dark"):
        assert "--" in identity._styles(theme)
        for name in ("logo", "mark"):
            drawing = (STATIC / f"{name}-{theme}.svg").read_text("utf-8")
            assert "<text" not in drawing
            assert identity.NAME in drawing
