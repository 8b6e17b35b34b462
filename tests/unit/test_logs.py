"""What was given out and what was deleted are chains: whoever changes a line is told."""

import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument
from procurement_risk.storage import (
    cleaning,
    connection as connections,
    open_memory_store,
    open_store,
    tables,
)
from procurement_risk.storage.keeping import look
from procurement_risk.storage.mentions import person
from procurement_risk.storage.places import seen
from tests.support.older_history import make_older
from tests.support.publication_examples import FRAMEWORK, planted

NAME = "Zoltana Quibbleworth"
FILE = (f"for {NAME}.html", b"<p>words</p>")


def fill(store):
    """Note three files that were given out, and delete two assessments."""
    for number in ("one", "two", "three"):
        store.create(replace(planted(), id=number), FRAMEWORK, "Ana")
    for number in range(3):
        store.add_release("one", NAME, FILE, ["supplier.name"], NAME, f"FOI {number}, {NAME}")
    for name in ("two", "three"):
        store.delete(name, look(store.load(name)), NAME, f"{NAME} made it twice")
    return store


@pytest.fixture
def full():
    held = fill(open_memory_store())
    yield held
    held.close()


def tamper(store, statement):
    with store.engine.begin() as connection, cleaning.opened(connection):
        assert connection.execute(sa.text(statement)).rowcount == 1


def told(store):
    return [problem.message for problem in store.verify_logs()]


def test_what_nobody_touched_holds(full):
    assert full.verify_logs() == []


TAMPERED = [
    ("UPDATE release SET recipient = 'x' WHERE seq = 2", "given out: Line 2 was altered"),
    ("UPDATE release SET recipient_salt = '' WHERE seq = 2", "given out: Line 2 was altered"),
    ("UPDATE release SET withheld = '[]' WHERE seq = 1", "given out: Line 1 was altered"),
    ("UPDATE release SET digest = 'x' WHERE seq = 3", "given out: Line 3 was altered"),
    ("UPDATE release SET about = 'x' WHERE seq = 3", "given out: Line 3 was altered"),
    ("DELETE FROM release WHERE seq = 1", "given out: Line 1 is missing"),
    ("DELETE FROM release WHERE seq = 2", "given out: Line 2 is missing"),
    ("DELETE FROM release WHERE seq = 3", "It ends at line 2, but 3 were written"),
    ("UPDATE tombstone SET reason = 'x' WHERE seq = 1", "deleted: Line 1 was altered"),
    ("UPDATE tombstone SET record_digest = 'x' WHERE seq = 2", "deleted: Line 2 was altered"),
    ("DELETE FROM tombstone WHERE seq = 2", "It ends at line 1, but 2 were written"),
    ("DELETE FROM log_head WHERE log = 'tombstone'", "It ends at line 2, but 0 were written"),
]


@pytest.mark.parametrize(("statement", "words"), TAMPERED)
def test_whoever_changes_or_deletes_a_line_is_told(full, statement, words):
    tamper(full, statement)

    assert words in told(full)[0]


def test_a_line_that_is_dropped_with_the_rest_numbered_anew_is_told(full):
    tamper(full, "DELETE FROM release WHERE seq = 1")
    tamper(full, "UPDATE release SET seq = 1 WHERE seq = 2")

    assert any("Line 1 does not follow the line before" in each for each in told(full))


@pytest.mark.parametrize("table", ["release", "tombstone", "log_erasure"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = ''", "DELETE FROM {}"])
def test_the_database_itself_refuses(url, table, change):
    store = fill(open_store(url))
    strike(store)
    with (
        pytest.raises(sa.exc.DBAPIError, match="append-only"),
        store.engine.begin() as connection,
    ):
        connection.execute(sa.text(change.format(table)))
    assert store.verify_logs() == []
    store.close()


def strike(store, name=NAME, by="Boris"):
    found = person([name])
    return store.erase(found, seen(store.places(found)), by, "Request of 12 May")


def test_a_name_is_struck_out_and_the_logs_still_hold(full):
    done = strike(full)

    assert full.verify_logs() == []
    assert full.places(person([NAME])) == []
    assert {each.recipient for each in full.releases()} == {done.instead}
    assert {each.file for each in full.releases()} == {f"for {done.instead}.html"}
    assert {each.reason for each in full.tombstones()} == {f"{done.instead} made it twice"}
    strike(full, "Boris", by="Bea")  # who struck it out, and stands in the log of that
    assert full.verify_logs() == []
    assert full.places(person(["Boris"])) == []
    strike(full, done.instead)
    assert full.verify_logs() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE release SET recipient = 'Somebody' WHERE seq = 2",
        "UPDATE log_erasure SET instead = 'Somebody' WHERE seq = 2",
        "UPDATE log_erasure SET stands = 'x' WHERE seq = 2",
        "DELETE FROM log_erasure WHERE seq = 1",
    ],
)
def test_an_erasure_covers_what_it_left_and_nothing_else(full, statement):
    strike(full)
    tamper(full, statement)

    assert full.verify_logs() != []


