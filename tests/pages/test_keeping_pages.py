"""Setting aside, holding, deleting, disposing and striking out on the pages."""

from dataclasses import replace

import pytest

from procurement_risk.storage.mentions import person
from tests.support.publication_examples import FRAMEWORK, planted
from tests.support.small_app import draw, folded, press, said, tables


def put(app, name="one", **changes):
    app.store.create(replace(planted(), id=name, **changes), FRAMEWORK, "Wilhelmina Ott")
    return name


def write(test, label, text):
    fields = [*test.text_input, *test.text_area]
    (field,) = [each for each in fields if each.label.startswith(label)]
    field.set_value(text).run()
    assert not test.exception
    return test


def tick(test, label):
    (box,) = [each for each in test.checkbox if each.label == label]
    box.check().run()
    assert not test.exception
    return test


def keeping(app):
    return draw("details", assessment="one", details="Keeping")


def test_set_aside_and_brought_back_on_the_details_page(app):
    put(app)
    test = write(keeping(app), "Why it is set aside", "Over")
    test = press(test, "Set it aside")
    assert app.store.load("one").archived
    assert app.store.history("one")[-1].reason == "Over"

    assert "Set aside: nothing can be changed." in said(draw("profile", assessment="one"))
    test = press(test, "Bring it back")
    assert not app.store.load("one").archived
    assert "Set aside: nothing" not in said(draw("profile", assessment="one"))


def test_set_aside_and_brought_back_from_the_list(app):
    put(app)
    put(app, "two")
    test = press(draw("assessments", {"list-change": True}), "Set it aside")
    (gone,) = [each.id for each in app.store.summaries() if each.archived]
    assert "1 set aside" in folded(test)

    press(test, "Bring it back")
    assert not app.store.load(gone).archived


def test_a_hold_needs_a_reason_and_stops_deletion(app):
    put(app)
    test = press(keeping(app), "Put it under a legal hold")
    assert "Say why: the reason is empty." in said(test)
    test = write(test, "Why it is held", "Claim 4711")
    test = press(test, "Put it under a legal hold")
    assert "by Ana: Claim 4711" in said(test)
    assert "Under a legal hold since" in said(draw("answer", assessment="one"))

    test = write(test, "Why it is deleted", "Twice")
    test = press(write(test, "To go on, write its id", "one"), "Delete it for good")
    assert "under a legal hold" in said(test)
    assert app.store.load("one")

    test = press(write(test, "Why the hold is lifted", "Settled"), "Lift the hold")
    assert app.store.load("one").hold is None


def test_deletion_asks_for_the_id(app):
    put(app)
    test = write(keeping(app), "Why it is deleted", "Made twice")
    test = press(test, "Delete it for good")
    assert "The id is another. Nothing was deleted." in said(test)
    write(test, "To go on, write its id", "one")
    (button,) = [each for each in test.button if each.label == "Delete it for good"]
    button.click().run()

    assert [each.reason for each in app.store.tombstones()] == ["Made twice"]
    assert app.store.summaries() == []


def test_a_passage_is_shown_and_struck_out(app):
    put(app)
    note = app.store.load("one").assessment.purchase.description
    assert note
    test = write(keeping(app), "The passage", note)
    assert "It stands in" in said(test)
    test = write(test, "On what ground", "Commercial")
    test = press(test, "Strike it out")

    assert "Struck out of" in said(test)
    assert app.store.load("one").assessment.purchase.description == "[struck out]"
    assert app.store.verify_history("one") == []


OLD = {"contract_start": "2001-01-01", "contract_end": "2002-01-01"}


@pytest.fixture
def due(app):
    about = planted()
    put(app, "old", purchase=replace(about.purchase, chosen_supplier="", **OLD), state="live")
    put(app, "new", state="draft", purchase=replace(about.purchase, chosen_supplier=""))
    return draw("records", records="Keep or dispose")


def test_the_due_list_and_disposal(app, due):
    assert [row[2] for row in tables(due)[0]] == ["1 January 2008"]
    (box,) = [each for each in due.selectbox if each.label == "Dispose of"]
    box.set_value("old").run()
    test = tick(due, "I have looked at it, and it may go")
    test = press(write(test, "Why, for the note", "Due"), "Dispose of it")

    (left,) = app.store.tombstones()
    assert left.rule == "Contract: 6 years from the end of the contract"
    assert "Disposed of." in said(test)
    assert folded(test)[0] == "1 was deleted"


def test_a_person_is_shown_and_struck_out(app, due):
    test = write(due, "The name, each spelling", "Wilhelmina Ott")
    assert "It stands in" in said(test)
    assert [each.label for each in test.get("download_button")]
    test = write(test, "On what ground, without the name", "Asked for")
    test = tick(test, "I have looked at every place")
    app.store.begin_draft("# By Wilhelmina Ott", "Ada")  # changes no assessment
    test = press(test, "Strike it out")
    assert "look at them once more" in said(test)
    test = tick(test, "I have looked at every place")
    test = press(test, "Strike it out")

    assert "There stands now: Person" in said(test)
    assert app.store.places(person(["Wilhelmina Ott"])) == []
    assert app.store.verify_history("old") == []


def test_rules_with_a_mistake_are_named_and_the_rest_goes_on(app, tmp_path, monkeypatch):
    put(app)
    path = tmp_path / "rules.yaml"
    path.write_text("retention_version: 1\nrules: 7\n", encoding="utf-8")
    monkeypatch.setenv("PROCUREMENT_RISK_RETENTION", str(path))
    test = draw("records", records="Keep or dispose")
    assert "Write a list" in said(test)
    assert "A person" in said(test)
