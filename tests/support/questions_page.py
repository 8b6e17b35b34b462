"""The Questions page as a script of its own, for the tests that draw no other page."""

from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.storage import Store
from tests.support.answer_sets import CORE

QUESTIONS = """
from procurement_risk.views import frame
from procurement_risk.views.answer import autosave, page
from procurement_risk.views.shared import as_before, session
as_before.begin()
session.remember_pages({each.address: each.drawn(first=False) for each in frame.PAGES})
autosave.sweep()
page.page()
"""
"""Its links lead to the other pages, which the frame knows."""


def put_letters(store: Store, *names: str) -> None:
    """Put assessments of these ids into the store, with one answer in the section VO."""
    purchase, supplier = Purchase(id="p", title="Letters", buyer="B"), Supplier(name="Q")
    answered = AnswerSet(as_of="2026-11-23")
    for name in names:
        case = Assessment(id=name, purchase=purchase, supplier=supplier, answer_set=answered)
        store.create(case, CORE, "Ada")
        store.save(name, "answer:VO-01", {"option": "b", "evidence": "E2"}, 0, "Ada")


def letters_page(name: str = "case") -> AppTest:
    """Return the page at that section of one of them, drawn."""
    test = AppTest.from_string(QUESTIONS, default_timeout=30)
    test.query_params["assessment"], test.query_params["section"] = name, "VO"
    return test.run()
