"""A statement that is put into words once gives what SQLAlchemy gives for it each time."""

import sqlalchemy as sa

from procurement_risk.storage import rows, search, tables
from procurement_risk.storage.prepared import Prepared
from tests.support.databases import open_empty


def test_each_column_that_is_sent_so_needs_no_turning():
    kinds = sa.String | sa.Integer
    for table in (tables.part, tables.history, tables.search_text):
        assert all(isinstance(column.type, kinds) for column in table.c)
        assert not any(isinstance(column.type, sa.Boolean) for column in table.c)


def test_it_is_put_into_words_once_and_its_values_stand_in_their_places(tmp_path):
    store = open_empty(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    asked = {"other": "b", "this": "one", "one": "a"}
    row = {"assessment_id": "one", "part": "a", "words": "some words"}
    with store.writing() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.execute(tables.search_text.insert(), row)
        (found,) = search._TWO_WORDS.on(connection, asked)
        assert (found.part, found.words) == ("a", "some words")
        said = search._TWO_WORDS._said[connection.dialect]
        assert search._TWO_WORDS.on(connection, {**asked, "this": "two"}).all() == []
        assert search._TWO_WORDS._said[connection.dialect] is said
        connection.execute(tables.search_text.delete())
    store.close()


def test_what_changes_a_row_changes_it_alone_in_either_database():
    for dialect in (sa.dialects.sqlite.dialect(), sa.dialects.postgresql.psycopg.dialect()):
        words, places = rows._OWN_REVISION._say(dialect)
        assert words.startswith("UPDATE assessment SET changed_at=")
        assert places in (["changed_at", "revision", "this"], None)
        assert words.count("WHERE") == 1
    assert isinstance(rows._WRITE_PART, Prepared)
