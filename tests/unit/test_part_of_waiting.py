"""What waits asked of the database is what the rule gives over every assessment in memory."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.imports import demonstration
from procurement_risk.portfolio import kept, notices, part_of_waiting
from procurement_risk.portfolio.part_of_waiting import make_ready, work_of
from procurement_risk.portfolio.unscored import damaged_in
from procurement_risk.portfolio.waiting import waiting, waits
from procurement_risk.portfolio.waiting_spans import spans_of
from procurement_risk.storage import open_memory_store, tables
from procurement_risk.storage.people.person import ALL, Held, Person
from tests.support.databases import BOTH

DAYS = ("2026-11-30", "2027-03-01")


@pytest.fixture(scope="module")
def filled():
    """The demonstration."""
    store = open_memory_store()
    demonstration.load_demonstration(store, "Ada")
    yield store
    store.close()


def told(found):
    return [(e.item.id, e.kind, e.what, e.due, e.people, e.is_late) for e in found]


def in_parts(share):
    found = []
    while part := share.part(7, len(found)):
        found += part
    return found


def assert_alike(store, day, name):
    kept.lines_coming(store, wait=True)
    found, work = waiting(kept.items_of(store), day), work_of(store, name, day)
    mine = [each for each in found if each.is_for(name)]
    others = [each for each in found if not each.is_for(name)]
    for share, wanted in ((work.mine, mine), (work.others, others)):
        assert told(in_parts(share)) == told(wanted), (day, name)
        assert share.number == (len(wanted), sum(each.is_late for each in wanted))
    assert work.scored == len(kept.items_of(store))
    return mine


def owner_of(store, name, said):
    parts = store.parts(name)
    store.save(name, "owner", said, parts["owner"].revision if "owner" in parts else 0, "Ada")


def test_each_span_is_when_the_rule_lets_it_wait(filled):
    """Evidence that ran out and evidence that runs out as well, on every day of six years."""
    for item in kept.items_of(filled):
        spans, first = spans_of(item), date(2025, 1, 1)
        for number in range(0, 2200, 5):
            day = (first + timedelta(number)).isoformat()
            here = [each.told[:4] for each in spans if each.begins <= day <= each.ends]
            wanted = [(e.kind, e.question, e.due, e.people) for e in waits(item, day)]
            assert sorted(here) == sorted(wanted), (item.id, day)


@BOTH
def test_a_part_of_what_waits_is_what_memory_gives(store):
    """Whatever is set aside, over or damaged; and people are told the same."""
    demonstration.load_demonstration(store, "Ada")
    aside, bad, hers, his = (each.id for each in store.summaries()[:4])
    owner_of(store, hers, "Zoë  ÅNGSTRÖM")
    owner_of(store, his, "zoë ångström ")
    assert len({each.item.id for each in assert_alike(store, DAYS[0], "ZOË Ångström")}) == 2
    for day in DAYS:
        for name in ("", "Ada", "nobody"):
            assert_alike(store, day, name)
    store.archive(aside, "Ada")
    part = tables.part
    with store.writing() as connection:
        this = (part.c.assessment_id == bad) & (part.c.name == "as_of")
        connection.execute(part.update().where(this).values(value='"never"'))
    owner_of(store, bad, "Ada")
    assert_alike(store, DAYS[0], "Ada")
    assert [each.name for each in damaged_in(store)] == [bad]
    assert {each.name for each in kept.damaged_of(store)} == {bad}
    assert_told_by_the_rule(store, DAYS[0])


def test_what_rests_on_a_damaged_questionnaire_is_neither_counted_nor_shown(filled):
    item = kept.items_of(filled)[0]
    digest = filled.summaries([item.id])[0].framework_digest
    known, version = filled.kept_frameworks._by_digest, tables.framework_version
    was = known.pop(digest)
    this = version.c.digest == digest
    with filled.writing() as connection:
        text = connection.execute(sa.select(version.c.document).where(this)).scalar()
        connection.execute(version.update().where(this).values(document="{}"))
    try:
        resting = {e.id for e in filled.summaries() if e.framework_digest == digest}
        work = work_of(filled, "Ada", "2026-11-29")
        shown = [*in_parts(work.mine), *in_parts(work.others)]
        assert not {each.item.id for each in shown} & resting
        assert len(shown) == work.mine.number.whole + work.others.number.whole
        assert {each.name for each in damaged_in(filled)} == resting
        assert work.scored == 14 - len(resting)
    finally:
        with filled.writing() as connection:
            connection.execute(version.update().where(this).values(document=text))
        known[digest] = was


def test_somebody_counts_what_waits_in_their_organisation_alone(filled):
    buyers = sorted({each.purchase.buyer for each in kept.items_of(filled)})
    home = filled.add_organisation("Home", "Ada")
    filled.claim_buyer(home, buyers[0], "Ada")
    for organisation in (home, "none-of-them", ALL):
        person = Person(id="g", name="Ada", roles=(Held("officer", organisation),), how="oidc")
        assert_alike(filled.acting(person), DAYS[0], "Ada")
    seen = {e.item.id for e in in_parts(work_of(filled.acting(person), "", DAYS[0]).others)}
    assert seen > {each.id for each in kept.items_of(filled) if each.purchase.buyer == buyers[0]}


def assert_told_by_the_rule(store, day):
    """Of decisions only what is near; nothing of what is made up; to a person what is theirs."""
    table = tables.assessment
    real = [each.id for each in store.summaries(archived=False)][::2]
    with store.writing() as connection:
        connection.execute(table.update().where(table.c.id.in_(real)).values(fictional=False))
    for name in real:
        owner_of(store, name, "Grace Hopper")
    found = notices.found(store, day)
    for name, given in (
        (None, notices.of_organisation(found, store)),
        ("grace  hopper", notices.of_person(found, store, "grace  hopper")),
    ):
        wanted = set()
        for each in waiting(kept.items_of(store), day):
            undated = each.kind in notices.DECISIONS and not "" < each.due <= "2026-12-30"
            if each.item.id in real and not undated and (name is None or each.is_for(name)):
                wanted.add((each.item.id, each.due, each.is_late))
        assert wanted
        assert {(each.assessment, each.due, each.is_late) for each in given} == wanted


def test_much_is_not_read_ahead_and_what_the_first_page_asks_is(filled, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(kept, "items_of", lambda _store: pytest.fail("read"))
        patched.setattr(kept, "AHEAD_AT_MOST", 13)
        kept.read_ahead(filled).join(30)
        make_ready(filled, DAYS[0])
        patched.setattr(type(filled), "waiting_number", lambda *_: pytest.fail("counted again"))
        assert work_of(filled, "", DAYS[0]).scored == 14


def test_a_store_that_cannot_be_counted_ahead_stops_nothing(filled, monkeypatch, caplog):
    def refuse(_store):
        raise ProcurementRiskError("The database is locked.")

    monkeypatch.setattr(part_of_waiting, "lines_coming", refuse)
    make_ready(filled, DAYS[0])
    assert "could not be counted ahead" in caplog.text


def test_many_lines_are_made_behind_whoever_asks_and_nothing_is_read(filled, monkeypatch):
    """Where outcomes are there and only their lines are not, those are made at once."""
    monkeypatch.setattr(kept, "WHILE_ONE_WAITS", 3)
    monkeypatch.setattr(kept, "_read", lambda *_: pytest.fail("read"))
    before = work_of(filled, "Ada", DAYS[0])
    for emptied in ((tables.outcome, tables.outcome_line), (tables.outcome_line,)):
        with filled.writing() as connection:
            for table in (tables.waiting_line, *emptied):
                connection.execute(table.delete())
        making = kept.lines_coming(filled)
        assert (making is None) is (len(emptied) == 1)
        assert kept.lines_coming(filled, wait=True) is None
        after = work_of(filled, "Ada", DAYS[0])
        assert (after.mine.number, after.others.number) == (
            before.mine.number,
            before.others.number,
        )
        assert told(after.mine.part(50)) == told(before.mine.part(50))


def test_a_line_of_an_older_state_takes_nothing_away(filled):
    """What was made of an assessment before its last change is not kept over what stands."""
    name = kept.items_of(filled)[0].id
    made = filled.read_outcomes(kept.MADE_BY, ids=[name]).fresh[name]
    line = {"assessment_id": name, "revision": made.revision - 1, "made_by": kept.MADE_BY}
    before = len(work_of(filled, "", DAYS[0]).others.part(500))
    with filled.engine.connect() as connection:
        row = connection.execute(
            sa.select(tables.outcome_line).where(tables.outcome_line.c.assessment_id == name)
        ).one()
    filled.keep_lines([({**row._mapping, **line}, [])], kept.MADE_BY)
    assert len(work_of(filled, "", DAYS[0]).others.part(500)) == before
