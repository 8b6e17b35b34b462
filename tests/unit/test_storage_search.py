"""Finding assessments by words: what is found, in what state, and what can never break it."""

import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest

from procurement_risk.assessment import Answer, AnswerSet, Mitigation, Purchase, Supplier
from procurement_risk.errors import StaleSave
from procurement_risk.storage import keeping, open_store, search
from tests.support.databases import BOTH
from tests.support.stored_examples import BARE, FULL, framework

NOTED = replace(
    FULL,
    id="noted-1",
    purchase=Purchase(
        id="p",
        title="Drafting letters",
        buyer="Ely Council",
        capability="draft-correspondence",
        ocid="ocds-h6vhtk-04a1b2",
        notice_id="041267-2026",
    ),
    supplier=Supplier(name="Cŵn Tŷ Cyf", company_number="4103211"),
    answer_set=AnswerSet(
        as_of="2026-11-23",
        answers={
            "DP-01": Answer(options=("a",), note="The sluice register lists it", by="Zoë Quill"),
            "DP-02": Answer(state="withheld", reason="They call it confidential"),
        },
        mitigations=(
            Mitigation(question="DP-02", status="proposed", target="a", clause="Pay the ferryman"),
        ),
    ),
)


@pytest.fixture
def filled(store):
    store.create(NOTED, framework(), "Ada Lovelace")
    store.create(BARE, framework(), "Bob")
    return store


def ids(store, text):
    return [each.assessment for each in store.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "ocds-h6vhtk-04a1b2",
        "04a1b2",
        "041267-2026",
        "4103211",
        "04103211",
        "noted-1",
        "draft-correspondence",
        "DRAFTING LETTERS",
        "letters ely",
        "sluice",
        "slui",
        "confidential",
        "ferryman",
        "Ada Lovelace",
        "zoe quill",
        "Zoë",
        "cwn ty",
        "Ｄｒａｆｔｉｎｇ",
        "sluice ferryman cwn",
        "  sluice  ",
    ],
)
def test_whatever_it_holds_it_is_found_by(filled, text):
    assert ids(filled, text) == ["noted-1"]


@pytest.mark.parametrize("text", ["sluice nowhere", "luice", "zzz", "sluicegate", "bob sluice"])
def test_what_does_not_stand_there_is_not_found(filled, text):
    assert ids(filled, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "'",
        '"""',
        "*",
        "NEAR(",
        "^",
        "-",
        "%",
        "_",
        "\\",
        "\x00",
        "!!!",
        "';--",
        "\ud800",
        "🙂",
        "::",
        "' | '",
    ],
)
def test_signs_find_nothing_and_break_nothing(filled, text):
    assert ids(filled, text) == []


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        'sluice"',
        "sluice*",
        "(sluice",
        "words:sluice",
        "'sluice':*",
        "sluice & !",
        "sluice\x00",
        "-sluice",
        "{sluice}",
        "sluice; DROP TABLE part",
    ],
)
def test_hostile_text_is_words_like_any_other(filled, text):
    assert ids(filled, text) in ([], ["noted-1"])
    assert ids(filled, "sluice") == ["noted-1"]
    assert len(filled.summaries()) == 2


@BOTH
def test_words_of_the_query_language_are_words(filled):
    for word in ("AND", "OR", "NOT", "NEAR", "|", "&"):
        assert ids(filled, f"sluice {word} zzz") == []


def test_a_very_long_question_is_answered(filled):
    assert ids(filled, "sluice " * 5_000) == ["noted-1"]
    assert ids(filled, "x" * 100_000) == []


@BOTH
def test_it_says_where_the_words_stand(filled):
    (found,) = filled.find("sluice cwn")
    assert found.parts == ("answer:DP-01", "supplier")
    assert not found.archived


def test_an_archived_one_is_found_and_marked(filled):
    filled.archive("noted-1", "Ada")
    assert [(each.assessment, each.archived) for each in filled.find("sluice")] == [
        ("noted-1", True)
    ]


