"""Moving answers to another version: nothing that was typed is lost in silence."""

from dataclasses import replace
from random import Random

import pytest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
)
from procurement_risk.assessment.answers import check_answer, check_answers_fit
from procurement_risk.assessment.document import (
    answer_to_document,
    assessment_to_document,
    build_assessment,
)
from procurement_risk.assessment.moving import plan_move
from procurement_risk.assessment.shape import check_assessment
from tests.support.framework_changes import NEW, add_question, move_question, put, q
from tests.support.framework_documents import IMPACT, SMALL, at, changed
from tests.support.framework_versions import (
    BASES,
    base,
    chosen,
    random_answer_set,
    random_version,
    version,
)

TYPED = {"note": "Said by phone", "link": "https://example.org/x", "evidence": "E2"}


def move(document, answers=None, mitigations=(), pack="full"):
    old = base(document["id"])
    answer_set = AnswerSet(
        as_of="2026-11-23", pack=pack, answers=answers or {}, mitigations=tuple(mitigations)
    )
    return checked(plan_move(old, version(document), answer_set), answer_set)


def checked(moved, before):
    """The move, after all that must hold for any."""
    assert_nothing_lost(moved, before)
    assert_allowed(moved.new, moved.answer_set)
    return moved


def assert_nothing_lost(moved, before):
    kept = [*moved.carried, *(each.question for each in (*moved.reworded, *moved.changed))]
    gone = {each.question: each for each in moved.dropped}
    after = moved.answer_set.answers
    assert sorted([*kept, *gone]) == sorted(before.answers)
    assert {name: after[name] for name in kept} == {name: before.answers[name] for name in kept}
    assert set(after) - set(kept) == {name for name, each in gone.items() if each.kept}
    for name, each in gone.items():
        was = before.answers[name]
        assert each.answer == was
        assert each.text
        assert each.reason.endswith(".")
        assert after.get(name) == each.kept
        typed = ("evidence", "valid_until", "link", "note", "reason")
        if each.kept:
            assert [getattr(each.kept, key) for key in typed] == [getattr(was, k) for k in typed]
        elif name in moved.new.by_id:
            assert [getattr(was, key) for key in typed] == ["E0", "", "", "", ""]
    mitigations = {m.question: m for m in before.mitigations}
    names = [
        *moved.mitigations_carried,
        *(each.question for each in moved.mitigations_changed),
        *(each.mitigation.question for each in moved.mitigations_dropped),
    ]
    assert sorted(names) == sorted(mitigations)
    for each in moved.answer_set.mitigations:
        assert mitigations[each.question] == each
    for each in moved.mitigations_dropped:
        assert each not in moved.answer_set.mitigations
        assert each.reason.endswith(".")
    assert moved.answer_set.as_of == before.as_of


def assert_allowed(framework, answer_set):
    """Written out, checked and read back, as a record is."""
    assessment = Assessment(
        id="moved",
        purchase=Purchase(id="p", title="P", buyer="B"),
        supplier=Supplier(name="S"),
        answer_set=answer_set,
    )
    document = assessment_to_document(assessment, framework)
    assert check_assessment(document) == []
    assert check_answers_fit(document, framework) == []
    back = build_assessment(document).answer_set
    assert back.answers == answer_set.answers
    assert set(back.mitigations) == set(answer_set.mitigations)
    assert (back.pack, back.as_of) == (answer_set.pack, answer_set.as_of)


def wheres(carried):
    return {each.question: [change.where for change in each.changes] for each in carried}


# --- By chance ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("name", BASES)
def test_any_answers_move_to_any_version_and_nothing_is_lost(name, seed):
    rng = Random(seed)
    answer_set = random_answer_set(rng, base(name))
    assert_allowed(base(name), answer_set)

    checked(plan_move(base(name), random_version(rng, BASES[name]), answer_set), answer_set)


def test_what_is_lost_in_silence_is_noticed():
    """Otherwise the test above would show nothing."""
    rng = Random(1)
    answer_set = random_answer_set(rng, base("small"))
    moved = plan_move(base("small"), random_version(rng, SMALL), answer_set)
    some = next(iter(moved.answer_set.answers))
    fewer = {name: each for name, each in moved.answer_set.answers.items() if name != some}

    for broken in (
        replace(moved, carried=moved.carried[1:]),
        replace(moved, answer_set=replace(moved.answer_set, answers=fewer)),
        replace(moved, mitigations_carried=moved.mitigations_carried[1:]),
        replace(moved, answer_set=replace(moved.answer_set, as_of="2026-01-01")),
    ):
        with pytest.raises((AssertionError, KeyError)):
            assert_nothing_lost(broken, answer_set)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("name", BASES)
