"""Assessments for the tests of the leadership page: the demonstration, and the worst there is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    OrganisationReference,
    Purchase,
    StopOverride,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.record import Record, read_record
from procurement_risk.exports.export import Exported
from procurement_risk.framework import Framework
from procurement_risk.framework.files import load_framework
from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.methods import evaluate, score_to_document
from procurement_risk.report import Page, PortfolioFacts, Room, UpstreamShare, leadership_page
from tests.support.places import ROOT, TESTS

CORE = load_framework(ROOT / "frameworks" / "ai-supplier-core.yaml")
IMPACT = load_framework(TESTS / "frameworks" / "small-impact.yaml")
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.json"))
FRAUD, FRAUD_BEFORE = "p05-claims-fraud-scoring", "p05-claims-fraud-scoring-2025"
DRAFTING, TRIAL = "p01-correspondence-drafting", "p09-staff-assistant-trial"
AS_OF = "2026-11-23"
DIGEST = "0123456789abcdef" * 4

HOSTILE = '#import "x": * <script>alert(1)</script> $x$ *bold* _i_ `raw` @ref // c &amp; \\u{41}'
WORST = {
    "words": "Lorem ipsum dolor " * 300,
    "one long word": "W" * 5_000,
    "hostile": f"{HOSTILE} " * 60,
    "right to left": "שלום עולם مرحبا " * 320,
    "Chinese and Japanese": "日本語の名前" * 900,
    "emoji": "👩‍👩‍👧😀🇬🇧" * 700,
    "combined": "e\u0301q\u0332\u035f" * 900,
    "unseen": "a\n\n\tb\u202e\u2028c\u0000\ufeff\u0600 " * 600,
}


@cache
def record(name: str) -> Record:
    return read_record((EXAMPLES / f"{name}.json").read_bytes(), score_to_document)


def exported(name: str) -> Exported:
    return Exported(record(name).assessment, record(name).framework)


def pair(name: str) -> tuple[Assessment, Framework]:
    return record(name).assessment, record(name).framework


def page_of(assessment, framework=CORE, **more) -> Page:
    outcome = evaluate(framework, assessment.answer_set)
    return leadership_page(assessment, framework, outcome, **{"digest": DIGEST, **more})


def example(**changes) -> Assessment:
    """An assessment with hardly anything in it, but for ``changes``."""
    fields = {
        "id": "one",
        "purchase": Purchase(id="p", title="Case triage", buyer="Borough of Example"),
        "supplier": Supplier(name="Example AI Ltd"),
        "answer_set": AnswerSet(as_of=AS_OF, pack="triage"),
    }
    return Assessment(**{**fields, **changes})


def settled(**chosen: str) -> AnswerSet:
    """Everything answered with its best option, checked by us, but for ``chosen``."""
    answers = {
        name: Answer(options=(chosen.get(name, question.options[0].id),), evidence="E4")
        for name, question in CORE.by_id.items()
    }
    return AnswerSet(as_of=AS_OF, answers=answers)


def worst_page(text: str, room: Room) -> Page:
    """A page whose every name is ``text``, with a hundred conditions and lists without end."""
    found, before = record(FRAUD), record(FRAUD_BEFORE)
    purchase = replace(
        found.assessment.purchase,
        title=text,
        buyer=text,
        notice_id=text,
        ocid=text,
        contract_start=text,
        contract_end=text,
        break_dates=(text,) * 20,
    )
    best = {each.id: each.options[0].id for each in found.framework.questions()}
    mitigations = tuple(
        Mitigation(question=n, status="agreed", target=t, owner=text, due=text, clause=text)
        for n, t in [*best.items()][:100]
    )
    assessment = replace(
        found.assessment,
        purchase=purchase,
        supplier=Supplier(name=text),
        upstreams=(Upstream(kind="model", name=text, maker=text, jurisdiction=text),) * 40,
        triggers=(Trigger(what=text, at=AS_OF),) * 30,
        overrides=(StopOverride(question="SR-04", by=text, at="", reason=text, until=text),),
        organisation=OrganisationReference(
            assessment="o", framework="f", version="1", as_of=text, recommendation=text, digest=""
        ),
        answer_set=replace(found.assessment.answer_set, mitigations=mitigations),
    )
    share = UpstreamShare(
        model=text,
        purchases=6,
        of=10,
        of_value=Fraction(394, 1000),
        of_value_if_scaled=Fraction(627, 1000),
    )
    return page_of(
        assessment,
        found.framework,
        earlier=(before.framework, before.assessment.answer_set),
        portfolio_facts=PortfolioFacts(upstreams=(share,) * 9, similar=(text,) * 50),
        room=room,
    )
