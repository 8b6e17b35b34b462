"""Assessments that somebody damaged in the database: named where they stand; the rest goes on."""

import io
import json
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Answer, Mitigation, Purchase, Supplier, Upstream
from procurement_risk.assessment.document import answer_to_document, to_document, to_documents
from procurement_risk.assessment.parts import assessment_to_parts, check_part
from procurement_risk.assessment.retention import read_rules
from procurement_risk.assessment.typed import is_plain_part
from procurement_risk.cli.main import main
from procurement_risk.errors import Damaged, Problem
from procurement_risk.exports import EXPORTS, bulk
from procurement_risk.portfolio.finding import find_lines
from procurement_risk.portfolio.kept import damaged_of, items_of
from procurement_risk.portfolio.left_out import left_out
from procurement_risk.portfolio.worklist import rows
from procurement_risk.storage import open_memory_store, open_store, tables
from procurement_risk.storage.due_list import due_list
from procurement_risk.storage.history import canonical_text
from tests.support.stored_examples import BARE, FULL, framework

DAY = "2026-11-23"
TAKEN_OUT = object()
PLANTED = {
    "no JSON": ("purchase", "{"),
    "deep": ("supplier", "[" * 100_000),
    "a list for an object": ("purchase", "[]"),
    "a number for a name": ("supplier", '{"name":5}'),
    "text for money": (
        "purchase",
        '{"buyer":"B","committed_value":"5","id":"p","title":"T"}',
    ),
    "a field of nothing": ("supplier", '{"name":"N","shoe_size":"9"}'),
    "without its name": ("supplier", "{}"),
    "no day": ("as_of", '"2026-02-30"'),
    "no state": ("state", '"gone"'),
    "another state": ("state", "{}"),
    "no such pack": ("pack", '"huge"'),
    "no list": ("upstreams", '{"kind":"model"}'),
    "an answer that is text": ("answer:DP-01", '"a"'),
    "an option that is none": ("answer:DP-01", '{"option":"zzz"}'),
    "options in options": ("answer:DP-01", '{"options":[["a"]]}'),
    "a grade that is none": ("answer:DP-01", '{"evidence":"E9","option":"a"}'),
    "no day of validity": ("answer:DP-01", '{"option":"a","valid_until":"soon"}'),
    "a question that is none": ("answer:ZZ-99", '{"option":"a"}'),
    "half a character": ("answer:DP-01", '{"note":"\\ud800","option":"a"}'),
    "a part of nothing": ("colour", '"red"'),
    "a decision of nothing": ("decision", '{"decision":1}'),
    "markings in a list": ("markings", "[1]"),
    "no value": ("purchase", None),
    "no row": ("purchase", TAKEN_OUT),
    "no supplier at all": ("supplier", TAKEN_OUT),
}


def plant(store, name, value, about="bare"):
    """Write a part from outside, past everything that looks at it."""
    part = tables.part
    this = (part.c.assessment_id == about) & (part.c.name == name)
    with store.writing() as connection:
        if value is TAKEN_OUT:
            connection.execute(part.delete().where(this))
        elif not connection.execute(part.update().where(this).values(value=value)).rowcount:
            row = {"assessment_id": about, "name": name, "revision": 1, "by": "", "at": ""}
            connection.execute(part.insert(), row | {"value": value})


def filled(kept):
    """Put two assessments into a store, and return it."""
    kept.create(BARE, framework(), "Ada")
    kept.create(FULL, framework(), "Ada")
    kept.save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada")
    return kept


@pytest.fixture(params=PLANTED, ids=str)
def damaged(request):
    kept = filled(open_memory_store())
    plant(kept, *PLANTED[request.param])
    yield kept
    kept.close()


def test_one_bad_assessment_takes_nothing_else_down(damaged):
    with pytest.raises(Damaged, match="changed outside the toolkit"):
        damaged.load_many(["bare"])
    with pytest.raises(Damaged, match="changed outside the toolkit"):
        damaged.load_with_history("bare")
    read = damaged.read_many()
    assert [each.assessment.id for each in read.stored] == [FULL.id]
    assert [each.name for each in read.damaged] == ["bare"]

    summaries = damaged.summaries()
    assert {each.id for each in summaries} == {"bare", FULL.id}
    listed = {row.id: row for row in rows(damaged, summaries, DAY)}
    assert listed["bare"].recommendation == "Cannot be read"
    assert "Restore a backup" in listed["bare"].waiting
    assert listed[FULL.id].recommendation != "Cannot be read"

    assert [each.id for each in items_of(damaged)] == [FULL.id]
    assert [each.name for each in damaged_of(damaged)] == ["bare"]
    lines, left = due_list(damaged, read_rules(), DAY)
    assert [line.stored.assessment.id for line in lines] == [FULL.id]
    assert [each.name for each in left] == ["bare"]
    damaged.upstreams(), damaged.suppliers(), damaged.beside(FULL)
    damaged.rebuild_search()
    assert FULL.id in {each.id for each in find_lines(damaged, FULL.supplier.name)}


