"""What checks, comparisons and the store say comes in any language, and nothing rests on it.

In a made-up language the words stand in ⟦brackets⟧; ids, places and numbers stay what they are.
"""

import json

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from procurement_risk.assessment.record import verify_record
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework.document import SCHEMA, framework_from_document
from procurement_risk.framework.files import check_file
from procurement_risk.framework.languages import TEXTS
from procurement_risk.framework.versions.change import KEY_WORDS
from procurement_risk.framework.versions.compare import change_line, compare, counts_line
from procurement_risk.framework.versions.questions import TEXT_KEYS
from procurement_risk.imports.record import import_record
from procurement_risk.language import catalogue as language
from procurement_risk.methods import score_to_document
from procurement_risk.storage import open_store
from tests.support import pseudo_language
from tests.support.answer_checks import line, problems_with
from tests.support.framework_changes import ONE_BY_ONE, base_of
from tests.support.places import TESTS
from tests.support.pseudo_language import BRACKETS, Data
from tests.support.stored_examples import FULL, RECORD, framework, record_with

BROKEN = sorted((TESTS / "broken_frameworks").glob("*.yaml"))


@pytest.fixture
def brackets(locales, monkeypatch):
    """Return what is said in the made-up language; after it, English is spoken again."""
    monkeypatch.setattr(language, "LOCALES", locales)

    def said(find):
        language.use(pseudo_language.CODE)
        try:
            return find()
        finally:
            language.use(language.ENGLISH)

    yield said
    language.use(language.ENGLISH)


def texts_in(value):
    """Yield every text and every key in a document."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    else:
        yield str(value)


# --- Comparisons ---


def parts_named(changes):
    """Return of which changes the line names the part, because it is not obvious."""
    return [f"({change.where})" in change_line(change) for change in changes]


@pytest.mark.parametrize(("document", "expected"), ONE_BY_ONE)
def test_a_change_is_the_same_in_any_language_and_its_words_are_not(brackets, document, expected):
    old, new = framework_from_document(base_of(document)), framework_from_document(document)

    found = brackets(lambda: compare(old, new))

    def told(changes):
        return [(c.kind, c.question, c.option, c.affects_result) for c in changes]

    assert told(found.changes) == told(expected)
    assert len(found.groups) == len(compare(old, new).groups)
    assert brackets(lambda: parts_named(found.changes)) == parts_named(expected)
    data = Data({*texts_in(old.document), *texts_in(new.document), old.subject}, set())
    for change in found.changes:
        for said in (change.where, change.before, change.after):
            assert data.foreign(said) == [], said
    assert data.foreign(brackets(lambda: counts_line(found))) == []


def test_a_colon_in_the_words_for_an_owner_does_not_end_it(tmp_path, monkeypatch):
    """What a change is about is what stands before the first colon."""
    catalog = Catalog(locale="de")
    catalog.add("section {section}", "Abschnitt: {section}")
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{language.DOMAIN}.mo").open("wb") as stream:
        write_mo(stream, catalog)
    monkeypatch.setattr(language, "LOCALES", tmp_path)
    old = framework_from_document(base_of({"id": "small"}))
    section = {**old.document["sections"][2], "title": "Openness"}
    sections = [*old.document["sections"][:2], section, *old.document["sections"][3:]]
    language.use("de")
    try:
        (change,) = compare(
            old, framework_from_document({**old.document, "sections": sections})
        ).changes
    finally:
        language.use(language.ENGLISH)

    assert change.where == "Abschnitt TR: title"
    assert change.subject == "Abschnitt TR"


def test_every_key_that_holds_a_text_has_words():
    """Reasons (``because``, ``never``) are named by what they are the reason of."""
    assert TEXTS - {"because", "never"} | {"cited_as", "address", "checked", "looked_at"} == set(
        KEY_WORDS
    )
    assert set(TEXT_KEYS) <= set(KEY_WORDS)


# --- What is refused ---


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_what_is_wrong_with_a_file_is_said_in_the_language_in_use(brackets, path):
    english = check_file(path)

    found = brackets(lambda: check_file(path))

    assert [(p.where, p.line, p.column) for p in found] == [
        (p.where, p.line, p.column) for p in english
    ]
    for problem in found:
        assert BRACKETS.search(problem.message) or problem.message in COMMENTS


def comments_in(schema):
    """Yield the schema's own sentences, which are in English."""
    if isinstance(schema, dict):
        yield from (schema[key] for key in ("$comment",) if key in schema)
        for part in schema.values():
            yield from comments_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from comments_in(part)


COMMENTS = set(comments_in(json.loads(SCHEMA.read_text("utf-8"))))


@pytest.mark.parametrize(
    "document",
    [
        line([("Q-1", "z")]),
        line([("Q-9", "a")]),
        line([("Q-1", {"state": "not_applicable"})]),
        line([("Q-1", {"option": "a", "colour": "red"})]),
        line([("Q-1", {"option": "a", "valid_until": "2026-02-30"})]),
        line(mitigations=[{"question": "Q-1", "status": "agreed", "target": "z"}]),
        {"as_of": "soon"},
        [],
    ],
)
def test_what_is_wrong_with_answers_is_said_in_the_language_in_use(brackets, document):
    english = problems_with(document)
    found = brackets(lambda: problems_with(document))

    assert english
    assert len(found) == len(english)
    assert all(BRACKETS.search(message) for _, message in found)
    assert not any(BRACKETS.search(message) for _, message in english)


def test_a_record_is_refused_in_the_language_of_whoever_reads_it(brackets):
    """Also where the same framework was refused in another language just before."""
    data = record_with(("framework", "policy", "flag_band"), "nowhere")

    def messages():
        return [problem.message for problem in verify_record(data, score_to_document)]

    assert messages() == messages()
    assert not any(BRACKETS.search(message) for message in messages())
    assert all(BRACKETS.search(message) for message in brackets(messages))
    assert not any(BRACKETS.search(message) for message in messages())


def test_the_store_refuses_in_the_language_in_use(brackets, tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    store.create(FULL, framework(), "Ana")
    (tmp_path / "no.sqlite3").write_text("This is no database at all. " * 100)

    def refusals():
        for attempt in (
            lambda: store.load("gone"),
            lambda: store.save(FULL.id, "state", "live", 0, "Ana"),
            lambda: store.save(FULL.id, "state", None, 1, "Ana"),
            lambda: store.create(FULL, framework(), "Ana"),
            lambda: store.create(FULL, framework(), " "),
            lambda: open_store(f"sqlite:///{tmp_path / 'no.sqlite3'}"),
        ):
            with pytest.raises(ProcurementRiskError) as caught:
                attempt()
            yield type(caught.value), str(caught.value)

    english, found = list(refusals()), brackets(lambda: list(refusals()))
    store.close()

    assert [kind for kind, _ in found] == [kind for kind, _ in english]
    assert all(BRACKETS.search(message) for _, message in found)
    assert "is not a database file" in english[-1][1], "the driver's words are still understood"
    assert "is not a database file" in found[-1][1]


def test_what_is_stored_is_english_in_any_language(brackets, tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    brackets(lambda: import_record(store, RECORD, "Ana"))
    history = store.history(FULL.id)
    store.close()

    assert {entry.reason for entry in history} == {f"Imported from record {digest(RECORD)}"}


def digest(record):
    return json.loads(record)["digest"]
