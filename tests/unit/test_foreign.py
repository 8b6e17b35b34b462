"""Whose questionnaire a result rests on: shipped, adopted here, or foreign."""

import io
import json
import re
import shutil
import threading
import time
import zipfile
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from procurement_risk.assessment.record import read_record
from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, verify
from procurement_risk.exports.gather import gather
from procurement_risk.framework import origin as origins
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.origin import Origin
from procurement_risk.framework.shipped import FRAMEWORKS
from procurement_risk.framework.versions.compare import compare, refuse_unchanged_version
from procurement_risk.framework.versions.whose import whose, whose_words
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.imports.record import import_record
from procurement_risk.methods import score_to_document
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.words import decision_words, foreign_words
from procurement_risk.storage.store import open_memory_store
from tests.support.foreign_records import EXAMPLE, KINDS, forged

CORE = load_framework(FRAMEWORKS / "ai-supplier-core.yaml")  # as the examples carry it
FIRST_SHIPPED = {
    "2d9bbac950ba56a09595577ecfaf4ea09f771d029b1c4b37ceed3ed7a3fbf0a2",
    "8fdbf9e354f7dc76f006c32c05c1ec3f0ade0448fe409f6d44eccb10c34aef1c",
    "c4100fcb0bf170d4e601dbea79a0a8bb3697fefe57831eac0f2b87c014fe2604",
}


@pytest.fixture
def store():
    store = open_memory_store()
    yield store
    store.close()


def record(kind):
    return read_record(forged(kind), score_to_document)


# --- The list of what was shipped


def test_a_shipped_one_is_known_without_the_database(store, monkeypatch):
    """Pages ask at every click. Of any other the database has to say whether it is adopted."""
    other = record("risks_changed").framework
    assert store.origin(other).is_foreign

    def asked(_store):
        raise AssertionError

    monkeypatch.setattr(type(store), "reading", asked)
    assert store.origin(CORE) == Origin("shipped")
    with pytest.raises(AssertionError):
        store.origin(other)


def test_every_shipped_file_has_its_line():
    """Whoever changes a shipped file gives it a new version, and adds a line."""
    for path in sorted(FRAMEWORKS.glob("*.yaml")):
        framework = load_framework(path)
        known = origins.shipped().get(origins.digest(framework))
        assert known == (framework.id, framework.version), f"{path.name}: no line"


def test_a_version_once_listed_never_goes_away():
    listed = origins.shipped()
    assert listed.keys() >= FIRST_SHIPPED
    assert len(set(listed.values())) == len(listed), "a version stands for one content"


def test_a_changed_shipped_file_is_refused_by_the_test_above(monkeypatch):
    changed = record("label_changed").framework
    assert origins.digest(changed) not in origins.shipped()


def test_the_program_in_the_pack_knows_the_same_versions():
    assert {each: tuple(name) for each, name in verify.SHIPPED.items()} == origins.shipped()


# --- One function decides


def test_the_shipped_one_is_shipped():
    assert origins.origin(origins.digest(CORE)) == Origin("shipped")
    assert whose_words(whose(CORE)) == "the shipped 2026.2"


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_in_with_a_record_is_foreign_and_in_nobodys_way(store, kind):
    data = forged(kind)
    import_record(store, data, "Ada")
    framework = store.load("forged").framework

    assert store.origin(framework) == Origin("foreign")
    assert store.foreign() == {origins.digest(framework)}
    assert store.known_frameworks() == []
    assert refuse_unchanged_version(CORE, store.known_frameworks(CORE.id)) == ""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("label_changed", "not known here: 1 label differs from the one of the same name"),
        ("risks_changed", "not known here: 2 risk values differ from the one of the same name"),
        (
            "version_bumped",
            "not known here: 2 risk values differ from version 2026.2 of the same name",
        ),
        ("id_new", "not known here: none of the name somebody-elses is"),
    ],
)
def test_it_is_said_how_a_foreign_one_differs(kind, words):
    assert whose_words(whose(record(kind).framework)) == words


def test_words_that_count_otherwise_are_told_apart_from_other_words():
    swapped = whose(record("labels_swapped").framework)
    assert "risk values differ from the one of the same name" in whose_words(swapped)
    assert swapped.comparison.affects_result
    (other,) = whose(record("label_changed").framework).comparison.changes
    assert not other.affects_result


def test_each_swapped_label_says_what_it_counts_as():
    found = compare(CORE, record("labels_swapped").framework)
    moved = [each for each in found.changes if each.where.startswith("what “")]
    assert len(moved) == 2 * len([q for q in CORE.questions() if q.type == "single"])
    assert all(each.affects_result or not CORE.by_id[each.question].is_scored for each in moved)
    assert {each.before != each.after for each in moved} == {True}