def test_moving_to_the_same_version_changes_nothing(name, seed):
    answer_set = random_answer_set(Random(seed), base(name))

    moved = plan_move(base(name), base(name), answer_set)

    assert moved.answer_set == answer_set
    assert moved.carried == tuple(answer_set.answers)
    assert (moved.reworded, moved.changed, moved.dropped) == ((), (), ())
    assert (moved.mitigations_changed, moved.mitigations_dropped) == ((), ())
    assert (moved.pack_reason, moved.newly_asked, moved.no_longer_asked) == ("", (), ())


def test_moving_from_one_framework_to_another_is_allowed():
    answer_set = random_answer_set(Random(1), base("small"))

    moved = checked(plan_move(base("small"), base("small-impact"), answer_set), answer_set)

    assert {each.question for each in moved.dropped} == set(answer_set.answers)


# --- Carried ------------------------------------------------------------------------------


@pytest.mark.parametrize(("document", "reworded", "re_counted"), [
    (put(SMALL, (q("DP-1", "ask"), "Is it?")), ["ask"], None),
    (put(SMALL, (q("DP-1", "options", 1, "label"), "Said")), ["option b"], None),
    (put(SMALL, (q("DP-1", "options", 0, "label"), "Written")), None, None),
    (put(SMALL, (q("DP-1", "weight"), 4)), None, ["weight"]),
    (put(SMALL, (q("DP-1", "weight"), 4), (q("DP-1", "ask"), "Is it?")), None, ["ask", "weight"]),
    (put(SMALL, (q("DP-1", "options", 1, "risk"), 3)), None, ["risk of option b"]),
    (put(SMALL, (q("DP-1", "options", 0, "risk"), 1)), None, None),
    (put(SMALL, (q("DP-1", "when"), {"question": "hosted", "in": ["yes"]})), None, ["condition"]),
    (put(SMALL, (q("DP-1", "red_flag"), None)), None, ["red flag"]),
    (move_question(SMALL, "DP-1", 2), None, ["section"]),
    (put(SMALL, (q("DP-1", "procurement_use"), "term")), None, None),
    (put(SMALL, (q("DP-1", "options", 0), None)), None, None),
    (put(SMALL, (("policy", "flag_band"), "low")), None, None),
])  # fmt: skip
def test_a_carried_answer_is_listed_with_what_concerns_it(document, reworded, re_counted):
    """Options that were not chosen do not concern it, unless one is new."""
    moved = move(document, {"DP-1": chosen("b", **TYPED)})

    assert moved.answer_set.answers == {"DP-1": chosen("b", **TYPED)}
    assert wheres(moved.reworded) == ({"DP-1": reworded} if reworded else {})
    assert wheres(moved.changed) == ({"DP-1": re_counted} if re_counted else {})
    assert moved.carried == (() if reworded or re_counted else ("DP-1",))


def test_a_new_option_concerns_every_answer():
    options = at(SMALL, q("CX-2", "options"))
    document = put(SMALL, (q("CX-2", "options"), [*options, {"id": "c", "risk": 4, "label": "X"}]))

    assert wheres(move(document, {"CX-2": chosen("a")}).changed) == {"CX-2": ["option c"]}


def test_an_answer_and_its_mitigation_follow_an_option_under_its_new_id():
    """Listed as changed; an option that no other says it was leaves the question open."""
    renamed = put(
        SMALL, (q("DP-1", "options", 1, "id"), "z"), (q("DP-1", "options", 1, "was"), ["b"])
    )
    aim = Mitigation(question="DP-1", target="b", status="proposed")

    old = base(renamed["id"])
    answers = {"DP-1": chosen("b", **TYPED)}
    before = AnswerSet(as_of="2026-11-23", pack="full", answers=answers, mitigations=(aim,))
    moved = plan_move(old, version(renamed), before)

    assert moved.answer_set.answers == {"DP-1": chosen("z", **TYPED)}
    assert moved.answer_set.mitigations == (replace(aim, target="z"),)
    assert [each.question for each in moved.changed] == ["DP-1"]
    silent = put(SMALL, (q("DP-1", "options", 1, "id"), "z"))
    dropped = plan_move(old, version(silent), replace(before, mitigations=())).dropped
    assert [each.question for each in dropped] == ["DP-1"]


@pytest.mark.parametrize("state", ["unknown", "withheld", "unanswered"])
def test_an_open_answer_is_carried_whatever_becomes_of_the_options(state):
    document = put(SMALL, (q("CX-1", "options", 0), None))

    moved = move(document, {"CX-1": Answer(state=state, note="Asked")})

    assert moved.answer_set.answers == {"CX-1": Answer(state=state, note="Asked")}
    assert wheres(moved.changed) == {"CX-1": ["option a"]}


