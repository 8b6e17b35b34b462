"""A database is made, recognised, and brought up to date by the migrations."""

import sqlite3
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from procurement_risk.assessment.record import make_record, read_record
from procurement_risk.errors import StorageError
from procurement_risk.framework.origin import Origin
from procurement_risk.methods import score_to_document
from procurement_risk.storage import (
    connection as connections,
    making,
    migrate,
    open_memory_store,
    open_store,
)
from procurement_risk.storage.tables import NEWEST, metadata
from tests.support.databases import POSTGRES
from tests.support.older_history import make_older, put_into_older
from tests.support.places import ROOT
from tests.support.stored_examples import BARE, FULL, framework

OF_WORDS = "ix_search_text_words"
AS_IT_OPENS = "ix_outcome_line_newest"
"""Rests on words and not on columns alone, of which a database says too little to compare."""
FOLDER = Path(migrate.__file__).parent / "migrations"


@pytest.fixture(autouse=True)
def backups(tmp_path, monkeypatch):
    """The folder for what is backed up first."""
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setenv("PROCUREMENT_RISK_BACKUPS", str(folder))
    return folder


def scripts():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(config)


def run(path, statement):
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


def differences(connection):
    """Return where the database differs from the tables; the index of words makes itself."""
    others = ("search_index", OF_WORDS, AS_IT_OPENS)

    def is_ours(name, kind, _parents):
        return not (kind in ("table", "index") and name.startswith(others))

    context = MigrationContext.configure(connection, opts={"include_name": is_ours})
    return compare_metadata(context, metadata)


def test_the_code_knows_the_newest_version():
    """One line of migrations, and the constant names its end."""
    assert scripts().get_heads() == [NEWEST]


@pytest.mark.parametrize("make", [making.make_if_empty, migrate.to_newest])
def test_the_tables_are_the_ones_the_code_uses(unmade, make):
    """Column by column, key by key, made at once or by every migration."""
    engine = connections.make_engine(unmade)
    make(engine)

    with engine.connect() as connection:
        found = differences(connection)
        version = connections.version_in(connection)
        indexes = {each["name"] for each in sa.inspect(connection).get_indexes("outcome_line")}
    engine.dispose()

    assert found == []
    assert version == NEWEST
    assert (AS_IT_OPENS in indexes) is (engine.dialect.name == "postgresql")


