"""What colleagues ask of one another: what waits for whom, and where none of it goes."""

import csv
import io
from dataclasses import replace

import pytest

from procurement_risk.assessment import Answer, Comment, EvidenceFile, HandOver
from procurement_risk.assessment.colleagues import done, problems, resolved, unresolved
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.record import read_record, verify_record
from procurement_risk.errors import InvalidDocument
from procurement_risk.exports import EXPORTS, pack_check
from procurement_risk.exports.export import saying
from procurement_risk.exports.gather import gather
from procurement_risk.methods import score_to_document
from procurement_risk.portfolio.asked_of import asked_of
from procurement_risk.profile.carrying import look_again
from procurement_risk.profile.confirming import confirm_one
from procurement_risk.storage import mentions, places
from tests.support.exchange_examples import example
from tests.support.stored_examples import FULL, framework, record_of

SMALL = framework()
NOW = "2026-11-24T09:00:00Z"
SECRET = "Zebedee Quillfeather"
ASKED = HandOver(owner="Bo Bennet", due="2026-12-01", note=f"Ask {SECRET}", by="Ada", at=NOW)
SAID = Comment(text=f"{SECRET} says it is in the annex", by="Cy", at=NOW)
WORKED = replace(
    FULL,
    handovers={"DP": ASKED},
    comments={"DP-01": (SAID,), "CX-01": (replace(SAID, resolved_by="Cy", resolved_at=NOW),)},
    carried={
        "DP-02": look_again(FULL, SMALL, SMALL, id="x", day="2027-01-01").carried["DP-02"],
    },
)
WORKED = replace(
    WORKED,
    carried={
        "DP-02": replace(
            WORKED.carried["DP-02"],
            answer=Answer(options=("b",), note=f"From {SECRET}", by=SECRET, at=NOW),
        )
    },
)


def kinds(found):
    return [(each.kind, each.section, each.question) for each in found]


def test_what_waits_for_a_person(store):
    store.create(WORKED, SMALL, "Ada")

    assert kinds(asked_of(store, " bo  bennet ")) == [
        ("handover", "DP", ""),
        ("comment", "DP", "DP-01"),  # about a section that is Bo's to answer
    ]
    assert kinds(asked_of(store, "Ada")) == [("comment", "DP", "DP-01")]  # who began it
    assert asked_of(store, "Cy") == ()  # who wrote it
    assert kinds(asked_of(store, "Zebedee Quillfeather")) == [("comment", "DP", "DP-01")]
    assert asked_of(store, "") == ()
    first = asked_of(store, "Bo Bennet")[0]
    assert (first.section_title, first.due, first.by) == ("Data privacy", "2026-12-01", "Ada")
    assert first.is_overdue("2026-12-02")
    assert not first.is_overdue("2026-12-01")


def test_what_is_done_or_set_aside_waits_no_longer(store):
    store.create(WORKED, SMALL, "Ada")
    handed = assessment_to_document(replace(WORKED, handovers={"DP": done(ASKED, "Bo", NOW)}))
    store.save(WORKED.id, "handover:DP", handed["handovers"]["DP"], 1, "Bo")
    settled = replace(WORKED, comments={"DP-01": resolved((SAID,), 0, "Ada", NOW)})
    said = assessment_to_document(settled)["comments"]["DP-01"]
    store.save(WORKED.id, "comments:DP-01", said, 1, "Ada")

    assert asked_of(store, "Bo Bennet") == ()
    assert asked_of(store, "Ada") == ()
    assert unresolved(settled, "DP-01") == ()
    assert store.load(WORKED.id).assessment.handovers["DP"].done_by == "Bo"
    assert {"handover:DP", "comments:DP-01"} <= {e.part for e in store.history(WORKED.id)}
    assert store.verify_history(WORKED.id) == []

    other = replace(WORKED, id="other")
    store.create(other, SMALL, "Ada")
    assert asked_of(store, "Ada") != ()
    store.archive("other", "Ada")
    assert asked_of(store, "Ada") == ()


