"""The page What if: what is chosen stands in the address, and what it comes to on the page."""

from tests.support.small_app import draw, said, tables
from tests.support.stored_examples import put_demonstration


def test_it_adds_up_what_rests_on_a_model_and_offers_it_on_paper(app):
    put_demonstration(app.store)
    test = draw("what-if", kind="model", name="Halcyon-3", happening="withdrawn")

    assert "1 service stops, as far as is on file" in said(test)
    assert "6 purchases rest on it, £6.925m committed; 1 in life." in said(test)
    assert len(tables(test)[0]) == 6
    labels = [each.label for each in test.get("download_button")]
    assert labels == [
        "Page to print (PDF)",
        "Page to print (HTML)",
        "Slides (PowerPoint)",
        "Table (CSV)",
    ]


def test_a_name_that_is_not_there_is_said(app):
    put_demonstration(app.store)
    test = draw("what-if", kind="host", name="Nobody's", happening="price")

    assert "“Nobody's” here, which is not among them" in said(test)


def test_without_purchases_it_says_what_to_do(app):
    assert "There is no purchase to ask about yet." in said(draw("what-if"))