def test_an_answer_that_is_not_applicable_stays_so():
    declared = Answer(state="not_applicable", reason="No contract")
    document = put(SMALL, (q("VO-3", "weight"), 4), (q("VO-3", "ask"), "When?"))

    moved = move(document, {"VO-3": declared})

    assert moved.answer_set.answers == {"VO-3": declared}
    assert wheres(moved.reworded) == {"VO-3": ["ask"]}


# --- Dropped ------------------------------------------------------------------------------

TEXT_TR_1 = put(
    SMALL,
    (q("TR-1", "options"), None),
    (q("TR-1", "type"), "text"),
    (q("TR-2", "when"), None),
)
NO_DP_2 = put(SMALL, (q("DP-2"), None))
NO_A = put(SMALL, (q("CX-1", "options", 0), None))
NO_STAFF = put(
    IMPACT,
    (q("harms", "options", 1), None),
    (q("words", "when"), None),
)
BOTH = ("readers-2", "staff-1")
REASONED = {"state": "not_applicable", "reason": "Free"}


@pytest.mark.parametrize(("document", "name", "answer", "text", "reason", "kept"), [
    (NO_DP_2, "DP-2", chosen("b", **TYPED), "Abroad",
     "Version 2026.2 no longer asks this question.", None),
    (NO_DP_2, "DP-2", Answer(state="unknown", note="Asked"), "We don't know yet",
     "Version 2026.2 no longer asks this question.", None),
    (NO_A, "CX-1", chosen("a", by="Ana", **TYPED), "Nothing",
     "Version 2026.2 no longer offers option a.",
     Answer(state="unanswered", by="Ana", **TYPED)),
    (NO_A, "CX-1", chosen("a", by="Ana", at="2026-11-23T10:00:00Z"), "Nothing",
     "Version 2026.2 no longer offers option a.", None),
    (TEXT_TR_1, "TR-1", chosen("a", "b", **TYPED), "Description; Test results",
     "It is now answered with a text, not several options.",
     Answer(state="unanswered", **TYPED)),
    (put(SMALL, (q("TR-1", "type"), "single")), "TR-1", chosen("a"), "Description",
     "It is now answered with one option, not several options.", None),
    (NO_STAFF, "harms", chosen(*BOTH, **TYPED), "Staff",
     "Version 2026.2 no longer offers option staff-1.", chosen("readers-2", **TYPED)),
    (NO_STAFF, "harms", chosen("staff-1"), "Staff",
     "Version 2026.2 no longer offers option staff-1.", None),
    (put(SMALL, (q("VO-1", "type"), "number")), "VO-1", Answer(text="By hand"), "By hand",
     "Question 'VO-1': text 'By hand' is not a number. Write 12.5.", None),
    (put(SMALL, (q("VO-1", "type"), "date")), "VO-1", Answer(text="2027-02-30", note="n"),
     "2027-02-30",
     "Question 'VO-1': text '2027-02-30' is not a day in the calendar. Write 2026-11-23.",
     Answer(state="unanswered", note="n")),
    (put(SMALL, (("sections", 3, "role"), "context")), "VO-2", Answer(**REASONED),
     "Not applicable: Free",
     "In version 2026.2 it can no longer be declared not applicable.",
     Answer(state="unanswered", reason="Free")),
])  # fmt: skip
def test_what_cannot_be_carried_is_dropped_with_its_reason(
    document, name, answer, text, reason, kept
):
    was = base(document["id"])
    written = answer_to_document(answer, multiple=was.by_id[name].type == "multiple")
    assert check_answer(was, was.by_id[name], written) == []

    moved = move(document, {name: answer})

    (dropped,) = moved.dropped
    assert (dropped.question, dropped.text, dropped.reason) == (name, text, reason)
    assert dropped.kept == kept
    assert moved.answer_set.answers == ({name: kept} if kept else {})


@pytest.mark.parametrize(("old_type", "text"), [("number", "12"), ("date", "2027-03-31")])
def test_a_text_that_is_still_valid_is_carried_to_the_new_type(old_type, text):
    name = {"number": "VO-2", "date": "VO-3"}[old_type]

    moved = move(put(SMALL, (q(name, "type"), "text")), {name: Answer(text=text)})

    assert moved.answer_set.answers == {name: Answer(text=text)}
    assert wheres(moved.changed) == {name: ["type"]}


# --- Mitigations --------------------------------------------------------------------------

AGREED = {"status": "agreed", "owner": "Ben", "due": "2027-03-01", "clause": "4"}


