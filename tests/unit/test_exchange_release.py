"""Purchases from OCDS releases: what is filled, what is only named, and what is refused."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.imports.ocds_purchase import purchase_from
from procurement_risk.imports.ocds_release import choose, read_releases
from tests.support.framework_documents import SMALL, places
from tests.support.ocds_releases import OCID, RELEASE, package, read, upload
from tests.support.small_app import draw, said, tables

JUNK = (None, True, 7, "x", "\u202e\x00", [], [[]], {}, [{"id": []}], {"id": {}, "name": []})


def changed(**tender):
    document = deepcopy(RELEASE)
    document["tender"].update(tender)
    return document


def filled(document):
    """Return the fields that one release fills, and what it notes."""
    found = purchase_from(choose(read(document)))
    return {each.field: each.value for each in found.fields}, found.notes


# --- What is filled -------------------------------------------------------------------------


def test_every_field_of_a_full_release_is_filled():
    fields, notes = filled(RELEASE)

    assert fields == {
        "title": "Case triage",
        "buyer": "Borough of Example",
        "description": "Sorts cases.\n\nFor two years.",
        "committed_value": 1_200_000,
        "route": "route.open_or_flexible",
        "notice_id": "041267-2026",
        "ocid": OCID,
        "decision_due": "2027-01-31",
        "contract_start": "2027-04-01",
        "contract_end": "2029-03-31",
        "supplier": "Example AI Ltd",
        "company_number": "12345678",
    }
    assert notes == ["The value is the tender's estimate, not that of a contract."]


@pytest.mark.parametrize(
    "document",
    [
        RELEASE,
        package(RELEASE),
        {"records": [{"ocid": OCID, "compiledRelease": RELEASE}]},
        {"records": [{"ocid": OCID, "releases": [RELEASE]}]},
    ],
    ids=["release", "package", "compiled", "record"],
)
def test_each_kind_of_file_is_read(document):
    assert filled(document)[0]["title"] == "Case triage"


@pytest.mark.parametrize(
    ("value", "expected", "note"),
    [
        ({"amount": 10.5, "currency": "GBP"}, 11, "rounded to whole pounds"),
        ({"amount": 0, "currency": "GBP"}, None, "If it costs nothing, write 0 yourself"),
        ({"amount": 1000, "currency": "EUR"}, None, "1,000.00 in EUR"),
        ({"amount": 1000}, None, "in no currency"),
        ({"amount": -1, "currency": "GBP"}, None, "no amount of money"),
        ({"amount": "1000", "currency": "GBP"}, 1000, "It was read as £1,000"),
        ({"amount": "£1,200,000"}, 1_200_000, "It was read as £1,200,000"),
        ({"amount": "1,200,000.50 GBP"}, 1_200_001, "rounded to whole pounds"),
        ({"amount": "£1,200,000", "currency": "EUR"}, None, "1,200,000.00 in EUR"),
        ({"amount": "1.200.000", "currency": "GBP"}, None, "no amount of money but '1.200.000'"),
        ({"amount": "1,500", "currency": "GBP"}, None, "may be 1500 or 1.5"),
        ({"amount": "1.500 GBP"}, None, "may be 1500 or 1.5"),
        ({"amount": "£1,500"}, 1500, "It was read as £1,500"),
        ({"amount": "12,00", "currency": "GBP"}, None, "no amount of money but '12,00'"),
        ({"amount": "about £2m", "currency": "GBP"}, None, "no amount of money but"),
        ({"amount": 10, "amountGross": 12, "currency": "GBP"}, 10, "With tax it is £12"),
        ({"amountGross": 12, "currency": "GBP"}, None, "£12 with tax"),
        ({"amount": True, "currency": "GBP"}, None, "no amount of money"),
        ({"amount": 1e300, "currency": "GBP"}, None, "more than £100,000,000,000"),
        ("lots", None, "no amount of money"),
    ],
)
def test_only_pounds_are_filled_and_nothing_becomes_zero(value, expected, note):
    fields, notes = filled(changed(value=value))
    assert fields.get("committed_value") == expected
    assert note in " ".join(notes)


def test_a_contract_counts_before_an_award_and_that_before_the_estimate():
    document = deepcopy(RELEASE)
    document["awards"] = [{"id": "1", "value": {"amount": 20, "currency": "GBP"}}]
    assert filled(document)[0]["committed_value"] == 20
    document["contracts"] = [{"id": "1", "value": {"amount": 30, "currency": "GBP"}}]
    assert filled(document)[0]["committed_value"] == 30
    document["contracts"] *= 2
    fields, notes = filled(document)
    assert "committed_value" not in fields
    assert "There are 2 values under contracts, which were not added up." in notes


@pytest.mark.parametrize(
    ("tender", "route"),
    [
        (
            {"procurementMethod": "open", "procurementMethodDetails": None},
            "route.open_or_flexible",
        ),
        (
            {"procurementMethod": "open", "procurementMethodDetails": "Open procedure"},
            "route.open_or_flexible",
        ),
        ({"procurementMethod": "selective", "procurementMethodDetails": "Call-off"}, None),
        ({"procurementMethod": "limited", "procurementMethodDetails": None}, None),
        (
            {
                "procurementMethod": "limited",
                "procurementMethodDetails": None,
                "documents": [{"id": "1", "noticeType": "UK5"}],
            },
            "route.direct_award",
        ),
    ],
)
def test_a_route_is_filled_only_where_it_is_sure(tender, route):
    fields, notes = filled(changed(**tender))
    assert fields.get("route") == route
    assert ("Choose how it is being bought yourself." in " ".join(notes)) == (route is None)


def test_several_suppliers_are_named_and_none_is_chosen():
    document = deepcopy(RELEASE)
    document["parties"].append({"id": "2", "name": "Other Ltd", "roles": ["supplier"]})
    fields, notes = filled(document)

    assert "supplier" not in fields
    assert "Several suppliers are named: Example AI Ltd and Other Ltd." in notes[-1]


def test_the_supplier_of_an_award_is_found():
    document = deepcopy(RELEASE)
    document["parties"][1]["roles"] = ["tenderer"]
    assert "supplier" not in filled(document)[0]
    document["awards"] = [{"suppliers": [{"id": "GB-COH-12345678", "name": "Example AI Ltd"}]}]
    assert filled(document)[0]["company_number"] == "12345678"


def test_a_number_of_another_register_is_kept_with_its_register():
    document = deepcopy(RELEASE)
    document["parties"][1]["identifier"] = {"scheme": "GB-PPON", "id": "PDCB-9254-WQCL"}
    document["parties"][1]["additionalIdentifiers"] = [{"scheme": "GB-CHC", "id": "1043816"}]
    fields, notes = filled(document)

    assert fields["company_number"] == "PDCB-9254-WQCL"
    assert "The supplier's id is also GB-CHC 1043816." in notes
    document["parties"][1]["identifier"] = {"scheme": "XI-LEI", "id": "213800WSGIIZCXF1P572"}
    del document["parties"][1]["additionalIdentifiers"]
    assert filled(document)[0]["company_number"] == "XI-LEI-213800WSGIIZCXF1P572"
    document["parties"][1]["additionalIdentifiers"] = [{"scheme": "GB-COH", "id": "sc123456"}]
    assert filled(document)[0]["company_number"] == "SC123456"


def test_texts_are_cleaned_and_too_long_ones_left_out():
    fields, notes = filled(changed(title="Case\n\x00 triage\u202e", description="x" * 5_001))
    assert fields["title"] == "Case triage"
    assert "description" not in fields
    assert "tender.description has more than 5,000 characters" in " ".join(notes)


def test_a_date_that_is_none_is_left_out():
    fields, notes = filled(changed(awardPeriod={"endDate": "31/01/2027"}))
    assert "decision_due" not in fields
    assert "'31/01/2027', which is no date" in " ".join(notes)


def test_nothing_in_a_release_can_break_the_reading():
    """Every part of it, replaced by everything that does not belong there."""
    for path in places(RELEASE):
        if not path or path == ("ocid",):
            continue
        for junk in JUNK:
            document = deepcopy(RELEASE)
            at = document
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = junk
            fields, _notes = filled(document)
            assert fields["ocid"] == OCID


# --- What is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not JSON"),
        (b"{}", "not a release"),
        (b"[]", "not a release"),
        (b'{"releases": []}', "not a release"),
        (b'{"releases": [7]}', r"releases\[0\] is not an OCDS release"),
        (b'{"releases": [{"ocid": ""}]}', "is no ocid"),
        (b'{"records": [{"releases": [{"url": "https://x"}]}]}', r"ocid is None"),
        (b'{"records": [3]}', r"records\[0\] is not an OCDS release"),
        (b'{"ocid": "a", "ocid": "b"}', "written twice"),
        (b'{"ocid": "a", "x": NaN}', "not a whole number"),
        (b'{"ocid": "a", "x": ' + b"9" * 40 + b"}", "too large"),
        (b'{"ocid": "a", "x": ' + b"[" * 40 + b"]" * 40 + b"}", "nested deeper"),
        (b'{"ocid": "' + b"a" * 101 + b'"}', "is no ocid"),
        (b" " * 5_000_001, "At most 5,000,000 are read"),
        ("{}".encode("utf-16"), "not UTF-8"),
    ],
)
def test_other_files_are_refused_with_a_reason(data, message):
    with pytest.raises(InvalidDocument, match=message):
        read_releases(data, "notice.json")


def test_every_bad_release_is_named():
    with pytest.raises(InvalidDocument) as caught:
        read(package(RELEASE, 7, {"ocid": 8}))
    assert [problem.where for problem in caught.value.problems] == ["releases[1]", "releases[2]"]


# --- Which release --------------------------------------------------------------------------


def test_the_newest_release_of_a_process_is_taken():
    newer = changed(title="Newer") | {"date": "2026-12-01T00:00:00Z"}
    assert choose(read(package(RELEASE, newer))).title == "Newer"


def test_of_several_processes_one_has_to_be_named():
    other = deepcopy(RELEASE) | {"ocid": "ocds-h6vhtk-04f8a6"}
    releases = read(package(RELEASE, other))

    with pytest.raises(UsageError, match="2 contracting processes"):
        choose(releases)
    assert choose(releases, "ocds-h6vhtk-04f8a6").ocid == "ocds-h6vhtk-04f8a6"
    with pytest.raises(UsageError, match="no release of nothing"):
        choose(releases, "nothing")


def test_the_command_writes_one_object(tmp_path):
    file = tmp_path / "notice.json"
    file.write_text(json.dumps(package(RELEASE)), encoding="utf-8")
    done = CliRunner().invoke(main, ["ocds-purchase", str(file), "--json"])

    assert done.exit_code == 0
    written = json.loads(done.stdout)
    assert written["fields"]["committed_value"] == 1_200_000
    assert written["sources"]["company_number"] == "GB-COH"
    assert written["ocid"] == OCID


def test_the_command_refuses_with_exit_code_1(tmp_path):
    file = tmp_path / "notice.json"
    file.write_text("{}", encoding="utf-8")
    done = CliRunner().invoke(main, ["ocds-purchase", str(file)])

    assert done.exit_code == 1
    assert "not a release" in done.stderr


# --- The Start page -------------------------------------------------------------------------


def field(page, name):
    state, key = page.session_state, f"start-{name}"
    return state[key] if key in state else None  # noqa: SIM401  it has no ``get``


def press(page, name):
    page.button(key=f"start-release-{name}").click().run()
    assert not page.exception
    return page


def test_only_empty_fields_are_filled_unless_the_person_agrees(app):
    app.offer(SMALL)
    page = draw("start")
    page.text_input(key="start-title").input("My own title").run()
    page = upload(page, RELEASE)
    rows = {row[0]: row[1:] for row in tables(page)[0]}

    assert rows["What is being bought"] == ["Case triage", "My own title", "kept as typed"]
    assert rows["Committed value"] == ["£1,200,000", "", "will be filled in"]
    assert field(page, "buyer") in (None, "")  # nothing before the button

    page = press(page, "fill")
    assert field(page, "title") == "My own title"
    assert field(page, "buyer") == "Borough of Example"
    assert field(page, "committed") == "1,200,000"
    assert field(page, "route-chosen") == "route.open_or_flexible"
    assert field(page, "number") == "12345678"
    assert page.text_input(key="start-ocid").value == OCID
    assert "Filled in from the file: " in said(page)

    page.checkbox(key="start-release-replace").check().run()
    page = press(page, "fill")
    assert page.text_input(key="start-title").value == "Case triage"


def test_a_refused_file_loses_nothing_that_was_typed(app):
    app.offer(SMALL)
    page = draw("start")
    page.text_input(key="start-title").input("My own title").run()
    page = upload(page, b"{}")

    assert "Refused: 1 problem." in said(page)
    assert page.text_input(key="start-title").value == "My own title"


def test_among_several_releases_one_is_chosen(app):
    app.offer(SMALL)
    other = changed(title="Another") | {"ocid": "ocds-h6vhtk-04f8a6", "date": "2026-01-01"}
    page = upload(draw("start"), package(RELEASE, other))
    page.selectbox(key="start-release-chosen").set_value(1).run()
    page = press(page, "fill")

    assert page.text_input(key="start-title").value == "Another"
    assert page.text_input(key="start-ocid").value == "ocds-h6vhtk-04f8a6"