@BOTH
def test_it_follows_each_save(filled):
    revision = filled.parts("noted-1")["answer:DP-01"].revision
    value = {"option": "a", "note": "The weir register"}
    filled.save("noted-1", "answer:DP-01", value, revision, "Cy Young")
    assert ids(filled, "sluice") == []
    assert ids(filled, "weir") == ids(filled, "cy young") == ["noted-1"]
    filled.save("noted-1", "answer:DP-01", None, revision + 1, "Cy")
    assert ids(filled, "weir") == []


def test_a_refused_save_leaves_the_index_as_it_was(filled):
    with pytest.raises(StaleSave):
        filled.save("noted-1", "answer:DP-01", {"option": "a", "note": "ghost"}, 99, "Cy")
    assert ids(filled, "ghost") == []


@BOTH
def test_what_was_deleted_is_found_no_more_and_gone_from_the_file(filled, url):
    stored = filled.load("noted-1")
    filled.delete("noted-1", keeping.look(stored), "Ada", "Disposed of")
    assert ids(filled, "sluice") == ids(filled, "ada") == []
    if url.startswith("sqlite"):
        filled.close()
        content = Path(url.removeprefix("sqlite:///")).read_bytes().lower()
        assert b"sluice" not in content
        assert b"lovelace" not in content


@BOTH
def test_made_anew_it_finds_the_same(filled):
    filled.rebuild_search()
    assert ids(filled, "sluice ferryman lovelace 04103211") == ["noted-1"]


def test_without_fts5_it_finds_the_same_and_with_it_again_too(tmp_path, monkeypatch):
    """Written by a Python without FTS5, it is caught up with when one that has it opens."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    store = open_store(url)
    store.create(BARE, framework(), "Bob")
    store.close()
    monkeypatch.setattr(search, "has_fts5", lambda: False)
    store = open_store(url)
    store.create(NOTED, framework(), "Ada Lovelace")
    for text in ("sluice", "slui ferry", "04103211", "4103211", "%", "bob sluice", ""):
        assert ids(store, text) == ([] if text in ("%", "bob sluice", "") else ["noted-1"])
    store.close()
    monkeypatch.undo()
    assert search.has_fts5()
    store = open_store(url)
    assert ids(store, "sluice ferryman") == ["noted-1"]
    store.close()
    connection = sqlite3.connect(tmp_path / "store.sqlite3")
    connection.execute("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
    connection.close()


def test_a_question_to_many_is_answered_in_a_moment(filled):
    """One word that stands in all, one in none, twelve words: each within a small part of 1 s."""
    for number in range(40):
        filled.create(replace(NOTED, id=f"more-{number}"), framework(), "Ada")
    start = time.perf_counter()
    assert len(ids(filled, "sluice")) == 41
    assert ids(filled, "sluice zzz") == []
    assert time.perf_counter() - start < 0.5


def test_a_name_that_was_added_to_the_supplier_finds_its_assessments(filled):
    """As typed in any of them, it need not stand at all."""
    of = filled.supplier_links()["noted-1"]
    assert ids(filled, "pryce") == []
    filled.name_supplier(of, "Pryce & Daughters", "former", "Ada")
    filled.name_supplier(of, "Kennel-Łink", "trading", "Ada")

    assert ids(filled, "PRY") == ids(filled, "pryce sluice daught") == ["noted-1"]
    assert filled.find_ids("kennel") == filled.find_ids("pryce sluice") == {"noted-1"}
    assert filled.find("pryce")[0].parts == ("supplier",)
    assert "supplier" in filled.find("pryce sluice")[0].parts
    assert ids(filled, "aughters") == ids(filled, "pryce nowhere") == []

    filled.unname_supplier(of, "Pryce & Daughters", "Ada")
    assert (ids(filled, "pryce"), filled.find_ids("pryce")) == ([], set())
    assert ids(filled, "kennel") == ["noted-1"]
