"""No page names a fact or an option by the id that it has in a questionnaire's file.

But for the page of the questionnaires, which shows what stands in those files.
"""

import re

import pytest

from procurement_risk.assessment import Answer, CarriedAnswer, Comment, HandOver
from procurement_risk.assessment.document import to_document
from procurement_risk.errors import Damaged
from procurement_risk.methods.weakest_section import score
from procurement_risk.portfolio.finding import find_lines
from procurement_risk.profile.walkthrough import steps
from procurement_risk.storage.mentions import passage
from procurement_risk.storage.place_words import where
from procurement_risk.storage.sound import values
from procurement_risk.views import frame
from procurement_risk.views.details import page as details
from procurement_risk.views.help import page as help_page
from procurement_risk.views.portfolio import parts as portfolio_parts
from procurement_risk.views.profile import page as profile
from procurement_risk.views.supplier import page as supplier_page
from tests.support import small_app
from tests.support.answer_sets import CORE
from tests.support.pseudo_language import bare, shown
from tests.support.stored_examples import put_demonstration

AT = "2026-11-23T09:00:00Z"
ASKED = {"by": "Ben", "at": AT}
# A fact of one word, such as “speech”, is a word of the language too.
FACTS = [fact.id for fact in CORE.facts if "_" in fact.id]
INTERNAL = re.compile(
    rf"\b(?:{'|'.join(FACTS)})\b"
    r"|(?:^|[\s“(])[a-h]: "  # an option before its label, as in the file
    r"|\b(?:answer|carried|comments|handover|mitigation):\w"
)


def found(test):
    """Return the texts on the page that hold such an id."""
    texts = ((place, bare(text)) for place, text in shown(test))
    return [f"{place}: {text[:150]}" for place, text in texts if INTERNAL.search(text)]


@pytest.fixture
def store(store):
    """The demonstration, and one assessment in which colleagues work at facts."""
    put_demonstration(store)
    put_shared(store)
    return store


def put_shared(store):
    """Store ``case``: comments, a hand-over, answers of an earlier look, and changes of facts."""
    asked = Comment(text="@Ana is that so?", **ASKED)
    carried = {
        name: CarriedAnswer(
            assessment="demo-p01", as_of="2025-11-23", answer=Answer(options=(option,), **ASKED)
        )
        for name, option in (("decisions_about_people", "yes"), ("DP-03", "a"))
    }
    case = small_app.assessment(
        {"staff_facing": "yes", "custom_training": "no", "SR-06": "e"},
        comments={"staff_facing": (asked,), "DP-02": (asked,)},
        handovers={each: HandOver(owner="Ana", **ASKED) for each in ("DP", "facts")},
        carried=carried,
    )
    store.create(case, CORE, "Ben")
    given = to_document(case.answer_set.answers["staff_facing"])
    revision = store.parts("case")["answer:staff_facing"].revision
    changed = {"option": "no", "by": "Ana", "at": AT}
    assert given["options"] == ["yes"]
    store.save("case", "answer:staff_facing", changed, revision, "Ana")


def test_the_pages_of_an_assessment(store):
    """Each page that is about one, with its tabs; each section; what is folded away in history."""
    stored = store.load("case")
    walk = steps(CORE, score(CORE, stored.assessment.answer_set))
    pages = [("answer", {"section": step.id}) for step in walk]
    pages += [("details", {"details": tab}) for tab in details.TABS]
    pages += [("profile", {"show": tab}) for tab in profile.TABS]
    pages += [(name, {}) for name in ("history", "decision", "records")]
    for page, query in pages:
        state = {"history-chain": True, "finding:case:SR-06": True} if page != "answer" else {}
        assert found(small_app.draw(page, state, assessment="case", **query)) == [], (page, query)


def test_the_other_pages(store):
    purchase = store.load("demo-p01").assessment.purchase.id
    for page in frame.PAGES:
        if page.address not in ("frameworks", "answer"):
            assert found(small_app.draw(page.address, purchase=purchase)) == [], page.address
    for tab in supplier_page.TABS:
        query = {"supplier": "Halcyon Frontier Inc", supplier_page.SHOW: tab}
        assert found(small_app.draw("supplier", query, **query)) == [], tab
    for tab in portfolio_parts.TABS:
        assert found(small_app.draw("portfolio", **{"portfolio-show": tab})) == [], tab
    for tab in help_page.TABS:
        assert found(small_app.draw("help", help=tab)) == [], tab


@pytest.mark.parametrize(
    "text",
    ["Comment on staff_facing", "custom_training: No → Yes", "Answered a: Yes", "answer:DP-03"],
)
def test_an_id_is_refused(store, text):
    """Seen on a page by what a person could have typed there."""
    purchase = store.load("case").assessment.purchase
    revision = store.parts("case")["purchase"].revision
    typed = {"id": purchase.id, "title": text, "buyer": purchase.buyer}
    store.save("case", "purchase", typed, revision, "Ana")
    assert found(small_app.draw("history", assessment="case"))


def test_where_words_and_names_are_found(store):
    """The list of places of a name, the line of what was found set aside, and a damaged answer."""
    given = {"option": "no", "note": "Zebedee said so", "by": "Ana", "at": AT}
    revision = store.parts("case")["answer:staff_facing"].revision
    store.save("case", "answer:staff_facing", given, revision, "Ana")
    (place, *_others) = store.places(passage("Zebedee"), "case")
    assert "staff_facing" not in where(place)
    (line,) = find_lines(store, "Zebedee")
    assert not INTERNAL.search(" ".join(line.where))
    with pytest.raises(Damaged) as refused:
        values("case", {"answer:staff_facing": "{"}, (), CORE)
    assert not INTERNAL.search(refused.value.problems[0].message)