def made_of(path):
    """Return what SQLite says of each table, index and trigger, spaces apart."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    connection.close()
    return {row[:3]: " ".join((row[3] or "").split()) for row in rows}


def test_a_new_database_is_what_the_migrations_make(tmp_path):
    """To the letter, with what keeps the history append-only; a trigger less would be seen."""
    at_once, step_by_step = tmp_path / "made.sqlite3", tmp_path / "migrated.sqlite3"
    for path, make in ((at_once, making.make_if_empty), (step_by_step, migrate.to_newest)):
        engine = connections.make_engine(f"sqlite:///{path}")
        make(engine)
        engine.dispose()

    assert made_of(at_once) == made_of(step_by_step)
    run(at_once, "DROP TRIGGER history_no_update")
    assert made_of(at_once) != made_of(step_by_step)


def test_the_tables_are_made_once(unmade):
    """Whoever comes second finds them, and what is in them, as they are."""
    engine = connections.make_engine(unmade)

    assert making.make_if_empty(engine)
    assert not making.make_if_empty(engine)
    engine.dispose()


def test_every_constraint_has_a_name(url):
    """A later migration can only change what it can name."""
    store = open_store(url)
    inspector = sa.inspect(store.engine)
    names = [
        constraint["name"]
        for table in metadata.tables
        for constraint in (inspector.get_pk_constraint(table), *inspector.get_foreign_keys(table))
    ]
    store.close()

    assert sorted(names) == [
        "fk_agreement_organisation_id",
        "fk_agreement_other_id",
        "fk_alone_answer_assessment_id",
        "fk_answer_link_assessment_id",
        "fk_answer_link_file",
        "fk_answer_link_framework_digest",
        "fk_assessment_buyer_assessment_id",
        "fk_assessment_framework_digest",
        "fk_history_assessment_id",
        "fk_notice_choice_person_id",
        "fk_organisation_buyer_organisation_id",
        "fk_outcome_assessment_id",
        "fk_outcome_framework_digest",
        "fk_outcome_line_assessment_id",
        "fk_part_assessment_id",
        "fk_purchase_line_assessment_id",
        "fk_role_grant_person_id",
        "fk_search_text_assessment_id",
        "fk_supplier_link_assessment_id",
        "fk_supplier_link_supplier_id",
        "fk_supplier_mark_assessment_id",
        "fk_supplier_return_assessment_id",
        "fk_supplier_return_digest",
        "fk_supplier_return_framework_digest",
        "fk_waiting_line_assessment_id",
        "fk_waiting_return_digest",
        "pk_agreement",
        "pk_alone_answer",
        "pk_answer_link",
        "pk_api_token",
        "pk_assessment",
        "pk_assessment_buyer",
        "pk_ended_session",
        "pk_framework_version",
        "pk_history",
        "pk_kept_answer",
        "pk_kept_file",
        "pk_log_erasure",
        "pk_log_head",
        "pk_message",
        "pk_notice_choice",
        "pk_notice_turn",
        "pk_noticed",
        "pk_organisation",
        "pk_organisation_buyer",
        "pk_outcome",
        "pk_outcome_line",
        "pk_part",
        "pk_person",
        "pk_purchase_line",
        "pk_questionnaire_draft",
        "pk_questionnaire_use",
        "pk_read_log",
        "pk_release",
        "pk_role_grant",
        "pk_search_text",
        "pk_setting",
        "pk_supplier",
        "pk_supplier_decision",
        "pk_supplier_link",
        "pk_supplier_mark",
        "pk_supplier_return",
        "pk_tombstone",
        "pk_waiting_line",
        "pk_waiting_return",
        "pk_webhook",
    ]


OLDER = [script.revision for script in scripts().walk_revisions() if script.revision != NEWEST]


# A server is slow at making tables: from the first version on it runs every migration there is.
AFTER = [*(("sqlite", each) for each in OLDER), *(("postgresql", "0001") for _ in POSTGRES[:1])]


@pytest.mark.parametrize(("unmade", "version"), AFTER, indirect=["unmade"])
def test_an_older_database_is_brought_up_to_date_with_all_it_holds(
    unmade, version, tmp_path, backups
):
    """Whatever was saved before is there afterwards, its history too, and in a backup."""
    engine = connections.make_engine(unmade)
    make_older(engine, version)
    with engine.connect() as connection:
        assert differences(connection) != []
    now = open_memory_store()
    now.create(FULL, framework(), "Ada")
    head = put_into_older(engine, now, FULL.id)
    engine.dispose()

    store = open_store(unmade)

    with store.engine.connect() as connection:
        assert differences(connection) == []
    assert store.load(FULL.id).assessment == FULL
    assert store.head(FULL.id) == head
    assert store.verify_history(FULL.id) == []
    assert list(store.outcomes(lambda stored: stored.revision, "test").fresh) == [FULL.id]
    assert store.of_supplier(FULL.supplier) == [FULL.id]
    assert [each.assessment for each in store.find(FULL.purchase.title)] == [FULL.id]
    assert store.origin(framework()) == Origin("adopted", store.history(FULL.id)[0].at)
    store.close()
    (written,) = backups.iterdir()
    assert f"-{version}-" in written.name
    assert str(written) in store.notices[0]
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite3")
    other.fill_from(written)
    assert other.load(FULL.id).assessment == FULL
    assert other.head(FULL.id) == head
    other.close()


def test_another_program_waits_for_as_long_as_one_brings_a_file_up_to_date(tmp_path, monkeypatch):
    """Which takes longer than anybody waits for a lock otherwise."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    path = tmp_path / "store.sqlite3"
    engine = connections.make_engine(f"sqlite:///{path}")
    make_older(engine, OLDER[-1])
    engine.dispose()
    upgrading = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    upgrading.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.3, upgrading.execute, ["COMMIT"])
    done.start()
    open_store(f"sqlite:///{path}").close()
    done.join()
    upgrading.close()


def test_what_only_came_in_with_a_record_is_foreign_in_an_older_database_too(unmade):
    """The history tells: a record that was brought in gives itself as the reason."""
    engine = connections.make_engine(unmade)
    make_older(engine, "0003")
    newest = open_memory_store()
    data = make_record(BARE, framework(), score_to_document(framework(), BARE.answer_set), "x 1")
    newest.import_record(read_record(data, score_to_document), data, "Ada")
    put_into_older(engine, newest, "bare")
    engine.dispose()

    store = open_store(unmade)

    assert store.origin(framework()) == Origin("foreign")
    assert store.known_frameworks() == []
    store.close()


def test_the_backup_of_an_older_file_stands_beside_it(tmp_path, monkeypatch):
    """Unless another folder is named."""
    monkeypatch.delenv("PROCUREMENT_RISK_BACKUPS")
    path = tmp_path / "kept.sqlite3"
    engine = connections.make_engine(f"sqlite:///{path}")
    make_older(engine, OLDER[0])
    now = open_memory_store()
    now.create(FULL, framework(), "Ada")
    put_into_older(engine, now, FULL.id)
    engine.dispose()

    open_store(f"sqlite:///{path}").close()

    assert len(list(tmp_path.glob(f"kept-{OLDER[0]}-*Z.sqlite3"))) == 1


@pytest.mark.skipif(not POSTGRES, reason="no PostgreSQL to try it on")
@pytest.mark.parametrize("unmade", ["postgresql"], indirect=True)
def test_an_older_database_on_a_server_is_not_changed_without_a_backup(
    tmp_path, unmade, monkeypatch
):
    """It is refused, with what to do, until a folder for the backup is named."""
    monkeypatch.delenv("PROCUREMENT_RISK_BACKUPS")
    engine = connections.make_engine(unmade)
    assert engine.dialect.name == "postgresql"
    make_older(engine, OLDER[0])
    now = open_memory_store()
    now.create(FULL, framework(), "Ada")
    put_into_older(engine, now, FULL.id)
    with pytest.raises(StorageError, match=r"name a folder for it in PROCUREMENT_RISK_BACKUPS"):
        open_store(unmade)
    with engine.connect() as connection:
        assert connections.version_in(connection) == OLDER[0]
    engine.dispose()


