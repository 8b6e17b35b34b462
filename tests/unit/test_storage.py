"""The store: nothing saved is lost, nobody overwrites anybody unseen, and the history shows it.

Every test runs on SQLite, and on PostgreSQL too where PROCUREMENT_RISK_TEST_POSTGRES holds the
address of a server: each test then has a schema of its own there.
"""

import json
import sqlite3
import threading
import uuid
from dataclasses import replace
from hashlib import sha256

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.assessment.document import answer_to_document, to_document
from procurement_risk.assessment.parts import assessment_to_parts
from procurement_risk.assessment.record import make_record, read_record
from procurement_risk.canonical import digest_of
from procurement_risk.errors import InvalidDocument, NotFound, StaleSave, StorageError, UsageError
from procurement_risk.methods import evaluate, score_to_document
from procurement_risk.profile.deciding import to_accept
from procurement_risk.storage import DEFAULT_URL, connection as connections, open_store
from procurement_risk.storage.connection import make_engine
from procurement_risk.storage.plain_errors import plain_errors
from tests.support.places import ROOT
from tests.support.stored_examples import BARE, FULL, SOFTWARE, assessments, framework, record_of


@pytest.fixture
def full(store):
    """The store with the full example in it."""
    store.create(FULL, framework(), "Ada")
    return store


@pytest.fixture
def tamper(url):
    """Runs SQL behind the store's back, with the history's triggers out of the way."""
    engine = make_engine(url)

    def run(statement, **values):
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("DROP TRIGGER IF EXISTS history_no_update")
                connection.exec_driver_sql("DROP TRIGGER IF EXISTS history_no_delete")
            else:
                connection.exec_driver_sql("ALTER TABLE history DISABLE TRIGGER USER")
            assert connection.execute(sa.text(statement), values).rowcount

    yield run
    engine.dispose()


OPTION_A = {"option": "a"}
OPTION_B = {"option": "b"}


# --- Create and load ----------------------------------------------------------------------


def test_an_assessment_comes_back_as_it_was_created(full, url):
    """From another process, which has nothing in memory."""
    other = open_store(url)

    stored = other.load(FULL.id)

    other.close()
    assert stored.assessment == FULL
    assert stored.framework.document == framework().document
    assert stored.revisions == dict.fromkeys(assessment_to_parts(FULL), 1)
    assert stored.revision == full.peek(FULL.id) == len(full.history(FULL.id))
    assert stored.archived is False


def test_a_new_assessment_says_when_and_by_whom_it_was_created(store):
    """Now, and by the actor, where it does not say itself."""
    store.create(BARE, framework(), "Ada")

    created = store.load("bare").assessment

    assert created.created_by == "Ada"
    assert created.created_at == store.history("bare")[0].at
    assert replace(created, created_by="", created_at="") == BARE


def test_a_taken_id_is_refused(full):
    """And what stands there stays."""
    other = replace(BARE, id=FULL.id)

    with pytest.raises(UsageError, match="Give the new one another id"):
        full.create(other, framework(), "Ada")
    assert full.load(FULL.id).assessment == FULL


def test_what_could_not_be_exported_cannot_be_created(store):
    """Too long a title is refused at the door, with its place."""
    wrong = replace(BARE, purchase=replace(BARE.purchase, title="x" * 301))

    with pytest.raises(InvalidDocument, match=r"purchase\.title has 301 characters"):
        store.create(wrong, framework(), "Ada")
    assert store.summaries() == []


@pytest.mark.parametrize("actor", ["", "  ", "x" * 201, "a\x00b"])
def test_every_change_needs_somebody(full, actor):
    """No name, no change."""
    with pytest.raises(UsageError, match="name"):
        full.save(FULL.id, "answer:DP-01", OPTION_A, 1, actor)
    with pytest.raises(UsageError, match="name"):
        full.create(BARE, framework(), actor)
    with pytest.raises(UsageError, match="name"):
        full.archive(FULL.id, actor)


def test_what_is_not_there_is_not_found(full):
    """Whatever is asked of it."""
    for ask in (full.load, full.peek, full.parts, full.history, full.verify_history, full.head):
        with pytest.raises(NotFound, match="no assessment 'nowhere'"):
            ask("nowhere")
    with pytest.raises(NotFound):
        full.save("nowhere", "answer:DP-01", OPTION_A, 0, "Ada")
    with pytest.raises(NotFound):
        full.archive("nowhere", "Ada")
    with pytest.raises(NotFound, match="'nowhere', 'neither'"):
        full.load_many([FULL.id, "nowhere", "neither"])


