"""A withheld name takes its number with it, and what still gives it away is told."""

import io
import zipfile
from dataclasses import replace

import pytest

from procurement_risk.assessment import Marking
from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.publication_again import stands_again
from procurement_risk.exports import EXPORTS, bulk
from procurement_risk.exports.published import today as publishing
from procurement_risk.exports.published.look_first import look_first, sentences
from tests.support.exchange_examples import example
from tests.support.publication_examples import DAY, exported, planted

SECRET = Marking(ground="commercial", reason="Given in confidence", until="2030-12-31")
PUBLISHED = [name for name, each in EXPORTS.items() if each.is_published]
NAME, NUMBER = "Quillmere Analytics Ltd", "SC987654"


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    monkeypatch.setattr(publishing, "today", lambda: DAY)


def hidden(**markings):
    """A purchase whose every text names the supplier and its number."""
    fraud = example("p05-claims-fraud-scoring")
    about = fraud.assessment
    again = f"{NAME}, company no. {NUMBER}"
    purchase = replace(
        about.purchase,
        ocid="ocds-h6vhtk-04f8a5",
        title=f"Scoring by {NAME}",
        description=again,
        chosen_supplier=NAME,
    )
    supplier = replace(about.supplier, name=NAME, company_number=NUMBER)
    named = {path.replace("__", "."): marking for path, marking in markings.items()}
    return replace(
        fraud,
        assessment=replace(
            about, id="quillmere-bid", purchase=purchase, supplier=supplier, markings=named
        ),
    )


def test_every_format_that_names_its_file_after_what_is_shown_is_published():
    assert {"public-summary", "public-summary-pdf", "ocds", "atrs", "known-risks"} <= {*PUBLISHED}
    assert "json" not in PUBLISHED


@pytest.mark.parametrize("name", [each for each in PUBLISHED if each != "public-summary-pdf"])
@pytest.mark.parametrize("path", ["supplier__name", "purchase__chosen_supplier"])
def test_a_withheld_name_and_its_number_stand_nowhere(name, path):
    data = EXPORTS[name].write([hidden(**{path: SECRET})])
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(map(packed.read, packed.namelist()))
    for word in (NAME, "Quillmere", NUMBER):
        assert word.encode() not in data


def test_nor_in_the_name_of_a_file_or_its_manifest():
    file = io.BytesIO()
    bulk.write_many(EXPORTS["ocds"], iter([hidden(supplier__name=SECRET)]), file)
    with zipfile.ZipFile(file) as packed:
        names = packed.namelist()
        text = " ".join([*names, *(packed.read(each).decode() for each in names)]).lower()
    assert "quillmere" not in text
    assert NUMBER.lower() not in text


def test_the_list_says_that_the_number_goes_with_the_name():
    found = publish(replace(planted(), markings={"supplier.name": SECRET}), DAY)
    held = {each.path: (each.ground, each.reason, each.until) for each in found.withheld}
    assert held["supplier.company_number"] == held["supplier.name"]
    assert found.assessment.supplier.company_number == "[withheld: commercial]"


def test_a_number_that_is_marked_public_is_shown_and_one_without_a_name_is_not_withheld():
    markings = {"supplier.name": SECRET, "supplier.company_number": Marking(ground="public")}
    found = publish(replace(planted(), markings=markings), DAY)
    assert found.assessment.supplier.company_number == "PL00777"
    assert publish(planted(), DAY).assessment.supplier.company_number == "PL00777"


def test_once_the_name_s_marking_has_ended_the_number_is_shown_too():
    ended = replace(SECRET, until="2026-11-24")
    found = publish(replace(planted(), markings={"supplier.name": ended}), DAY)
    assert found.assessment.supplier.company_number == "PL00777"


# --- What stands again ----------------------------------------------------------------------


def again(markings, **purchase):
    about = planted()
    supplier = replace(about.supplier, name="Plum Seller Ltd")
    about = replace(about, supplier=supplier, purchase=replace(about.purchase, **purchase))
    about = replace(about, markings=markings)
    found = stands_again(about, publish(about, DAY))
    return {(each.path, each.shown_in, each.text) for each in found}


@pytest.mark.parametrize(
    ("path", "description", "text"),
    [
        ("supplier.name", "We know plum  seller well", "plum  seller"),
        ("purchase.committed_value", "It costs £7,654,321 in all", "7,654,321"),
        ("purchase.contract_end", "Until 19 March 2033", "19 March 2033"),
        ("purchase.contract_end", "Until 19/3/2033.", "19/3/2033"),
        ("answers.S-6.text", "As said: plumtext", "plumtext"),
    ],
)
def test_a_marked_text_in_other_words_is_found(path, description, text):
    found = again({path: SECRET}, description=description)
    assert found == {(path, "purchase.description", text)}
    assert again({}, description=description) == set()


def test_what_gives_nothing_away_is_not_told():
    assert again({"supplier.name": SECRET}, description="Plum Sellers of all kinds") == set()
    assert again({"purchase.embedded": SECRET}, description="True") == set()


def test_a_reason_that_gives_the_field_away_is_told():
    reason = replace(SECRET, reason="The price of 7,654,321 is secret")
    assert again({"purchase.committed_value": reason}) == {
        ("purchase.committed_value", "purchase.committed_value, reason", "7,654,321")
    }


def test_answers_on_security_and_hosts_are_named():
    fraud = example("p05-claims-fraud-scoring")
    found = look_first(fraud)
    assert found.security
    assert any("secur" in fraud.framework.by_id[name].ask for name in found.security)
    told = " ".join(sentences(found))
    assert "answers about security are shown" in told
    assert not look_first(exported(planted())).any


def test_a_name_that_only_a_rule_withholds_is_not_told_wherever_it_stands():
    about = planted()
    purchase = replace(about.purchase, description="Ask Plumdecider")
    about = replace(about, purchase=purchase)
    assert stands_again(about, publish(about, DAY)) == ()
