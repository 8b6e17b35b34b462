"""Exemptions by section: data, named in a marking, and told where a field is withheld."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import GROUNDS, Marking
from procurement_risk.assessment.document import assessment_from_document, assessment_to_document
from procurement_risk.assessment.exemptions import exemption_label, exemptions
from procurement_risk.assessment.parts import check_part
from procurement_risk.assessment.publication import publish
from procurement_risk.report.withheld import withheld_rows
from procurement_risk.views.details.publication import exemption_problems
from tests.support.leadership_examples import CORE
from tests.support.places import ROOT
from tests.support.publication_examples import DAY, planted

PRICE = Marking(ground="commercial", reason="Prices", until="2030-12-31", exemption="foia-43-2")


def test_every_section_is_known_by_its_id_and_goes_with_grounds_there_are():
    assert {"foia-43-2", "foia-40", "foia-31", "foia-24", "eir-12-5-e"} <= exemptions().keys()
    for each in exemptions().values():
        assert each.grounds
        assert set(each.grounds) <= set(GROUNDS[1:])
        assert each.id.startswith(each.law.lower())
        assert check_part("markings", {"supplier.name": {
            "ground": "personal", "reason": "x", "exemption": each.id}}) == []  # fmt: skip


def test_the_documentation_lists_each():
    text = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    for each in exemptions().values():
        assert f"| `{each.id}` | {each.law} {each.section} | {each.title} |" in text


def test_a_withheld_field_is_told_with_its_section_and_whether_interest_is_weighed():
    about = replace(planted(), markings={"purchase.committed_value": PRICE})
    rows = {row[0]: row[1] for row in withheld_rows(publish(about, DAY).withheld, CORE)}
    assert rows["Committed value"] == (
        "Commercial: FOIA s.43(2), Commercial interests; public interest to be weighed"
    )
    assert exemption_label("foia-40") == "FOIA s.40, Personal information"


def test_it_is_kept_in_the_record_and_older_markings_are_as_they_were():
    about = replace(planted(), markings={"supplier.name": PRICE})
    document = assessment_to_document(about)
    assert document["markings"]["supplier.name"]["exemption"] == "foia-43-2"
    assert assessment_from_document(document) == about
    older = replace(planted(), markings={"supplier.name": replace(PRICE, exemption="")})
    assert "exemption" not in assessment_to_document(older)["markings"]["supplier.name"]


def test_a_section_that_is_not_known_stands_as_it_is_and_nonsense_is_refused():
    assert exemption_label("foia-99") == "foia-99"
    marking = {"ground": "personal", "reason": "x", "exemption": "because"}
    assert check_part("markings", {"supplier.name": marking})


@pytest.mark.parametrize(
    ("choice", "exemption", "refused"),
    [
        ("commercial", "foia-43-2", False),
        ("commercial", "", False),
        ("public", "foia-43-2", True),
        ("personal", "foia-43-2", True),
        ("", "foia-43-2", False),
    ],
)
def test_a_section_that_does_not_go_with_the_marking_is_refused(choice, exemption, refused):
    assert bool(exemption_problems(choice, exemption)) is refused