@pytest.mark.parametrize("name", ["json", "assessments-csv"])
def test_an_export_of_all_names_it_and_writes_the_rest(damaged, name):
    export, unread, made = EXPORTS[name], [], io.BytesIO()
    each = bulk.exported(damaged, bulk.choose(damaged), export, faulty=unread)
    found = bulk.write_many(export, each, made, faulty=unread)

    assert [problem.where for problem in found] == ["bare"]
    assert FULL.purchase.title.encode() in _all(made)
    if name == "json":
        manifest = json.loads(zipfile.ZipFile(made).read("manifest.json"))
        assert manifest["left_out"] == [{"id": "bare", "why": "It is at fault."}]


def _all(made):
    """Return every byte in a file, or in a ZIP."""
    if not zipfile.is_zipfile(made):
        return made.getvalue()
    with zipfile.ZipFile(made) as packed:
        return b"".join(packed.read(each) for each in packed.namelist())


@pytest.mark.parametrize("kind", ["no JSON", "a number for a name", "no supplier at all"])
def test_what_follows_from_the_parts_is_caught_up_with_on_opening(url, kind):
    with closing(filled(open_store(url))) as kept:
        plant(kept, *PLANTED[kind])
        with kept.writing() as connection:
            for table in (tables.supplier_mark, tables.supplier_link, tables.search_text):
                connection.execute(table.delete())
    with closing(open_store(url)) as again:
        assert {each.id for each in again.summaries()} == {"bare", FULL.id}


def test_the_commands_name_it(url, monkeypatch, tmp_path):
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    kept = filled(open_store(url))
    plant(kept, "supplier", "{")

    def run(*arguments):
        done = CliRunner().invoke(main, [*map(str, arguments)])
        assert "Traceback" not in done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    listed = run("list")
    assert (listed.exit_code, "Cannot be read" in listed.output) == (0, True)
    assert FULL.purchase.title in listed.output
    exported = run("export", "--format", "json", "--all", "-o", tmp_path / "all.zip")
    assert exported.exit_code == 1
    assert "all.zip: bare: the supplier was changed outside the toolkit" in exported.output
    assert "1 assessment" in exported.output
    packed = run("export", "--format", "audit-pack", "--all", "-o", tmp_path / "packs.zip")
    assert (packed.exit_code, "1 assessment" in packed.output) == (1, True)
    for command in (["show", "bare"], ["score", "bare"], ["compare", "bare", FULL.id]):
        shown = run(*command)
        assert shown.exit_code != 0
        assert "Restore a backup" in shown.output, command
    due = run("retention")
    assert "1 assessment cannot be read and is left out here. bare: the supplier" in due.output
    kept.close()


def test_where_none_can_be_read_that_is_said(store):
    store.create(BARE, framework(), "Ada")
    plant(store, "state", "7")
    unread = []
    each = bulk.exported(store, bulk.choose(store), EXPORTS["json"], faulty=unread)
    with pytest.raises(Exception, match="changed outside the toolkit"):
        bulk.write_many(EXPORTS["json"], each, io.BytesIO(), faulty=unread)
    assert isinstance(unread[0], Problem)


def test_what_is_plain_holds_the_schema_too():
    """Each part that is let through unseen by the schema would have held it."""
    nouns = {
        "purchase": to_document(Purchase(id="p", title="T", buyer="B", committed_value=0)),
        "supplier": to_document(Supplier(name="N", company_number="00000006")),
        "upstreams": to_documents([Upstream(kind="model", name="M", own=True)]),
        "answer:A-1": answer_to_document(Answer(options=("a",), valid_until="2026-12-01")),
        "mitigation:A-1": to_document(Mitigation(question="A-1", status="proposed", target="a")),
        **assessment_to_parts(FULL),
    }
    plain = [name for name, value in nouns.items() if is_plain_part(name, value)]
    assert {"purchase", "supplier", "upstreams", "answer:A-1", "mitigation:A-1"} <= {*plain}
    assert [name for name in plain if check_part(name, nouns[name])] == []
    assert not is_plain_part("mitigation:B-2", nouns["mitigation:A-1"])
    assert not is_plain_part("answer:A-1", {"option": "a", "options": ["a"]})


