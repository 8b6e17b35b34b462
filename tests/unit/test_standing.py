"""Which of several looks at one purchase counts now: one rule for every door."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import RecordedDecision
from procurement_risk.assessment.standing import Look, look_of, standing
from tests.support.stored_examples import BARE

DECIDED = RecordedDecision(decision="proceed", by="Grace", at="2026-11-22")


def look(id, as_of, *, decided=False, replaces="", unbought=False, foreign=False):
    return Look(id, as_of, as_of, replaces, decided, unbought, foreign)


def counts(*looks):
    return standing(looks, lambda each: each).id


@pytest.mark.parametrize(
    ("looks", "which"),
    [
        ([look("a", "2026-01-01")], "a"),
        ([look("a", "2026-01-01"), look("b", "2026-06-01")], "b"),
        ([look("a", "2026-01-01", decided=True), look("b", "2026-06-01", replaces="a")], "a"),
        ([look("a", "2026-01-01", decided=True), look("b", "2026-06-01")], "a"),
        (
            [
                look("a", "2026-01-01", decided=True),
                look("b", "2026-06-01", decided=True, replaces="a"),
            ],
            "b",
        ),
        (
            [
                look("a", "2026-07-01", decided=True),  # its date was moved on by mistake
                look("b", "2026-06-01", decided=True, replaces="a"),
            ],
            "b",
        ),
        (
            [
                look("a", "2026-01-01", decided=True),
                look("b", "2026-06-01", replaces="a"),
                look("c", "2026-09-01", replaces="b"),
            ],
            "a",
        ),
        (
            [look("a", "2026-01-01", replaces="b"), look("b", "2026-01-01", replaces="a")],
            "b",
        ),
        (
            [look("a", "2026-01-01"), look("b", "2026-06-01", decided=True, foreign=True)],
            "a",
        ),
        ([look("b", "2026-06-01", foreign=True)], "b"),
        ([look("a", "2026-01-01"), look("b", "2026-06-01", decided=True, unbought=True)], "a"),
    ],
)
def test_the_newest_decided_look_counts(looks, which):
    assert counts(*looks) == which
    assert counts(*reversed(looks)) == which


def test_of_nothing_nothing_counts():
    with pytest.raises(ValueError, match="empty"):
        standing([], lambda each: each)


def test_a_look_is_told_from_its_assessment():
    assert look_of(BARE) == Look("bare", "2026-11-23", "", "", decided=False)
    assert look_of(replace(BARE, decision=DECIDED), foreign=True) == Look(
        "bare", "2026-11-23", "", "", decided=True, foreign=True
    )
