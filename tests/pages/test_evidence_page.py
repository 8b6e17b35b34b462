"""Files of evidence on the pages: added, fetched, refused in words, missing without a crash."""

import hashlib

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.storage.evidence.contents import folder_of
from tests.support.answer_sets import CORE

PDF = b"%PDF-1.7 what an auditor wrote"
DIGEST = hashlib.sha256(PDF).hexdigest()

DETAILS = """
from procurement_risk.views.details import evidence
from procurement_risk.views.shared import session
opened = session.current()
session.show_flash()
evidence.draw(opened)
"""
DRAWER = """
from procurement_risk.views.answer import autosave, files
from procurement_risk.views.shared import session
autosave.sweep()
files._draw("case", "DP-01", True)
"""


@pytest.fixture
def store(store):
    """The store that the page under test uses too, with one assessment."""
    store.create(
        Assessment(
            id="case",
            purchase=Purchase(id="p", title="Letters", buyer="Northmere"),
            supplier=Supplier(name="Quillmere"),
            answer_set=AnswerSet(as_of="2026-11-23"),
        ),
        CORE,
        "Ada",
    )
    return store


def drawn(script):
    test = AppTest.from_string(script, default_timeout=30)
    test.query_params["assessment"] = "case"
    return test.run()


def button(test, label):
    return next(each for each in test.button if each.label == label)


def said(test):
    return " ".join(each.value for each in [*test.error, *test.success, *test.caption])


def test_a_file_is_added_on_the_details_page_and_fetched(store, tmp_path, monkeypatch):
    """It leaves under a safe name; one that is gone is told in words."""
    handed_out, draw = [], st.download_button

    def button_of(name, **more):
        handed_out.append((name, more))
        return draw(name, **more)

    monkeypatch.setattr(st, "download_button", button_of)
    test = drawn(DETAILS)
    test.file_uploader[0].set_value(("Prüf <b>bericht.pdf", PDF, "application/pdf"))
    test.multiselect[0].set_value(["DP-01"])
    grade = next(each for each in test.selectbox if "grade" in each.label)
    grade.set_value("E3")
    button(test, "Add the file").click().run()
    assert not test.exception
    assert not test.error
    answer = store.load("case").assessment.answer_set.answers["DP-01"]
    assert (answer.evidence, answer.files) == ("E3", (f"sha256:{DIGEST}",))

    fetch = next(each for each in test.button if each.label.startswith("Fetch"))
    fetch.click().run()
    [save] = test.get("download_button")
    assert save.proto.url
    [(_name, sent)] = handed_out
    assert (sent["mime"], sent["file_name"]) == (
        "application/octet-stream", f"Pruf-b-bericht-{DIGEST[:8]}.pdf",
    )  # fmt: skip
    button(test, "Check every file").click().run()
    assert "as it was added" in said(test)
    (folder_of(tmp_path / "store.sqlite3") / DIGEST).write_bytes(b"%PDF-1.7 forged")
    next(each for each in test.button if each.label.startswith("Fetch")).click().run()
    assert "was altered" in said(test)
    assert not test.get("download_button")
    button(test, "Check every file").click().run()
    assert "was altered" in said(test)

    button(test, "Remove it").click().run()
    assert not test.exception
    assert store.load("case").assessment.files == {}


def test_the_drawer_of_a_question_keeps_what_was_typed_when_it_refuses(store):
    """And then takes the right file, links it elsewhere, and takes it off again."""
    test = drawn(DRAWER)
    test.file_uploader[0].set_value(("report.pdf", b"MZ program", "application/pdf"))
    source = next(each for each in test.text_input if "Who made it" in each.label)
    source.set_value("An auditor")
    button(test, "Add the file").click().run()
    assert "not what its name says" in said(test)
    assert next(each for each in test.text_input if "Who made" in each.label).value == "An auditor"

    test.file_uploader[0].set_value(("report.pdf", PDF, "application/pdf"))
    button(test, "Add the file").click().run()
    assert not test.exception
    file = store.load("case").assessment.files[DIGEST]
    assert (file.name, file.source) == ("report.pdf", "An auditor")
    assert "An auditor" in said(test)

    store.link_evidence("case", DIGEST, "Ada", ["DP-02"])
    button(test, "Take file 1 off this answer").click().run()
    answers = store.load("case").assessment.answer_set.answers
    assert ("DP-01" in answers, "DP-02" in answers) == (False, True)
    known = next(each for each in test.selectbox if "already" in each.label)
    known.set_value(DIGEST).run()
    button(test, "Use it here too").click().run()
    assert "DP-01" in store.load("case").assessment.answer_set.answers
