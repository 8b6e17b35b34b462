"""Details, Known risks: a topic is marked with why it qualifies, and taken back."""

import pytest

from tests.support.publication_examples import FRAMEWORK, planted
from tests.support.small_app import draw, said, tables


@pytest.fixture
def page(app):
    app.store.create(planted(), FRAMEWORK, "Ana")
    return draw("details", assessment="one", details="Known risks")


def field(page, kind, name):
    (found,) = (each for each in getattr(page, kind) if str(each.key).endswith(f":{name}"))
    return found


def save(page):
    (button,) = (each for each in page.button if each.label == "Save the known risk")
    page = button.click().run()
    assert not page.exception
    return page


def test_a_topic_is_marked_with_why_and_taken_back(app, page):
    assert "None is marked." in said(page)
    field(page, "selectbox", "topic").set_value("way-out")
    field(page, "selectbox", "qualifies").set_value("yes")
    page = save(page)
    assert "Write why it cannot be dealt with in the contract." in said(page)

    field(page, "text_input", "why").input("Nobody controls the maker")
    page = save(page)
    assert ["Way out", "Nobody controls the maker"] in tables(page)[0]
    (risk,) = app.store.load("one").assessment.known_risks.items()
    assert (risk[0], risk[1].why) == ("way-out", "Nobody controls the maker")

    field(page, "selectbox", "topic").set_value("way-out")
    field(page, "selectbox", "qualifies").set_value("no")
    save(page)
    assert app.store.load("one").assessment.known_risks == {}
