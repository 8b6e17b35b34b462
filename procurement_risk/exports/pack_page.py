"""What the page in an audit pack is made from beside the record, as ``page.json`` holds it.

The look before, the place in the portfolio, the language and what is said of the questionnaire do
not follow from the record. With them the page can be made again, and compared.

    Exported -> document_of -> page.json -> exported_from(page.json, record) -> Exported
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.document import SCORED, assessment_to_document, build_assessment
from procurement_risk.canonical import Document
from procurement_risk.exports.export import Earlier, Exported
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language import current
from procurement_risk.report.portfolio.facts import PortfolioFacts, UpstreamShare


def setter() -> str:
    """Return the program that sets the page, with its version; empty where there is none."""
    try:
        return f"typst {version('typst')}"
    except PackageNotFoundError:
        return ""


def document_of(exported: Exported) -> Document:
    """Return what ``exported_from`` needs beside the record, ready to be written as JSON."""
    facts = exported.portfolio
    return {
        "language": current(),
        "framework_language": exported.framework.language,
        "set_with": setter(),
        "questionnaire": exported.questionnaire,
        "notice": exported.foreign_notice,
        "earlier": _earlier(exported.assessment, exported.earlier) if exported.earlier else None,
        "portfolio": _facts(facts) if facts is not None else None,
    }


def exported_from(page: Document, record: Document) -> Exported:
    """Return what the page is made from; ``page`` may come from anybody.

    Raises:
        KeyError, TypeError, ValueError: If it is not what ``document_of`` gives.
    """
    about = record["assessment"]
    earlier = None
    if page["earlier"] is not None:
        then = page["earlier"]
        framework = framework_from_document(then["framework"], then["language"])
        answered = build_assessment({**about, "mitigations": [], **then["answered"]})
        earlier = (framework, answered.answer_set)
    return Exported(
        build_assessment(about),
        framework_from_document(record["framework"], page["framework_language"]),
        earlier=earlier,
        portfolio=_facts_from(page["portfolio"]) if page["portfolio"] is not None else None,
        questionnaire=page["questionnaire"],
        foreign_notice=page["notice"],
    )


def _earlier(assessment: Assessment, earlier: Earlier) -> Document:
    framework, answered = earlier
    then = assessment_to_document(replace(assessment, answer_set=answered), framework)
    return {
        "framework": dict(framework.document),
        "language": framework.language,
        "answered": {name: then[name] for name in SCORED if name in then},
    }


def _facts(facts: PortfolioFacts) -> Document:
    return {
        "similar": list(facts.similar),
        "upstreams": [
            {
                "model": each.model,
                "purchases": each.purchases,
                "of": each.of,
                "of_value": _fraction(each.of_value),
                "of_value_if_scaled": _fraction(each.of_value_if_scaled),
            }
            for each in facts.upstreams
        ],
    }


def _fraction(share: Fraction | None) -> str | None:
    return None if share is None else str(share)


def _facts_from(document: Document) -> PortfolioFacts:
    return PortfolioFacts(
        similar=tuple(document["similar"]),
        upstreams=tuple(map(_share, document["upstreams"])),
    )


def _share(each: dict[str, Any]) -> UpstreamShare:
    shares = {
        name: None if each[name] is None else Fraction(each[name])
        for name in ("of_value", "of_value_if_scaled")
    }
    return UpstreamShare(model=each["model"], purchases=each["purchases"], of=each["of"], **shares)
