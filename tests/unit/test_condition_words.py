"""Conditions as people read them, and as lines from question to question."""

import pytest

from procurement_risk.framework import AllOf, AnyOf, Atom, Never, NotAtom, RiskAtom
from procurement_risk.framework.condition_words import edges, in_words
from procurement_risk.framework.document import framework_from_document
from tests.support.framework_documents import IMPACT

FRAMEWORK = framework_from_document(IMPACT)
FAR = Atom(question="effect", options=frozenset({"far-4"}))
EITHER = Atom(question="harms", options=frozenset({"staff-1", "readers-2"}))
NOT_LIVE = NotAtom(question="phase", options=frozenset({"live"}))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (None, ""),
        (FAR, "effect is “Far”"),
        (EITHER, "harms is “Readers” or “Staff”"),
        (NOT_LIVE, "phase is not “Live”"),
        (AllOf(parts=(FAR, NOT_LIVE)), "effect is “Far” and phase is not “Live”"),
        (AnyOf(parts=(FAR,)), "effect is “Far”"),
        (
            AllOf(parts=(NOT_LIVE, AnyOf(parts=(FAR, EITHER)))),
            "phase is not “Live” and (effect is “Far” or harms is “Readers” or “Staff”)",
        ),
        (Never(because="It is gone."), "never: It is gone."),
        (Atom(question="gone", options=frozenset({"x"})), "gone is “x”"),
    ],
)
def test_a_condition_in_words(condition, words):
    assert in_words(FRAMEWORK, condition) == words


def test_the_words_are_in_the_language_of_the_framework():
    french = framework_from_document(IMPACT, "fr")

    assert in_words(french, NOT_LIVE) == "phase is not “En service”"


def test_a_long_label_is_cut_short():
    long = framework_from_document(
        {**IMPACT, "facts": [{"id": "f", "ask": "?", "options": [{"id": "x", "label": "y" * 90}]}]}
    )

    words = in_words(long, Atom(question="f", options=frozenset({"x"})))
    assert words == f"f is “{'y' * 59}…”"


def test_a_risk_value_is_no_condition_of_a_question():
    with pytest.raises(TypeError, match="tier rule"):
        in_words(FRAMEWORK, RiskAtom(question="effect", at_least=1, at_most=2))


def test_a_section_stands_for_what_is_in_it():
    assert list(edges(FRAMEWORK)) == [
        ("effect", "harms"),
        ("harms", "words"),
        ("library", "words"),
        ("phase", "designing"),
        ("phase", "living"),
    ]
