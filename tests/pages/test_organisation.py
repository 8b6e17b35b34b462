"""The supplier as an organisation: found, taken into account, and kept in the record."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import OrganisationReference, Supplier
from procurement_risk.assessment.document import assessment_from_document, assessment_to_document
from procurement_risk.assessment.parts import check_part
from procurement_risk.assessment.record import read_record, verify_record
from procurement_risk.canonical import digest_of, read_json
from procurement_risk.errors import InvalidDocument
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Exported
from procurement_risk.imports.record import import_record
from procurement_risk.language.text import plain
from procurement_risk.methods import score_to_document
from procurement_risk.storage import open_memory_store
from procurement_risk.views.profile.organisation import is_old, newest_of, reference_to
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.small_app import draw, press, said
from tests.support.stored_examples import FULL, framework, record_of

ABOUT_SUPPLIERS = {**SMALL, "id": "small-supplier", "subject": "supplier", "title": "About them"}
SUPPLIER = Supplier(name="Northwind Ltd", company_number="00000001")
NOBODY = "Nobody has assessed this supplier as an organisation yet."


def purchase(app, **more):
    """An assessment of a purchase from the supplier."""
    return app.create(SMALL, {"CX-1": "a"}, **{"supplier": SUPPLIER, **more})


def organisation(app, name="about", answers=None, against=ABOUT_SUPPLIERS, **more):
    """An assessment of the supplier itself."""
    return app.create(against, answers, **{"id": name, "supplier": SUPPLIER, **more})


def profile():
    return draw("profile", assessment="case")


def labels(page):
    return [button.label for button in page.button]


# --- On the risk profile --------------------------------------------------------------------


def test_where_there_is_none_the_page_offers_to_begin(app):
    app.offer(SMALL, ABOUT_SUPPLIERS)
    purchase(app)
    page = profile()

    assert NOBODY in said(page)
    page = press(page, "Assess the supplier")
    assert page.title[0].value == "Start an assessment"
    assert page.text_input(key="start-supplier").value == "Northwind Ltd"


def test_without_a_questionnaire_about_suppliers_nothing_is_said(app):
    app.offer(SMALL)
    purchase(app)

    assert "The supplier as an organisation" not in said(profile())


def test_beside_an_assessment_of_the_supplier_nothing_is_said(app):
    """It is that assessment."""
    app.offer(ABOUT_SUPPLIERS)
    organisation(app, "case")
    organisation(app, "other")

    assert "On file" not in said(profile())
    assert NOBODY not in said(profile())


@pytest.mark.parametrize(
    "supplier",
    [
        Supplier(name="NORTHWIND LTD"),
        Supplier(name="Northwind Holdings", company_number="00000001"),
    ],
)
def test_it_is_found_by_name_or_by_number(app, supplier):
    """And named, so that one sees whose it is."""
    purchase(app)
    organisation(app, supplier=supplier)
    page = profile()

    assert f"On file for {plain(supplier.name)}" in said(page)
    assert ": **Not ready" in said(page)
    assert "as of 23 November 2026" in said(page)
    assert "0 stops fired" in said(page)
    assert "open answers" in said(page)


def test_another_supplier_is_not_found(app):
    purchase(app)
    organisation(app, supplier=Supplier(name="Northwind", company_number="00000002"))

    assert "On file" not in said(profile())


def test_it_opens(app):
    purchase(app)
    organisation(app)
    page = press(profile(), "Open it")

    assert "About them, version 2026.1" in said(page)


def test_the_newest_counts(app):
    """By the day it was scored as of; the one changed last where that is the same."""
    purchase(app)
    organisation(app, "old", as_of="2025-01-01")
    organisation(app, "new", as_of="2026-11-01")
    organisation(app, "older", as_of="2024-01-01")
    opened = app.store.load("case").assessment
    assert newest_of(opened).assessment.id == "new"

    app.store.save("old", "as_of", "2026-11-01", 1, "Ana")
    assert newest_of(opened).assessment.id == "old"


def test_assessments_of_purchases_archived_ones_and_points_do_not_count(app):
    """What is taken into account has a recommendation."""
    purchase(app)
    purchase(app, id="another-purchase")
    organisation(app, "archived")
    app.store.archive("archived", "Ana")
    organisation(app, "points", against={**IMPACT, "subject": "supplier"})

    assert newest_of(app.store.load("case").assessment) is None


@pytest.mark.parametrize("fictional", [False, True])
def test_fictional_data_never_stand_beside_real_ones(app, fictional):
    purchase(app, fictional=fictional)
    organisation(app, "other-kind", fictional=not fictional)
    assert newest_of(app.store.load("case").assessment) is None
    assert "On file" not in said(profile())

    organisation(app, "same-kind", fictional=fictional, as_of="2020-01-01")
    assert newest_of(app.store.load("case").assessment).assessment.id == "same-kind"


# --- Taken into account ---------------------------------------------------------------------


def test_it_is_taken_into_account_with_its_date_and_digest(app):
    """Both stay, whatever becomes of it."""
    purchase(app)
    organisation(app)
    page = press(profile(), "Take it into account")
    stored = app.store.load("about")
    record = read_json(json_record.write([Exported(stored.assessment, stored.framework)]))
    kept = {k: record["assessment"][k] for k in ("as_of", "pack", "answers")}

    assert app.store.load("case").assessment.organisation == OrganisationReference(
        assessment="about",
        framework="small-supplier",
        version="2026.1",
        as_of="2026-11-23",
        recommendation="not_ready",
        digest=digest_of({"framework": record["framework"], "assessment": kept}),
    )
    assert (
        "Taken into account: **Not ready**, as of 23 November 2026 (small-supplier 2026.1)."
        in (said(page))
    )
    assert "On file" not in said(page)
    assert "Take it into account" not in labels(page)
    assert "Open it" in labels(page)
    line = app.store.history("case")[-1]
    assert (line.part, line.by) == ("organisation", "Ana")


def test_what_has_changed_since_is_shown_and_can_be_taken_anew(app):
    purchase(app)
    organisation(app)
    press(profile(), "Take it into account")
    first = app.store.load("case").assessment.organisation
    app.store.save("about", "answer:DP-1", {"option": "c"}, 0, "Bea")
    page = profile()

    assert "Taken into account: **Not ready**" in said(page)
    assert "It has changed since, for Northwind Ltd" in said(page)
    assert ": **Do not proceed**" in said(page)
    assert "1 stop fired" in said(page)
    press(page, "Take it into account")
    second = app.store.load("case").assessment.organisation
    assert second.recommendation == "do_not_proceed"
    assert second.digest != first.digest
    assert app.store.verify_history("case") == []


def test_only_what_was_answered_is_a_change(app):
    """A note as much as an option; but not where the work on it stands, nor who wrote it out."""
    organisation(app)
    before = reference_to(app.store.load("about"))
    assert reference_to(app.store.load("about")) == before

    app.store.save("about", "state", "in_review", 1, "Bea")
    assert reference_to(app.store.load("about")).digest == before.digest
    app.store.save("about", "answer:DP-1", {"state": "unanswered", "note": "Asked"}, 0, "Bea")
    assert reference_to(app.store.load("about")).digest != before.digest


def test_two_companies_of_one_name_are_not_mixed_up(app):
    """The numbers tell them apart."""
    purchase(app)
    organisation(app, supplier=Supplier(name="Northwind Ltd", company_number="99999999"))

    assert "On file" not in said(profile())


def test_of_two_who_take_one_at_once_both_stand_in_the_history(app):
    """The newest there is counts, whoever clicks; what stood before is not lost."""
    purchase(app)
    organisation(app)
    page = profile()
    theirs = {**SAVED, "assessment": "theirs"}
    app.store.save("case", "organisation", theirs, 0, "Bea")
    page = press(page, "Take it into account")

    parts = [line.after for line in app.store.history("case") if line.part == "organisation"]
    assert [part["assessment"] for part in parts] == ["theirs", "about"]
    assert not page.error


def test_it_stays_named_where_it_can_be_found_no_longer(app):
    purchase(app)
    organisation(app)
    press(profile(), "Take it into account")
    app.store.archive("about", "Ana")
    page = profile()

    assert "Taken into account: **Not ready**" in said(page)
    assert "On file" not in said(page)
    assert NOBODY not in said(page)
    assert "Open it" not in labels(page)


@pytest.mark.parametrize(("as_of", "warned"), [("2025-11-22", True), ("2025-11-23", False)])
def test_what_is_older_than_a_year_is_to_be_looked_at_again(app, as_of, warned):
    purchase(app)
    organisation(app, as_of=as_of)
    page = press(profile(), "Take it into account")

    assert ("more than a year before this assessment" in said(page)) == warned


@pytest.mark.parametrize(
    ("as_of", "now", "old"),
    [
        ("2025-11-23", "2026-11-23", False),
        ("2025-11-22", "2026-11-23", True),
        ("2026-11-24", "2026-11-23", False),
        ("2024-02-29", "2025-02-28", False),
    ],
)
def test_a_year_later_it_is_old(as_of, now, old):
    assert is_old(as_of, now) == old


def test_names_are_never_markup(app):
    name = "<b>x</b> [y](https://evil.example) :red[z]"
    purchase(app, supplier=Supplier(name=name))
    document = {**ABOUT_SUPPLIERS, "version": "<i>1</i>"}
    organisation(app, supplier=Supplier(name=name), against=document)
    page = press(profile(), "Take it into account")

    shown = [str(e.value) for kind in (page.title, page.markdown, page.caption) for e in kind]
    assert any("evil" in each for each in shown)
    for each in shown:
        assert "<b>" not in each
        assert "<i>" not in each
        assert "](https" not in each


# --- In the record --------------------------------------------------------------------------

SAVED = {
    "assessment": "about",
    "framework": "small-supplier",
    "version": "2026.1",
    "as_of": "2026-11-01",
    "recommendation": "not_ready",
    "digest": "ab" * 32,
}
WITH_ONE = replace(FULL, organisation=OrganisationReference(**SAVED))


def test_it_survives_out_and_back():
    document = assessment_to_document(WITH_ONE)

    assert document["organisation"] == SAVED
    assert assessment_from_document(document) == WITH_ONE
    assert "organisation" not in assessment_to_document(FULL)


def test_a_record_with_it_verifies_and_comes_in_again():
    data = record_of(WITH_ONE)
    store = open_memory_store()
    import_record(store, data, "Ana")

    assert verify_record(data, score_to_document) == []
    assert read_record(data, score_to_document).assessment == WITH_ONE
    stored = store.load(FULL.id)
    assert stored.assessment == WITH_ONE
    assert record_of(stored.assessment, stored.framework) == data
    store.close()


def test_it_is_sealed_with_the_rest():
    """Another recommendation in its place, and the digest no longer holds."""
    data = record_of(WITH_ONE)

    altered = data.replace(
        b'"recommendation":"not_ready","version"', b'"recommendation":"proceed","version"'
    )
    assert altered != data
    assert verify_record(altered, score_to_document) != []


def test_it_changes_no_result():
    """It stands beside the assessment; the questions about the purchase decide."""
    assert score_to_document(framework(), WITH_ONE.answer_set) == score_to_document(
        framework(), FULL.answer_set
    )


@pytest.mark.parametrize(
    "change",
    [
        {"assessment": ""},
        {"as_of": "soon"},
        {"as_of": None},
        {"recommendation": "perhaps"},
        {"digest": "not a digest"},
        {"digest": ""},
        {"more": "x"},
    ],
)
def test_what_is_no_such_reference_is_refused(change):
    value = {**SAVED, **change}
    assert check_part("organisation", SAVED) == []
    assert check_part("organisation", value) != []

    document = {**assessment_to_document(FULL), "organisation": value}
    with pytest.raises(InvalidDocument):
        assessment_from_document(document)


@pytest.mark.parametrize("name", SAVED)
def test_every_field_of_it_is_needed(name):
    value = {key: text for key, text in SAVED.items() if key != name}

    assert check_part("organisation", value) != []
