"""Fifty assessments moved in the store: every answer is there or in its history."""

from dataclasses import replace
from random import Random

import pytest

from procurement_risk.assessment.document import answer_to_document, to_document
from procurement_risk.assessment.moving import plan_move
from procurement_risk.assessment.record import verify_record
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Exported
from procurement_risk.methods import score_to_document
from tests.support.framework_versions import BASES, base, random_answer_set, random_version
from tests.support.small_app import assessment

FIFTY = 50


def example(rng, name, number):
    """An assessment with random answers to the framework ``name``."""
    answer_set = random_answer_set(rng, base(name))
    return replace(assessment(), id=f"{name}-{number:02}", answer_set=answer_set)


def lost(store, before):
    """Return what of ``before`` is neither as it was now nor in a line of the history."""
    now = store.load(before.id).assessment.answer_set
    taken_out = [line for line in store.history(before.id) if line.by == "Bob"]
    held = {line.part: line.before for line in taken_out}
    answers = {
        name
        for name, answer in before.answer_set.answers.items()
        if now.answers.get(name) != answer
        and held.get(f"answer:{name}") != answer_to_document(answer)
    }
    mitigations = {
        each.question
        for each in before.answer_set.mitigations
        if each not in now.mitigations
        and held.get(f"mitigation:{each.question}") != to_document(each)
    }
    return answers | mitigations


@pytest.mark.parametrize("name", BASES)
def test_fifty_assessments_move_and_nothing_is_lost(store, name):
    """Random answers, one new version for all; the records exported before still verify."""
    rng = Random(name)
    old, new = base(name), random_version(rng, BASES[name], most=25)
    assert old.document != new.document
    before = [example(rng, name, number) for number in range(FIFTY)]
    for each in before:
        store.create(each, old, "Ann")
    records = [json_record.write([Exported(each, old)]) for each in before]

    dropped = 0
    for each in before:
        stored = store.load(each.id)
        move = plan_move(old, new, stored.assessment.answer_set)
        dropped += len(move.dropped) + len(move.mitigations_dropped)
        moved = replace(stored.assessment, answer_set=move.answer_set)
        store.move(moved, new, stored.revision, "Bob", "To the next version")

    assert dropped > FIFTY / 2
    for each, record in zip(before, records, strict=True):
        after = store.load(each.id)
        assert after.framework.document == new.document
        assert (after.assessment.purchase, after.assessment.supplier) == (
            each.purchase,
            each.supplier,
        )
        assert lost(store, each) == set()
        assert store.verify_history(each.id) == []
        assert verify_record(record, score_to_document) == []
        moved_record = json_record.write([Exported(after.assessment, after.framework)])
        assert verify_record(moved_record, score_to_document) == []
    assert [each.version for each in store.frameworks(old.id)] == [old.version, new.version]


def test_an_answer_that_is_lost_is_noticed(store):
    """Otherwise the test above would show nothing."""
    rng = Random(1)
    before = example(rng, "small", 1)
    store.create(before, base("small"), "Ann")
    gone = next(iter(before.answer_set.answers))
    revision = store.load(before.id).revisions[f"answer:{gone}"]
    store.save(before.id, f"answer:{gone}", None, revision, "Somebody")

    assert lost(store, before) == {gone}


@pytest.mark.parametrize("name", BASES)
def test_a_move_there_and_back_changes_only_what_was_dropped(store, name):
    """What both versions take comes back as it was."""
    rng = Random(2)
    old, new = base(name), random_version(rng, BASES[name])
    for number in range(10):
        before = example(rng, name, number)
        store.create(before, old, "Ann")
        kept = before.answer_set
        for one, other in ((old, new), (new, old)):
            stored = store.load(before.id)
            move = plan_move(one, other, stored.assessment.answer_set)
            gone = {each.question for each in move.dropped}
            kept = replace(kept, answers={n: a for n, a in kept.answers.items() if n not in gone})
            moved = replace(stored.assessment, answer_set=move.answer_set)
            store.move(moved, other, stored.revision, "Bob")
        after = store.load(before.id).assessment.answer_set.answers

        assert {n: a for n, a in after.items() if n in kept.answers} == kept.answers
        assert store.verify_history(before.id) == []
