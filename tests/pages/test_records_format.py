"""The choice of a format on the Records page, and of the assessments to take out."""

import re

import pytest

from procurement_risk.exports import EXPORTS
from procurement_risk.views.records import format as records_format
from tests.support.framework_documents import SMALL
from tests.support.places import ROOT
from tests.support.small_app import away_and_back, draw, said, unescaped


@pytest.fixture
def filled(app):
    for name in ("one", "two"):
        app.create(SMALL, {"CX-1": "b"}, id=name)
    return app


def purposes(test):
    return test.radio(key="records-purpose")


def formats(test):
    (found,) = (each for each in test.radio if str(each.key).startswith("records-format-"))
    return found


def take(radio, value):
    test = radio.set_value(value).run()
    assert not test.exception
    return test


def test_every_format_stands_under_one_purpose():
    listed = [e.name for use in records_format.GROUPS for e in records_format.formats_for(use)]
    assert sorted(listed) == sorted(EXPORTS)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_purpose_of_each_format_is_found(name):
    use = EXPORTS[name].use
    assert name in [each.name for each in records_format.formats_for(use)]


def test_a_document_gives_each_format_under_the_same_purpose():
    document = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in document.splitlines() if line.startswith("| ")]
    listed = {title.strip(): re.findall(r"`([a-z-]+)`", formats) for title, formats in rows}
    for use, group in records_format.GROUPS.items():
        assert listed[group.title] == [each.name for each in records_format.formats_for(use)]


def test_what_no_list_offers_is_not_taken(monkeypatch):
    """Streamlit hands on whatever a browser sends."""
    state = {"purpose": "nothing", "format": "nothing"}
    monkeypatch.setattr(records_format.st, "session_state", state)
    records_format._take_purpose("purpose")
    records_format._take_format("format")
    assert records_format.CHOSEN not in state


def test_the_record_stands_first_and_a_purpose_shows_its_own_formats(filled):
    test = draw("records")
    assert (purposes(test).value, formats(test).value) == ("evidence", "json")
    held = ["JSON record", "Audit pack", "History (CSV)", "History (JSON)"]
    assert formats(test).options == held
    take(purposes(test), "publication")
    assert formats(test).value == "public-summary"
    assert "What is withheld is left out" in said(test)
    assert test.query_params["format"] == "public-summary"


def test_each_purpose_keeps_what_was_chosen_for_it(filled):
    test = draw("records")
    take(purposes(test), "analysis")
    take(formats(test), "answers-csv")
    take(purposes(test), "contract")
    take(purposes(test), "analysis")
    assert formats(test).value == "answers-csv"


def test_the_address_opens_a_format(filled):
    test = draw("records", {"records-format": "oscal"}, format="known-risks")
    assert (purposes(test).value, formats(test).value) == ("contract", "known-risks")
    take(formats(test), "conditions")
    assert formats(test).value == "conditions"
    assert test.query_params["format"] == "conditions"


@pytest.mark.parametrize("name", ["", "nothing", "json "])
def test_an_address_that_names_no_format_changes_nothing(filled, name):
    test = draw("records", {"records-format": "oscal"}, format=name)
    assert formats(test).value == "oscal"


def test_what_was_chosen_stands_after_another_page(filled):
    test = draw("records", {"assessment": "one"}, format="oscal")
    test.multiselect(key="records-chosen").set_value(["one", "two"]).run()
    away_and_back(test)
    assert formats(test).value == "oscal"
    assert test.multiselect(key="records-chosen").value == ["one", "two"]


def test_an_assessment_opened_since_takes_the_place_of_the_one_before(filled):
    """One that nobody chose by hand; a choice of several stands, unless an address names one."""
    test = draw("records", {"assessment": "one"})
    chosen = test.multiselect(key="records-chosen")
    assert chosen.value == ["one"]
    test.session_state["assessment"] = "two"
    test.run()
    assert test.multiselect(key="records-chosen").value == ["two"]
    test.multiselect(key="records-chosen").set_value(["one", "two"]).run()
    test.session_state["assessment"] = "one"
    test.run()
    assert test.multiselect(key="records-chosen").value == ["one", "two"]
    test.query_params["assessment"] = "two"
    test.session_state["records-followed"] = ""
    test.run()
    assert test.multiselect(key="records-chosen").value == ["two"]


def test_what_was_set_aside_since_is_no_longer_chosen(filled):
    test = draw("records", {"assessment": "one"})
    filled.store.archive("one", "Ana")
    test.run()
    assert not test.exception
    assert test.multiselect(key="records-chosen").value == []
    assert "Choose at least one assessment." in said(test)
    test.checkbox(key="records-all").check().run()
    assert "1 that was set aside is not among them." in said(test)


def test_two_assessments_that_read_alike_are_told_apart(filled):
    options = [unescaped(each) for each in draw("records").multiselect[0].options]
    assert len(set(options)) == 2
    assert {each.rpartition(" · ")[2] for each in options} == {"one", "two"}


def test_a_published_format_leads_to_what_is_withheld(filled):
    links = [each.proto.label for each in draw("records", format="atrs").get("page_link")]
    assert "See what is withheld, and mark fields" not in links
    test = draw("records", format="atrs", assessment="one")
    assert "See what is withheld, and mark fields" in [
        each.proto.label for each in test.get("page_link")
    ]


def test_several_in_a_format_for_one_are_said_to_be_a_zip(filled):
    test = draw("records", {"records-all": True}, format="conditions")
    assert "All go into one ZIP, a file for each." in said(test)
    assert "All go into one ZIP" not in said(
        draw("records", {"records-all": True}, format="tables")
    )
