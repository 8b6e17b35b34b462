"""Assessments for the tests of other people's formats: the plain ones and a hostile one."""

from dataclasses import replace
from functools import cache

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
    Upstream,
)
from procurement_risk.assessment.record import read_record
from procurement_risk.exports import Exported
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import score_to_document
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.places import ROOT

EXAMPLES = ROOT / "assessments" / "examples"

# Line breaks, control characters, markup, formulas, right-to-left and emoji; within every limit.
HOSTILE = (
    "=cmd|' /C calc'!A0\r\n\x00\x07\x1b[31m <b>x</b> [a](javascript:b) \u202e"
    " \u2028 \x85 שלום 👩🏽‍💻 \u200b"
)
LONG = HOSTILE + "long " * 300


@cache
def example(name):
    """Return what one of the demonstration records is exported from."""
    record = read_record((EXAMPLES / f"{name}.json").read_bytes(), score_to_document)
    return Exported(record.assessment, record.framework)


def small(assessment=None, document=None):
    """Return a small assessment with its framework."""
    return Exported(assessment or hostile(), framework_from_document(document or SMALL))


def hostile():
    """Return an assessment against the small framework in which every text means harm."""
    question = next(iter(SMALL["sections"]))["questions"][0]["id"]
    return Assessment(
        id="a-1",
        purchase=Purchase(
            id="p-1",
            title=HOSTILE,
            buyer=HOSTILE,
            description=LONG,
            capability=HOSTILE,
            committed_value=5,
            route=HOSTILE,
            notice_id=HOSTILE,
            ocid=HOSTILE,
            jurisdiction=HOSTILE,
        ),
        supplier=Supplier(
            name=HOSTILE, company_number=HOSTILE, group=HOSTILE, jurisdiction=HOSTILE
        ),
        upstreams=(Upstream(kind="model", name=HOSTILE, maker=HOSTILE),),
        answer_set=AnswerSet(
            as_of="2026-11-23",
            answers={
                question: Answer(options=("a",), evidence="E1", link=LONG, note=LONG, by=HOSTILE)
            },
            mitigations=(
                Mitigation(
                    question=question,
                    status="proposed",
                    target="a",
                    owner=HOSTILE,
                    clause=HOSTILE,
                    note=LONG,
                ),
            ),
        ),
    )


__all__ = [
    "HOSTILE", "IMPACT", "LONG", "SMALL", "RecordedDecision", "StopOverride", "example",
    "hostile", "replace", "small",
]  # fmt: skip
