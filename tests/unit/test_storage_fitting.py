"""Nothing is stored that no export could write; and what is there already stops nothing else."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import AnswerSet, Mitigation
from procurement_risk.errors import InvalidDocument
from tests.support.stored_examples import BARE, framework

GOOD = {"question": "DP-01", "status": "proposed", "target": "a"}
WRONG = {
    "a target that is no option": ({**GOOD, "target": "zzz"}, "which it does not offer"),
    "an agreed one without owner": ({**GOOD, "status": "agreed"}, "owner"),
    "a question that is not asked": ({**GOOD, "question": "QQ-99"}, "QQ-99"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mitigation_that_no_export_could_write_is_refused(store, name):
    value, expected = WRONG[name]
    store.create(BARE, framework(), "Ada")
    before = store.history("bare")

    with pytest.raises(InvalidDocument, match=expected):
        store.save("bare", f"mitigation:{value['question']}", value, 0, "Ada")
    assert store.history("bare") == before
    assert store.save("bare", "mitigation:DP-01", GOOD, 0, "Ada") == 1


def test_one_for_what_is_declared_not_applicable_is_refused(store):
    store.create(BARE, framework(), "Ada")
    answer = {"state": "not_applicable", "reason": "no data"}
    store.save("bare", "answer:DP-01", answer, 0, "Ada")
    agreed = {**GOOD, "status": "agreed", "owner": "O", "due": "2027-01-01", "clause": "C"}

    with pytest.raises(InvalidDocument, match="declared not applicable"):
        store.save("bare", "mitigation:DP-01", agreed, 0, "Ada")


def test_it_is_refused_in_a_new_assessment_too(store):
    mitigations = (Mitigation(question="DP-01", status="proposed", target="zzz"),)
    answers = AnswerSet(as_of="2026-01-01", mitigations=mitigations)

    with pytest.raises(InvalidDocument, match="which it does not offer"):
        store.create(replace(BARE, answer_set=answers), framework(), "Ada")
    assert store.summaries() == []
