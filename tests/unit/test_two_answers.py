"""Two people who answer a section alone: kept apart, taken in together, then agreed on."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    CarriedAnswer,
    HandOver,
    RecordedDecision,
    reviewing,
)
from procurement_risk.assessment.document import (
    answer_from_document,
    answer_to_document,
    to_document,
)
from procurement_risk.assessment.moving_answers import move_answer
from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.record import make_record, read_record
from procurement_risk.assessment.two_answers import (
    agreed_on,
    options_left,
    put_together,
    taken,
    unsettled,
)
from procurement_risk.comparison import compare
from procurement_risk.comparison.drawn import OpenAnswers
from procurement_risk.comparison.joint import choices
from procurement_risk.errors import InvalidDocument, NotAllowed, StaleSave, UsageError
from procurement_risk.exports import verify
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.versions.likely import Renaming
from procurement_risk.methods import evaluate, score_to_document
from procurement_risk.portfolio.asked_of import asked_of
from procurement_risk.profile.confirming import confirm_one
from procurement_risk.storage import keeping, open_memory_store, places
from procurement_risk.storage.mentions import passage, person
from procurement_risk.storage.people.parts import section_of
from procurement_risk.storage.people.person import ALL, Held, Person
from tests.support.comparison_examples import entry
from tests.support.framework_documents import SMALL
from tests.support.stored_examples import BARE, FRAMEWORK_DOCUMENT, SOFTWARE, framework

NOW = "2026-11-24T09:00:00Z"
TWO = HandOver(owner="Ana", second="Bo", by="Ida", at=NOW)


def chose(option, evidence="E3", by="", **more):
    return Answer(options=(option,), evidence=evidence, by=by, at=NOW, **more)


@pytest.fixture
def store():
    """A store with one assessment, of which Ana and Bo each answer DP alone."""
    made = open_memory_store()
    answers = {"CX-01": chose("a", by="Ida")}
    begun = replace(BARE, id="one", answer_set=AnswerSet(as_of="2026-11-23", answers=answers))
    made.create(begun, framework(), "Ida")
    made.save("one", "handover:DP", to_document(TWO), 0, "Ida")
    yield made
    made.close()


def done(store):
    store.answer_alone("one", "DP-01", {"option": "b", "evidence": "E3", "by": "Ana"}, "Ana")
    store.answer_alone("one", "DP-02", {"option": "b", "evidence": "E3", "by": "Ana"}, "Ana")
    store.answer_alone("one", "DP-01", {"option": "c", "evidence": "E3", "by": "Bo"}, "Bo")
    store.answer_alone("one", "DP-02", {"option": "b", "evidence": "E3", "by": "Bo"}, "Bo")
    assert not store.finish_alone("one", "DP", "Ana")
    assert store.finish_alone("one", "DP", "Bo")
    return store.load("one")


def test_nobody_is_told_before_both_are_done(store):
    store.answer_alone("one", "DP-01", {"option": "c", "note": "Secretly", "by": "Ana"}, "Ana")

    assert store.alone_answers("one", "ana")["DP-01"]["option"] == "c"
    assert store.alone_answers("one", "Bo") == {}
    held = store.load("one")
    assert "DP-01" not in held.assessment.answer_set.answers
    assert all(each.part != "answer:DP-01" for each in store.history("one"))
    assert not store.find_ids("Secretly")
    with pytest.raises(UsageError, match="Ana and Bo answer this section alone"):
        store.save("one", "answer:DP-01", {"option": "a"}, 0, "Ida")
    with pytest.raises(NotAllowed, match="and nobody else"):
        store.answer_alone("one", "DP-01", {"option": "a"}, "Ida")
    with pytest.raises(UsageError, match="Both have to be done first"):
        store.save("one", "handover:DP", None, 1, "Ida")


def test_both_are_taken_in_and_the_range_covers_them(store):
    held = done(store)
    answers = held.assessment.answer_set.answers

    assert [each.by for each in unsettled(answers["DP-01"])] == ["Ana", "Bo"]
    assert answers["DP-02"].option == "b"
    assert [each.by for each in answers["DP-02"].alone] == ["Ana", "Bo"]
    assert store.alone_answers("one", "Ana") == {}
    assert evaluate(held.framework, held.assessment.answer_set).open.count("DP-01") == 1
    assert held.assessment.handovers["DP"].done_at
    assert store.verify_history("one") == []
    filled = reviewing.fillers(store.history("one"), held.framework, "DP")
    assert {"Ana", "Bo"} <= filled


def section(answer):
    """The range of a section in which one question is answered well, and the other so."""
    answers = {"CX-01": chose("a"), "DP-01": answer, "DP-02": chose("a")}
    line = AnswerSet(as_of="2026-11-23", answers=answers)
    return evaluate(framework(), line).sections["DP"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (chose("a"), chose("b")),
        (chose("b"), chose("c")),
        (chose("a", "E0"), chose("b", "E4")),
        (chose("b", "E0"), chose("b", "E4")),
        (chose("b"), Answer(state="unknown")),
        (Answer(state="withheld"), Answer(state="unknown")),
    ],
)
def test_the_range_reaches_from_one_to_the_other(one, other):
    both, found = (section(one), section(other)), section(put_together(one, other))

    for figure in ("claimed", "inherent", "residual"):
        ends = [getattr(each, figure) for each in both]
        assert getattr(found, figure).low == min(each.low for each in ends)
        assert getattr(found, figure).high == max(each.high for each in ends)
    assert found.complete != 1


def test_what_rests_on_it_is_unknown_only_between_the_two():
    """The tier goes by CX-01: neither of the two reaches what a third answer would."""
    both = put_together(chose("a"), chose("b"))
    tiers = {
        name: evaluate(framework(), AnswerSet(as_of="2026-11-23", answers=given)).tier
        for name, given in [("open", {}), ("two", {"CX-01": both}), ("b", {"CX-01": chose("b")})]
    }
    assert tiers["two"].high == tiers["b"].high
    assert tiers["two"].high <= tiers["open"].high


def test_what_is_tried_and_drawn_is_one_of_the_two_on_its_evidence():
    """Compare draws it, and advice tries it, by the same rule."""
    both = Answer(state="unanswered", alone=(chose("b", "E1"), chose("c", "E3")))
    assert options_left(both, ["a", "b", "c", "d"]) == ["b", "c"]
    assert taken(both, "b") == chose("b", "E1")
    assert options_left(None, ["a", "b"]) == ["a", "b"]
    assert taken(None, "a") == Answer(options=("a",), evidence="E4")
    alike = Answer(state="unanswered", alone=(chose("b", "E1"), chose("b", "E3")))
    assert unsettled(taken(alike, "b")) == alike.alone
    answers = AnswerSet(as_of="2026-11-23", answers={"TR-03": both})
    (of,) = compare([entry("A", answers)]).candidates
    drawn = OpenAnswers(of, tuple(of.residual))
    place = [question.id for question in drawn.questions].index("TR-03")
    assert drawn.possible[place] == (1, 2)
    assert set(choices([drawn], 1, 200)[0][:, place]) == {1, 2}
    assert [drawn.option(place, end) for end in ("best", "worst")] == [1, 2]


def test_a_fact_that_a_section_asks_is_answered_alone_with_it():
    """As it is walked, reviewed and handed over: where the page shows it."""
    held = open_memory_store()
    made = framework_from_document(SMALL)
    held.create(replace(BARE, id="two"), made, "Ida")
    held.save("two", "handover:CX", to_document(TWO), 0, "Ida")
    with pytest.raises(UsageError, match="Ana and Bo answer this section alone"):
        held.save("two", "answer:public_facing", {"option": "yes"}, 0, "Ida")
    held.answer_alone("two", "public_facing", {"option": "yes", "evidence": "E3"}, "Ana")
    held.answer_alone("two", "public_facing", {"option": "no", "evidence": "E3"}, "Bo")
    held.save("two", "answer:hosted", {"option": "yes"}, 0, "Ida")
    held.finish_alone("two", "CX", "Ana")
    assert held.finish_alone("two", "CX", "Bo")
    stands = held.load("two").assessment.answer_set.answers
    assert len(unsettled(stands["public_facing"])) == 2
    assert section_of("answer:public_facing", made) == "CX"
    held.close()


def test_they_agree_on_one_with_a_reason_and_both_are_kept(store):
    held = done(store)
    stands = held.assessment.answer_set.answers["DP-01"]
    agreed = agreed_on(stands, 1, "Bo saw the contract.", "Ana", NOW)
    revision = held.revisions["answer:DP-01"]

    def write(value):
        return store.save("one", "answer:DP-01", value, revision, "Ana")

    with pytest.raises(UsageError, match="Agree on one of the two first"):
        write({"option": "c"})
    with pytest.raises(UsageError, match="Write why"):
        write(document(replace(agreed, agreed=" ")))
    with pytest.raises(UsageError, match="Agree on one of the two answers, as it is"):
        write(document(replace(agreed, options=("a",))))
    with pytest.raises(UsageError, match="Agree on one of the two first"):
        write(None)
    write(document(agreed))

    now = store.load("one").assessment.answer_set.answers["DP-01"]
    assert (now.option, now.agreed) == ("c", "Bo saw the contract.")
    assert [each.option for each in now.alone] == ["b", "c"]
    with pytest.raises(UsageError, match="written by themselves"):
        store.save("one", "answer:DP-02", document(replace(agreed, alone=())), 1, "Ana")


def test_who_is_written_otherwise_is_done_once(store):
    store.answer_alone("one", "DP-01", {"option": "b", "evidence": "E3"}, "Ana")
    store.answer_alone("one", "DP-01", {"option": "c", "evidence": "E3"}, "ana ")

    assert store.alone_answers("one", "Ana")["DP-01"]["option"] == "c"
    assert not store.finish_alone("one", "DP", "Ana")
    assert not store.finish_alone("one", "DP", "ANA")
    assert store.finish_alone("one", "DP", "Bo")


def test_it_is_neither_moved_nor_replaced_while_they_answer(store):
    """What is kept of both would be of questions that are no longer asked so."""
    held = store.load("one")
    renamed = replace(held.assessment, owner="Cy")
    with pytest.raises(UsageError, match="Both have to be done first"):
        store.move(renamed, held.framework, held.revision, "Ida")
    text = record_of(replace(held, assessment=renamed))
    record = read_record(text, score_to_document)
    with pytest.raises(UsageError, match="Both have to be done first"):
        store.import_record(record, text, "Ida", replace=True)

    done(store)
    held = store.load("one")
    store.move(replace(held.assessment, owner="Cy"), held.framework, held.revision, "Ida")
    assert store.load("one").assessment.owner == "Cy"


def record_of(held):
    result = score_to_document(held.framework, held.assessment.answer_set)
    return make_record(held.assessment, held.framework, result, SOFTWARE)


def moved(answer, name="DP-01", **options):
    """The answer, moved to a version in which options of its question have other ids."""
    new = deepcopy(FRAMEWORK_DOCUMENT)
    (question,) = (q for s in new["sections"] for q in s["questions"] if q["id"] == name)
    for option in question["options"]:
        if now := options.get(option["id"]):
            option.update(id=now, was=[option["id"]])
    new = framework_from_document({**new, "version": "2"})
    return move_answer(framework(), new, name, name, answer, Renaming())


def test_moved_to_another_version_both_go_along_by_the_ids_of_now():
    differ = put_together(chose("b", by="Ana"), chose("c", by="Bo"))
    assert [each.option for each in unsettled(moved(differ, b="z"))] == ["z", "c"]
    same = moved(put_together(chose("b", by="Ana"), chose("b", by="Bo")), b="z")
    assert (same.option, [each.option for each in same.alone]) == ("z", ["z", "z"])


def test_what_is_gone_in_another_version_is_no_dispute():
    new = deepcopy(FRAMEWORK_DOCUMENT)
    (question,) = (q for s in new["sections"] for q in s["questions"] if q["id"] == "DP-01")
    question["options"] = [each for each in question["options"] if each["id"] != "b"]
    new = framework_from_document({**new, "version": "2"})

    def move(answer):
        return move_answer(framework(), new, "DP-01", "DP-01", answer, Renaming())

    differ = put_together(chose("b", by="Ana"), chose("c", by="Bo"))
    agreed = move(agreed_on(differ, 1, "Bo saw it.", "Ana", NOW))
    assert (agreed.option, agreed.alone, agreed.agreed) == ("c", (), "")
    for answer in (differ, put_together(chose("b", by="Ana"), chose("b", by="Bo"))):
        left = move(answer)
        assert left.reason
        assert not unsettled(left.kept)


def test_in_a_new_look_one_person_confirms_what_both_said_and_nobody_what_they_differ_on():
    held = put_together(chose("b", by="Ana"), chose("b", by="Bo"))
    differ = put_together(chose("b", by="Ana"), chose("c", by="Bo"))
    carried = {
        name: CarriedAnswer(assessment="before", as_of="2025-01-01", answer=answer)
        for name, answer in (("DP-01", held), ("DP-02", differ))
    }
    look = replace(BARE, answer_set=AnswerSet(as_of="2026-11-23"), carried=carried)

    found = confirm_one(look, framework(), "DP-01", "Ida", NOW).answers["DP-01"]
    assert (found.option, found.by, found.alone) == ("b", "Ida", ())
    assert (
        "Two people differed" in confirm_one(look, framework(), "DP-02", "Ida", NOW).left["DP-02"]
    )


def test_nobody_who_answered_alone_is_published():
    differ = put_together(
        chose("b", by="Ana Smith", note="As Bo Jones said"), chose("c", by="Bo Jones")
    )
    agreed = agreed_on(differ, 1, "Ana Smith gave in", "Bo Jones", NOW)
    answers = {"DP-01": agreed, "DP-02": differ}
    decision = RecordedDecision(
        decision="proceed", by="Head", at="2026-11-24", reason="Bo Jones and Ana Smith agree."
    )
    whole = replace(
        BARE,
        answer_set=AnswerSet(as_of="2026-11-23", answers=answers),
        decision=decision,
    )

    shown = publish(whole, "2026-11-24").assessment
    text = json.dumps(to_document(shown), default=str)
    assert "Smith" not in text
    assert "Jones" not in text
    assert [each.option for each in unsettled(shown.answer_set.answers["DP-02"])] == ["b", "c"]


def document(answer):
    return answer_to_document(answer)


def test_a_record_keeps_both_and_the_other_program_finds_the_same(store):
    held = done(store)
    result = score_to_document(held.framework, held.assessment.answer_set)
    text = make_record(held.assessment, held.framework, result, SOFTWARE)

    read = read_record(text, score_to_document).assessment
    assert read.answer_set == held.assessment.answer_set
    assert list(verify.check_record(json.loads(text))) == []
    assert list(verify.check_result(json.loads(text))) == []
    forged = json.loads(text)
    del forged["assessment"]["answers"]["DP-01"]["alone"][1]
    assert list(verify.check_result(forged))


def test_it_ends_for_both_and_what_one_answered_stands(store):
    store.answer_alone("one", "DP-02", {"option": "b", "by": "Ana"}, "Ana")
    assert [each.kind for each in asked_of(store, "Bo")] == ["handover"]

    assert store.finish_alone("one", "DP", "Ida", for_both=True)

    stands = store.load("one").assessment.answer_set.answers["DP-02"]
    assert (stands.option, [each.by for each in stands.alone]) == ("b", ["Ana"])
    assert asked_of(store, "Bo") == ()


def test_only_what_the_question_takes_is_kept(store):
    with pytest.raises(InvalidDocument):
        store.answer_alone("one", "DP-01", {"option": "z"}, "Ana")
    same = to_document(replace(TWO, second="ANA "))
    with pytest.raises(UsageError, match="Name two people"):
        store.save("one", "handover:CX", same, 0, "Ida")


def test_by_role(store):
    """Only whoever may answer there, each their own; the name is that of who has signed in."""

    def as_role(role, name):
        return store.acting(Person(id=name, name=name, roles=(Held(role, ALL),), how="oidc"))

    as_role("officer", "Ana").answer_alone("one", "DP-01", {"option": "b", "by": "Bo"}, "Bo")
    assert store.alone_answers("one", "Ana")["DP-01"]["by"] == "Ana"
    assert as_role("auditor", "Eve").alone_answers("one", "Ana") == {}
    with pytest.raises(NotAllowed, match="may not answer"):
        as_role("auditor", "Bo").answer_alone("one", "DP-01", {"option": "b"}, "Bo")
    with pytest.raises(NotAllowed, match="may not hand"):
        as_role("auditor", "Bo").finish_alone("one", "DP", "Bo", for_both=True)


def test_what_is_answered_alone_is_found_and_gone_with_the_rest(store):
    """An erased name does not survive in it, and neither does a deleted assessment."""
    store.answer_alone("one", "DP-01", {"option": "c", "note": "Anabel Lee asked"}, "Ana")
    found = store.places(person(["Anabel Lee"]))
    assert {each.table for each in found} == {"alone_answer"}
    store.erase(person(["Anabel Lee"]), places.seen(found), "Ida", "Asked for")
    assert "Anabel" not in store.alone_answers("one", "Ana")["DP-01"]["note"]

    store.delete("one", keeping.look(store.load("one")), "Ida", "Made by mistake")
    assert store.stamp()[0] == 0


def test_a_legal_hold_reaches_what_is_answered_alone(store):
    """What lies beside the assessment is not struck out either, by name or as a passage."""
    told = {"option": "c", "note": "Anabel Lee asked for the contract of May"}
    store.answer_alone("one", "DP-01", told, "Ana")
    store.hold("one", "Ida", "Claim 7")
    found = store.places(person(["Anabel Lee"]))
    with pytest.raises(UsageError, match="under a legal hold"):
        store.erase(person(["Anabel Lee"]), places.seen(found), "Ida", "Asked for")
    part = {"assessment_id": "one", "part": "answer:DP-01"}
    where, instead = passage("the contract of May"), "[struck out]"
    seen = places.seen(store.places(where, **part))
    with pytest.raises(UsageError, match="under a legal hold"):
        store.redact(where, seen, "Ida", "Asked for", instead=instead, **part)
    assert store.alone_answers("one", "Ana")["DP-01"] == told

    store.lift_hold("one", "Ida", "Settled")
    assert store.places(where, assessment_id="one", part="answer:DP-02") == []
    store.redact(where, seen, "Ida", "Asked for", instead=instead, **part)
    note = store.alone_answers("one", "Ana")["DP-01"]["note"]
    assert note == "Anabel Lee asked for [struck out]"
    last = store.history("one")[-1]
    assert (last.part, last.reason, last.after["lines"]) == ("erasure", "Asked for", [])
    assert not store.verify_all().faults


def test_what_was_struck_out_is_not_written_back_from_an_open_page(store):
    """What a page has before it is no longer what stands, and the page is told."""
    shown = {"option": "c", "note": "Anabel Lee asked", "by": "Ana", "at": NOW}
    store.answer_alone("one", "DP-01", shown, "Ana", None)
    found = store.places(person(["Anabel Lee"]))
    store.erase(person(["Anabel Lee"]), places.seen(found), "Ida", "Asked for", "Person 1")
    with pytest.raises(StaleSave) as stale:
        store.answer_alone("one", "DP-01", {**shown, "option": "b"}, "Ana", shown)
    assert stale.value.theirs == {**shown, "note": "Person 1 asked"}
    store.answer_alone("one", "DP-01", {"option": "b"}, "Ana", stale.value.theirs)
    with pytest.raises(StaleSave):
        store.answer_alone("one", "DP-01", None, "Ana", None)
    assert store.alone_answers("one", "Ana") == {"DP-01": {"option": "b"}}


def test_what_is_answered_alone_moves_with_the_rest(store):
    """Both go on where they were; a pack, which others read, has none of it."""
    store.answer_alone("one", "DP-01", {"option": "c", "note": "Not yet"}, "Ana")
    other = open_memory_store()
    for whole in store.wholes():
        assert other.take_over(whole, "another store", "Ida") == "moved"
    assert other.alone_answers("one", "Ana") == {"DP-01": {"option": "c", "note": "Not yet"}}
    other.answer_alone("one", "DP-01", {"option": "b"}, "Bo")
    assert not other.finish_alone("one", "DP", "Ana")
    assert other.finish_alone("one", "DP", "Bo")
    assert other.verify_history("one") == []
    other.close()


def test_no_file_is_linked_by_one_of_them_alone(store):
    """Nothing would know of it when the file is removed."""
    with pytest.raises(UsageError, match="once both are done"):
        store.answer_alone("one", "DP-01", {"option": "c", "files": ["sha256:" + "0" * 64]}, "Ana")


def test_answers_of_before_read_as_they_were():
    plain = {"option": "a", "evidence": "E2"}
    assert document(answer_from_document(plain)) == plain