# --- Nothing starts from it; it can be adopted, and deleted


def test_nothing_is_started_from_it_nor_moved_to_it(store):
    import_record(store, forged("risks_changed"), "Ada")
    import_record(store, EXAMPLE.read_bytes(), "Ada")
    foreign = store.load("forged").framework
    ours = store.load(read_record(EXAMPLE.read_bytes(), score_to_document).assessment.id)
    with pytest.raises(UsageError, match="is not known here"):
        store.create(replace(ours.assessment, id="new"), foreign, "Ada")
    with pytest.raises(UsageError, match="is not known here"):
        store.move(ours.assessment, foreign, ours.revision, "Ada")
    assert store.origin(foreign) == Origin("foreign")


def test_what_is_put_in_use_here_is_adopted_since_then(store):
    made = record("id_new")
    store.create(made.assessment, made.framework, "Ada")
    at = store.history("forged")[0].at

    assert store.origin(made.framework) == Origin("adopted", at)
    assert whose_words(store.whose(made.framework)).startswith("adopted here on ")
    assert store.foreign() == frozenset()


def test_what_stands_in_the_folder_is_adopted(store, tmp_path, monkeypatch):
    made = record("id_new")
    import_record(store, forged("id_new"), "Ada")
    assert store.origin(made.framework) == Origin("foreign")
    (tmp_path / "somebody-elses.yaml").write_text(write_yaml(dict(made.framework.document)))
    monkeypatch.setenv("PROCUREMENT_RISK_FRAMEWORKS", str(tmp_path))

    assert store.origin(made.framework) == Origin("adopted")
    assert "folder of frameworks" in whose_words(store.whose(made.framework))
    assert store.foreign() == frozenset()


def test_a_foreign_one_stays_while_an_assessment_needs_it(store):
    import_record(store, forged("risks_changed"), "Ada")
    foreign = store.load("forged").framework
    with pytest.raises(UsageError, match=r"1 assessment rests on this questionnaire.*'forged'"):
        store.forget_framework(foreign)
    ours = read_record(
        forged("label_changed").replace(b"", b""), score_to_document
    )  # another framework under the same assessment
    import_record(store, forged("label_changed"), "Ada", replace=True)
    with pytest.raises(UsageError, match="or did once"):
        store.forget_framework(foreign)
    assert ours.assessment.id == "forged"


def test_a_foreign_one_that_nothing_needs_is_deleted(store):
    made = record("risks_changed")
    with store.writing() as connection:
        store.kept_frameworks.add(connection, made.framework, "2026-11-01T00:00:00Z")
    assert store.foreign_frameworks() == [made.framework] or store.foreign()
    store.forget_framework(made.framework)
    assert store.frameworks() == []


def test_the_shipped_one_is_never_deleted(store):
    import_record(store, EXAMPLE.read_bytes(), "Ada")
    with pytest.raises(UsageError, match="it stays"):
        store.forget_framework(CORE)


# --- In another store that is moved here


def test_an_own_questionnaire_stays_adopted_after_a_move(store):
    other = open_memory_store()
    made = record("id_new")
    other.create(made.assessment, made.framework, "Ada")
    (whole,) = other.wholes()
    store.take_over(whole, "other", "Bo")
    assert store.origin(made.framework) == other.origin(made.framework)
    assert store.origin(made.framework).kind == "adopted"
    other.close()


def test_a_store_that_adopted_a_forged_one_brings_it_in_as_foreign(store):
    other = open_memory_store()
    made = record("risks_changed")
    other.create(made.assessment, made.framework, "Mallory")
    assert other.origin(made.framework).kind == "adopted"
    (whole,) = other.wholes()
    store.take_over(whole, "other", "Bo")
    assert store.origin(made.framework) == Origin("foreign")
    other.close()


# --- Wherever its result stands


def test_the_portfolio_says_so(store):
    import_record(store, forged("policy_changed"), "Ada")
    import_record(store, EXAMPLE.read_bytes(), "Ada")
    by_id = {item.id: item for item in items_of(store)}
    assert by_id.pop("forged").foreign
    assert [item.foreign for item in by_id.values()] == [False]
    words = [decision_words(item) for item in items_of(store)]
    assert sum("questionnaire not known here" in each for each in words) == 1
    assert foreign_words(items_of(store)).startswith("1 result rests on a questionnaire")


