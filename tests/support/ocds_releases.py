"""A release as Find a Tender publishes it, and files and uploads of such."""

import json

from procurement_risk.imports.ocds_release import read_releases

OCID = "ocds-h6vhtk-04f8a5"
RELEASE = {
    "ocid": OCID,
    "id": "041267-2026",
    "date": "2026-10-01T10:00:00Z",
    "tag": ["tender"],
    "initiationType": "tender",
    "buyer": {"id": "GB-PPON-PDCB-9254-WQCL", "name": "Borough of Example"},
    "parties": [
        {"id": "GB-PPON-PDCB-9254-WQCL", "name": "Borough of Example", "roles": ["buyer"]},
        {
            "id": "GB-COH-12345678",
            "name": "Example AI Ltd",
            "roles": ["supplier"],
            "identifier": {"scheme": "GB-COH", "id": "12345678"},
        },
    ],
    "tender": {
        "id": OCID,
        "title": "Case triage",
        "description": "Sorts cases.\n\nFor two years.",
        "value": {"amount": 1200000, "currency": "GBP"},
        "procurementMethod": "selective",
        "procurementMethodDetails": "Competitive flexible procedure",
        "awardPeriod": {"endDate": "2027-01-31T23:59:59Z"},
        "contractPeriod": {
            "startDate": "2027-04-01T00:00:00+01:00",
            "endDate": "2029-03-31T23:59:59+01:00",
        },
        "documents": [{"id": "041267-2026", "noticeType": "UK4"}],
    },
}


def package(*releases):
    return {"uri": "https://example.org", "releases": list(releases)}


def read(document):
    return read_releases(json.dumps(document).encode(), "notice.json")


def upload(page, document):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return page.file_uploader[0].set_value(("notice.json", data, "application/json")).run()
