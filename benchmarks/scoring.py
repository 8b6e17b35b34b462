"""How long one full assessment takes to be checked and to be scored."""

import time

from benchmarks import subject
from benchmarks.figures import ms, percentile, table
from benchmarks.results import note
from procurement_risk.assessment.answers import check_answers
from procurement_risk.methods.weakest_section import score

ROUNDS = 500


def report():
    """Return the section of the report."""
    asked = subject.framework()
    document = subject.answers(asked)
    checked = check_answers(asked, document)
    took = {
        "check the answers": _measure(lambda: check_answers(asked, document)),
        "score them": _measure(lambda: score(asked, checked)),
    }
    note(
        "scoring",
        "score ÷ check",
        percentile(took["score them"], 50) / percentile(took["check the answers"], 50),
    )
    rows = [
        (words, *(ms(value) for value in (percentile(each, 50), percentile(each, 95), max(each))))
        for words, each in took.items()
    ]
    count = len(document["answers"])
    return (
        f"One assessment, all {count} questions and facts answered, {ROUNDS} rounds.\n\n"
        + table(("", "median ms", "p95 ms", "slowest ms"), rows)
    )


def _measure(work):
    work()
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return took