def test_many_are_loaded_in_the_order_asked(full):
    """Or all of them by id."""
    full.create(BARE, framework(), "Ada")

    asked = [stored.assessment.id for stored in full.load_many([FULL.id, "bare", FULL.id])]

    assert asked == [FULL.id, "bare", FULL.id]
    assert [stored.assessment.id for stored in full.load_many()] == ["bare", FULL.id]
    assert full.load_many([]) == []


def test_more_are_loaded_than_fit_in_one_statement(store, monkeypatch):
    """Ids are asked for in slices."""
    monkeypatch.setattr("procurement_risk.storage.rows.AT_ONCE", 2)
    ids = [f"a{number}" for number in range(5)]
    for each in ids:
        store.create(replace(BARE, id=each), framework(), "Ada")

    assert [stored.assessment.id for stored in store.load_many(ids)] == ids


def test_each_assessment_keeps_its_own_framework(full):
    """Another version is another row; the same one is kept once, and built once."""
    newer = framework(version="2027.1")
    full.create(replace(BARE, id="second"), newer, "Ada")
    full.create(replace(BARE, id="third"), framework(), "Ada")

    first, second, third = full.load_many([FULL.id, "second", "third"])

    assert (first.framework.version, second.framework.version) == ("2026.1", "2027.1")
    assert first.framework is third.framework


def test_the_work_list_tells_what_is_there(full):
    """Three of the five answers are in the state answered, though one note looks otherwise."""
    sly = Answer(options=("a",), note='"state":"x" "options":[] \\')
    answers = {**FULL.answer_set.answers, "CX-01": sly, "DP-02": Answer(options=())}
    full.create(
        replace(FULL, id="sly", answer_set=AnswerSet(as_of="2026-11-23", answers=answers)),
        framework(),
        "Ada",
    )
    full.archive("sly", "Ada")

    sly_one, plain_one = full.summaries()

    assert (sly_one.id, sly_one.archived, sly_one.answered) == ("sly", True, 3)
    assert plain_one.answered == 3
    assert plain_one.purchase == FULL.purchase
    assert plain_one.supplier == FULL.supplier
    assert plain_one.framework_id == "small"
    assert plain_one.framework_version == "2026.1"
    assert plain_one.framework_digest == digest_of(framework().document)
    assert (plain_one.state, plain_one.fictional, plain_one.archived) == ("decided", True, False)
    assert plain_one.revision == full.peek(FULL.id)


# --- Save ---------------------------------------------------------------------------------


def test_a_save_is_there_afterwards_and_in_the_history(full):
    """One new line, from what to what, by whom and why."""
    before = full.load(FULL.id)

    revision = full.save(FULL.id, "answer:DP-01", OPTION_A, 1, "Grace", "They sent the contract")

    after = full.load(FULL.id)
    line = full.history(FULL.id)[-1]
    assert revision == after.revisions["answer:DP-01"] == 2
    assert after.revision == full.peek(FULL.id) == before.revision + 1 == line.seq
    assert after.assessment.answer_set.answers["DP-01"] == Answer(options=("a",))
    assert (line.part, line.by, line.reason) == ("answer:DP-01", "Grace", "They sent the contract")
    assert line.before == answer_to_document(FULL.answer_set.answers["DP-01"])
    assert line.after == OPTION_A
    assert line.at == after.changed_at
    assert full.parts(FULL.id)["answer:DP-01"] == (OPTION_A, 2, "Grace", line.at)
    assert full.verify_history(FULL.id) == []


def test_the_same_value_again_changes_nothing(full):
    """Also where it spells out its defaults, and whatever revision it was based on."""
    full.save(FULL.id, "answer:DP-01", OPTION_A, 1, "Ada")
    lines = len(full.history(FULL.id))

    assert full.save(FULL.id, "answer:DP-01", OPTION_A, 2, "Ada") == 2
    assert full.save(FULL.id, "answer:DP-01", {"evidence": "E0", **OPTION_A}, 1, "Grace") == 2
    assert full.save(FULL.id, "answer:DP-04", None, 0, "Ada") == 0
    assert len(full.history(FULL.id)) == lines