# --- What stands beside the parts

LATER = framework(version="2026.9")
BESIDE = {
    "no hold": ("hold", "{"),
    "a hold of nothing": ("hold", "[]"),
    "a hold without a name": ("hold", '{"reason":"Claim"}'),
    "a number for a name": ("hold", '{"at":"2026-11-23","by":5,"reason":"Claim"}'),
    "no questionnaire": ("document", "{"),
    "a list for one": ("document", "[]"),
    "a deep one": ("document", "[" * 100_000),
    "one of nothing": ("document", "{}"),
    "another one": ("document", canonical_text(dict(framework(version="2026.8").document))),
}


def planted_beside(url, column, value):
    """Return a store in which something was changed from outside before it was opened."""
    with closing(open_store(url)) as kept:
        kept.create(BARE, LATER, "Ada")
        kept.create(FULL, framework(), "Ada")
        kept.hold("bare", "Lou", "Claim 4711")
        items_of(kept)
        table = tables.assessment if column == "hold" else tables.framework_version
        of = table.c.id == "bare" if column == "hold" else table.c.version == LATER.version
        with kept.writing() as connection:
            connection.execute(table.update().where(of).values({column: value}))
    return open_store(url)


@pytest.mark.parametrize("kind", BESIDE)
def test_what_stands_beside_the_parts_takes_nothing_else_down(url, kind):
    column = BESIDE[kind][0]
    title = "legal hold" if column == "hold" else "questionnaire"
    words = f"the {title} was changed outside the toolkit and cannot be read. Restore a backup."
    with closing(planted_beside(url, *BESIDE[kind])) as kept:
        for refused in (
            lambda: kept.load("bare"),
            lambda: kept.load_with_history("bare"),
            lambda: kept.archive("bare", "Ada"),
            lambda: kept.lift_hold("bare", "Ada", "Settled"),
            lambda: kept.delete("bare", "", "Ada", "Made twice"),
        )[: 5 if column == "hold" else 2]:
            with pytest.raises(Damaged, match=f"^bare: {words}$"):
                refused()
        if column == "hold":
            assert [each.where for each in kept.verify_history("bare")]
        read = kept.read_many()
        assert [each.assessment.id for each in read.stored] == [FULL.id]
        assert left_out(read.damaged).endswith(f"bare: {words}")
        assert {each.id: each.purchase.title for each in kept.summaries()} == {
            "bare": BARE.purchase.title,
            FULL.id: FULL.purchase.title,
        }
        assert len(due_list(kept, read_rules(), DAY)[0]) == 1
        assert FULL.id in {each.id for each in items_of(kept)}
        if column == "document":
            assert [each.name for each in damaged_of(kept)] == ["bare"]
            listed = {row.id: row for row in rows(kept, kept.summaries(), DAY)}
            assert listed["bare"].recommendation == "Cannot be read"
            for known in (kept.frameworks(), kept.known_frameworks(), kept.foreign_frameworks()):
                assert LATER.version not in {each.version for each in known}
            kept.create(replace(FULL, id="more"), framework(), "Ada")
            assert [each.name for each in damaged_of(kept)] == ["bare"]


@pytest.mark.parametrize("text", ["{", "[]", '{"name":5}', "{}"])
def test_a_return_of_nobody_is_named_and_the_others_stay(store, text):
    filled(store)
    store.keep_return("bare", "a.xlsx", b"one", "Ada")
    store.keep_return(FULL.id, "b.xlsx", b"two", "Ada")
    table = tables.supplier_return
    with store.writing() as connection:
        connection.execute(
            table.update().where(table.c.assessment_id == "bare").values(supplier=text)
        )
    with pytest.raises(Damaged, match=r"^bare: the supplier of a file sent back was changed"):
        store.returns_into("bare")
    kept = store.returns(framework(), FULL.supplier)
    assert [each.name for each in kept] == [each.name for each in store.returns_into(FULL.id)]
    assert [each.name for each in kept] == ["b.xlsx"]
    store.returns(framework(), BARE.supplier)

    unread, made = [], io.BytesIO()
    each = bulk.exported(store, bulk.choose(store), EXPORTS["audit-pack"], faulty=unread)
    bulk.write_many(EXPORTS["audit-pack"], each, made, faulty=unread)
    assert [problem.where for problem in unread] == ["bare"]
