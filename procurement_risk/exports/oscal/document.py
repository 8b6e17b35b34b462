"""The OSCAL assessment-results document of one assessment.

record ─┬─ metadata      parties, roles; what is bought
        ├─ results ──── observations (answers), findings (questions), risks (sections)
        └─ back-matter   the framework and the record itself, with their digests
"""

from __future__ import annotations

import hashlib

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.identifiers import company_scheme
from procurement_risk.assessment.vocabulary import in_english
from procurement_risk.canonical import digest_of
from procurement_risk.exports.export import Exported, file_name
from procurement_risk.exports.oscal.findings import findings
from procurement_risk.exports.oscal.observations import observations
from procurement_risk.exports.oscal.risks import RISKS
from procurement_risk.exports.oscal.values import (
    Ids,
    Part,
    markup,
    moment,
    prop,
    props,
    text,
    tokens,
    yes,
)
from procurement_risk.exports.sealed import Matter
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import AnyResult
from procurement_risk.methods.sections import completeness
from procurement_risk.methods.worst import worst_band

OSCAL_VERSION = "1.2.1"
EARLIEST = "0001-01-01T00:00:00Z"
ROLES = (
    ("buyer", "Buyer"),
    ("supplier", "Supplier"),
    ("assessor", "Assessor; names stay in the record"),
    ("decision-maker", "Decision maker"),
)


def document(matter: Matter) -> Part:
    """Return the document, ready to be written as JSON."""
    exported, result = matter.exported, matter.outcome
    assessment, framework = exported.assessment, exported.framework
    ids = Ids(assessment.id)
    token = tokens(framework.by_id)
    origin: Part = {"actors": [{"type": "tool", "actor-uuid": ids.of("component", "tool")}]}
    end = _last_moment(assessment)
    found: Part = {
        "uuid": ids.of("result"),
        "title": markup(f"{assessment.purchase.title}: {assessment.supplier.name}"),
        "description": markup(
            f"Answers to {framework.title}, version {framework.version}, "
            f"as of {assessment.answer_set.as_of}."
        ),
        "start": min(moment(assessment.created_at) or end, end),
        "end": end,
        **props(*_result_props(assessment, result)),
        "local-definitions": {"assessment-assets": _tool(ids)},
        "reviewed-controls": _reviewed(result, token),
    }
    lists = {
        "observations": list(observations(assessment, framework, ids, origin)),
        "risks": list(RISKS[framework.method](assessment, result, ids, origin)),
        "findings": list(findings(assessment, result, ids, token, origin)),
    }
    return {
        "assessment-results": {
            # A document that says something else is another document.
            "uuid": ids.of("document", matter.digest, *_foreign(exported)),
            "metadata": _metadata(exported, ids, end, matter.digest),
            "import-ap": {"href": f"#{ids.of('resource', 'framework')}"},
            "results": [found | {name: each for name, each in lists.items() if each}],
            "back-matter": {"resources": _resources(matter, ids)},
        }
    }


def _metadata(exported: Exported, ids: Ids, end: str, digest: str) -> Part:
    assessment = exported.assessment
    purchase, decision = assessment.purchase, assessment.decision
    parties = [
        {
            "uuid": ids.of("party", "buyer"),
            "type": "organization",
            "name": text(purchase.buyer),
        },
        _supplier(assessment, ids),
    ]
    responsible = ["buyer", "supplier"]
    if decision is not None:
        parties.append(
            {
                "uuid": ids.of("party", "decision-maker"),
                "type": "person",
                "name": text(decision.by),
            }
        )
        responsible.append("decision-maker")
    return {
        "title": markup(f"Assessment of {purchase.title}: {assessment.supplier.name}"),
        "last-modified": end,
        "version": f"{text(assessment.answer_set.as_of)}-{digest[:12]}",
        "oscal-version": OSCAL_VERSION,
        **props(
            prop("assessment-id", assessment.id),
            prop("fictional", yes(assessment.fictional)),
            prop("questionnaire", exported.questionnaire),
            prop("purchase", purchase.title),
            prop("capability", purchase.capability),
            prop("route", in_english(purchase.route)),
            prop("ocid", purchase.ocid),
            prop("notice-id", purchase.notice_id),
        ),
        "roles": [{"id": name, "title": title} for name, title in ROLES],
        "parties": parties,
        "responsible-parties": [
            {"role-id": role, "party-uuids": [ids.of("party", role)]} for role in responsible
        ],
        "remarks": " ".join([*map(markup, _foreign(exported)), REMARKS]),
    }


