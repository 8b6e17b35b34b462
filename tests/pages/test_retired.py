"""A questionnaire that was retired later: what stands on it says so and offers what is in use."""

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.framework import files
from procurement_risk.framework.files import list_frameworks, load_framework
from procurement_risk.storage.looks import begin_look
from tests.support.overlays import BASE, GOOD
from tests.support.small_app import draw, said

WORDS = "Small invented check with gates was retired by Ben on"


@pytest.fixture
def retired(app, tmp_path, monkeypatch):
    """An assessment whose questionnaire is retired, and an overlay of that in use."""
    monkeypatch.setenv(files.FURTHER_FOLDERS, str(tmp_path / "own"))
    (app.folder / "small-gates.yaml").write_bytes(BASE.read_bytes())
    app.store.put_in_use(GOOD.encode(), "Ana")
    app.create(load_framework("small-gates"), {"CX-1": "b", "DP-1": "b"})
    app.store.retire("small-gates", "Ben", "Ours takes its place.")
    return app


def draw_one(name):
    from procurement_risk.views.shared import assessment_menu, session

    opened = session.current()
    if opened is not None:
        assessment_menu.ACTIONS[name](opened)


def asked(name):
    test = AppTest.from_function(draw_one, kwargs={"name": name}, default_timeout=30)
    test.query_params["assessment"] = "case"
    return test.run()


def begun(app):
    (found,) = [each.id for each in app.store.summaries() if each.id != "case"]
    return app.store.load(found)


def test_the_header_says_so_and_leads_to_what_is_in_use(retired):
    page = draw("profile", assessment="case")

    assert f"{WORDS}" in said(page)
    assert ": Ours takes its place." in said(page)
    links = [each.proto.label for each in page.get("page_link")]
    assert any("It can be moved to one in use" in label for label in links)


@pytest.mark.parametrize(("onto", "came"), [(None, "ours"), ("", "small-gates")])
def test_a_new_look_says_so_and_offers_what_is_in_use(retired, onto, came):
    test = asked("Look again")
    assert any(WORDS in each.value for each in test.warning)
    (choice,) = [each for each in test.selectbox if each.label == "Answer it on"]
    assert choice.value == "ours"
    if onto is not None:
        choice.set_value(onto).run()
    (button,) = [each for each in test.button if each.label == "Begin the new look"]
    button.click().run()

    look = begun(retired)
    assert look.framework.id == came
    assert "DP-1" in look.assessment.carried


def test_without_anything_in_use_it_goes_on_and_says_so(retired):
    retired.store.retire("ours", "Ben")
    test = asked("Look again")

    assert any("answered on the retired one once more" in each.value for each in test.markdown)
    assert not test.selectbox
    assert begin_look(retired.store, "case", list_frameworks(), "Ana").replaces == "case"
    assert begun(retired).framework.id == "small-gates"


def test_nothing_else_can_be_named(retired):
    for name in ("small", "small-gates", "nothing"):
        with pytest.raises(UsageError, match=f"No questionnaire {name} is in use that extends"):
            begin_look(retired.store, "case", list_frameworks(), "Ana", onto=name)


def test_the_command_says_what_is_in_use(retired):
    said_ = CliRunner().invoke(main, ["look-again", "case"])

    assert WORDS in said_.stderr
    name = begun(retired).assessment.id
    assert f"ours 1 is in use. To answer it on that: move-version --to ours {name}" in said_.stderr
    done = CliRunner().invoke(main, ["move-version", "--to", "ours", name, "--yes"])
    assert "moved: 1" in done.output


def test_the_command_answers_it_on_that_at_once(retired):
    assert CliRunner().invoke(main, ["look-again", "case", "--onto", "ours"]).exit_code == 0
    assert begun(retired).framework.id == "ours"
