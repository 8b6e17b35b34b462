"""OCDS releases of purchases that are over, that are only a ceiling, or that come in bulk."""

import gzip
import json
from copy import deepcopy
from dataclasses import replace

import pytest

from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.imports.ocds_purchase import purchase_from
from procurement_risk.imports.ocds_release import MOST_RELEASES, choose, read_releases
from tests.support.exchange_examples import example
from tests.support.framework_documents import SMALL
from tests.support.ocds_releases import OCID, RELEASE, package, read, upload
from tests.support.small_app import draw, said


def with_parts(**parts):
    return deepcopy(RELEASE) | parts


def award(number, status, amount, *suppliers):
    named = [{"id": f"s-{name}", "name": name} for name in suppliers]
    value = {"amount": amount, "currency": "GBP"}
    return {"id": str(number), "status": status, "value": value, "suppliers": named}


def told(document):
    found = purchase_from(choose(read(document)))
    return {e.field: e.value for e in found.fields}, found.warnings, " ".join(found.notes)


# --- What is over ---------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["cancelled", "withdrawn", "unsuccessful"])
def test_a_tender_that_is_over_gives_no_value_and_no_dates(status):
    document = with_parts()
    document["tender"]["status"] = status
    fields, warnings, _notes = told(document)

    assert warnings == [f"The tender is {status}: nothing is being bought by this notice."]
    assert not fields.keys() & {"committed_value", "contract_start", "decision_due"}
    assert fields["title"] == "Case triage"


def test_a_release_that_cancels_says_so_by_its_kind():
    document = with_parts(tag=["tenderCancellation"])
    assert told(document)[1] == [
        "The tender is cancelled: nothing is being bought by this notice."
    ]


def test_a_complete_tender_warns_of_nothing():
    document = with_parts()
    document["tender"]["status"] = "complete"
    fields, warnings, _notes = told(document)
    assert (fields["committed_value"], warnings) == (1_200_000, [])


@pytest.mark.parametrize("status", ["cancelled", "unsuccessful"])
def test_an_award_that_is_over_gives_no_value_and_no_supplier(status):
    fields, warnings, _ = told(with_parts(awards=[award(1, status, 900_000, "Loser Ltd")]))

    assert not fields.keys() & {"committed_value", "supplier", "company_number"}
    assert warnings == [
        f"1 is over of 1 under awards ({status}). It gave no value and no supplier."
    ]


def test_only_what_stands_gives_value_dates_and_supplier():
    awards = [
        award(1, "unsuccessful", 900_000, "Loser Ltd"),
        award(2, "active", 500, "Winner Ltd"),
    ]
    contracts = [{"id": "c", "awardID": "1", "value": {"amount": 900_000, "currency": "GBP"}}]
    document = with_parts(awards=awards, contracts=contracts)
    fields, warnings, _ = told(document)

    assert (fields["committed_value"], fields["supplier"]) == (500, "Winner Ltd")
    assert len(warnings) == 2


def test_a_terminated_contract_gives_no_value():
    contracts = [
        {"id": "c", "status": "terminated", "value": {"amount": 7, "currency": "GBP"}},
    ]
    fields, warnings, _ = told(with_parts(contracts=contracts))
    assert "committed_value" not in fields
    assert "(terminated)" in warnings[0]


def test_a_pending_award_is_said_to_settle_nothing():
    fields, _warnings, notes = told(with_parts(awards=[award(1, "pending", 40, "Maybe Ltd")]))
    assert fields["committed_value"] == 40
    assert "1 of 1 under awards are pending" in notes


# --- What is no commitment ------------------------------------------------------------------


def test_the_ceiling_of_a_framework_is_not_filled():
    document = with_parts()
    document["tender"]["techniques"] = {"hasFrameworkAgreement": True}
    fields, _warnings, notes = told(document)
    assert "committed_value" not in fields
    assert "£1,200,000, the most that may be bought through a framework" in notes

    document["tender"]["techniques"] = {"hasFrameworkAgreement": False}
    assert told(document)[0]["committed_value"] == 1_200_000


def test_zero_of_a_contract_leaves_the_award_s_value():
    document = with_parts(awards=[award(1, "active", 30, "A Ltd")])
    document["contracts"] = [{"id": "c", "value": {"amount": 0, "currency": "GBP"}}]
    fields, _warnings, notes = told(document)
    assert fields["committed_value"] == 30
    assert "contracts[0].value is £0." in notes


def test_more_than_ten_suppliers_are_counted():
    named = [f"Supplier {n:02}" for n in range(35)]
    _fields, _warnings, notes = told(with_parts(awards=[award(1, "active", 5, *named)]))
    assert "Supplier 09 (10 of 35 shown)" in notes
    assert "Supplier 10" not in notes


def test_lots_are_named():
    document = with_parts()
    document["tender"]["lots"] = [
        {"id": "1", "title": "North"},
        {"id": "2", "title": "South", "status": "cancelled"},
    ]
    notes = told(document)[2]
    assert "The purchase has 2 lots: North and South." in notes
    assert "nothing is being bought of: South." in notes