REMARKS = (
    "Made from a record of the AI Procurement Risk Toolkit. The record is the "
    "evidence; who answered, and notes, are in it and not here. Not legal advice."
)


def _foreign(exported: Exported) -> list[str]:
    notice = exported.foreign_notice
    return [notice] if notice else []


def _supplier(assessment: Assessment, ids: Ids) -> Part:
    supplier = assessment.supplier
    found: Part = {
        "uuid": ids.of("party", "supplier"),
        "type": "organization",
        "name": text(supplier.name),
        **props(
            prop("group", supplier.group),
            prop("jurisdiction", supplier.jurisdiction),
            *(
                prop(f"upstream-{each.kind}", f"{each.name}; {each.maker}".rstrip("; "))
                for each in assessment.upstreams
            ),
        ),
    }
    scheme = company_scheme(supplier.company_number)
    if scheme:
        found["external-ids"] = [
            {
                "scheme": f"https://org-id.guide/list/{scheme}",
                "id": text(supplier.company_number),
            }
        ]
    return found


def _tool(ids: Ids) -> Part:
    component = ids.of("component", "tool")
    return {
        "components": [
            {
                "uuid": component,
                "type": "software",
                "title": "AI Procurement Risk Toolkit",
                "description": f"{SOFTWARE} computed the figures.",
                "status": {"state": "operational"},
            }
        ],
        "assessment-platforms": [
            {
                "uuid": ids.of("platform"),
                "uses-components": [{"component-uuid": component}],
            }
        ],
    }


def _reviewed(result: AnyResult, token: dict[str, str]) -> Part:
    asked = [
        {"control-id": token[question.id]}
        for question in result.framework.questions()
        if result.counts(question.id)
    ]
    selected: Part = {"include-controls": asked} if asked else {"include-all": {}}
    return {"control-selections": [selected]}


def _result_props(assessment: Assessment, result: AnyResult) -> list[Part | None]:
    decision, figures = assessment.decision, result.figures()
    values = [v for s in result.sections.values() if s is not None for v in s.values]
    return [
        prop("as-of", assessment.answer_set.as_of),
        prop("pack", assessment.answer_set.pack),
        prop("method", result.framework.method),
        prop("open-questions", len(result.open)),
        prop("recorded-decision", decision.decision if decision else ""),
        prop("recommendation", result.recommendation),
        prop("decision-low", figures.get("decision_low")),
        prop("decision-high", figures.get("decision_high")),
        prop("tier-low", figures.get("tier_low")),
        prop("tier-high", figures.get("tier_high")),
        prop("worst-band-low", worst_band(result, "low")),
        prop("worst-band-high", worst_band(result, "high")),
        prop("coverage", one_decimal(100 * completeness(values)) if result.sections else ""),
        prop("level", figures.get("level")),
    ]


def _last_moment(assessment: Assessment) -> str:
    """Return when the last thing in the record happened; its ``as_of`` where no time is known."""
    decision = assessment.decision
    times = [
        assessment.created_at,
        *(answer.at for answer in assessment.answer_set.answers.values()),
        decision.at if decision else "",
    ]
    known = [moment(time) for time in times if moment(time)]
    return max(known, default=moment(assessment.answer_set.as_of) or EARLIEST)


def _resources(matter: Matter, ids: Ids) -> list[Part]:
    assessment, framework = matter.exported.assessment, matter.exported.framework
    return [
        {
            "uuid": ids.of("resource", "framework"),
            "title": markup(f"{framework.title}, version {framework.version}"),
            "description": "The questionnaire, which stands in the record in full.",
            **props(
                prop("framework-id", framework.id),
                prop("framework-version", framework.version),
                prop("framework-sha256", digest_of(dict(framework.document))),
            ),
        },
        {
            "uuid": ids.of("resource", "record"),
            "title": "The record",
            "description": "Everything needed to recompute the result.",
            **props(prop("record-digest", matter.digest)),
            "rlinks": [
                {
                    "href": file_name(assessment, "json"),
                    "media-type": "application/json",
                    "hashes": [
                        {
                            "algorithm": "SHA-256",
                            "value": hashlib.sha256(matter.record).hexdigest(),
                        }
                    ],
                }
            ],
        },
    ]