def test_a_stale_save_is_refused_with_both_values(full):
    """What Ada saved stands; Grace learns both values, and whose stands."""
    full.save(FULL.id, "answer:DP-01", OPTION_A, 1, "Ada")

    with pytest.raises(StaleSave) as caught:
        full.save(FULL.id, "answer:DP-01", OPTION_B, 1, "Grace")

    error = caught.value
    assert (error.what, error.mine, error.theirs) == ("DP-01", OPTION_B, OPTION_A)
    assert (error.revision, error.by) == (2, "Ada")
    assert full.parts(FULL.id)["answer:DP-01"].value == OPTION_A
    assert full.save(FULL.id, "answer:DP-01", OPTION_B, error.revision, "Grace") == 3


def test_a_first_answer_that_somebody_else_gave_first_is_stale_too(full):
    """Revision 0 means never written; a number from the future is refused as well."""
    full.save(FULL.id, "answer:DP-04", OPTION_A, 0, "Ada")

    for wrong in (0, 7):
        with pytest.raises(StaleSave):
            full.save(FULL.id, "answer:DP-04", OPTION_B, wrong, "Grace")


def test_an_emptied_part_keeps_its_count(full):
    """So that whoever based a change on the emptied answer is told."""
    assert full.save(FULL.id, "answer:DP-01", None, 1, "Ada") == 2

    stored = full.load(FULL.id)
    assert "DP-01" not in stored.assessment.answer_set.answers
    assert stored.revisions["answer:DP-01"] == 2
    assert full.parts(FULL.id)["answer:DP-01"].value is None
    with pytest.raises(StaleSave) as caught:
        full.save(FULL.id, "answer:DP-01", OPTION_B, 1, "Grace")
    assert caught.value.theirs is None
    assert full.save(FULL.id, "answer:DP-01", OPTION_B, 2, "Grace") == 3
    assert full.verify_history(FULL.id) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("supplier", {"name": "Southwind"}),
        ("upstreams", [{"kind": "cloud", "name": "Cloud"}]),
        ("pack", "triage"),
        ("as_of", "2027-01-01"),
        ("state", "live"),
        (
            "decision",
            {
                "decision": "escalate",
                "by": "Grace",
                "at": "2026-11-23",
                "reason": "Not for us alone",
                "accepted_open": list(to_accept(evaluate(framework(), FULL.answer_set))),
            },
        ),
        ("decision", None),
        ("overrides", None),
        ("triggers", [{"what": "Owner changed", "at": "2026-11-23"}]),
        ("replaces", "library-chat.first"),
        ("mitigation:DP-01", {"question": "DP-01", "status": "proposed", "target": "a"}),
        ("mitigation:DP-02", None),
    ],
)
def test_every_part_can_be_saved(full, part, value):
    """And only that part changes."""
    wanted = {**assessment_to_parts(FULL), part: value}

    assert full.save(FULL.id, part, value, 1, "Ada") == 2

    found = assessment_to_parts(full.load(FULL.id).assessment)
    assert found == {name: each for name, each in wanted.items() if each is not None}
    assert full.verify_history(FULL.id) == []


def test_an_empty_list_empties_the_part(full):
    """No upstreams is the same as none written."""
    full.save(FULL.id, "upstreams", [], 1, "Ada")

    assert full.parts(FULL.id)["upstreams"].value is None


def test_a_moved_purchase_is_found_under_its_new_id(full, tamper):
    """The column follows the part."""
    moved = to_document(replace(FULL.purchase, id="moved"))

    full.save(FULL.id, "purchase", moved, 1, "Ada")

    tamper("UPDATE assessment SET revision = revision WHERE purchase_id = 'moved'")


