"""The list: what a line says, what narrows it, whose an assessment is, and the demonstration."""

from shutil import copy

import pytest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.errors import UsageError
from procurement_risk.framework.shipped import EXAMPLES
from procurement_risk.imports import demonstration
from procurement_risk.methods import evaluate
from procurement_risk.portfolio import kept
from tests.support.framework_documents import SMALL
from tests.support.small_app import draw, linked, press, said

CHANGING = {"list-change": True}  # what is folded away there is open
SHIPPED = ("p05-claims-fraud-scoring", "p07-planning-document-search")


def links(page):
    return [title for title, _query in linked(page)]


def fill(app):
    for name, supplier, state in (("Ash", "Zed Ltd", "draft"), ("Elm", "Abel Ltd", "live")):
        purchase = Purchase(id=name, title=name, buyer="Us")
        app.create(
            SMALL, id=name, purchase=purchase, supplier=Supplier(name=supplier), state=state
        )


def test_a_line_opens_the_assessment_and_says_what_there_is(app):
    fill(app)
    page = draw("assessments")
    assert linked(page)[0] == ("Ash", "assessment=Ash")
    words = said(page)
    assert "Zed Ltd · Us" in words
    assert "Draft\nAna" in words
    assert "answered 0 of" in words


def test_filters_and_order_are_followed_and_kept_in_the_address(app):
    fill(app)
    assert links(draw("assessments", sort="supplier"))[:2] == ["Elm", "Ash"]
    assert links(draw("assessments", supplier="Abel Ltd"))[:1] == ["Elm"]
    unset = draw("assessments", {"list-more-False": True})  # opened, they are all there
    assert "Supplier" in [each.label for each in unset.selectbox]
    page = draw("assessments", supplier="Abel Ltd", **{"list-search": "Ash"})
    assert "No assessment matches" in said(page)
    (state,) = [each for each in page.selectbox if each.label == "Supplier"]
    page = state.set_value("Zed Ltd").run()
    assert "Zed Ltd" in page.query_params["supplier"]
    assert "1 of 2 assessments" in said(page)


def test_an_address_that_names_nothing_narrows_nothing(app):
    fill(app)
    page = draw("assessments", sort="<b>", owner="nobody", tier="Tier IX")
    assert "2 of 2 assessments" in said(page)


def test_the_owner_can_be_handed_on_and_taken_back(app):
    app.create(SMALL)
    page = draw("assessments", CHANGING)
    (field,) = [each for each in page.text_input if each.label.startswith("Owner")]
    assert field.value == "Ana"
    field.input("Bo")
    press(page, "Save the owner")
    assert app.store.load("case").assessment.owner == "Bo"
    entry = app.store.history("case")[-1]
    assert (entry.part, entry.after, entry.by) == ("owner", "Bo", "Ana")

    page = draw("assessments", CHANGING, owner="Bo")
    (field,) = [each for each in page.text_input if each.label.startswith("Owner")]
    field.input("")
    press(page, "Save the owner")
    assert app.store.load("case").assessment.responsible == "Ana"


def test_a_purchase_is_renamed_from_the_list(app):
    app.create(SMALL)
    page = draw("assessments", CHANGING)
    (field,) = [each for each in page.text_input if each.label == "What is bought"]
    field.input("Reading letters")
    page = press(page, "Rename it")
    assert app.store.load("case").assessment.purchase.title == "Reading letters"
    assert links(page)[0] == "Reading letters"


@pytest.fixture
def few(tmp_path, monkeypatch):
    """Two of the examples, as if no more were shipped."""
    for name in SHIPPED:
        copy(EXAMPLES / f"{name}.json", tmp_path)
    monkeypatch.setattr(demonstration, "EXAMPLES", tmp_path)
    demonstration._shipped_ids.cache_clear()
    yield
    demonstration._shipped_ids.cache_clear()


def test_the_demonstration_goes_in_one_click_and_nothing_else(app, few):
    app.create(SMALL, id="made-up", fictional=True)
    app.create(SMALL, id="held", fictional=True)
    app.create(SMALL, id="real")
    app.store.hold("held", "Bo", "A claim")
    assert demonstration.load_demonstration(app.store, "Bo") == 2
    app.store.save("demo-p05", "owner", "Cy", 0, "Cy")
    page = press(draw("assessments"), "Take the demonstration out")

    left = {each.id: each.archived for each in app.store.summaries()}
    assert left == {"held": True, "made-up": True, "demo-p05": True, "real": False}
    assert "1 fictional assessment taken out, as it came." in said(page)
    assert "3 in which something was changed here stand set aside" in said(page)
    assert [each.assessment_id for each in app.store.tombstones()] == ["demo-p07"]
    assert app.store.load("demo-p05").assessment.owner == "Cy"

    page = press(page, "Load the demonstration portfolio")
    assert {each.id for each in app.store.summaries() if not each.archived} == {"demo-p07", "real"}


def test_what_is_not_fictional_is_never_taken_out(app):
    app.create(SMALL, id="real")
    with pytest.raises(UsageError, match="not fictional"):
        demonstration.take_out(app.store, app.store.summaries()[0], "Bo")
    assert [each.archived for each in app.store.summaries()] == [False]


def test_what_cannot_be_scored_is_named_and_stops_no_other(app, monkeypatch):
    fill(app)

    def fails_on_one(framework, answers):
        if answers.as_of == "2020-01-01":
            raise KeyError("gone")
        return evaluate(framework, answers)

    monkeypatch.setattr(kept, "evaluate", fails_on_one)
    app.create(
        SMALL, id="odd", purchase=Purchase(id="o", title="Odd", buyer="Us"), as_of="2020-01-01"
    )
    page = draw("assessments")
    assert "1 assessment does not fit its questionnaire and cannot be scored: Odd" in said(page)
    assert set(links(page)[:3]) == {"Ash", "Elm", "Odd"}


def test_a_look_that_does_not_count_says_so(app):
    purchase = Purchase(id="p", title="Ash", buyer="Us")
    app.create(SMALL, id="old", purchase=purchase, as_of="2026-01-01")
    app.create(SMALL, id="new", purchase=purchase, as_of="2026-02-01")
    assert said(draw("assessments")).count("Draft · earlier look") == 1
