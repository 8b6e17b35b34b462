"""What the store refuses as a decision or a state, and what a decision moves by itself."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import AnswerSet, RecordedDecision, StopOverride
from procurement_risk.assessment.document import to_document, to_documents
from procurement_risk.assessment.record import make_record, read_record
from procurement_risk.assessment.workflow import after_decision, next_states, refused
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.methods import score_to_document
from procurement_risk.storage import open_memory_store
from tests.support.answer_sets import AS_OF, CORE
from tests.support.core_pages import assessment, settled_answers

DUTY, STOP = "EQ-01", "SR-06"
YES = RecordedDecision(decision="proceed", by="Dana, director", at="2026-11-23")
NO = replace(YES, decision="do_not_proceed", reason="Too dear")


def worst(*names):
    return settled_answers(**{name: CORE.by_id[name].options[-1].id for name in names})


@pytest.fixture
def store():
    with_nothing = open_memory_store()
    yield with_nothing
    with_nothing.close()


def decide(store, decision, revision=0):
    return store.save("one", "decision", to_document(decision), revision, "Dana")


def test_a_decision_moves_the_state_in_the_same_breath(store):
    store.create(assessment(settled_answers()), CORE, "Ana")

    assert decide(store, YES) == 1

    assert store.load("one").assessment.state == "decided"
    assert [line.part for line in store.history("one")[-2:]] == ["decision", "state"]
    assert store.verify_history("one") == []


def test_a_later_state_stays_where_it_is(store):
    live = assessment(settled_answers(), state="live", decision=YES)
    store.create(live, CORE, "Ana")

    decide(store, replace(NO, at="2027-01-01"), 1)

    assert store.load("one").assessment.state == "live"


def test_going_ahead_over_a_legal_duty_is_refused_whatever_is_written(store):
    store.create(assessment(worst(DUTY)), CORE, "Ana")
    urged = replace(YES, reason="The winter is near", review_by="2027-01-31")

    with pytest.raises(InvalidDocument, match=f"{DUTY} is a legal duty"):
        decide(store, urged)

    stands = store.load("one").assessment
    assert (stands.decision, stands.state) == (None, "draft")


def test_another_stop_is_decided_over_with_a_reason_and_a_day(store):
    store.create(assessment(worst(STOP)), CORE, "Ana")

    with pytest.raises(InvalidDocument, match="write the reason"):
        decide(store, YES)
    decide(store, replace(YES, reason="Winter", review_by="2027-01-31"))

    assert store.load("one").assessment.state == "decided"


def test_a_record_that_is_brought_in_is_history(store):
    """Whoever decided that elsewhere did; it is not for us to say that it was not."""
    theirs = assessment(worst(DUTY), state="decided", decision=YES, created_by="Cy")
    theirs = replace(theirs, created_at="2026-11-01T00:00:00Z")
    found = score_to_document(CORE, theirs.answer_set)
    data = make_record(theirs, CORE, found, "a test")

    store.import_record(read_record(data, score_to_document), data, "Ana")

    assert store.load("one").assessment.decision == YES


@pytest.mark.parametrize(
    ("state", "decision", "words"),
    [
        ("decided", None, "Nobody has decided yet."),
        ("live", None, "Nobody has decided yet."),
        ("live", NO, "It was decided not to proceed"),
        ("decided", NO, ""),
        ("live", YES, ""),
        ("withdrawn", None, ""),
        ("not_chosen", None, ""),
        ("draft", YES, ""),
    ],
)
def test_what_nobody_decided_is_neither_decided_nor_in_life(store, state, decision, words):
    store.create(assessment(AnswerSet(as_of=AS_OF), state="closed", decision=decision), CORE, "A")

    assert refused(state, decision).startswith(words)
    if words:
        with pytest.raises(UsageError, match=words):
            store.save("one", "state", state, 1, "Ana")
        assert state not in next_states(store.load("one").assessment)
    else:
        assert store.save("one", "state", state, 1, "Ana") == 2


def test_only_what_was_not_decided_becomes_decided():
    assert [after_decision(each) for each in ("draft", "in_review", "live", "withdrawn")] == [
        "decided",
        "decided",
        "live",
        "withdrawn",
    ]


def test_a_legal_duty_is_never_overridden(store):
    store.create(assessment(worst(DUTY, STOP)), CORE, "Ana")
    override = StopOverride(
        question=STOP, by="Dana", at="2026-11-23", reason="Winter", until="2099-01-31"
    )
    both = to_documents([override, replace(override, question=DUTY)])
    with pytest.raises(UsageError, match=f"{DUTY} is a legal duty: it can only be met"):
        store.save("one", "overrides", both, 0, "Dana")

    over = to_documents([replace(override, until="2026-01-31")])
    with pytest.raises(InvalidDocument, match="has passed"):
        store.save("one", "overrides", over, 0, "Dana")
    assert store.save("one", "overrides", to_documents([override]), 0, "Dana") == 1


def together(store, **parts):
    changes = {name: (value, revision) for name, (value, revision) in parts.items()}
    store.save_together("one", changes, "Dana")


def test_what_is_saved_together_is_judged_as_what_is_saved_alone(store):
    """A decision beside the state, an override of a duty: refused whole, nothing written."""
    store.create(assessment(worst(DUTY)), CORE, "Ana")
    override = StopOverride(
        question=DUTY, by="Chief", at="2026-11-23", reason="Winter", until="2027-01-31"
    )
    for parts in (
        {"decision": (to_document(YES), 0), "owner": ("Ben", 0)},
        {"state": ("live", 1), "owner": ("Ben", 0)},
        {"overrides": (to_documents([override]), 0), "owner": ("Ben", 0)},
    ):
        with pytest.raises((InvalidDocument, UsageError)):
            together(store, **parts)
    stands = store.load("one").assessment
    assert (stands.decision, stands.state, stands.overrides, stands.owner) == (
        None, "draft", (), "",
    )  # fmt: skip


def test_a_decision_saved_with_others_moves_the_state_and_the_history_holds(store):
    store.create(assessment(settled_answers()), CORE, "Ana")
    together(store, decision=(to_document(YES), 0), owner=("Ben", 0))
    assert store.load("one").assessment.state == "decided"
    assert store.verify_history("one") == []