@pytest.mark.parametrize(
    ("part", "value", "expected"),
    [
        ("answers", {}, "has no part 'answers'"),
        ("purchase", None, "cannot be emptied"),
        ("answer:DP-01", {"option": 1}, "Write a text"),
        ("answer:DP-01", {"option": "a", "note": "\ud800"}, "half a character"),
        ("answer:DP-01", {"option": "a", "note": 1.5}, "is a float"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(full, part, value, expected):
    """What is stored can always be loaded and exported."""
    with pytest.raises(InvalidDocument, match=expected):
        full.save(FULL.id, part, value, 1, "Ada")
    assert full.load(FULL.id).assessment == FULL


def test_an_archived_assessment_can_be_read_and_not_changed(full):
    """Until it is restored. Archiving twice is no second change."""
    full.archive(FULL.id, "Ada", "Bought elsewhere")
    full.archive(FULL.id, "Ada")

    with pytest.raises(UsageError, match="Restore it to change it"):
        full.save(FULL.id, "answer:DP-01", OPTION_A, 1, "Ada")
    stored = full.load(FULL.id)
    assert stored.archived
    assert stored.assessment == FULL
    assert full.history(FULL.id)[-1].reason == "Bought elsewhere"
    full.restore(FULL.id, "Ada")
    assert full.save(FULL.id, "answer:DP-01", OPTION_A, 1, "Ada") == 2
    assert [line.after["archived"] for line in full.history(FULL.id) if line.part == "assessment"]
    assert full.verify_history(FULL.id) == []


def test_a_write_that_fails_half_way_leaves_nothing(full, url):
    """The part, its history and the revision change together or not at all."""
    if not url.startswith("sqlite"):
        pytest.skip("needs a trigger in SQLite's own words")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    connection.close()
    data = record_of(replace(FULL, id="new"))

    with pytest.raises(StorageError, match=r"refused: no\. Nothing was written"):
        full.save(FULL.id, "answer:DP-01", OPTION_A, 1, "Ada")
    with pytest.raises(StorageError):
        full.import_record(read_record(data, score_to_document), data, "Ada")
    assert full.load(FULL.id).assessment == FULL
    assert [summary.id for summary in full.summaries()] == [FULL.id]
    assert full.verify_history(FULL.id) == []


# --- Many at once -------------------------------------------------------------------------


def test_no_update_is_lost_between_many_writers(full, url):
    """8 writers over 2 stores: every save either counts or is refused as stale; none errs."""
    stores = [full, open_store(url)]
    saved, refused, errors = [], [], []

    def write(number):
        store = stores[number % 2]
        try:
            for turn in range(20):
                part = f"answer:X-{(number + turn) % 3}"
                state = store.parts(FULL.id).get(part)
                count = int(state.value["text"]) if state else 0
                try:
                    value = {"text": str(count + 1), "by": f"writer {number}"}
                    store.save(FULL.id, part, value, state.revision if state else 0, "Writer")
                    saved.append(part)
                except StaleSave:
                    refused.append(part)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    parts = full.parts(FULL.id)
    stores[1].close()

    assert errors == []
    assert len(saved) + len(refused) == 160
    for part in set(saved):
        assert int(parts[part].value["text"]) == parts[part].revision == saved.count(part)
    assert full.verify_history(FULL.id) == []


def test_of_two_who_create_the_same_id_one_is_told(store, url):
    """And no half of either is left."""
    stores, outcomes = [store, open_store(url)], []
    barrier = threading.Barrier(2)

    def create(each, name):
        barrier.wait()
        try:
            each.create(replace(BARE, created_by=name), framework(), name)
            outcomes.append("created")
        except UsageError:
            outcomes.append("refused")

    threads = [
        threading.Thread(target=create, args=(each, name))
        for each, name in zip(stores, ("Ada", "Grace"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stores[1].close()

    assert sorted(outcomes) == ["created", "refused"]
    assert store.verify_history("bare") == []


# --- History ------------------------------------------------------------------------------


def test_the_history_can_be_checked_with_the_standard_library_alone(full):
    """The chain as its documentation states it, computed here a second time."""

    def canonical(value):
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode()

    full.save(FULL.id, "answer:DP-01", {"option": "a", "note": "Zoë"}, 1, "Zoë", "é")
    previous = "0" * 64
    for line in full.history(FULL.id):
        body = sha256(line.salt.encode() + canonical([line.before, line.after])).hexdigest()
        by = sha256(line.by_salt.encode() + canonical(line.by)).hexdigest()
        reason = sha256(line.reason_salt.encode() + canonical(line.reason)).hexdigest()
        sealed = ["line-2", FULL.id, line.seq, line.part, line.at, body, by, reason, previous]

        assert line.body_digest == body
        assert (line.by_digest, line.reason_digest) == (by, reason)
        assert line.previous == previous
        assert line.hash == sha256(canonical(sealed)).hexdigest()
        previous = line.hash
    assert full.head(FULL.id) == (full.peek(FULL.id), previous)


@pytest.mark.parametrize("statement", ["UPDATE history SET reason = 'x'", "DELETE FROM history"])
def test_the_history_cannot_be_changed_by_accident(full, url, statement):
    """The database itself refuses."""
    engine = make_engine(url)

    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
    assert full.verify_history(FULL.id) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE history SET reason = 'x' WHERE seq = 3", "Line 3 was altered"),
        ("UPDATE history SET \"by\" = 'x' WHERE seq = 3", "Line 3 was altered"),
        ("UPDATE history SET after = '\"b\"' WHERE seq = 3", "The values in line 3 were altered"),
        ("UPDATE history SET salt = 'x' WHERE seq = 3", "The values in line 3 were altered"),
        ("UPDATE history SET salt = '' WHERE seq = 3", "The values in line 3 were altered"),
        ("UPDATE history SET body_digest = 'x' WHERE seq = 3", "Line 3 was altered"),
        ("UPDATE history SET by_salt = '' WHERE seq = 3", "Line 3 was altered"),
        ("UPDATE history SET reason_salt = '' WHERE seq = 3", "Line 3 was altered"),
        ("UPDATE history SET by_digest = 'x' WHERE seq = 3", "Line 3 was altered"),
        ("UPDATE history SET by_digest = '' WHERE seq = 3", "Line 3 was altered"),
        ("UPDATE history SET at = 'x' WHERE seq = 3", "Line 3 was altered"),
        ('UPDATE assessment SET hold = \'{"by":"x"}\'', "assessment is not what"),
        ("UPDATE history SET hash = 'x' WHERE seq = 3", "Line 4 does not follow"),
        ("DELETE FROM history WHERE seq = 3", "Line 3 of the history is missing"),
        ("DELETE FROM history WHERE seq = 1", "Line 1 of the history is missing"),
        ("DELETE FROM history WHERE seq > 3", "The history ends at line 3, but"),
        ("DELETE FROM history", "The history ends at line 0, but"),
        ("UPDATE part SET value = '\"live\"' WHERE name = 'state'", "state is not what"),
        ("UPDATE part SET value = NULL WHERE name = 'decision'", "decision is not what"),
        ("UPDATE part SET revision = 5 WHERE name = 'state'", "state is not what"),
        ("DELETE FROM part WHERE name = 'answer:DP-01'", "answer:DP-01 is not what"),
        ("UPDATE part SET name = 'answer:DP-09' WHERE name = 'answer:DP-01'", "answer:DP-09 is"),
        ("UPDATE assessment SET archived = NOT archived", "assessment is not what"),
        ("UPDATE assessment SET fictional = NOT fictional", "assessment is not what"),
        ("UPDATE assessment SET created_by = 'x'", "assessment is not what"),
        ("UPDATE assessment SET revision = revision + 1", "The history ends at line"),
        ("UPDATE framework_version SET document = '{}'", "The questionnaire was altered"),
    ],
)
def test_tampering_shows(full, tamper, statement, expected):
    """Whatever is changed behind the store's back, the check says what."""
    tamper(statement)

    assert expected in " ".join(problem.message for problem in full.verify_history(FULL.id))


def test_a_history_cut_short_takes_no_more_lines(full, tamper):
    """A save refuses to build on a gap."""
    tamper("DELETE FROM history WHERE seq > 3")

    with pytest.raises(StorageError, match="lacks its line"):
        full.save(FULL.id, "answer:DP-01", OPTION_A, 1, "Ada")


def test_a_value_taken_out_without_an_entry_that_says_so_shows(full, tamper):
    """Only an erasure, which is a line of the same chain, accounts for it."""
    full.save(FULL.id, "answer:DP-01", {"option": "a", "note": "About Zoë"}, 1, "Ada")
    full.save(FULL.id, "answer:DP-01", OPTION_A, 2, "Ada")
    seq = full.peek(FULL.id)

    tamper("UPDATE history SET before = NULL, after = NULL, salt = '' WHERE seq >= :s", s=seq - 1)

    messages = [problem.message for problem in full.verify_history(FULL.id)]
    assert [message.partition(" of")[0].partition(" were")[0] for message in messages] == [
        f"The values in line {seq - 1}",
        f"The values in line {seq}",
    ]
    assert [line.is_redacted for line in full.history(FULL.id)[-3:]] == [False, True, True]


# --- Records ------------------------------------------------------------------------------


def exported(store, assessment_id):
    stored = store.load(assessment_id)
    result = score_to_document(stored.framework, stored.assessment.answer_set)
    return make_record(stored.assessment, stored.framework, result, SOFTWARE)


def imported(store, data, **how):
    return store.import_record(read_record(data, score_to_document), data, "Grace", **how)


@pytest.mark.parametrize("assessment", [FULL, BARE], ids=["full", "bare"])
def test_export_import_export_gives_the_same_bytes(store, assessment):
    """A record is the same here as where it came from, and its history says where that is."""
    data = record_of(assessment)

    assert imported(store, data) == "created"
    assert exported(store, assessment.id) == data
    digest = json.loads(data)["digest"]
    assert {line.reason for line in store.history(assessment.id)} == {
        f"Imported from record {digest}"
    }
    assert store.verify_history(assessment.id) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(assessment=assessments)
def test_any_assessment_survives_the_store_and_a_record(store, assessment):
    """Law: stored and exported, imported and exported again, the bytes are the same."""
    assessment = replace(
        assessment, id=f"a{uuid.uuid4().hex}", answer_set=FULL.answer_set, created_at="2026-11-23"
    )
    store.create(assessment, framework(), "Ada")
    data = exported(store, assessment.id)

    assert imported(store, data) == "unchanged"
    elsewhere = replace(read_record(data, score_to_document).assessment, id=f"{assessment.id}b")
    again = record_of(elsewhere)
    assert imported(store, again) == "created"
    assert exported(store, elsewhere.id) == again


def test_a_maker_whose_name_no_database_keeps_is_refused(store):
    """PostgreSQL holds no NUL in a text, so that no database here is given one."""
    with pytest.raises(InvalidDocument, match="no text has"):
        store.create(replace(BARE, created_by="A\0da"), framework(), "Ada")

    assert store.summaries() == []


def test_upstreams_are_read_for_all_at_once(full):
    """An assessment that names none is not there, nor one whose were taken away."""
    full.create(BARE, framework(), "Ada")

    assert full.upstreams() == {FULL.id: FULL.upstreams}
    full.save(FULL.id, "upstreams", None, 1, "Ada")
    assert full.upstreams() == {}


def test_the_stamp_changes_with_every_change_and_nothing_else(full):
    stamps = [full.stamp()]
    full.load_many()
    assert full.stamp() == stamps[0]
    full.create(BARE, framework(), "Ada")
    stamps.append(full.stamp())
    full.save(BARE.id, "answer:DP-01", {"option": "a"}, 0, "Ada")
    stamps.append(full.stamp())
    full.archive(BARE.id, "Ada")
    stamps.append(full.stamp())
    assert len(set(stamps)) == len(stamps)


def test_an_empty_store_has_a_stamp_and_no_upstreams(store):
    assert store.stamp() == (0, 0)
    assert store.upstreams() == {}


def test_the_same_record_twice_changes_nothing(store):
    """Nor does it after changes that were taken back."""
    data = record_of(FULL)
    imported(store, data)
    lines = len(store.history(FULL.id))

    assert imported(store, data) == "unchanged"
    assert len(store.history(FULL.id)) == lines


CHANGED = replace(
    FULL,
    fictional=False,
    state="live",
    decision=None,
    purchase=replace(FULL.purchase, id="other-purchase"),
    answer_set=replace(
        FULL.answer_set,
        answers={"DP-01": Answer(options=("a",)), "DP-02": Answer(state="unknown")},
    ),
)


def test_something_else_under_the_same_id_is_a_choice(full):
    """Nothing is written until somebody chose."""
    with pytest.raises(UsageError) as caught:
        imported(full, record_of(CHANGED, framework(version="2027.1")))

    assert str(caught.value) == (
        f"There is an assessment '{FULL.id}' already, and it differs in framework digest, "
        "fictional, CX-01, DP-01, DP-02 and 5 more. Either keep what is here, or replace it: "
        "what stands here now then stays in its history."
    )
    assert full.load(FULL.id).assessment == FULL


def test_replacing_writes_each_difference_with_its_history(full):
    """What is the same has no line; what stood stays in the history."""
    lines = full.peek(FULL.id)
    data = record_of(CHANGED, framework(version="2027.1"))

    assert imported(full, data, replace=True) == "replaced"

    assert exported(full, FULL.id) == data
    new = {line.part: line for line in full.history(FULL.id)[lines:]}
    assert sorted(new) == [
        "answer:CX-01",
        "answer:DP-01",
        "answer:DP-02",
        "answer:DP-03",
        "answer:generative",
        "assessment",
        "decision",
        "purchase",
        "state",
    ]
    assert new["state"].before == "decided"
    assert new["decision"].after is None
    assert full.load(FULL.id).revisions["decision"] == 2
    assert full.verify_history(FULL.id) == []
    assert imported(full, record_of(FULL), replace=True) == "replaced"
    assert exported(full, FULL.id) == record_of(FULL)
    assert full.verify_history(FULL.id) == []


def test_an_archived_assessment_is_not_replaced(full):
    """It is restored first."""
    full.archive(FULL.id, "Ada")

    with pytest.raises(UsageError, match="Restore it"):
        imported(full, record_of(CHANGED), replace=True)


def test_a_record_and_another_files_bytes_are_refused(store):
    """The digest in the history has to be that of the file."""
    record = read_record(record_of(FULL), score_to_document)

    with pytest.raises(UsageError, match="does not belong to this file"):
        store.import_record(record, record_of(BARE), "Ada")
    assert store.summaries() == []


# --- Databases that cannot be used --------------------------------------------------------


def test_the_default_is_a_file_in_the_assessments_folder():
    """In a checkout counted from its root, wherever the toolkit is started."""
    engine = make_engine(DEFAULT_URL)

    assert engine.url.database == str(ROOT / "assessments" / "assessments.sqlite3")
    engine.dispose()


def test_folders_on_the_way_are_made(tmp_path):
    """A first start needs no preparation."""
    store = open_store(f"sqlite:///{tmp_path}/a/b/store.sqlite3")

    store.close()
    assert (tmp_path / "a" / "b" / "store.sqlite3").exists()


def test_sqlite_is_set_up_to_keep_what_it_was_given(tmp_path):
    """Write-ahead log, full synchronisation, waiting, references checked, nothing trusted."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")

    with store.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "busy_timeout",
                "foreign_keys",
                "trusted_schema",
            )
        }
    store.close()

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("sqlite://", "A database in memory forgets everything"),
        ("sqlite:///:memory:", "A database in memory forgets everything"),
        ("mysql://localhost/x", "begins with 'mysql'. Use sqlite:///"),
        ("just some text", "cannot be read. Write it like sqlite:///"),
        ("", "cannot be read. Write it like sqlite:///"),
    ],
)
def test_an_address_of_no_use_is_refused(address, expected):
    """The message shows how to write one."""
    with pytest.raises(StorageError, match=expected):
        open_store(address)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """And left as it is."""
    path = tmp_path / "notes.sqlite3"
    path.write_text("Dear diary, " * 1000)

    with pytest.raises(StorageError, match=r"is not a database file\. Choose another"):
        open_store(f"sqlite:///{path}")
    assert path.read_text() == "Dear diary, " * 1000


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    """Here because a file stands in its place."""
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match="Choose a folder you may write to"):
        open_store(f"sqlite:///{tmp_path}/file/store.sqlite3")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    """SQLite cannot open a folder."""
    with pytest.raises(StorageError, match="Check that the folder exists"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_database_that_may_only_be_read_is_refused(tmp_path):
    """Asked of the driver itself, since an administrator may write to any file."""
    open_store(f"sqlite:///{tmp_path}/store.sqlite3").close()
    connection = sqlite3.connect(f"file:{tmp_path}/store.sqlite3?mode=ro", uri=True)

    with pytest.raises(StorageError, match="Ask for the right to write"), plain_errors("here"):
        connection.execute("DELETE FROM part")
    connection.close()


def test_a_locked_database_is_reported_after_a_while(tmp_path, monkeypatch):
    """Another program holds it: what was typed is not lost without a word."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.1)
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    store.create(BARE, framework(), "Ada")
    other = sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageError, match="is in use by another program"):
        store.save("bare", "answer:DP-01", OPTION_A, 0, "Ada")
    assert store.load("bare").assessment.answer_set.answers == {}  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    assert store.save("bare", "answer:DP-01", OPTION_A, 0, "Ada") == 1
    store.close()


def test_a_password_is_never_shown():
    """Not in the message about a server that is not there."""
    pytest.importorskip("psycopg")

    with pytest.raises(StorageError) as caught:
        open_store("postgresql://somebody:hunter2@127.0.0.1:1/nowhere")

    assert "hunter2" not in str(caught.value)
    assert "cannot be reached. Check that the server runs" in str(caught.value)