# --- Which release --------------------------------------------------------------------------


def test_releases_stand_in_the_order_of_real_time():
    earlier = with_parts(date="2026-03-01T10:00:00+01:00", id="earlier")
    later = with_parts(date="2026-03-01T09:30:00Z", id="later")
    day = with_parts(date="2026-02-28", id="day")
    none = with_parts(date="spring", id="none")
    assert [r.id for r in read(package(none, earlier, day, later))] == [
        "later", "earlier", "day", "none",
    ]  # fmt: skip


def test_of_one_ocid_that_two_buyers_use_one_has_to_be_named():
    other = with_parts(buyer={"name": "Shire of Example"}, date="2026-11-01T00:00:00Z")
    again = with_parts(buyer={"name": "BOROUGH of Example"}, date="2026-08-01T00:00:00Z")
    releases = read(package(RELEASE, other, again))

    with pytest.raises(UsageError, match=r"2 buyers\. .*Shire of Example; Borough of Example"):
        choose(releases)
    assert choose(releases, buyer="borough of example").date == "2026-10-01T10:00:00Z"
    with pytest.raises(UsageError, match="no release of the buyer nobody"):
        choose(releases, buyer="nobody")
    assert choose(read(package(RELEASE, again))).date == "2026-10-01T10:00:00Z"


def test_the_page_chooses_no_buyer_by_itself(app):
    app.offer(SMALL)
    other = with_parts(buyer={"name": "Shire of Example"})
    page = upload(draw("start"), package(RELEASE, other))

    assert page.selectbox(key="start-release-chosen").value is None
    assert "several purchases or several buyers" in said(page)


def test_the_page_warns_of_what_is_over(app):
    app.offer(SMALL)
    document = with_parts()
    document["tender"]["status"] = "cancelled"
    page = upload(draw("start"), document)
    assert "nothing is being bought by this notice" in page.warning[0].value


# --- Which files ----------------------------------------------------------------------------

LINES = b"\r\n".join(json.dumps(each).encode() for each in (RELEASE, package(RELEASE))) + b"\n\n"


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (LINES, 2),
        (b"\xef\xbb\xbf" + LINES, 2),
        (gzip.compress(LINES), 2),
        (b"\xef\xbb\xbf" + json.dumps(RELEASE, indent=1).encode(), 1),
        (gzip.compress(json.dumps(RELEASE).encode()), 1),
    ],
)
def test_lines_marks_and_packed_files_are_read(data, number):
    assert len(read_releases(data)) == number


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(b" " * 5_000_001), "Unpacked, the file has more than 5,000,000 bytes"),
        (gzip.compress(b" " * 60_000_000), "Unpacked, the file has more than 5,000,000 bytes"),
        (gzip.compress(LINES)[:-9], "cannot be unpacked"),
        (b"\x1f\x8b junk", "cannot be unpacked"),
        (gzip.compress(gzip.compress(LINES)), "not UTF-8"),
        (LINES + b'{"ocid": }', "Line 4: This is not JSON"),
        (b"{}\n{}", "not a release"),
        (b"{}\n" * 1_700_000, "At most 5,000,000 are read"),
    ],
)
def test_bad_ones_are_refused_in_words(data, message):
    with pytest.raises(InvalidDocument, match=message):
        read_releases(data)


def test_a_problem_that_stands_a_thousand_times_is_told_once():
    bad = [{"ocid": number} for number in range(1_000)] + [7]
    with pytest.raises(InvalidDocument) as caught:
        read(package(RELEASE, *bad))
    first, second = caught.value.problems

    assert first.message.endswith("There are 999 more of this kind.")
    assert second.where == "releases[1001]"
    assert str(caught.value).count("\n") == 1

    lines = b"\n".join(b'{"ocid": "a", "ocid": "a"} {}' for _ in range(900))
    with pytest.raises(InvalidDocument) as caught:
        read_releases(b'{"ocid": "a"}\n' + lines)
    assert len(caught.value.problems) == 1


def test_too_many_releases_are_refused():
    with pytest.raises(InvalidDocument, match="1 to 2,000 releases"):
        read_releases(b'{"ocid": "a"}\n' * (MOST_RELEASES + 1))


# --- Our own fragment -----------------------------------------------------------------------


@pytest.mark.parametrize("number", ["12345678", "PDCB-9254-WQCL", "GB-CHC-1043816"])
def test_a_fragment_of_our_own_comes_back_whole(number):
    fraud = example("p05-claims-fraud-scoring")
    supplier = replace(fraud.assessment.supplier, company_number=number)
    purchase = replace(fraud.assessment.purchase, ocid=OCID)
    about = replace(fraud.assessment, supplier=supplier, purchase=purchase)
    found = purchase_from(
        choose(read_releases(EXPORTS["ocds"].write([replace(fraud, assessment=about)])))
    )

    assert {each.field: each.value for each in found.fields} == {
        "title": about.purchase.title,
        "buyer": about.purchase.buyer,
        "ocid": about.purchase.ocid,
        "supplier": about.supplier.name,
        "company_number": number,
    }
    assert (found.notes, found.warnings) == ([], [])