@pytest.mark.parametrize(("document", "reason"), [
    (NO_DP_2, "Version 2026.2 no longer asks its question."),
    (put(SMALL, (q("DP-2", "options", 0), None)),
     "Version 2026.2 no longer offers option a, its target."),
    (put(SMALL, (q("DP-2", "type"), "multiple"), (q("DP-2", "red_flag"), None)),
     "Its question is now answered with several options, so there is no option to aim at."),
])  # fmt: skip
def test_a_mitigation_that_cannot_be_carried_is_dropped_with_its_reason(document, reason):
    mitigation = Mitigation(question="DP-2", target="a", **AGREED)

    moved = move(document, mitigations=[mitigation])

    (dropped,) = moved.mitigations_dropped
    assert (dropped.mitigation, dropped.reason) == (mitigation, reason)
    assert moved.answer_set.mitigations == ()


def test_a_mitigation_of_a_question_that_became_a_fact_is_dropped():
    fact = {"id": "DP-2", "ask": "Where?", "options": [{"id": "a", "label": "A"},
                                                       {"id": "b", "label": "B"}]}  # fmt: skip
    document = put(NO_DP_2, (("facts",), [*SMALL["facts"], fact]))

    moved = move(document, {"DP-2": chosen("a")}, [
        Mitigation(question="DP-2", target="a", status="proposed")])  # fmt: skip

    (dropped,) = moved.mitigations_dropped
    assert "is a fact" in dropped.reason
    assert moved.answer_set.answers == {"DP-2": chosen("a")}


def test_a_mitigation_that_clashes_with_not_applicable_is_dropped():
    """Such a set is refused today, so only one that was stored before that can hold it."""
    answers = {"VO-4": Answer(state="not_applicable", reason="No")}
    choice = {**at(SMALL, q("CX-2")), "id": "VO-4"}
    document = add_question(SMALL, 3, **choice)
    framework = version(document)
    answer_set = AnswerSet(as_of="2026-11-23", answers=answers, mitigations=(
        Mitigation(question="VO-4", target="a", **AGREED),))  # fmt: skip

    moved = checked(plan_move(framework, framework, answer_set), answer_set)

    (dropped,) = moved.mitigations_dropped
    assert "not applicable" in dropped.reason


def test_a_mitigation_is_listed_where_its_target_changed():
    document = put(SMALL, (q("DP-2", "options", 0, "label"), "In the country"),
                   (q("DP-1", "options", 2, "label"), "Never"))  # fmt: skip

    moved = move(document, mitigations=[
        Mitigation(question="DP-1", target="a", **AGREED),
        Mitigation(question="DP-2", target="a", **AGREED)])  # fmt: skip

    assert moved.mitigations_carried == ("DP-1",)
    assert wheres(moved.mitigations_changed) == {"DP-2": ["option a"]}


# --- Pack and questions -------------------------------------------------------------------


def test_the_pack_is_kept_where_there_is_one():
    moved = move(put(SMALL, (("packs", 0, "questions"), ["CX-1"])), pack="triage")

    assert (moved.answer_set.pack, moved.pack_was, moved.pack_reason) == ("triage", "triage", "")


def test_the_largest_pack_takes_the_place_of_one_that_is_gone():
    moved = move(put(SMALL, (("packs", 0), None)), pack="triage")

    assert (moved.answer_set.pack, moved.pack_was) == ("full", "triage")
    assert moved.pack_reason == (
        "Version 2026.2 has no pack triage. full is taken instead, because it asks the most "
        "questions."
    )


def test_what_is_new_in_the_pack_and_may_apply_is_newly_asked():
    new = {**NEW, "when": {"question": "hosted", "in": ["yes"]}}
    fact = {**SMALL["facts"][0], "id": "in_use"}
    document = add_question(put(SMALL, (("facts",), [*SMALL["facts"], fact])), 1, **new)

    assert move(document).newly_asked == ("in_use", "DP-3")
    assert move(document, {"hosted": chosen("no")}).newly_asked == ("in_use",)
    assert move(document, pack="triage").newly_asked == ("in_use",)


def test_a_question_that_is_gone_without_an_answer_is_no_longer_asked():
    assert move(NO_DP_2).no_longer_asked == ("DP-2",)
    assert move(NO_DP_2, {"DP-2": chosen("a")}).no_longer_asked == ()


def test_a_question_that_is_asked_under_another_id_is_not_guessed_to_be_the_same():
    document = changed(q("VO-1", "id"), "VO-9", SMALL)

    moved = move(document, {"VO-1": Answer(text="By hand")})

    assert moved.answer_set.answers == {}
    assert moved.newly_asked == ("VO-9",)
