"""What is measured: the core questionnaire, answered in full, in a store of its own."""

from urllib.parse import urlencode

from procurement_risk.assessment import Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.files import load_framework
from procurement_risk.storage import open_store
from tests.support.running import ROOT

SECTION = "DP"  # as the address of the Questions page has it
ACTOR = "Benchmark"


def framework():
    """Return the core questionnaire."""
    return load_framework(ROOT / "frameworks" / "ai-supplier-core.yaml")


def answers(asked):
    """Return a document that answers every question, the options in turn."""
    return {
        "as_of": "2026-11-23",
        "answers": {
            question.id: _answer(question, number)
            for number, question in enumerate(asked.by_id.values())
        },
    }


def _answer(question, number):
    options = [option.id for option in question.options]
    if question.type == "single":
        return {"option": options[number % len(options)], "evidence": f"E{number % 5}"}
    if question.type == "multiple":
        return {"options": options[:1]}
    return {"text": {"number": "1", "date": "2026-11-23"}.get(question.type, "Some words.")}


def query(assessment_id):
    """Return the part of the Questions page's address after the question mark."""
    return urlencode({"assessment": assessment_id, "section": SECTION})


def fill(database, number):
    """Put ``number`` assessments into a new SQLite file, and return their ids."""
    asked = framework()
    answer_set = check_answers(asked, answers(asked))
    ids = [f"benchmark-{place:03}" for place in range(number)]
    store = open_store(f"sqlite:///{database}")
    try:
        for name in ids:
            assessment = Assessment(
                id=name,
                purchase=Purchase(id=f"purchase-{name}", title="Case triage", buyer="A council"),
                supplier=Supplier(name="A supplier"),
                answer_set=answer_set,
                fictional=True,
            )
            store.create(assessment, asked, ACTOR)
    finally:
        store.close()
    return ids
