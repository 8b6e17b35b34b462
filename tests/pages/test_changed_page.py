"""The page What changed: the day stands in the address, and each change leads to its purchase."""

from tests.support.small_app import draw, said
from tests.support.stored_examples import put_demonstration


def test_it_lists_what_changed_and_offers_the_monthly_page(app):
    put_demonstration(app.store)
    test = draw("changed", since="2026-01-01")

    assert "New: 10" in said(test)
    links = [each.proto.label.replace("\\", "") for each in test.get("page_link")]
    assert "Claims fraud scoring, Department for Civic Benefits" in links
    labels = [each.label for each in test.get("download_button")]
    assert labels == ["Monthly page (PDF)", "Monthly page (HTML)", "Slides (PowerPoint)"]


def test_a_day_that_is_none_is_said(app):
    test = draw("changed", since="<b>")

    assert "which is not a day" in said(test)
    assert "Nothing changed." in said(test)
