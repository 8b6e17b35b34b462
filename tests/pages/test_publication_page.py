"""The tab Publication on the Details page: what is withheld today, and marking a field."""

from dataclasses import replace
from datetime import date

import pytest

from procurement_risk.assessment import Marking
from procurement_risk.views.details.publication import marking_problems
from tests.support.publication_examples import FRAMEWORK, planted
from tests.support.small_app import draw, folded, press, said, tables

FIELD, MARKING = "Field", "Marking"


def page(app, **changes):
    app.store.create(replace(planted(), **changes), FRAMEWORK, "Ana")
    return draw("details", assessment="one", details="Publication")


def choose(test, label, value):
    (box,) = [each for each in test.selectbox if each.label == label]
    return box.set_value(value)


def write(test, label, text):
    (field,) = [each for each in test.text_input if each.label.startswith(label)]
    return field.set_value(text)


def test_it_states_the_rules_and_what_is_withheld(app):
    test = page(app)

    assert "Notes and links are for colleagues." in said(test)
    assert "Nothing is marked." in said(test)
    assert folded(test) == ["8 fields are withheld today"]
    rule = "Names of persons are personal, unless they are marked public."
    assert ["Who decided", "Personal", rule, "no end date"] in tables(test)[-1]


def test_a_field_is_marked_and_the_marking_taken_away(app):
    test = page(app)
    choose(test, FIELD, "purchase.committed_value")
    choose(test, MARKING, "commercial")
    write(test, "Why it is withheld", "Prices are *given* in confidence")
    test.date_input[0].set_value(date(2099, 12, 31))
    test = press(test, "Save the marking")

    marking = Marking(
        ground="commercial", reason="Prices are *given* in confidence", until="2099-12-31"
    )
    assert app.store.load("one").assessment.markings == {"purchase.committed_value": marking}
    assert tables(test)[0] == [
        ["Committed value", "Commercial", "Prices are *given* in confidence", "31 December 2099"]
    ]
    assert folded(test) == ["9 fields are withheld today"]

    choose(test, FIELD, "purchase.committed_value")
    choose(test, MARKING, "")
    test = press(test, "Save the marking")

    assert app.store.load("one").assessment.markings == {}
    assert app.store.parts("one")["markings"].value is None
    assert "Nothing is marked." in said(test)


def test_all_that_lacks_is_said_at_once_and_nothing_is_saved(app):
    test = press(page(app), "Save the marking")

    assert [each.value for each in test.error] == [
        "Choose the field.",
        "Choose the marking.",
        "2 fields need you: what is missing or wrong stands under each.",
    ]
    assert app.store.load("one").assessment.markings == {}


def test_an_ended_marking_and_one_of_nothing_say_so(app):
    old = Marking(ground="commercial", reason="Prices", until="2020-01-31")
    test = page(app, markings={"supplier.name": old, "answers.XX-9.note": replace(old)})

    ended = "31 January 2020: ended, withholds no longer"
    assert [row[0] for row in tables(test)[0]] == [
        "XX-9: note on the answer (empty now)",
        "Supplier",
    ]
    assert tables(test)[0][1][3] == ended


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        (("supplier.name", "personal", "", ""), ["Write why it is withheld."]),
        (
            ("supplier.name", "commercial", "", ""),
            [
                "Write why it is withheld.",
                "Give the last day on which it is withheld.",
            ],
        ),
        (
            ("supplier.name", "commercial", "x", "2020-01-01"),
            ["The last day has passed, so nothing would be withheld. Write a later day."],
        ),
        (
            ("supplier.name", "security", "x", "2099-01-01"),
            ["Only a commercial field has a last day. Leave it empty, or mark it commercial."],
        ),
        (("supplier.name", "public", "", ""), []),
        (("supplier.name", "", "", ""), []),
        (("supplier.name", "commercial", "x", "2099-01-01"), []),
    ],
)
def test_what_a_marking_lacks(given, problems):
    assert [each.message for each in marking_problems(*given)] == problems