def test_it_never_takes_the_place_of_a_known_result(store):
    import_record(store, EXAMPLE.read_bytes(), "Ada")
    ours = read_record(EXAMPLE.read_bytes(), score_to_document).assessment
    assert [item.id for item in chosen_items(items_of(store))] == [ours.id]
    newer = forged("policy_changed", replaces=ours.id, as_of="2031-01-01")
    import_record(store, newer, "Ada")
    assert [item.id for item in chosen_items(items_of(store))] == [ours.id]


# Those that hold no result.
NO_RESULT = {"json", "workbook", "history-csv", "history-json", "data-dictionary"}


@pytest.fixture(scope="module")
def both():
    """A store with a foreign result and one of ours, and the id of ours."""
    store = open_memory_store()
    import_record(store, forged("risks_changed"), "Ada")
    ours = import_record(store, EXAMPLE.read_bytes(), "Ada").assessment_id
    yield store, ours
    store.close()


@pytest.mark.parametrize("name", sorted(EXPORTS.keys() - NO_RESULT))
def test_every_export_that_states_a_result_says_so(both, name):
    store, ours = both
    export = EXPORTS[name]
    assert says_so(export.write(gather(store, ["forged"], export.wants)))
    assert not says_so(export.write(gather(store, [ours], export.wants)))


# The sentence, or a cell or value by itself.
SAYS_SO = re.compile(r"whoever made that could choose|[,\">]foreign[,\"<]")


def says_so(data):

    if data.startswith(b"%PDF"):
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [n for n in archive.namelist() if n.endswith((".xml", "README.txt"))]
            text = " ".join(archive.read(n).decode() for n in names)
            tables = [n for n in archive.namelist() if n.endswith(".parquet")]
            rows = [pq.read_table(io.BytesIO(archive.read(n))).to_pylist() for n in tables]
            text += json.dumps(rows, default=str, separators=(",", ":"))
    else:
        text = data.decode()
    flat = " ".join(text.split())
    return bool(SAYS_SO.search(flat))


# --- The commands


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path}/s.sqlite3")
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, tmp_path / "ours.json")
    (tmp_path / "forged.json").write_bytes(forged("labels_swapped"))
    return tmp_path


def test_verify_says_whose_it_is(here):
    found = run("verify", "ours.json", "forged.json")
    assert found.exit_code == 0, found.output
    assert "ours.json: the questionnaire ai-supplier-core is the shipped 2026.2" in found.output
    assert "forged.json: the questionnaire ai-supplier-core is not known here: " in found.output
    assert "counts as" in found.output
    assert run("verify", "--known", "forged.json").exit_code == 1
    assert run("verify", "--known", "ours.json").exit_code == 0


def test_the_questionnaires_are_listed_and_a_foreign_one_is_deleted_by_command(here):
    assert run("import", "forged.json", "ours.json").exit_code == 0
    found = run("frameworks").output
    assert "ai-supplier-core 2026.2: the shipped 2026.2" in found
    assert "ai-supplier-core 2026.2: not known here: " in found
    forged_one = origins.digest(record("labels_swapped").framework)
    refused = run("frameworks", "--delete", forged_one)
    assert (refused.exit_code, "Delete it first" in refused.output) == (1, True)
    (seen,) = re.findall(r"--seen (\S+)", run("delete", "forged", "--reason", "Forged").output)
    assert run("delete", "forged", "--reason", "Forged", "--seen", seen).exit_code == 0
    assert run("frameworks", "--delete", forged_one).exit_code == 0
    assert forged_one not in run("frameworks").output
    assert run("frameworks", "--delete", "x").exit_code == 1
    assert run("frameworks", "--delete", origins.digest(CORE)).exit_code == 1


def test_import_says_so_and_check_goes_on(here):
    found = run("import", "forged.json")
    assert found.exit_code == 0, found.output
    assert "questionnaire: not known here: " in found.output
    assert "questionnaire: the shipped 2026.2" in run("import", "ours.json").output
    assert run("check").exit_code == 0
    compared = run("compare", "forged.json", "ours.json")
    assert "it rests on another questionnaire of the same name" in compared.output


def test_the_folders_are_read_once_by_whoever_asks_first(monkeypatch):
    read = []

    def slowly():
        read.append(True)
        time.sleep(0.02)
        return []

    monkeypatch.setattr(origins, "list_frameworks", slowly)
    monkeypatch.setattr(origins, "fingerprint", lambda: ("some other folder",))
    threads = [threading.Thread(target=origins.in_folders) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [True]
    assert origins.in_folders() == ()
