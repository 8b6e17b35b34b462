"""An assessment moved to another version: one transaction, nothing lost, the chain unbroken."""

from copy import deepcopy
from dataclasses import replace

import pytest

from procurement_risk.assessment import Answer
from procurement_risk.assessment.record import verify_record
from procurement_risk.errors import NotFound, StaleFramework, UsageError
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import score_to_document
from procurement_risk.storage import open_memory_store
from tests.support.stored_examples import FRAMEWORK_DOCUMENT, FULL, framework, record_of


def newer():
    """Version 2026.2: one label reworded."""
    document = deepcopy(FRAMEWORK_DOCUMENT)
    document["version"] = "2026.2"
    document["title"] = "A small framework, once more"
    return framework_from_document(document)


def without_one_answer(assessment):
    answers = dict(assessment.answer_set.answers)
    gone = sorted(answers)[0]
    kept = {name: answer for name, answer in answers.items() if name != gone}
    return gone, replace(assessment, answer_set=replace(assessment.answer_set, answers=kept))


def test_what_is_dropped_stays_in_the_history(store):
    store.create(FULL, framework(), "Ann")
    before = store.load(FULL.id)
    gone, moved = without_one_answer(before.assessment)
    store.move(moved, newer(), before.revision, "Bob", "To the new version")
    after = store.load(FULL.id)

    assert after.framework.version == "2026.2"
    assert gone not in after.assessment.answer_set.answers
    lines = [entry for entry in store.history(FULL.id) if entry.by == "Bob"]
    assert [entry.part for entry in lines] == ["assessment", f"answer:{gone}"]
    assert lines[1].before is not None
    assert lines[1].after is None
    assert {entry.reason for entry in lines} == {"To the new version"}
    assert store.verify_history(FULL.id) == []


def test_a_record_made_before_the_move_still_verifies(store):
    """It carries the framework it was answered against."""
    record = record_of(FULL)
    store.create(FULL, framework(), "Ann")
    before = store.load(FULL.id)
    store.move(without_one_answer(before.assessment)[1], newer(), before.revision, "Bob")

    assert verify_record(record, score_to_document) == []


def test_a_move_worked_out_from_an_older_state_is_refused_whole(store):
    """Somebody answered in between: nothing of the move is written."""
    store.create(FULL, framework(), "Ann")
    before = store.load(FULL.id)
    store.save(FULL.id, "state", "closed", before.revisions["state"], "Cy")

    with pytest.raises(UsageError, match="changed while you were looking"):
        store.move(before.assessment, newer(), before.revision, "Bob")

    assert store.load(FULL.id).framework.version == "2026.1"
    assert store.load(FULL.id).assessment.state == "closed"


def test_moving_to_where_it_stands_changes_nothing(store):
    store.create(FULL, framework(), "Ann")
    before = store.load(FULL.id)
    store.move(before.assessment, framework(), before.revision, "Bob")

    assert store.peek(FULL.id) == before.revision


def test_an_archived_assessment_is_not_moved(store):
    store.create(FULL, framework(), "Ann")
    store.archive(FULL.id, "Ann")
    stored = store.load(FULL.id)

    with pytest.raises(UsageError, match="archived"):
        store.move(stored.assessment, newer(), stored.revision, "Bob")


def test_the_versions_in_use_are_named(store):
    store.create(FULL, framework(), "Ann")
    stored = store.load(FULL.id)
    store.move(stored.assessment, newer(), stored.revision, "Bob")

    assert [each.version for each in store.frameworks("small")] == ["2026.1", "2026.2"]
    assert store.frameworks("another") == []


def test_a_store_in_memory_works_like_any_other_and_is_gone_with_its_close():
    """Two of them know nothing of each other."""
    one, other = open_memory_store(), open_memory_store()
    one.create(FULL, framework(), "Ann")
    answer = {"option": "b"}
    question = sorted(FULL.answer_set.answers)[0]
    revision = one.load(FULL.id).revisions[f"answer:{question}"]
    one.save(FULL.id, f"answer:{question}", answer, revision, "Ann")

    saved = one.load(FULL.id).assessment.answer_set.answers[question]
    assert saved == Answer(options=("b",))
    assert one.verify_history(FULL.id) == []
    with pytest.raises(NotFound):
        other.load(FULL.id)
    one.close()
    other.close()


def test_an_answer_given_to_the_version_before_is_not_saved(store):
    """A page left open would otherwise store an option that the new version has not."""
    store.create(FULL, framework(), "Ann")
    before = store.load(FULL.id)
    question = sorted(before.assessment.answer_set.answers)[0]
    revision = before.revisions[f"answer:{question}"]
    store.move(before.assessment, newer(), before.revision, "Bob")
    saving = (FULL.id, f"answer:{question}", {"option": "c"}, revision, "Ann")

    with pytest.raises(StaleFramework, match="moved to another version"):
        store.save(*saving, framework=framework())

    assert store.parts(FULL.id)[f"answer:{question}"].revision == revision
    assert store.save(*saving, framework=newer()) == revision + 1
