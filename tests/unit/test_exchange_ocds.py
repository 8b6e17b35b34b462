"""The OCDS fragment: against the published schemas where they are, and checks of our own."""

import json
import os
from copy import deepcopy
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from procurement_risk.assessment import KnownRisk
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from tests.support.exchange_examples import HOSTILE, example, hostile, replace, small
from tests.support.small_app import assessment, draw, said

OCDS = EXPORTS["ocds"]
RELEASE = "https://standard.open-contracting.org/schema/1__1__5/release-schema.json"


def merged(base, patch):
    """Return ``base`` after a JSON merge patch (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    found = dict(base) if isinstance(base, dict) else {}
    for key, value in patch.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = merged(found.get(key), value)
    return found


def closed(schema):
    """Return ``schema`` refusing every field that it does not name."""
    if isinstance(schema, dict):
        found = {key: closed(value) for key, value in schema.items()}
        if isinstance(found.get("properties"), dict) and "additionalProperties" not in found:
            found["additionalProperties"] = False
        return found
    return [closed(each) for each in schema] if isinstance(schema, list) else schema


@pytest.fixture(scope="module")
def schemas():
    """Return validators of a release package: plain, and refusing unknown fields."""
    folder = os.environ.get("PROCUREMENT_RISK_REFERENCE")
    if not folder:
        pytest.skip("PROCUREMENT_RISK_REFERENCE names no folder with the OCDS schemas.")
    found = {
        name: json.loads((Path(folder) / "interop" / "ocds" / f"{name}.json").read_text("utf-8"))
        for name in (
            "ocds_release-schema.1.1.5",
            "ocds_release-package-schema.1.1.5",
            "ocds_ext_uk",
        )
    }
    release = merged(found["ocds_release-schema.1.1.5"], found["ocds_ext_uk"])
    package = found["ocds_release-package-schema.1.1.5"]

    def validator(change):
        resource = Resource.from_contents(change(release), default_specification=DRAFT4)
        registry = Registry().with_resource(RELEASE, resource)
        checker = Draft4Validator.FORMAT_CHECKER
        return Draft4Validator(change(package), registry=registry, format_checker=checker)

    return validator(lambda schema: schema), validator(closed)


def written(exported):
    return json.loads(OCDS.write([exported]))


def with_ids(**changes):
    """Return the hostile assessment with these identifiers."""
    assessment = hostile()
    supplier = replace(assessment.supplier, company_number=changes.pop("number", ""))
    purchase = replace(assessment.purchase, **{"ocid": "ocds-h6vhtk-04f8a5", **changes})
    return small(replace(assessment, supplier=supplier, purchase=purchase))


@pytest.mark.parametrize(
    "exported",
    [example("p05-claims-fraud-scoring"), with_ids(number=HOSTILE), with_ids(number="12345678")],
    ids=["demonstration", "hostile", "company"],
)
def test_the_fragment_is_valid(schemas, exported):
    plain, strict = schemas
    document = written(exported)

    assert [error.message for error in plain.iter_errors(document)] == []
    assert [error.message for error in strict.iter_errors(document)] == []


@pytest.mark.parametrize(
    ("break_it", "refused_by"),
    [
        (lambda d: d.pop("publisher"), ("plain", "strict")),
        (lambda d: d["releases"][0].pop("ocid"), ("plain", "strict")),
        (lambda d: d["releases"][0].update(tag=["risk"]), ("plain", "strict")),
        (lambda d: d["releases"][0]["tender"].update(riskDetails=["a"]), ("plain", "strict")),
        (lambda d: d["releases"][0]["tender"].update(riskScore="80"), ("strict",)),
    ],
)
def test_the_schemas_refuse_what_they_should(schemas, break_it, refused_by):
    document = deepcopy(written(example("p05-claims-fraud-scoring")))
    break_it(document)

    found = zip(("plain", "strict"), schemas, strict=True)
    assert tuple(name for name, each in found if not each.is_valid(document)) == refused_by


# --- Checks of our own ----------------------------------------------------------------------


def test_it_is_joined_on_the_ocid():
    document = written(with_ids(number="12345678"))
    (release,) = document["releases"]

    assert release["ocid"] == release["tender"]["id"] == "ocds-h6vhtk-04f8a5"
    assert release["tag"] == ["tenderUpdate"]
    assert "not a notice" in document["publisher"]["name"]
    assert set(document) == {
        "uri", "version", "extensions", "publishedDate", "publisher", "releases",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("12345678", {"scheme": "GB-COH", "id": "12345678"}),
        ("SC123456", {"scheme": "GB-COH", "id": "SC123456"}),
        ("PDCB-9254-WQCL", {"scheme": "GB-PPON", "id": "PDCB-9254-WQCL"}),
        ("12-34", None),
        ("", None),
    ],
)
def test_only_sure_numbers_become_identifiers(number, expected):
    (release,) = written(with_ids(number=number))["releases"]
    seller = release["parties"][1]
    identifier = seller.get("identifier")

    assert (identifier and {k: identifier[k] for k in ("scheme", "id")}) == expected
    assert seller["id"] == (f"{expected['scheme']}-{expected['id']}" if expected else "supplier")


def test_the_chosen_supplier_is_called_so():
    (release,) = written(example("p05-claims-fraud-scoring"))["releases"]
    assert release["parties"][1]["roles"] == ["tenderer", "supplier"]
    (release,) = written(example("p01-rival-saltmarsh"))["releases"]
    assert release["parties"][1]["roles"] == ["tenderer"]


WHY = KnownRisk(why="No supplier controls what the maker of its model withdraws")


def details(exported, **known):
    """Return the risks of the fragment, in which an officer marked these; None where there are."""
    named = {topic.replace("_", "-"): risk for topic, risk in known.items()}
    about = replace(exported.assessment, known_risks=named)
    (release,) = written(replace(exported, assessment=about))["releases"]
    return release["tender"].get("riskDetails")


def test_only_what_an_officer_marked_is_a_risk_and_never_a_score():
    exported = example("p05-claims-fraud-scoring")
    invented = "Fictional demonstration data: everything in this text is invented."
    assert details(exported) == invented  # whatever was found, nobody said that it qualifies
    first, marked = details(exported, SR_04=replace(WHY, risk="It may stop")).split("\n")

    assert first == invented
    assert marked == (
        f"{exported.framework.by_id['SR-04'].ask} It may stop. By its nature it cannot be dealt "
        f"with in the contract: {WHY.why}"
    )
    figures = json.loads(EXPORTS["json"].write([exported]))["result"]["sections"]["SR"]
    assert figures["residual"]["high"] not in marked


def test_with_no_known_risk_nothing_is_said_of_any():
    """Not that there is none: nobody may have looked."""
    real = replace(example("p05-claims-fraud-scoring").assessment, fictional=False)
    assert details(replace(example("p05-claims-fraud-scoring"), assessment=real)) is None


def test_a_foreign_questionnaire_is_named_first():
    exported = replace(example("p05-claims-fraud-scoring"), foreign_notice="Not known here.")
    assert details(exported, SR_04=WHY).split("\n")[1] == "Not known here."


def test_no_answer_note_or_person_is_in_it():
    exported = example("p05-claims-fraud-scoring")
    data = OCDS.write([exported]).decode()
    answers = exported.assessment.answer_set.answers
    people = {a.by for a in answers.values()} | {"Accounting officer (fictional)"}
    people |= {m.owner for m in exported.assessment.answer_set.mitigations}
    notes = {a.note for a in answers.values() if a.note}
    labels = {
        exported.framework.by_id[name].option(a.option).label
        for name, a in answers.items()
        if name.startswith("DP-")
    }

    assert len(people) > 5
    assert [text for text in people | notes | labels if text in data] == []


def test_without_an_ocid_it_is_refused():
    with pytest.raises(UsageError, match="joined on the ocid"):
        OCDS.write([with_ids(ocid=" ")])


def test_the_records_page_says_what_is_missing(app):
    """And offers no button then; once the ocid is there, it does."""
    app.create(small().framework)
    page = draw("records", {"records-format": "ocds"}, assessment="case")
    assert "Case triage · Example AI Ltd: OCDS data is joined on the ocid" in said(page)
    assert [each.label for each in page.main.get("download_button")] == []

    purchase = replace(assessment().purchase, id="q", ocid="ocds-h6vhtk-04f8a5")
    app.create(small().framework, id="with-ocid", purchase=purchase)
    page = draw("records", {"records-format": "ocds"}, assessment="with-ocid")
    assert "joined on the ocid" not in said(page)
    assert [each.proto.label for each in page.main.get("download_button")] == [
        "Download 1 assessment"
    ]
