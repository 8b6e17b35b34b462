"""An assessment that was damaged in the database, on every page that lists it beside others."""

import pytest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.storage import tables
from tests.support.framework_documents import SMALL
from tests.support.small_app import draw, said

BIDDERS = {"bad": "Example AI Ltd", "good": "Northwind", "fair": "Bright Ltd"}


@pytest.fixture
def one_bad(app):
    """Three bids for one purchase; an answer of the first is none that can be read."""
    purchase = Purchase(id="p", title="Case triage", buyer="Borough of Example")
    for name in BIDDERS:
        supplier = Supplier(name=BIDDERS[name])
        app.create(SMALL, {"CX-1": "b"}, id=name, purchase=purchase, supplier=supplier)
    app.create(SMALL, {"CX-1": "b"}, id="more", supplier=Supplier(name="Example AI Ltd"))
    part = tables.part
    this = (part.c.assessment_id == "bad") & (part.c.name == "answer:CX-1")
    with app.store.writing() as connection:
        connection.execute(part.update().where(this).values(value='{"option":7}'))
    return app


@pytest.mark.parametrize(
    ("page", "query", "words"),
    [
        ("portfolio", {}, "1 assessment cannot be read and is left out here. bad: CX-1 was"),
        ("supplier", {"supplier": "Example AI Ltd"}, "and is left out here. bad: CX-1 was"),
        ("compare", {"purchase": "p"}, "and is left out here. bad: CX-1 was changed outside"),
        ("profile", {"assessment": "bad"}, "bad: CX-1 was changed outside the toolkit"),
        ("answer", {"assessment": "bad"}, "bad: CX-1 was changed outside the toolkit"),
        ("profile", {"assessment": "more"}, "and is left out here. bad: CX-1 was changed outside"),
        ("my-work", {}, "and is left out here. bad: CX-1 was changed outside"),
        ("start", {}, "Start"),
        ("records", {}, "Records"),
    ],
)
def test_the_page_is_drawn_and_says_it(one_bad, page, query, words):
    test = draw(page, **query)
    shown = said(test)
    assert words in shown
    assert "Something went wrong" not in shown


def test_what_is_of_another_supplier_is_not_told_beside(one_bad):
    assert "cannot be read" not in said(draw("profile", assessment="good"))


def test_the_list_holds_its_line(one_bad):
    shown = said(draw("assessments"))
    assert "4 of 4 assessments" in shown
    assert "Cannot be read" in shown
    assert "1 assessment was changed outside the toolkit and cannot be read: Case" in shown
