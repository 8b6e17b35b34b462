"""Where there is very much to choose from, a field asks for words and a few are offered."""

from dataclasses import replace

import pytest

from procurement_risk.views.shared import on_file, some_of_many
from tests.support.small_app import draw, said
from tests.support.stored_examples import put_demonstration


@pytest.fixture
def few(app, monkeypatch):
    """The demonstration, of which two at a time are offered."""
    monkeypatch.setattr(some_of_many, "MOST", 1)
    monkeypatch.setattr(some_of_many, "SHOWN", 2)
    monkeypatch.setattr(on_file, "MANY", 2)
    put_demonstration(app.store)
    return app.store


def field(test, key):
    (found,) = [each for each in test.text_input if each.key and each.key.startswith(key)]
    return found


def test_records_offers_what_the_words_find(few):
    test = draw("records", records="take-out")
    (choice,) = [each for each in test.multiselect if each.key == "records-chosen"]
    assert len(choice.options) == 2
    assert "Offered are the 2 that were changed last." in said(test)
    wanted = few.summaries(archived=False)[-1]
    field(test, "records-words").input(wanted.purchase.title).run()
    (choice,) = [each for each in test.multiselect if each.key == "records-chosen"]
    assert any(wanted.purchase.title in each for each in choice.options)
    field(test, "records-words").input("zebra").run()
    assert "Nothing has all of these words." in said(test)


def test_compare_asks_for_words_and_leads_to_what_the_address_names(few):
    (compared,) = few.offered_compared("", 9).ids
    for each in few.load_many(few.of_purchases([compared])[:3]):
        bought = replace(each.assessment.purchase, id="other", title="Sorting post")
        other = replace(each.assessment, id=f"{each.assessment.id}-other", purchase=bought)
        few.create(other, each.framework, "Ada")
    test = draw("compare", purchase=compared)
    assert [each.value for each in test.selectbox if each.label == "Purchase"] == [compared]
    field(test, "compare-words").input("zebra").run()
    assert [each.value for each in test.selectbox if each.label == "Purchase"] == [compared]
