"""The Start page: a purchase or a supplier by itself, what is missing, and what is kept."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.framework.document import framework_from_document
from procurement_risk.views.shared import session
from procurement_risk.views.start.supplier import TITLE
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.small_app import assessment, draw, press, said

ABOUT_SUPPLIERS = {**SMALL, "id": "small-supplier", "subject": "supplier", "title": "About them"}
WHAT = "What do you want to assess?"
FIRST = ["What is being bought", "Who is buying it", "Supplier"]


@pytest.fixture
def both(app):
    """The app with a questionnaire of each kind."""
    app.offer(SMALL, ABOUT_SUPPLIERS)
    return app


def start(**query):
    return draw("start", **query)


def radio(page, label):
    (found,) = [each for each in page.main.radio if each.label == label]
    return found


def typed(page, **fields):
    """Type into the fields whose keys end so, and run the page."""
    for name, text in fields.items():
        page.text_input(key=f"start-{name}").input(text)
    return page.run()


def errors(page):
    return [error.value.replace("\\", "") for error in page.error]


def the_one(app):
    """The only assessment there is."""
    (line,) = app.store.summaries()
    return app.store.load(line.id)


# --- What to assess -------------------------------------------------------------------------


def test_what_to_assess_is_chosen_where_both_are_on_offer(both):
    page = start()
    assert radio(page, WHAT).options == [
        "A purchase from a supplier",
        "A supplier as an organisation, once for all its purchases",
    ]
    assert [each.label for each in page.main.text_input][:3] == FIRST

    page = radio(page, WHAT).set_value("supplier").run()
    assert "Who is assessing it" in [each.label for each in page.main.text_input]
    assert "About them, version 2026.1" in said(page)


@pytest.mark.parametrize(
    ("document", "first"), [(SMALL, "What is being bought"), (ABOUT_SUPPLIERS, "Supplier")]
)
def test_with_one_kind_on_offer_nothing_is_asked(app, document, first):
    app.offer(document)
    page = start()

    assert WHAT not in [each.label for each in page.main.radio]
    assert page.main.text_input[0].label == first


def test_questionnaires_are_offered_for_what_is_assessed(both):
    """A purchase is never answered against questions about a supplier, nor the other way."""
    both.offer(IMPACT)
    page = start()
    (box,) = [each for each in page.selectbox if each.label == "Questionnaire"]
    assert box.options == [
        "Small invented impact check, version 1",
        "Small invented check, version 2026.1",
    ]

    page = radio(page, WHAT).set_value("supplier").run()
    assert not [each for each in page.selectbox if each.label == "Questionnaire"]


def test_an_address_chooses_the_supplier_and_fills_in_its_name(both):
    """As the risk profile sends people here; what they type afterwards stays."""
    page = start(about="supplier", supplier="Northwind Ltd")
    assert radio(page, WHAT).value == "supplier"
    assert page.text_input(key="start-supplier").value == "Northwind Ltd"

    page = typed(page, supplier="Northwind plc")
    assert page.text_input(key="start-supplier").value == "Northwind plc"
    page = radio(page, WHAT).set_value("purchase").run()
    assert page.main.text_input[0].label == FIRST[0]


@pytest.mark.parametrize("about", ["nonsense", "", "<b>"])
def test_an_address_that_names_nothing_is_a_purchase(both, about):
    assert radio(start(about=about), WHAT).value == "purchase"


def test_a_name_in_an_address_is_text(both):
    """It stands in a field, where markup is nothing."""
    name = "<b>x</b> [y](https://evil.example)"
    page = start(about="supplier", supplier=name)

    assert page.text_input(key="start-supplier").value == name
    assert "evil" not in said(page)


def test_without_a_questionnaire_the_page_says_what_to_do(app):
    assert "python -m procurement_risk check" in said(start())


def test_a_broken_questionnaire_is_not_on_offer(app):
    app.offer(SMALL)
    (app.folder / "broken.yaml").write_text("id: broken\n")

    assert "Small invented check, version 2026.1" in said(start())


# --- A purchase -----------------------------------------------------------------------------


def test_a_title_and_two_names_are_enough(both):
    """It is kept with the largest choice of pack untouched, and its questions come next."""
    page = typed(start(), title="Letters", buyer="Northmere", supplier="Quillmere")
    page = press(page, "Start answering")
    stored = the_one(both)

    assert said(page).startswith("Questions ")
    assert (stored.assessment.purchase.title, stored.assessment.purchase.buyer) == (
        "Letters",
        "Northmere",
    )
    assert stored.assessment.supplier == Supplier(name="Quillmere")
    assert stored.assessment.answer_set.pack == "triage"
    assert stored.assessment.answer_set.as_of == session.today()
    assert (stored.framework.id, stored.assessment.created_by) == ("small", "Ana")
    assert not stored.assessment.fictional
    assert both.store.history(stored.assessment.id)[0].reason == "Started in the app"


def test_everything_that_is_missing_or_wrong_is_said_at_once(both):
    page = start()
    page.date_input(key="start-begins").set_value(date(2027, 4, 1))
    page.date_input(key="start-ends").set_value(date(2027, 3, 31))
    page = page.run()
    assert errors(page) == []
    page = press(page, "Start answering")

    assert errors(page) == [
        "Write what is being bought.",
        "Write who is buying it.",
        "Write the supplier's name; “not chosen yet” will do.",
        "4 fields need you: what is missing or wrong stands under each.",
        "The contract ends before it starts. Change one of the two days.",
    ]
    assert both.store.summaries() == []
    before = folded(page)
    assert before.proto.expanded
    page.date_input(key="start-begins").set_value(date(2027, 3, 1))
    after = folded(page.run().run())
    assert (after.key, after.proto.expanded) == (before.key, True)  # with another it would close


def folded(page):
    """What is folded away about the purchase."""
    return next(each for each in page.expander if each.label.startswith("Value, dates"))


def test_pounds_are_shown_as_they_were_read_and_never_guessed(both):
    """A field for numbers took 250.000 for 250, and 12e3 for 12."""
    page = typed(start(), title="T", buyer="B", supplier="S")
    page = page.text_input(key="start-committed").set_value("12e3").run()
    assert "Write whole pounds in digits, such as 250,000" in errors(page)[0]
    page = press(page, "Start answering")
    assert both.store.summaries() == []

    page = page.text_input(key="start-committed").set_value("250.000").run()
    assert page.text_input(key="start-committed").value == "250,000"
    press(page, "Start answering")

    assert the_one(both).assessment.purchase.committed_value == 250_000


def test_days_are_kept_as_they_were_chosen(both):
    page = start()
    page.date_input(key="start-due").set_value(date(2027, 3, 31))
    page = typed(page, title="T", buyer="B", supplier="S")
    for row, chosen in enumerate((date(2028, 3, 31), date(2028, 6, 30), date(2028, 9, 30))):
        page = page.date_input(key=f"start-break-{row}").set_value(chosen).run()
    page = page.date_input(key="start-break-1").set_value(None).run()  # the next ones stay
    asked = [each.label for each in page.date_input if each.label.startswith("Break")]
    assert sorted(asked) == [f"Break date {n}" for n in "1234"]
    press(page, "Start answering")

    purchase = the_one(both).assessment.purchase
    assert purchase.decision_due == "2027-03-31"
    assert purchase.break_dates == ("2028-03-31", "2028-09-30")
    assert purchase.contract_end == ""


def test_the_route_is_kept_and_says_whether_it_is_a_feature(both):
    page = start()
    (route,) = [each for each in page.selectbox if each.label == "How it is being bought"]
    assert "G-Cloud call-off" in route.options
    assert "Free trial, pilot or memorandum" not in route.options
    page = route.set_value("route.feature").run()
    press(typed(page, title="T", buyer="B", supplier="S"), "Start answering")

    purchase = the_one(both).assessment.purchase
    assert (purchase.route, purchase.embedded) == ("route.feature", True)


def test_blanks_are_no_name(both):
    page = typed(start(), title="  ", buyer=" ", supplier="\t")

    assert len(errors(press(page, "Start answering"))) == 4


def test_purchases_on_file_are_offered_and_suppliers_are_none(both):
    """An assessment of a supplier by itself is no purchase to look at again."""
    assert "already on file" not in "".join(box.label for box in start().selectbox)
    both.create(ABOUT_SUPPLIERS, id="about")
    assert "already on file" not in "".join(box.label for box in start().selectbox)
    both.create(SMALL)
    both.create(SMALL, id="archived", purchase=_purchase("q", "Old"))
    both.store.archive("archived", "Ana")

    (box,) = [each for each in start().selectbox if "already on file" in each.label]
    assert box.options == ["A new purchase", "Case triage · Borough of Example"]


def _purchase(purchase_id, title):
    return Purchase(id=purchase_id, title=title, buyer="Borough of Example")


def test_another_supplier_for_a_purchase_on_file(both):
    """The purchase is the same one; what was fictional stays so."""
    both.create(SMALL, fictional=True)
    page = typed(start(purchase="p"), supplier="Another")
    assert "fictional demonstration data" in said(page)
    press(page, "Start answering")

    (new,) = [line for line in both.store.summaries() if line.id != "case"]
    assert (new.purchase, new.supplier.name, new.fictional) == (
        _purchase("p", "Case triage"),
        "Another",
        True,
    )


def test_a_similar_purchase_is_pointed_out(both):
    both.create(SMALL)
    page = typed(start(), title="Triage of cases")

    assert "1 other body has bought this or something like it" in said(page)
    assert any("Case triage" in link.proto.label for link in page.get("page_link"))


# --- A supplier by itself -------------------------------------------------------------------


def test_a_supplier_and_who_asks_are_enough(both):
    """There is no purchase: its place says what it is, in English whatever the language."""
    page = typed(
        start(about="supplier", supplier="Northwind Ltd"), assessor="Northmere", number="00000001"
    )
    page = press(page, "Start answering")
    stored = the_one(both)

    assert said(page).startswith("Questions ")
    assert stored.framework.subject == "supplier"
    assert (stored.assessment.purchase.title, stored.assessment.purchase.buyer) == (
        TITLE,
        "Northmere",
    )
    assert stored.assessment.supplier == Supplier(name="Northwind Ltd", company_number="00000001")
    (line,) = both.store.summaries()
    assert line.subject == "supplier"


def test_what_a_supplier_s_form_lacks(both):
    page = press(start(about="supplier"), "Start answering")

    assert errors(page)[:2] == ["Write the supplier's name.", "Write who is assessing it."]
    assert both.store.summaries() == []


@pytest.mark.parametrize(
    "fields", [{"supplier": "NORTHWIND ltd"}, {"supplier": "Another", "number": "00000001"}]
)
def test_a_supplier_on_file_is_pointed_out(both, fields):
    """By its name or its number; it can still be started anew."""
    supplier = Supplier(name="Northwind Ltd", company_number="00000001")
    both.create(ABOUT_SUPPLIERS, id="about", supplier=supplier)
    page = typed(start(about="supplier"), **fields)

    assert "Northwind Ltd is on file already, last changed" in said(page)


def test_a_supplier_known_from_a_purchase_only_is_not_on_file(both):
    both.create(SMALL, supplier=Supplier(name="Northwind Ltd"))
    page = start(about="supplier", supplier="Northwind Ltd")

    assert "is on file already" not in said(page)
    assert "fictional" not in said(page)


def test_what_is_added_to_a_fictional_supplier_is_fictional(both):
    both.create(SMALL, supplier=Supplier(name="Northwind Ltd"), fictional=True)
    page = start(about="supplier", supplier="Northwind Ltd")
    assert "fictional demonstration data" in said(page)
    press(typed(page, assessor="Northmere"), "Start answering")

    (new,) = [line for line in both.store.summaries() if line.id != "case"]
    assert new.fictional


# --- The questionnaire ----------------------------------------------------------------------


def test_a_framework_changed_under_its_version_is_no_longer_used(app):
    """Somebody answers against another content while the page is open: nothing is kept."""
    app.offer(SMALL)
    page = typed(start(), title="Letters", buyer="Northmere", supplier="Quillmere")
    app.create({**SMALL, "title": "Another content"}, id="other")
    page = press(page, "Start answering")

    assert [line.id for line in app.store.summaries()] == ["other"]
    assert "No questionnaire can be read" in said(page)


@pytest.mark.parametrize("about", ["purchase", "supplier"])
def test_no_other_framework_takes_its_place_unseen(app, about):
    """The one that was chosen is gone at the click: the next one was chosen by nobody."""
    chosen = {**SMALL, "subject": about}
    app.offer({**chosen, "id": "another"}, chosen)
    page = start()
    (box,) = [each for each in page.selectbox if each.label == "Questionnaire"]
    page = typed(box.select_index(1).run(), supplier="Quillmere")
    page = typed(
        page, **({"assessor": "N"} if about == "supplier" else {"title": "T", "buyer": "N"})
    )
    app.create({**chosen, "title": "Another content"}, id="other")
    page = press(page, "Start answering")
    assert [line.id for line in app.store.summaries()] == ["other"]
    assert page.title[0].value == "Start an assessment"

    press(page, "Start answering")
    (new,) = [line for line in app.store.summaries() if line.id != "other"]
    assert new.framework_id == "another"


def keep_while_somebody_answers():
    """What the button does, where a colleague was faster by a moment."""
    import streamlit as st

    from procurement_risk.views.shared import session
    from procurement_risk.views.shared.fields import Fields
    from procurement_risk.views.start.framework import create

    create(Fields("start-"), session.spoken(st.session_state["chosen"]), st.session_state["new"])


def test_a_framework_changed_under_its_version_is_refused_at_the_button(app):
    app.create({**SMALL, "title": "Another content"}, id="other")
    page = AppTest.from_function(keep_while_somebody_answers)
    page.session_state["chosen"] = framework_from_document(SMALL)
    page.session_state["new"] = assessment()
    page.run()

    assert not page.exception
    assert "small 2026.1 is already in use with another content" in errors(page)[0]
    assert 'Write a new version, such as "2026.2".' in errors(page)[0]
    assert [line.id for line in app.store.summaries()] == ["other"]


def test_the_new_version_is_offered_once_it_is_written(app):
    app.create({**SMALL, "title": "Another content"}, id="other")
    app.offer(SMALL)
    assert "No questionnaire can be read" in said(start())

    app.offer({**SMALL, "version": "2026.2"})
    assert "Small invented check, version 2026.2" in said(start())


def test_a_pack_is_chosen_where_there_are_several(both):
    page = start()
    pack = next(each for each in page.main.radio if each.label.startswith("Pack"))
    assert pack.options == ["Triage", "Baseline", "Full"]
    page = pack.set_value("full").run()
    page = typed(page, title="Letters", buyer="Northmere", supplier="Quillmere")
    press(page, "Start answering")

    assert the_one(both).assessment.answer_set.pack == "full"


def test_another_questionnaire_with_its_own_packs(app):
    app.offer(SMALL, IMPACT)
    page = typed(start(), title="Letters", buyer="Northmere", supplier="Quillmere")
    (box,) = [each for each in page.selectbox if each.label == "Questionnaire"]
    page = box.select_index(0).run()
    pack = next(each for each in page.main.radio if each.label.startswith("Pack"))
    assert pack.options == ["Full", "Short"]
    press(page, "Start answering")

    assert the_one(app).framework.id == "small-impact"


def test_the_organisation_is_the_buyer_at_first(both, monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_ORGANISATION", "Northmere Council")
    page = start()
    assert page.text_input(key="start-buyer").value == "Northmere Council"
    assert typed(page, buyer="Another").text_input(key="start-buyer").value == "Another"
