"""How long comparing six suppliers takes: the order, how firm it is, what moves the lead."""

import time

from benchmarks import subject
from benchmarks.figures import ms, percentile, table
from procurement_risk.assessment import Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answers
from procurement_risk.comparison import Entry, compare
from procurement_risk.methods import evaluate

SUPPLIERS = 6
ROUNDS = 20
PARTS = {
    "differences": "find the questions on which they differ",
    "firmness": "draw 2 × 10,000 weights, and the stability radii",
    "tornado": "try every weight, and every answer of the two in front",
}


def report():
    """Return the section of the report."""
    entries = _entries()
    took = {"compare": [], **{part: [] for part in PARTS}}
    compare(entries).firmness  # noqa: B018  the first pays for the imports
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = compare(entries)
        took["compare"].append((time.perf_counter() - begun) * 1000)
        for part in PARTS:
            begun = time.perf_counter()
            getattr(found, part)
            took[part].append((time.perf_counter() - begun) * 1000)
    rows = [
        (words, *(ms(percentile(took[part], percent)) for percent in (50, 95)))
        for part, words in {"compare": "order them by what was scored", **PARTS}.items()
    ]
    return (
        f"{SUPPLIERS} suppliers for one purchase, everything answered, {ROUNDS} rounds. The page "
        "keeps what it worked out until an assessment changes.\n\n"
        + table(("", "median ms", "p95 ms"), rows)
    )


def _entries():
    asked = subject.framework()
    # The options in turn fire stops; shifted ones of the better half do not.
    found = []
    for number in range(SUPPLIERS):
        document = subject.answers(asked)
        for place, question in enumerate(asked.by_id.values()):
            if question.type == "single" and not question.is_fact:
                option = question.options[(place * (number + 1) + number) % 2]
                document["answers"][question.id] = {"option": option.id, "evidence": "E3"}
        answer_set = check_answers(asked, document)
        assessment = Assessment(
            id=f"bid-{number}",
            purchase=Purchase(id="benchmark", title="Case triage", buyer="A council"),
            supplier=Supplier(name=f"Supplier {number}"),
            answer_set=answer_set,
            fictional=True,
        )
        outcome = evaluate(asked, answer_set)
        found.append(Entry(assessment=assessment, framework=asked, outcome=outcome))
    return found