def test_a_backup_says_it_and_a_restore_refuses_it(tmp_path):
    full = fill(open_store(f"sqlite:///{tmp_path / 'kept.sqlite3'}"))
    copy = full.back_up(tmp_path / "whole.sqlite3")
    assert copy.faults == ()
    other = open_store(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    other.fill_from(copy.path)
    assert other.verify_logs() == []
    assert other.releases() == full.releases()
    tamper(full, "DELETE FROM release WHERE seq = 3")

    written = full.back_up(tmp_path / "altered.sqlite3")

    assert "It ends at line 2" in written.faults[0].message
    with pytest.raises(InvalidDocument, match="It ends at line 2"):
        open_store(f"sqlite:///{tmp_path / 'new.sqlite3'}").fill_from(written.path)


def test_the_commands_say_it(tmp_path, monkeypatch):
    path, run = tmp_path / "kept.sqlite3", CliRunner().invoke
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{path}")
    fill(open_store(f"sqlite:///{path}")).close()
    commands = (["released", "one"], ["retention", "--deleted"])
    assert [run(main, each).exit_code for each in commands] == [0, 0]
    held = open_store(f"sqlite:///{path}")
    tamper(held, "DELETE FROM release WHERE seq = 2")
    held.close()
    shutil.copy(path, tmp_path / "other.sqlite3")

    for each in commands:
        done = run(main, each)
        assert done.exit_code == 1
        assert "the log of what was given out: Line 2 is missing." in done.stderr
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path / 'new.sqlite3'}")
    moved = run(main, ["move", str(tmp_path / "other.sqlite3")])
    assert "Line 2 is missing" in moved.stderr
    assert "moved here" in moved.stdout


def test_lines_of_an_older_database_are_sealed_as_they_stand(unmade, tmp_path, monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_BACKUPS", str(tmp_path))
    engine = connections.make_engine(unmade)
    make_older(engine, "0009")
    older = ["about", "recipient", "why", "file", "size", "digest", "withheld", "by", "at"]
    line = {name: 1 if name == "size" else name for name in older} | {"withheld": "[]"}
    gone = ("at", "record_digest", "head", "by", "reason", "rule")
    with engine.begin() as connection:
        for number in (1, 2, 4):  # somebody deleted one when nothing sealed them yet
            put(connection, "release", {"seq": number, **line})
        for number in ("b", "a"):
            row = {name: name for name in gone} | {"at": f"2026-{number}"}
            put(connection, "tombstone", {"assessment_id": number, "entries": 1, **row})
    engine.dispose()

    store = open_store(unmade)

    assert [each.seq for each in store.releases()] == [4, 2, 1]
    assert [each.assessment_id for each in store.tombstones()] == ["b", "a"]
    assert [message for message in told(store) if "Line 3 is missing" in message] == told(store)
    assert store.releases()[0].recipient == "recipient"
    store.close()


def put(connection, table, values):
    columns = [sa.column(name) for name in values]
    connection.execute(sa.table(table, *columns).insert(), values)


def test_each_text_of_a_log_that_a_person_may_stand_in_is_behind_a_digest():
    from procurement_risk.storage.logs import LOGS
    from procurement_risk.storage.places import is_fixed

    for log in LOGS.values():
        open_texts = {
            column.name
            for column in log.table.columns
            if isinstance(column.type, sa.String) and not is_fixed(column)
        }
        seals = {"previous", "hash", *(f"{n}_{k}" for n in log.texts for k in ("salt", "digest"))}
        own = {"at", "digest", "record_digest", "head"}
        assert open_texts - seals - own == set(log.texts)
    assert set(LOGS) | {"log_head"} <= set(tables.metadata.tables)
