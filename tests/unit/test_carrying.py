"""A new look at a purchase: what is carried over, what counts, and what confirming does."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import (
    Answer,
    Assessment,
    HandOver,
    Mitigation,
    StopOverride,
    Supplier,
    Trigger,
)
from procurement_risk.assessment.trigger_questions import opened_by, opens
from procurement_risk.assessment.vocabulary import TRIGGERS
from procurement_risk.errors import StaleSave
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import load_framework
from procurement_risk.methods import evaluate
from procurement_risk.profile.carrying import (
    carried_mitigations,
    look_again,
    not_confirmed,
    second_supplier,
    unconfirmed,
)
from procurement_risk.profile.confirming import confirm_one, confirm_section, confirm_since
from procurement_risk.profile.gates import another_begins, gate_of_another
from procurement_risk.report.page import Room
from procurement_risk.report.subject import Subject, asked_and_answered
from tests.support.places import ROOT
from tests.support.stored_examples import FRAMEWORK_DOCUMENT, FULL, framework

SMALL = framework()
NOW = "2027-03-12T09:00:00Z"
DAY = "2027-03-12"
LAST = replace(
    FULL,
    handovers={"DP": HandOver(owner="Bo", by="Ada", at="2026-11-20T09:00:00Z")},
    answer_set=replace(
        FULL.answer_set,
        answers={
            **FULL.answer_set.answers,
            "DP-03": Answer(options=("a",), evidence="E3", by="Ada", at="2026-06-01T09:00:00Z"),
        },
    ),
)


def again(**changes: object) -> Assessment:
    return look_again(replace(LAST, **changes), SMALL, SMALL, id="again", day=DAY)


def core():
    return load_framework(ROOT / "frameworks" / "ai-supplier-core.yaml")


def test_nothing_that_is_carried_counts():
    look = again()

    assert set(look.carried) == set(LAST.answer_set.answers)
    assert look.answer_set.answers == {}
    assert look.answer_set.mitigations == ()
    assert look.replaces == LAST.id
    result = evaluate(SMALL, look.answer_set)
    assert result == evaluate(
        SMALL, replace(LAST.answer_set, as_of=DAY, answers={}, mitigations=())
    )


def test_what_people_did_with_the_last_look_stays_with_it():
    look = again(
        overrides=(StopOverride(question="DP-01", by="G", at=DAY, reason="R", until=DAY),)
    )

    assert (look.state, look.decision, look.overrides) == ("draft", None, ())
    assert (look.handovers, look.comments, look.created_by) == ({}, {}, "")
    assert (look.purchase, look.supplier, look.upstreams) == (
        LAST.purchase,
        LAST.supplier,
        LAST.upstreams,
    )


def test_a_carried_answer_says_where_it_is_from():
    carried = again().carried

    assert carried["CX-01"].assessment == LAST.id
    assert carried["CX-01"].day == "2026-11-20"  # when it was given
    assert carried["DP-01"].day == LAST.answer_set.as_of  # that was not written down
    assert carried["DP-01"].mitigation == LAST.answer_set.mitigations[0]


def test_what_was_never_confirmed_is_carried_on_from_where_it_came():
    first = again()
    second = look_again(first, SMALL, SMALL, id="third", day="2027-06-01")

    assert second.carried == first.carried


def test_answers_are_moved_to_another_version():
    document = {**FRAMEWORK_DOCUMENT, "version": "2027.1"}
    sections = [dict(each) for each in document["sections"]]
    sections[1]["questions"] = sections[1]["questions"][:2]
    newer = framework_from_document({**document, "sections": sections})
    look = look_again(LAST, SMALL, newer, id="again", day=DAY)

    assert "DP-03" not in look.carried  # the new version asks it no more
    assert "DP-02" in look.carried


def test_confirming_one_makes_it_an_answer_of_this_look():
    done = confirm_one(again(), SMALL, "DP-01", "Dana", NOW)

    answer = done.answers["DP-01"]
    assert (answer.by, answer.at) == ("Dana", NOW)
    assert (answer.options, answer.evidence, answer.valid_until) == (("c",), "E2", "2027-01-31")
    assert done.mitigations == {"DP-01": LAST.answer_set.mitigations[0]}
    assert set(done.parts) == {"answer:DP-01", "mitigation:DP-01", "carried:DP-01"}
    assert done.parts["carried:DP-01"] is None
    assert LAST.id in done.reason


def test_a_note_written_meanwhile_is_not_written_over():
    look = again()
    written = Answer(state="unanswered", note="Asked again in March")
    look = replace(look, answer_set=replace(look.answer_set, answers={"DP-01": written}))

    done = confirm_one(look, SMALL, "DP-01", "Dana", NOW)

    assert done.answers["DP-01"].note == "Asked again in March"
    assert done.answers["DP-01"].options == ("c",)


def test_what_was_answered_anew_waits_no_longer_and_cannot_be_confirmed_over():
    look = again()
    mine = Answer(options=("a",), evidence="E3")
    look = replace(look, answer_set=replace(look.answer_set, answers={"DP-01": mine}))

    assert "DP-01" not in unconfirmed(look)
    done = confirm_one(look, SMALL, "DP-01", "Dana", NOW)
    assert done.answers == {}
    assert set(done.mitigations) == {"DP-01"}  # which was agreed, whatever the answer is now


def test_a_section_is_confirmed_but_for_what_cannot_be_at_once():
    done = confirm_section(again(), SMALL, "DP", "Dana", NOW)

    assert set(done.answers) == {"DP-03"}
    assert done.left == {
        "DP-01": "Its evidence ran out on 31 January 2027.",
        "DP-02": "It was open then.",
    }
    assert "mitigation:DP-01" not in done.parts  # not without its answer


def test_all_that_is_young_enough_and_rests_on_evidence():
    done = confirm_since(again(), SMALL, "2026-09-01", "Dana", NOW)

    assert set(done.answers) == {"generative", "CX-01"}  # no evidence counts for these
    assert done.left["DP-03"] == "It is from 1 June 2026."
    unproved = again(
        answer_set=replace(LAST.answer_set, answers={"DP-03": Answer(options=("a",))})
    )
    left = confirm_since(unproved, SMALL, "2026-09-01", "Dana", NOW).left
    assert left == {"DP-03": "It rests on no evidence."}


def test_what_no_longer_applies_or_is_no_longer_asked_is_left():
    asked = core()
    hidden = next(q for q in asked.questions() if q.when is not None)
    answers = {
        **{fact.id: Answer(options=("no",)) for fact in asked.facts},
        hidden.id: Answer(options=(hidden.options[0].id,), evidence="E3"),
        "XX-01": Answer(options=("a",)),
    }
    last = replace(FULL, answer_set=replace(FULL.answer_set, answers=answers, mitigations=()))
    look = look_again(last, asked, asked, id="again", day=DAY)
    left = confirm_since(look, asked, "2000-01-01", "Dana", NOW).left

    assert left["XX-01"] == "It is no longer asked."
    assert left[hidden.id] == "It does not apply, as far as the answers go."


def test_an_option_that_is_gone_cannot_be_confirmed():
    look = again(answer_set=replace(LAST.answer_set, answers={"DP-03": Answer(options=("z",))}))

    done = confirm_one(look, SMALL, "DP-03", "Dana", NOW)
    assert done.answers == {}
    assert "z" in done.left["DP-03"]


# --- Another supplier ---------------------------------------------------------------------


def test_another_supplier_takes_over_what_is_about_the_purchase_alone():
    asked = core()
    answers = {q.id: Answer(options=(q.options[0].id,)) for q in asked.by_id.values()}
    agreed = Mitigation(question="DP-03", status="proposed", target="b")
    known = replace(
        FULL, answer_set=replace(FULL.answer_set, answers=answers, mitigations=(agreed,))
    )
    look = second_supplier(known, asked, asked, id="b", day=DAY, supplier=Supplier(name="Bee"))

    by_id = asked.by_id
    assert look.answer_set.gate == "evaluation"  # the first one is in life
    assert look.carried.keys().isdisjoint({"DP-03", "SE-05"})  # due from the award on
    assert {by_id[name].answered_by for name in look.carried} <= {"", "buyer", "tool"}
    assert {q.id for q in asked.facts} <= look.carried.keys()
    context = asked.section("CX").questions
    assert {q.id for q in context if q.answered_by == "buyer"} <= look.carried.keys()
    assert {q.id for q in context} - look.carried.keys() == {"CX-13", "CX-14"}
    assert "DP-02" not in look.carried  # the supplier answers it
    assert carried_mitigations(look) == ()
    assert (look.supplier.name, look.upstreams, look.replaces) == ("Bee", (), "")
    assert look.purchase == known.purchase
    assert look.answer_set.answers == {}


@pytest.mark.parametrize(
    ("first", "another"),
    [("", "evaluation"), ("award", "evaluation"), ("evaluation", "evaluation"), ("idea", "idea")],
)
def test_another_supplier_begins_where_suppliers_are_compared_or_earlier(first, another):
    begins = gate_of_another(core(), first)
    assert begins == core().gate(another)
    assert begins.label in another_begins(core(), first)


def test_another_supplier_begins_first_where_no_gate_compares():
    staff = load_framework(ROOT / "frameworks" / "staff-assistant.yaml")
    assert gate_of_another(staff, "rollout") == staff.gate("idea")
    assert (gate_of_another(SMALL, ""), another_begins(SMALL, "")) == (None, "")


# --- Triggers -----------------------------------------------------------------------------


def test_every_trigger_opens_some_questions_of_the_shipped_questionnaires():
    everything = [load_framework(path) for path in sorted((ROOT / "frameworks").glob("*.yaml"))]
    named = {each.id for f in everything for each in (*f.sections, *f.by_id.values())}

    assert set(opens()) == set(TRIGGERS)
    for names in opens().values():
        assert set(names) <= named | {"facts"}, set(names) - named
    opened = {name: len(opened_by([Trigger(what=name, at=DAY)], core())) for name in TRIGGERS}
    assert all(0 < number < 60 for number in opened.values()), opened


def test_a_trigger_of_ones_own_words_opens_everything():
    assert opened_by([Trigger(what="The mayor asked", at=DAY)], core()) == set(core().by_id)


def test_a_look_that_a_trigger_calls_for_opens_what_it_names():
    asked = core()
    answers = {
        q.id: Answer(
            options=(q.options[0].id,), evidence="E3", by="Ada", at="2026-06-01T09:00:00Z"
        )
        for q in asked.by_id.values()
    }
    last = replace(FULL, answer_set=replace(FULL.answer_set, answers=answers, mitigations=()))
    swapped = Trigger(what="trigger.upstream", at=DAY)
    look = look_again(last, asked, asked, id="again", day=DAY, triggers=[swapped])

    assert set(look.carried) == opened_by([swapped], asked)
    assert "TR-07" in look.carried
    kept = look.answer_set.answers
    assert kept["VO-01"] == answers["VO-01"]  # as it stood: who, when and on what evidence
    assert not look.carried.keys() & kept.keys()
    assert look.carried.keys() | kept.keys() == answers.keys()
    assert look.triggers == (swapped,)


# --- In the store -------------------------------------------------------------------------


@pytest.fixture
def stored(store):
    store.create(LAST, SMALL, "Ada")
    store.create(again(), SMALL, "Ada")
    return store


def confirm(store, question):
    now = store.load("again")
    done = confirm_one(now.assessment, SMALL, question, "Dana", NOW)
    changes = {n: (v, now.revisions.get(n, 0)) for n, v in done.parts.items()}
    store.save_together("again", changes, "Dana", done.reason, SMALL)


def test_confirming_is_one_change_and_stands_in_the_history(stored):
    confirm(stored, "DP-01")

    now = stored.load("again").assessment
    assert now.answer_set.answers["DP-01"].by == "Dana"
    assert "DP-01" not in now.carried
    assert len(now.answer_set.mitigations) == 1
    lines = [line for line in stored.history("again") if line.by == "Dana"]
    assert {line.part for line in lines} == {"answer:DP-01", "mitigation:DP-01", "carried:DP-01"}
    assert len({line.at for line in lines}) == 1
    assert all(LAST.id in line.reason for line in lines)
    assert stored.verify_history("again") == []


def test_confirming_is_all_or_nothing(stored):
    now = stored.load("again")
    stored.save("again", "answer:DP-01", {"option": "a"}, 0, "Bo")
    done = confirm_section(now.assessment, SMALL, "CX", "Dana", NOW)
    parts = {**done.parts, **confirm_one(now.assessment, SMALL, "DP-01", "Dana", NOW).parts}
    changes = {n: (v, now.revisions.get(n, 0)) for n, v in parts.items()}

    with pytest.raises(StaleSave):
        stored.save_together("again", changes, "Dana", "", SMALL)

    after = stored.load("again").assessment
    assert set(after.answer_set.answers) == {"DP-01"}
    assert set(after.carried) == set(LAST.answer_set.answers)


def test_a_decision_deals_with_what_called_for_the_look(store):
    swapped, dearer = (Trigger(what=f"trigger.{n}", at=DAY) for n in ("upstream", "price"))
    last = replace(LAST, triggers=(swapped, dearer))
    store.create(last, SMALL, "Ada")
    look = look_again(last, SMALL, SMALL, id="again", day=DAY, triggers=[swapped])
    settled = {q.id: Answer(options=("a",), evidence="E4") for q in SMALL.by_id.values()}
    settled |= {"generative": Answer(options=("no",))}
    look = replace(look, carried={}, answer_set=replace(look.answer_set, answers=settled))
    store.create(look, SMALL, "Ada")
    before = store.load(last.id).assessment.triggers

    value = {"decision": "proceed", "by": "Grace", "at": DAY}
    store.save("again", "decision", value, 0, "Dana")

    assert before == (swapped, dearer)
    here = store.load("again").assessment.triggers
    there = store.load(last.id).assessment.triggers
    assert [bool(each.resolved_at) for each in here] == [True]
    assert [bool(each.resolved_at) for each in there] == [True, False]  # the price was not asked
    line = store.history(last.id)[-1]
    assert (line.part, line.by) == ("triggers", "Dana")
    assert "again" in line.reason
    assert store.verify_history(last.id) == store.verify_history("again") == []


def test_a_decision_on_a_first_look_deals_with_nothing(store):
    store.create(replace(LAST, replaces="", decision=None), SMALL, "Ada")
    named = replace(LAST, id="b", replaces="gone", decision=None)
    store.create(replace(named, triggers=(Trigger(what="x", at=DAY),)), SMALL, "Ada")
    for name in (LAST.id, "b"):
        value = {"decision": "do_not_proceed", "by": "Grace", "at": DAY, "reason": "No"}
        answers = {q: {"option": "c", "evidence": "E3"} for q in ("DP-02", "DP-03")}
        for question, answer in answers.items():
            now = store.load(name)
            store.save(
                name, f"answer:{question}", answer, now.revisions[f"answer:{question}"], "A"
            )
        store.save(name, "decision", value, 0, "Dana")

    assert store.load(LAST.id).assessment.triggers == LAST.triggers
    assert store.load("b").assessment.triggers[0].resolved_at  # though the one before is not here


def test_an_answer_that_waits_is_told_with_its_day_and_no_other():
    look = again()
    done = confirm_one(look, SMALL, "DP-03", "Bo", NOW)
    answered = replace(look, answer_set=replace(look.answer_set, answers=dict(done.answers)))

    assert not_confirmed(look, "DP-03") == "An answer from 1 June 2026 is not confirmed."
    assert (not_confirmed(answered, "DP-03"), not_confirmed(LAST, "DP-03")) == ("", "")
    asked = asked_and_answered(subject_of(look), SMALL.by_id["DP-03"])
    assert asked.endswith("An answer from 1 June 2026 is not confirmed.")


def subject_of(look):
    """Return what a page about ``look`` is made from."""
    return Subject(
        assessment=look,
        framework=SMALL,
        outcome=evaluate(SMALL, look.answer_set),
        digest="",
        earlier=None,
        portfolio=None,
        room=Room(rows=5, bars=5, text=200, name=60),
    )