def test_a_hand_over_needs_somebody_and_a_day_that_is_one():
    assert problems(ASKED) == []
    assert len(problems(replace(ASKED, owner=" ", due="next week"))) == 2


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("handover:DP", {"by": "Ada", "at": NOW}),
        ("handover:DP", {"owner": "Bo", "by": "Ada", "at": NOW, "due": "soon"}),
        ("comments:DP-01", []),
        ("comments:DP-01", [{"by": "Ada", "at": NOW}]),
        ("carried:DP-01", {"assessment": "a", "as_of": "2026-01-01"}),
        ("carried:DP-01", {"as_of": "2026-01-01", "answer": {"option": "a"}}),
        ("carried:", {"assessment": "a", "as_of": "2026-01-01", "answer": {"option": "a"}}),
    ],
)
def test_what_is_no_such_part_is_refused(store, part, value):
    store.create(FULL, SMALL, "Ada")

    with pytest.raises(InvalidDocument):
        store.save(FULL.id, part, value, 0, "Ada")


# --- Where it goes, and where it does not -------------------------------------------------


def test_nothing_of_it_is_published():
    shown = publish(WORKED, "2026-12-01").assessment

    assert (shown.handovers, shown.comments, shown.carried) == ({}, {}, {})


def test_a_name_in_it_is_found_and_struck(store):
    store.create(WORKED, SMALL, "Ada")
    person = mentions.person([SECRET])
    found = store.places(person)
    parts = {"handover:DP", "comments:DP-01", "comments:CX-01", "carried:DP-02"}
    assert {each.part for each in found if each.table == "part"} == parts
    assert store.find_ids("Quillfeather") == {WORKED.id}

    store.erase(person, places.seen(found), "Ada", "Asked for by the person", "Person 1")

    now = store.load(WORKED.id).assessment
    assert now.handovers["DP"].note == "Ask Person 1"
    assert now.comments["DP-01"][0].text == "Person 1 says it is in the annex"
    assert now.carried["DP-02"].answer.by == "Person 1"
    assert store.places(person) == []
    assert store.find_ids("Quillfeather") == set()
    assert store.verify_history(WORKED.id) == []


EXPORTED = ("json", "audit-pack", "history-csv", "history-json", "tables")
"""What holds everything that is known of an assessment, or the whole of its history."""


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_it_goes_only_where_everything_goes(store, name):
    """Neither to suppliers nor to the public, nor into a paper about the result."""
    worked = replace(
        example("p05-claims-fraud-scoring").assessment,
        handovers=WORKED.handovers,
        comments={"DP-01": (SAID,)},
        carried={"DP-02": WORKED.carried["DP-02"]},
        files={"0" * 64: EvidenceFile(name=f"{SECRET}.pdf", size=1, by=SECRET, at="2026-11-01")},
    )
    store.create(worked, example("p05-claims-fraud-scoring").framework, "Ada")
    export = EXPORTS[name]
    exported = gather(store, [worked.id], export.wants)
    said = {each.name: "2026-12-01" for each in export.extras if each.kind == "day"}
    data = export.write(list(saying(exported, export, said)))

    assert mentions.person([SECRET]).is_in_file(data) == (name in EXPORTED)
    assert mentions.person(["Bo Bennet"]).is_in_file(data) == (name in EXPORTED)


def test_a_record_of_it_holds_and_comes_back_the_same():
    data = record_of(WORKED)

    assert verify_record(data, score_to_document) == []
    assert read_record(data, score_to_document).assessment == WORKED


def test_an_older_record_has_nothing_of_it():
    document = assessment_to_document(FULL)

    assert not {"carried", "handovers", "comments"} & document.keys()


def test_a_pack_of_it_holds_by_its_own_check(store, tmp_path):
    store.create(WORKED, SMALL, "Ada")
    now = store.load(WORKED.id)
    done = confirm_one(now.assessment, SMALL, "DP-02", "Dana", NOW)
    changes = {part: (value, now.revisions[part]) for part, value in done.parts.items()}
    store.save_together(WORKED.id, changes, "Dana", done.reason)
    export = EXPORTS["audit-pack"]
    packed = tmp_path / "pack.zip"
    packed.write_bytes(export.write(gather(store, [WORKED.id], export.wants)))

    assert pack_check.refusal(packed) == ""


def test_the_table_of_answers_says_what_is_not_confirmed(store):
    store.create(replace(WORKED, answer_set=replace(FULL.answer_set, answers={})), SMALL, "Ada")
    text = EXPORTS["answers-csv"].write(gather(store, [WORKED.id], [])).decode("utf-8-sig")
    rows = {row["question"]: row for row in csv.DictReader(io.StringIO(text))}

    assert (rows["DP-02"]["state"], rows["DP-02"]["answer"]) == ("unanswered", "")
    assert rows["DP-02"]["not_confirmed"] == "2026-11-24"
    assert rows["DP-01"]["not_confirmed"] == ""
