"""The Supplier page: what it shows, what it never shows, and what it says when it is empty."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import (
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
    Upstream,
)
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.views.shared import session
from procurement_risk.views.supplier import page as supplier_page, purchases
from tests.support.answer_sets import CORE
from tests.support.places import ROOT
from tests.support.small_app import as_read, linked, texts
from tests.support.stored_examples import put_demonstration

ORGANISATION = load_framework(FRAMEWORKS / "supplier-organisation.yaml")
HOSTILE = "<b>x</b> [y](https://evil.example) :red[z]"
NAME = "Example AI Ltd"


def put(store, id="one", framework=CORE, supplier=NAME, as_of="2026-11-23", chosen="", **more):
    purchase = Purchase(id=f"p-{id}", title=f"Purchase {id}", buyer="Us", chosen_supplier=chosen)
    made = Assessment(
        id=id,
        purchase=more.pop("purchase", purchase),
        supplier=supplier if isinstance(supplier, Supplier) else Supplier(name=supplier),
        answer_set=more.pop("answer_set", AnswerSet(as_of=as_of)),
        **more,
    )
    store.create(made, framework, "Ana")
    return made


def show(name="", tab="Its assessments"):
    test = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    test._page_hash = test.run().session_state["pages"]["supplier"]._script_hash
    if name:
        test.query_params["supplier"] = name
    test.session_state[supplier_page.SHOW] = test.query_params[supplier_page.SHOW] = tab
    test.run()
    assert not test.exception
    return test


def said(test):
    kinds = (test.title, test.header, test.subheader, test.markdown, test.caption)
    notes = (test.error, test.warning, test.info)
    found = " ".join(str(each.value) for kind in (*kinds, *notes) for each in kind)
    found = " ".join((found, *map(as_read, texts(test))))
    return found.replace("\\", "").replace("\u2060", "")


def cells(test):
    found = [str(cell) for table in test.table for cell in table.value.to_numpy().ravel()]
    return " ".join(found).replace("\\", "").replace("\u2060", "")


def test_with_nothing_on_file_it_says_what_to_do(store):
    assert "Start an assessment" in said(show())


def test_without_a_name_it_lets_one_choose_and_keeps_it_in_the_address(store):
    put(store)
    test = show()
    assert not test.header
    test.selectbox(key="supplier-chosen").select("example ai ltd").run()
    assert test.header[0].value == NAME
    assert test.query_params["supplier"] == NAME


def test_a_name_that_is_not_on_file_is_told_and_another_can_be_chosen(store):
    put(store)
    test = show(HOSTILE)
    assert "There is no assessment of" in test.error[0].value
    assert "<b>" not in test.error[0].value
    assert test.selectbox(key="supplier-chosen").value is None


@pytest.mark.parametrize("asked", [NAME, "EXAMPLE AI LTD"])
def test_a_link_opens_the_supplier_in_any_capitals(store, asked):
    put(store)
    assert show(asked).header[0].value == NAME


def test_everything_of_the_supplier_stands_there_and_nothing_of_others(store):
    put(store)
    put(store, "two", supplier=Supplier(name="Example Artificial", company_number="ZZ1"))
    put(store, "three", supplier=Supplier(name=NAME, company_number="ZZ1"))
    put(store, "other", supplier="Another Ltd")
    test = show(NAME)
    told = said(test)
    assert "3 purchases · 3 assessments" in told
    assert "Also written as: Example Artificial" in told
    assert "Purchase other" not in told + cells(test)


def test_a_bid_that_was_not_chosen_is_marked_and_its_conditions_are_left_out(store):
    owed = Mitigation(question="DP-08", status="proposed", target="a", clause="Owed by nobody")
    answers = AnswerSet(as_of="2026-11-23", mitigations=(owed,))
    put(store, chosen="Another Ltd", answer_set=answers)
    test = show(NAME)
    assert "**bid not chosen**" in said(test)
    assert "1 bid not chosen" in said(test)
    assert "Nothing that is bought now rests on this supplier" in said(test)
    assert "Owed by nobody" not in cells(show(NAME, "What is open"))
    assert "Owed by nobody" not in cells(show(NAME, "What is due"))
    test = show(NAME, "Sections")
    assert "Purchase one (bid not chosen)" in test.get("plotly_chart")[0].proto.spec


def test_what_is_due_within_a_year_is_drawn_with_its_table(store):
    soon = (date.fromisoformat(session.today()) + timedelta(30)).isoformat()
    purchase = Purchase(id="p-one", title="Leaving", buyer="Us", break_dates=(soon,))
    put(store, purchase=purchase)
    put(store, "two")
    test = show(NAME, "What is due")
    (chart,) = test.get("plotly_chart")
    assert "Leaving" in chart.proto.spec
    assert "1 thing is due within a year" in said(test)
    assert cells(test).count("Leaving") > 1


def test_while_none_is_chosen_all_of_whom_something_is_bought_are_links(store):
    put(store)
    put(store, "two")
    bought = Purchase(id="p", title="Dear", buyer="Us", committed_value=9_000_000)
    put(store, "dear", supplier="Dear Ltd", purchase=bought)
    test = show()
    assert [name for name, _query in linked(test)] == ["Dear Ltd", NAME]
    assert "1 purchase, £9m committed" in said(test)
    assert linked(show("Dear Ltd", "What rests on it")) == [("Dear", "assessment=dear")]
    test.query_params["supplier"] = linked(test)[0][1].removeprefix("supplier=")
    assert test.run().header[0].value == "Dear Ltd"


def test_there_is_no_score_and_no_rank_and_it_says_so(store):
    """Purchases stand by title; no figure is made of several assessments."""
    for id in "cab":
        put(store, id)
    test = show(NAME)
    told = said(test)
    assert "There is no score for a supplier here, and no rank" in told
    places = [told.index(f"Purchase {id}") for id in "abc"]
    assert places == sorted(places)


@pytest.mark.parametrize(("as_of", "is_old"), [("2020-01-01", True), (session.today(), False)])
def test_the_assessment_of_the_organisation_is_dated_and_goes_stale(store, as_of, is_old):
    put(store)
    put(store, "org", ORGANISATION, as_of=as_of)
    test = show(NAME)
    assert ("more than a year ago" in said(test)) is is_old
    first = test.get("page_link")[0].proto.label
    assert first == "Open the assessment of the supplier as an organisation"


def test_many_purchases_are_shown_a_few_at_a_time(store):
    for number in range(12):
        put(store, f"{number:02}")
    test = show(NAME)
    links = [each for each in test.get("page_link") if "Not ready" in each.proto.label]
    assert len(links) == purchases.PER_PAGE
    assert "12 purchases" in said(test)


def test_other_people_s_text_is_never_markup(store):
    made = put(store, supplier=Supplier(name=HOSTILE, group=HOSTILE, company_number="1"))
    hostile = replace(made.purchase, id="h", title=HOSTILE, buyer=HOSTILE)
    put(store, "two", supplier=HOSTILE, purchase=hostile)
    test = show(HOSTILE)
    for kind in (test.markdown, test.header, test.subheader, test.caption):
        for each in kind:
            assert "<b>x" not in str(each.value)
            assert "](https" not in str(each.value)


def test_an_archived_assessment_is_gone(store):
    put(store)
    put(store, "two")
    store.archive("one", "Ana")
    assert "1 purchase · 1 assessment" in said(show(NAME))


def test_what_changes_is_read_anew(store):
    put(store)
    test = show(NAME)
    put(store, "two")
    test.run()
    assert "2 purchases" in said(test)


def test_the_demonstration_tells_its_story(store):
    """One supplier swapped its model: the trigger is open, and the fictional notice stands."""
    put_demonstration(store)
    test = show("Kestrel Predict Ltd", "What is open")
    told = said(test)
    assert "Fictional demonstration data is among this" in told
    assert "Reasons to look again: 1 open of 1" in told
    assert "1 purchase · 2 assessments" in told
    assert "Kestrel v2 (the supplier's own)" in cells(show("Kestrel Predict Ltd", "Underneath"))


def test_what_rests_on_its_model_stands_there_though_others_sell_it(store):
    put_demonstration(store)
    test = show("Halcyon Frontier Inc", "What rests on it")
    assert "6 purchases rest on it, £6.925m committed" in said(test)
    first, *_rest, last = test.table[0].value.to_numpy().tolist()
    assert first[0] == "In life"
    assert [each.replace("\\", "") for each in last[1:3]] == ["1 · £0", "6 · £6.925m"]
    assert len(linked(test)) == 6
    assert said(test).count("On its model") == 5
    assert "As the seller, on its model and on its hosting" in said(test)
    labels = [each.label for each in test.get("download_button")]
    assert labels == ["Page to print (PDF)", "Page to print (HTML)"]


def test_what_lies_underneath_names_a_few_purchases_and_counts_the_others(store):
    model = Upstream(kind="model", name="Moss-1", maker="Lichen")
    for number in range(8):
        put(store, f"{number}", upstreams=(model,))
    shown = cells(show(NAME, "Underneath"))
    assert "Purchase 4 and 3 more" in shown
    assert "Purchase 5" not in shown
