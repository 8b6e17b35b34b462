"""An assessment with a word of its own in every field that can be marked."""

from __future__ import annotations

from dataclasses import replace

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Marking,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.publication_fields import values_of
from procurement_risk.exports.export import Exported
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from tests.support.small_frameworks import question, section, small_framework

DAY = "2026-11-25"
USES = ("award", "mandatory", "information", "term", "internal")


def framework() -> Framework:
    """Five questions, one of each procurement use; S-1 can stop; every label is unlike others."""
    questions = [
        question(
            f"S-{n}",
            procurement_use=use,
            clauses=["way-out", "price"] if n < 3 else [],
            answered_by="supplier",
            options=[
                {"id": letter, "risk": risk, "label": f"Label{n}{letter}"}
                for letter, risk in zip("abcde", range(5), strict=True)
            ],
        )
        for n, use in enumerate(USES, 1)
    ]
    questions[0]["red_flag"] = {"options": ["e"], "class": "stop"}
    questions.append(question("S-6", weight=1, options=[], type="text"))
    for key in ("weight", "options"):
        questions[-1].pop(key)
    document = small_framework(section("S", "decisive", *questions))
    document["clauses"] = [
        {"id": "way-out", "heading": "Way out", "purpose": "Leaving.", "outcome": "We can leave."},
        {
            "id": "price",
            "heading": "Price cap",
            "purpose": "Cost.",
            "outcome": "Costs are capped.",
        },
    ]
    return framework_from_document(document)


FRAMEWORK = framework()


def planted() -> Assessment:
    """Every text is a word that stands nowhere else; the values and dates are unlike others."""
    return Assessment(
        id="one",
        purchase=Purchase(
            id="p",
            title="Plumtitle",
            buyer="Plumbuyer",
            description="Plumdescription",
            capability="plumcapability",
            committed_value=7654321,
            value_if_scaled=8765432,
            route="Plumroute",
            notice_id="Plumnotice",
            ocid="Plumocid",
            embedded=True,
            decision_due="2031-01-17",
            contract_start="2032-02-18",
            contract_end="2033-03-19",
            break_dates=("2034-04-21",),
            jurisdiction="Plumlaw",
            chosen_supplier="Plumchosen",
        ),
        supplier=Supplier(
            name="Plumseller",
            company_number="PL00777",
            group="Plumgroup",
            jurisdiction="Plumcountry",
        ),
        upstreams=(
            Upstream(kind="model", name="Plummodel", maker="Plummaker", jurisdiction="Plumland"),
        ),
        answer_set=AnswerSet(
            as_of=DAY,
            answers={
                "CX-1": Answer(options=("b",), evidence="E3"),
                "S-1": Answer(
                    options=("e",), evidence="E2", note="Plumnote", link="Plumlink", by="Plumby"
                ),
                "S-2": Answer(options=("d",), evidence="E1"),
                "S-3": Answer(options=("e",)),
                "S-4": Answer(state="not_applicable", reason="Plumbecause"),
                "S-5": Answer(options=("e",)),
                "S-6": Answer(text="Plumtext"),
            },
            mitigations=(
                Mitigation(
                    question="S-2",
                    status="proposed",
                    target="a",
                    owner="Plumowner",
                    due="2027-05-05",
                    clause="Plumclause",
                    note="Plumremark",
                ),
            ),
        ),
        decision=RecordedDecision(
            decision="escalate", by="Plumdecider", at="2026-11-24", reason="Plumgrounds"
        ),
        overrides=(
            StopOverride(
                question="S-1", by="Plumsenior", at=DAY, reason="Plumexcuse", until="2027-06-06"
            ),
        ),
        triggers=(Trigger(what="Plumevent", at=DAY, note="Plummore"),),
    )


def texts() -> dict[str, set[str]]:
    """For each field, every form in which its value could show."""
    found = {path: set(values) for path, values in values_of(planted()).items()}
    found["purchase.committed_value"] |= {"7,654,321", "7.654321"}
    found["purchase.value_if_scaled"] |= {"8,765,432", "8.765432"}
    for name, words in {
        "decision_due": "17 January 2031",
        "contract_start": "18 February 2032",
        "contract_end": "19 March 2033",
        "break_dates": "21 April 2034",
    }.items():
        found[f"purchase.{name}"].add(words)
    for n in range(1, 6):
        if chosen := planted().answer_set.answers[f"S-{n}"].option:
            found[f"answers.S-{n}.answer"] = {f"Label{n}{chosen}"}
    # What is told by a state, a small word or an id: looked at one by one.
    for path in ("purchase.embedded", "answers.CX-1.answer", "answers.S-4.answer"):
        del found[path]
    return found


def marked(ground: str, **others: Marking) -> Assessment:
    """The planted assessment with every field marked alike, but for ``others``."""
    assessment = planted()
    markings = {
        path: Marking(
            ground=ground,
            reason="" if ground == "public" else "Given in confidence",
            until="2030-12-31" if ground == "commercial" else "",
        )
        for path in values_of(assessment)
    }
    return replace(assessment, markings=markings | others)


def exported(assessment: Assessment) -> Exported:
    return Exported(assessment, FRAMEWORK)
