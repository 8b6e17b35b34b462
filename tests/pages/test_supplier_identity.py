"""One supplier under one name on the pages: hints while typing, joining, parting, finding."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.views.supplier.page import SHOW
from tests.support.answer_sets import CORE
from tests.support.places import ROOT

HOSTILE = "<b>x</b> [y](https://evil.example) Ltd"


def put(store, id, name, number="", group=""):
    purchase = Purchase(id=f"p-{id}", title=f"Purchase {id}", buyer="Us")
    supplier = Supplier(name=name, company_number=number, group=group)
    made = Assessment(
        id=id, purchase=purchase, supplier=supplier, answer_set=AnswerSet(as_of="2026-11-23")
    )
    store.create(made, CORE, "Ana")


def show(page, **query):
    test = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    test._page_hash = test.run().session_state["pages"][page]._script_hash
    if page == "supplier":
        test.session_state[SHOW] = test.query_params[SHOW] = query.get(SHOW, "Names")
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def said(test):
    kinds = (test.title, test.header, test.subheader, test.markdown, test.caption)
    notes = (test.error, test.warning, test.info, test.success)
    found = " ".join(str(each.value) for kind in (*kinds, *notes) for each in kind)
    return found.replace("\\", "").replace("\u2060", "")


def press(test, label):
    (button,) = [each for each in test.button if each.label.replace("\\", "") == label]
    button.click().run()
    assert not test.exception


def test_lost_zeros_are_told_at_the_field_and_put_back_on_request(store):
    test = show("start")
    test.text_input(key="start-number").input("4103211").run()
    assert "Did you mean 04103211?" in said(test)
    press(test, "Use 04103211")
    assert test.text_input(key="start-number").value == "04103211"
    assert "Did you mean" not in said(test)


def test_a_spelling_of_one_on_file_is_told_to_be_that_one(store):
    put(store, "one", "Northwind Ltd", "04103211")
    test = show("start")
    test.text_input(key="start-supplier").input("NORTHWIND LIMITED").run()
    assert "On file: Northwind Ltd (04103211), 1 assessment." in said(test)
    assert "Is it" not in said(test)


def test_a_likely_twin_is_offered_and_taken_only_on_request(store):
    put(store, "one", "Northwind Ltd", "04103211", group="Windward plc")
    test = show("start")
    test.text_input(key="start-supplier").input("Northwind (UK) Ltd").run()
    told = said(test)
    assert "Is it Northwind Ltd (04103211, Windward plc), which is on file?" in told
    assert "On file: " not in told
    press(test, "Use its name and number")
    assert test.text_input(key="start-supplier").value == "Northwind Ltd"
    assert test.text_input(key="start-number").value == "04103211"


def test_nothing_is_said_of_a_supplier_like_none_on_file(store):
    put(store, "one", "Northwind Ltd", "04103211")
    test = show("start")
    test.text_input(key="start-supplier").input("Kestrel Predict Ltd").run()
    assert "On file" not in said(test)
    assert "Is it" not in said(test)


def test_twins_are_joined_with_a_reason_and_parted_again(store):
    put(store, "one", "Northwind Ltd", "04103211")
    put(store, "two", "Northwind (UK) Ltd")
    test = show("supplier", supplier="Northwind Ltd")
    assert "Likely the same supplier: 1" in said(test)
    assert "1 purchase · 1 assessment" in said(test)
    (why,) = [each for each in test.text_input if each.label == "Why they are one"]
    why.input("Companies House says so")
    press(test, "Join Northwind (UK) Ltd")
    told = said(test)
    assert "2 purchases · 2 assessments" in told
    assert "Companies House says so" in told
    assert "Likely the same" not in told
    assert "Northwind Ltd" in told
    assert len(set(store.supplier_links().values())) == 1

    (parting,) = test.multiselect
    parting.select(next(each for each in parting.options if "Purchase two" in each))
    press(test, "Part them")
    assert "1 purchase · 1 assessment" in said(test)
    assert len(set(store.supplier_links().values())) == 2
    assert "Likely the same" not in said(test)


def test_a_former_name_is_added_found_and_taken_away(store):
    put(store, "one", "Northwind Ltd", "04103211")
    test = show("supplier", supplier="Northwind Ltd")
    fields = {each.label: each for each in test.text_input}
    fields["Another name"].input("Kestrel <b>x</b> Ltd")
    fields["Where it is from"].input("Companies House")
    press(test, "Add the name")
    told = said(test)
    assert "Former names: Kestrel <b>x</b> Ltd" in told
    assert "added the former name Kestrel" in told
    assert "Northwind Ltd" in said(show("supplier", supplier="Kestrel <b>x</b> Limited"))

    start = show("start")
    start.text_input(key="start-supplier").input("Kestrel <b>x</b> Limited").run()
    assert "Is it Northwind Ltd (04103211), which is on file? It has a former" in said(start)

    press(test, "Take the name away")
    assert "Former names: Kestrel" not in said(test)
    fields = {each.label: each for each in test.text_input}
    fields["Another name"].input(" ")
    press(test, "Add the name")
    assert "Write a name of at most" in said(test)


def test_two_of_one_name_can_both_be_opened(store):
    put(store, "one", "Northwind Ltd", "04103211")
    put(store, "two", "Northwind Ltd", "04103212")
    test = show("supplier")
    assert len(test.selectbox(key="supplier-chosen").options) == 2
    for number, id in (("04103211", "one"), ("04103212", "two")):
        test = show("supplier", supplier=store.supplier_links()[id])
        assert f"Company number: {number}" in said(test)
        shown = show("supplier", supplier=store.supplier_links()[id], **{SHOW: "Its assessments"})
        assert f"Purchase {id}" in said(shown)
    assert "There is no assessment of" in said(show("supplier", supplier="Northwind Ltd"))


def test_text_of_others_is_no_markup_in_hints_and_offers(store):
    put(store, "one", HOSTILE, "04103211", group=HOSTILE)
    put(store, "two", HOSTILE.replace("Ltd", "plc"))
    pages = [show("supplier", supplier=HOSTILE), show("start")]
    pages[1].text_input(key="start-supplier").input(HOSTILE.replace("Ltd", "LLP")).run()
    for test in pages:
        for kind in (test.markdown, test.caption, test.subheader):
            for each in kind:
                assert "<b>x" not in str(each.value)
                assert "](https" not in str(each.value)


def test_the_search_box_finds_what_stands_anywhere_and_marks_what_is_set_aside(store):
    put(store, "one", "Northwind Ltd", "04103211")
    put(store, "two", "Eastwind Ltd")
    put(store, "old", "Northwind Ltd", "4103211")
    store.archive("old", "Ana")
    answer = {"option": "a", "note": "The sluice register lists it"}
    store.save("two", "answer:DP-01", answer, 0, "Zoë Quill")
    test = show("assessments")
    for words, found in (("sluice", "1 of 2"), ("zoe quill", "1 of 2"), ("wind us", "2 of 2")):
        test.text_input(key="list-search").input(words).run()
        assert f"{found} assessments" in said(test)
    test.text_input(key="list-search").input("4103211").run()
    assert "1 of 2 assessments" in said(test)
    assert "Set aside, with these words: 1" in [each.label for each in test.expander]
    for hostile in ('"', "';--", "*", "NEAR(", "%"):
        test.text_input(key="list-search").input(hostile).run()
        assert not test.exception
        assert "No assessment matches" in said(test)


def test_compare_counts_suppliers_and_not_spellings(store):
    from procurement_risk.views.compare.choice import choices

    for id, name in (("one", "Northwind Ltd"), ("two", "NORTHWIND LIMITED")):
        put(store, id, name)
        stored = store.load(id)
        shared = replace(stored.assessment.purchase, id="p")
        from procurement_risk.assessment.document import to_document

        store.save(id, "purchase", to_document(shared), 1, "Ana")
    assert choices(store.summaries()) == {}
