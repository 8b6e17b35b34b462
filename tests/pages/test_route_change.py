"""A route that is changed on Details takes the answer that it gave with it, and says so."""

from procurement_risk.assessment import Answer, Purchase
from procurement_risk.assessment.routes import carried_over
from tests.support import small_app
from tests.support.answer_sets import CORE

QUESTION = "CX-11"
PURCHASE = Purchase(id="p", title="Case triage", buyer="Borough", route="route.g_cloud")


def change_route(store):
    test = small_app.draw("details", assessment="case")
    (route,) = [each for each in test.selectbox if each.label == "How it is being bought"]
    route.select("route.pilot")
    small_app.press(test, "Save the details")
    assert store.load("case").assessment.purchase.route == "route.pilot"
    return small_app.said(test)


def test_the_answer_follows_here_and_for_other_suppliers(store):
    given = carried_over(PURCHASE.route, CORE, by="Ana", at="2026-11-23T09:00:00Z")
    for name in ("case", "other"):
        kept = small_app.assessment(given, id=name, purchase=PURCHASE)
        store.create(kept, CORE, "Ana")
    said = change_route(store)
    assert f"{QUESTION} follows how it is being bought now: “" in said
    for name in ("case", "other"):
        assert store.load(name).assessment.answer_set.answers[QUESTION].option == "e"


def test_what_was_answered_by_hand_stays(store):
    by_hand = Answer(options=("d",))
    kept = small_app.assessment({QUESTION: by_hand}, purchase=PURCHASE)
    store.create(kept, CORE, "Ana")
    assert "follows" not in change_route(store)
    assert store.load("case").assessment.answer_set.answers[QUESTION] == by_hand
