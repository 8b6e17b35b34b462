"""Reviewing a section: who may not, what a review is over, and when it stands no longer."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    RecordedDecision,
    Review,
    reviewing,
    signed,
)
from procurement_risk.assessment.document import assessment_from_document, to_document
from procurement_risk.canonical import read_json
from procurement_risk.errors import InvalidDocument, NotAllowed, UsageError
from procurement_risk.framework.document import framework_from_document
from procurement_risk.portfolio.asked_of import asked_of
from procurement_risk.storage.people.person import ALL, Held, Person
from tests.support.places import ROOT
from tests.support.stored_examples import BARE, framework

NOW = "2026-11-24T09:00:00Z"
WRITTEN = {"option": "b", "by": "Bo"}


@pytest.fixture
def store(store):
    """A store with one assessment in review, of which Ana began and Bo answered DP."""
    answers = {"CX-01": Answer(options=("a",), by="Ana", at=NOW)}
    begun = replace(BARE, id="one", answer_set=AnswerSet(as_of="2026-11-23", answers=answers))
    store.create(begun, framework(), "Ana")
    store.save("one", "answer:DP-01", WRITTEN, 0, "Bo")
    store.save("one", "state", "in_review", 1, "Ana")
    return store


def review(store, by, verdict="accepted", section="DP", **changes):
    held = store.load("one")
    digest = reviewing.digest_of(held.assessment, held.framework, section)
    made = Review(verdict=verdict, by=by, at=NOW, digest=digest, **changes)
    part = f"review:{section}"
    store.save("one", part, to_document(made), held.revisions.get(part, 0), by)


def stands(store, section="DP"):
    held = store.load("one")
    return reviewing.stands(held.assessment, held.framework, section)


def waiting(store):
    held = store.load("one")
    return reviewing.waiting(held.assessment, held.framework)


def signed_in(store, role, name):
    return store.acting(Person(id=name, name=name, roles=(Held(role, ALL),), how="oidc"))


def test_facts_that_no_section_asks_wait_too():
    record = read_json((ROOT / "assessments/examples/p02-letters-to-mps.json").read_bytes())
    core = framework_from_document(record["framework"])
    held = assessment_from_document(record["assessment"])
    assert held.state == "in_review"
    assert reviewing.waiting(held, core) == reviewing.sections(core)
    assert reviewing.FACTS in reviewing.sections(core)


def test_somebody_else_accepts_a_section(store):
    assert waiting(store) == ["CX", "DP"]
    review(store, "Ida")

    assert stands(store)
    assert waiting(store) == ["CX"]
    assert store.verify_history("one") == []


@pytest.mark.parametrize("name", ["Bo", "BO ", "bo"])
def test_whoever_filled_it_does_not_review_it(store, name):
    with pytest.raises(UsageError, match="somebody else has to review it"):
        review(store, name)


def test_whoever_filled_it_once_does_not_either(store):
    """Also where their answer was written over, taken away, or was another's in a record."""
    store.save("one", "answer:DP-01", {"option": "a", "by": "Cy"}, 1, "Cy")
    store.save("one", "answer:DP-02", {"option": "a", "by": "Di"}, 0, "Importer")
    store.save("one", "mitigation:DP-01", None, 0, "Nobody")
    for name in ("Bo", "Cy", "Di"):
        with pytest.raises(UsageError, match="somebody else"):
            review(store, name)
    review(store, "Bo", section="CX")
    review(store, "Importer")  # who only brought Di's answer in


def test_a_change_afterwards_waits_again_and_a_copy_of_it_does_not(store):
    review(store, "Ida")
    store.save("one", "answer:DP-01", {**WRITTEN, "by": "Cy"}, 1, "Cy")
    assert stands(store)  # the same answer, by somebody else
    store.save("one", "answer:DP-01", {**WRITTEN, "option": "a"}, 2, "Cy")
    assert not stands(store)
    assert "DP" in waiting(store)


def test_what_is_returned_says_why_and_comes_back_to_whoever_is_responsible(store):
    with pytest.raises(UsageError, match="what is to be changed"):
        review(store, "Ida", "returned")
    review(store, "Ida", "returned", note="Which contract?")

    assert not stands(store)
    (asked,) = asked_of(store, "Ana")
    assert (asked.kind, asked.section, asked.text) == ("returned", "DP", "Which contract?")
    assert asked_of(store, "Bo") == ()


def test_what_was_not_seen_is_not_reviewed(store):
    made = to_document(Review(verdict="accepted", by="Ida", at=NOW, digest="0" * 64))
    with pytest.raises(UsageError, match="changed since you opened it"):
        store.save("one", "review:DP", made, 0, "Ida")
    with pytest.raises(UsageError, match="changed since you opened it"):
        store.save_together("one", {"review:DP": (made, 0)}, "Ida")
    with pytest.raises(InvalidDocument):
        store.save("one", "review:DP", {**made, "verdict": "perfect"}, 0, "Ida")


def test_where_people_sign_in_a_reviewer_reviews_in_their_own_name(store, monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    ida = signed_in(store, "reviewer", "Ida")
    assert {each.section for each in asked_of(ida, "Ida")} == {"CX", "DP"}
    assert asked_of(signed_in(store, "auditor", "Al"), "Al") == ()

    with pytest.raises(NotAllowed, match="You may not review it"):
        review(signed_in(store, "officer", "Ana"), "Ana")
    review(ida, "Eve")
    assert store.load("one").assessment.reviews["DP"].by == "Ida"
    assert {each.section for each in asked_of(ida, "Ida")} == {"CX"}
    both = signed_in(store, "reviewer", "Bo")
    with pytest.raises(UsageError, match="somebody else"):
        review(both, "Ida", note="Fine")
    assert stands(store)


def test_what_is_said_not_to_apply_is_signed_once_a_second_person_accepted_it(store):
    """Where people sign in; one person alone has no second one, and is asked for none."""
    store.save("one", "answer:DP-03", {"state": "not_applicable", "reason": "No data"}, 0, "Bo")
    held = store.load("one")
    decided = replace(
        held.assessment, decision=RecordedDecision(decision="proceed", by="I", at=NOW)
    )
    assert reviewing.unconfirmed(decided, held.framework) == ["DP-03"]
    ask = (decided, held.framework, "Ida", "Chief")
    assert "DP-03 is said not to apply" in signed.refused(*ask, signed_in=True)
    assert signed.refused(*ask, signed_in=False) == ""

    review(store, "Ida")
    accepted = replace(decided, reviews=store.load("one").assessment.reviews)
    assert signed.refused(accepted, held.framework, "Ida", "Chief", signed_in=True) == ""
