"""What waits, for whom and by when; and what the list says of it."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Mitigation, Purchase, RecordedDecision, Trigger
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.item_documents import item_from_document, item_to_document
from procurement_risk.portfolio.items import Expiry, item_of
from procurement_risk.portfolio.waiting import first_due, next_step, waiting, waits
from tests.support.leadership_examples import CORE, example, settled

DAY = "2026-11-23"
SETTLED = settled()
QUESTION = next(each for each in CORE.questions() if len(each.options) > 2)
DECIDED = RecordedDecision(decision="proceed", by="Bo", at="2026-11-01", review_by="2026-12-01")


def item(**fields):
    """Return the item of an assessment whose every question is answered, or as ``fields`` say."""
    about = example(answer_set=SETTLED, created_by="Ana", **fields)
    return item_of(about, CORE, evaluate(CORE, about.answer_set))


def condition(status="agreed", due="2026-11-22", owner="Cy"):
    worst = {QUESTION.id: QUESTION.options[-1].id}
    agreed = Mitigation(
        question=QUESTION.id, status=status, target=QUESTION.options[0].id,
        owner=owner, due=due, clause="A clause", evidence="E4" if status == "verified" else "",
    )  # fmt: skip
    return replace(settled(**worst), mitigations=(agreed,))


def with_condition(**fields):
    about = example(answer_set=condition(**fields), created_by="Ana", decision=DECIDED)
    return item_of(about, CORE, evaluate(CORE, about.answer_set))


def kinds(about, day=DAY):
    return [each.kind for each in waits(about, day)]


def test_what_is_settled_waits_for_a_decision_and_then_for_its_review():
    assert kinds(item()) == ["decision"]
    assert next_step(item(), DAY) == "A decision"
    (review,) = waits(item(decision=DECIDED), DAY)
    assert (review.kind, review.due, review.is_late) == ("review", "2026-12-01", False)
    assert kinds(item(decision=DECIDED), "2026-10-31") == []


@pytest.mark.parametrize("state", ["closed", "withdrawn", "not_chosen"])
def test_nothing_waits_once_it_is_over(state):
    assert kinds(item(state=state)) == []
    assert next_step(item(state=state), DAY) == ""


def test_open_answers_wait_until_it_is_decided():
    some = dict(list(SETTLED.answers.items())[:-3])
    about = example(answer_set=replace(SETTLED, answers=some))
    still = item_of(about, CORE, evaluate(CORE, about.answer_set))
    decided = replace(still, decided=replace(DECIDED, review_by=""))

    assert kinds(still) == ["answers"]
    assert next_step(still, DAY) == "3 open answers"
    assert kinds(decided) == []


@pytest.mark.parametrize(
    ("status", "due", "late"),
    [
        ("agreed", "2026-11-22", True),
        ("agreed", "2026-11-23", False),
        ("agreed", "2026-12-23", False),
        ("agreed", "2026-12-24", None),
        ("proposed", "2026-11-22", True),
        ("proposed", "2026-11-24", None),
        ("verified", "2026-11-22", None),
    ],
)
def test_a_condition_waits_from_a_month_before_its_day(status, due, late):
    found = [
        e for e in waits(with_condition(status=status, due=due), DAY) if e.kind == "condition"
    ]
    assert [each.is_late for each in found] == ([] if late is None else [late])


def test_a_condition_waits_for_its_owner_and_for_whoever_is_responsible():
    found = next(e for e in waits(with_condition(), DAY) if e.kind == "condition")
    assert found.is_for("cy ")
    assert found.is_for("ANA")
    assert not found.is_for("Bo")
    assert not found.is_for("")


def test_the_owner_comes_before_whoever_started_it():
    about = item(owner="Dana")
    (found,) = waits(about, DAY)
    assert found.is_for("dana")
    assert not found.is_for("Ana")


def test_what_changed_comes_first_and_what_was_dealt_with_waits_no_more():
    changed = Trigger(what="trigger.price", at="2026-11-20")
    assert kinds(item(triggers=(changed,))) == ["look", "decision"]
    assert next_step(item(triggers=(changed,)), DAY) == "A new look: something changed"
    assert kinds(item(triggers=(replace(changed, resolved_at="2026-11-21"),))) == ["decision"]


def test_what_is_late_stands_first_then_by_day():
    def due(day):
        return item(purchase=Purchase(id="p", title=day, buyer="B", decision_due=day))

    found = waiting([due(""), due("2026-12-31"), due("2026-11-22"), due("2026-12-01")], DAY)
    days = [each.due for each in found]
    assert days == ["2026-11-22", "2026-12-01", "2026-12-31", ""]
    assert [each.is_late for each in found] == [True, False, False, False]


def test_an_overdue_condition_is_counted_in_the_list():
    assert next_step(with_condition(), DAY) == "1 overdue condition"
    assert next_step(with_condition(due="2026-12-01"), DAY) == "The review of the decision"


def test_the_list_says_whose_day_the_first_one_is():
    """A day of evidence stood beside an overdue condition, as if it were the condition's."""
    ran_out = Expiry(question="SR-07", until="2026-01-31")
    about = replace(with_condition(), expiries=(ran_out,))
    assert first_due(about, DAY) == "2026-01-31"
    assert next_step(about, DAY) == "Evidence for 1 answer ran out · 1 overdue condition"


def test_an_item_keeps_what_waiting_rests_on():
    kept = item_from_document(item_to_document(item(owner="Dana")), CORE)
    assert kept == item(owner="Dana")
    assert (kept.owner, kept.answered, kept.asked) == ("Dana", kept.asked, kept.asked)


def test_evidence_waits_from_thirty_days_before_it_runs_out():
    """For whoever is responsible, and after a decision as well."""
    name = QUESTION.id
    answers = {**SETTLED.answers, name: replace(SETTLED.answers[name], valid_until="2026-12-20")}
    about = example(
        answer_set=replace(SETTLED, answers=answers), created_by="Ana", decision=DECIDED
    )
    still = item_of(about, CORE, evaluate(CORE, about.answer_set))
    assert "evidence" not in kinds(still, "2026-11-19")
    [found] = [each for each in waits(still, "2026-11-20") if each.kind == "evidence"]
    assert (found.what, found.due, found.is_late, found.people) == (
        "Evidence for 1 answer runs out", "2026-12-20", False, ("Ana",),
    )  # fmt: skip
    [late] = [each for each in waits(still, "2026-12-21") if each.kind == "evidence"]
    assert late.is_late
    assert late.what == "Evidence for 1 answer ran out"
