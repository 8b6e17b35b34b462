"""Entries to compare: the core questionnaire answered at will, for one purchase."""

from dataclasses import replace

from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.assessment.record import read_record
from procurement_risk.comparison import Entry
from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.methods import evaluate, score_to_document
from tests.support.answer_sets import AS_OF, CORE

PURCHASE = Purchase(id="triage", title="Case triage", buyer="Borough of Example")
BEST = {name: question.options[0].id for name, question in CORE.by_id.items()}
BIDS = ("p01-correspondence-drafting", "p01-rival-saltmarsh", "p01-rival-thistlewood")


def answer_set(**options):
    """Everything answered with its best option at E4, but for ``options``; None leaves it open."""
    chosen = {**BEST, **{name.replace("_", "-"): option for name, option in options.items()}}
    answers = {q: Answer(options=(o,), evidence="E4") for q, o in chosen.items() if o}
    return AnswerSet(as_of=AS_OF, answers=answers)


def entry(name, answered=None, framework=CORE, **changes):
    """One assessment of the supplier ``name``, scored."""
    assessment = Assessment(
        id=name.lower(),
        purchase=PURCHASE,
        supplier=Supplier(name=name),
        answer_set=answered or answer_set(),
    )
    assessment = replace(assessment, **changes)
    outcome = evaluate(framework, assessment.answer_set)
    return Entry(assessment=assessment, framework=framework, outcome=outcome)


def bids():
    """The three bids for P01 of the demonstration portfolio."""
    found = []
    for name in BIDS:
        record = read_record((EXAMPLES / f"{name}.json").read_bytes(), score_to_document)
        outcome = evaluate(record.framework, record.assessment.answer_set)
        found.append(
            Entry(assessment=record.assessment, framework=record.framework, outcome=outcome)
        )
    return found
