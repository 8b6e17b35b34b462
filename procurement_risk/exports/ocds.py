"""A fragment of Open Contracting data, to be joined on the ocid. It is never a notice.

It says who buys and who offers, which record there is, and as a text the known risks that an
officer marked. OCDS has no place for scores, so there are none. Mapping and limits stand in
``docs/exchange.md``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.assessment.identifiers import register_and_number
from procurement_risk.assessment.published import Published
from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.published.known_risks import risk_details
from procurement_risk.exports.published.today import named, published, the_only
from procurement_risk.exports.sealed import matter
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _
from procurement_risk.language.text import one_line

Part = dict[str, Any]

UK_EXTENSION = (
    "https://raw.githubusercontent.com/cabinetoffice/ocds_uk_extension/main/extension.json"
)
PUBLISHER = "AI Procurement Risk Toolkit: a fragment to be joined on the ocid, not a notice"
NEEDS_OCID = N_(
    "OCDS data is joined on the ocid, and this purchase has none. Write it under Details."
)

OCID_WITHHELD = N_(
    "OCDS data is joined on the ocid, and it is marked as withheld. Mark it as public under "
    "Details, Publication."
)


def unfit(assessment: Assessment, framework: Framework) -> str:
    """Return that the ocid is missing or withheld, in the language in use; or empty."""
    if not one_line(assessment.purchase.ocid):
        return _(NEEDS_OCID)
    shown = named(assessment).purchase.ocid
    return "" if shown == assessment.purchase.ocid else _(OCID_WITHHELD)


def write(assessments: Sequence[Exported]) -> bytes:
    """Return a release package of one release, with nothing that was withheld and no person.

    Raises:
        UsageError: If there is not exactly one assessment, or it has no ocid.
        InvalidDocument: If something in it cannot be put in a record.
    """
    exported = the_only(assessments)
    missing = unfit(exported.assessment, exported.framework)
    if missing:
        raise UsageError(missing)
    return (json.dumps(_package(exported), ensure_ascii=False, indent=2) + "\n").encode()


def _package(exported: Exported) -> Part:
    shown, found = published(exported), matter(exported)
    assessment = shown.assessment
    date, risks = f"{assessment.answer_set.as_of}T00:00:00Z", risk_details(exported)
    release: Part = {
        "ocid": one_line(assessment.purchase.ocid),
        "id": f"risk-{found.digest[:16]}",
        "date": date,
        "tag": ["tenderUpdate"],
        "initiationType": "tender",
        "parties": _parties(assessment, is_chosen=_is_chosen(exported, shown)),
        "buyer": {"id": "buyer", "name": one_line(assessment.purchase.buyer)},
        "tender": {
            "id": one_line(assessment.purchase.ocid),
            "title": one_line(assessment.purchase.title),
            **({"riskDetails": risks} if risks else {}),
            "documents": [_document(assessment, found.digest)],
        },
    }
    return {
        "uri": f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:ai-procurement-risk:ocds:{found.digest}')}",
        "version": "1.1",
        "extensions": [UK_EXTENSION],
        "publishedDate": date,
        "publisher": {"name": PUBLISHER},
        "releases": [release],
    }


def _is_chosen(exported: Exported, shown: Published) -> bool:
    """Whether the supplier was chosen; nothing is said where either name is withheld."""
    about = exported.assessment
    hidden = {each.path for each in shown.withheld if each.ground != "inside"}
    told = not hidden & {"purchase.chosen_supplier", "supplier.name"}
    return told and is_chosen(about.purchase, about.supplier, exported.names)


def _parties(assessment: Assessment, *, is_chosen: bool) -> list[Part]:
    supplier, purchase = assessment.supplier, assessment.purchase
    scheme, number = register_and_number(one_line(supplier.company_number))
    seller: Part = {
        "id": f"{scheme}-{number}" if scheme else "supplier",
        "name": one_line(supplier.name),
        "roles": ["tenderer", "supplier"] if is_chosen else ["tenderer"],
    }
    if scheme:
        seller["identifier"] = {
            "scheme": scheme,
            "id": number,
            "legalName": one_line(supplier.name),
        }
    buyer = {"id": "buyer", "name": one_line(purchase.buyer), "roles": ["buyer"]}
    return [buyer, seller]


def _document(assessment: Assessment, digest: str) -> Part:
    """Return where the evidence is: the record, by its digest. It is not published with this."""
    return {
        "id": f"record-{digest[:16]}",
        "documentType": "evaluationReports",
        "title": _("Record of the risk assessment"),
        "description": _("SHA-256 {digest}").format(digest=digest),
        "dateModified": f"{assessment.answer_set.as_of}T00:00:00Z",
        "format": "application/json",
    }


EXPORT = Export(
    name="ocds",
    title=N_("OCDS fragment (JSON)"),
    purpose=N_("For open contracting data: the known risks in words, to be joined on the ocid."),
    ending="json",
    media_type="application/json",
    use="systems",
    one_each=True,
    write=write,
    wants=frozenset({"words", "names"}),
    unfit=unfit,
    named=named,
)