def needs(connection):
    """Return each column by table and name, and whether whoever writes a row has to give it."""
    shape = sa.inspect(connection)
    return {
        (table, column["name"]): not column["nullable"]
        and column["default"] is None
        and not (column["primary_key"] and str(column["type"]) == "INTEGER")
        for table in shape.get_table_names()
        for column in shape.get_columns(table)
    }


def in_the_way(before, after):
    """Return what a process of the version before stumbles over, which goes on beside ours."""
    known = {table for table, _name in before}
    gone = set(before) - set(after)
    asked = {each for each in after if after[each] and not before.get(each) and each[0] in known}
    return sorted(gone | asked)


def test_a_process_of_the_version_before_can_go_on(tmp_path):
    """Every migration leaves what that one reads, and asks nothing new of what it writes."""
    engine = connections.make_engine(f"sqlite:///{tmp_path}/store.sqlite3")
    stages = []
    for version in [*reversed(OLDER), NEWEST]:
        make_older(engine, version)
        with engine.connect() as connection:
            stages.append(needs(connection))
    engine.dispose()

    assert [found for pair in pairwise(stages) if (found := in_the_way(*pair))] == []


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({("part", "value"): False}, [("part", "name")]),
        ({("part", "name"): True, ("part", "value"): True}, [("part", "value")]),
        ({("part", "name"): True, ("part", "size"): True}, [("part", "size"), ("part", "value")]),
        ({("part", "name"): True, ("part", "value"): False, ("new", "id"): True}, []),
    ],
)
def test_what_is_in_the_way_of_the_version_before_is_found(after, found):
    assert in_the_way({("part", "name"): True, ("part", "value"): False}, after) == found


def test_there_is_an_older_version_to_start_from():
    """Otherwise the test above tests nothing."""
    older = [f"{number:04}" for number in range(23, 0, -1) if number != 5]
    assert older == OLDER


def test_opening_again_leaves_everything_in_place(url):
    """Nothing is made twice, nothing is lost."""
    store = open_store(url)
    store.create(BARE, framework(), "Ada")
    head = store.head("bare")
    store.close()

    again = open_store(url)

    assert again.head("bare") == head
    again.close()


def test_an_up_to_date_database_opens_without_alembic(tmp_path):
    """Importing it would double the time to the first page."""
    open_store(f"sqlite:///{tmp_path}/store.sqlite3").close()
    code = (
        "import sys; from procurement_risk.storage import open_store; "
        f"open_store('sqlite:///{tmp_path}/store.sqlite3').close(); "
        "sys.exit('alembic' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert done.returncode == 0


def test_many_may_open_a_new_database_at_once(unmade):
    """One makes the tables, the others wait and find them."""
    errors, barrier = [], threading.Barrier(6)

    def opening():
        barrier.wait()
        try:
            open_store(unmade).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=opening) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []


def test_a_newer_database_is_refused_and_left_alone(tmp_path):
    """An older toolkit might write what the newer one cannot read."""
    path = tmp_path / "store.sqlite3"
    open_store(f"sqlite:///{path}").close()
    run(path, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StorageError, match=r"has version '9999'.*update the toolkit"):
        open_store(f"sqlite:///{path}")


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path):
    """A table of the same name that is not ours."""
    path = tmp_path / "other.sqlite3"
    run(path, "CREATE TABLE part (number TEXT)")

    with pytest.raises(StorageError, match="has a table 'part' that this toolkit did not make"):
        open_store(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("part",)]


def test_a_migration_that_fails_leaves_nothing(tmp_path, monkeypatch):
    """All of it or none: the next attempt starts from where this one did."""
    path = tmp_path / "store.sqlite3"
    real = migrate.command.upgrade

    def fails_at_the_end(config, revision):
        real(config, revision)
        raise sa.exc.OperationalError("CREATE", None, Exception("disk is full"))

    engine = connections.make_engine(f"sqlite:///{path}")
    make_older(engine, "0001")
    engine.dispose()
    before = made_of(path)

    with monkeypatch.context() as patched:
        patched.setattr(migrate.command, "upgrade", fails_at_the_end)
        with pytest.raises(StorageError, match="is full"):
            open_store(f"sqlite:///{path}")

    assert made_of(path) == before
    open_store(f"sqlite:///{path}").close()


def test_making_a_database_that_fails_leaves_nothing(tmp_path, monkeypatch):
    """All of it or none here too."""
    path = tmp_path / "store.sqlite3"
    full = sa.exc.OperationalError("INSERT", None, Exception("disk is full"))

    with monkeypatch.context() as patched:
        patched.setattr(making._VERSIONS, "create", lambda connection: _raise(full))
        with pytest.raises(StorageError, match="is full"):
            open_store(f"sqlite:///{path}")

    assert made_of(path) == {}
    open_store(f"sqlite:///{path}").close()


def _raise(error):
    raise error
