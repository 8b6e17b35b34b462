"""Many assessments written by several processes: the same bytes, the same refusals."""

import io
import os
from multiprocessing import get_context

import pytest

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.exports import EXPORTS, bulk, in_processes
from procurement_risk.exports.made_many import Order, made_many
from procurement_risk.language import current, speaking
from procurement_risk.portfolio.kept import items_of
from procurement_risk.report.portfolio.facts import facts_of
from procurement_risk.storage import open_store, tables
from tests.support.audit_packs import fill


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    store = open_store(url)
    fill(store)
    store.close()
    return url


def alone(url, name):
    store, file, unread = open_store(url), io.BytesIO(), []
    each = bulk.exported(store, bulk.choose(store), EXPORTS[name], faulty=unread)
    faults = bulk.write_many(EXPORTS[name], each, file, faulty=unread)
    store.close()
    return file.getvalue(), faults


def shared(url, name, processes, done=lambda number: None):
    store, file, unread = open_store(url), io.BytesIO(), []
    facts = bulk.facts_ahead(store, EXPORTS[name])
    made = made_many(Order(url, name, {}, ""), bulk.choose(store), unread, processes, facts)
    store.close()
    faults = bulk.write_made(EXPORTS[name], made, file, done, unread)
    return file.getvalue(), faults


def test_several_processes_write_what_one_writes(url, monkeypatch):
    # Each by itself: what forks here for other tests has been told to import the app as well.
    monkeypatch.setattr(in_processes, "_context", lambda: get_context("spawn"))
    counted = []
    assert shared(url, "audit-pack", 2, counted.append) == alone(url, "audit-pack")
    assert counted == [1, 2]


@pytest.mark.parametrize("name", ["json", "audit-pack", "public-summary"])
def test_what_a_process_makes_is_what_is_written(url, name):
    assert shared(url, name, 1) == alone(url, name)


def test_what_cannot_be_read_is_named_by_each_process(url):
    store = open_store(url)
    with store.writing() as connection:
        these = tables.part.c.assessment_id == "points"
        connection.execute(tables.part.update().where(these).values(value="["))
    store.close()
    written, faults = shared(url, "json", 1)
    assert (written, faults) == alone(url, "json")
    assert [each.where for each in faults] == ["points"]


@pytest.fixture
def _forks(monkeypatch):
    """Start processes as forks of this one: nothing they need is in a thread of it."""
    monkeypatch.setattr(in_processes, "_context", lambda: get_context("fork"))
    monkeypatch.setenv("WHERE_FROM", "here")


def answered(task):
    if task == "refuse":
        raise ProcurementRiskError("It says why.")
    if task == "end":
        os._exit(9)
    return task, current(), os.environ["WHERE_FROM"], os.getpid()


@pytest.mark.usefixtures("_forks")
def test_results_come_in_order_a_few_at_a_time_and_in_the_language_of_whoever_asks():
    asked = []

    def tasks():
        for number in range(20):
            asked.append(number)
            yield number

    with speaking("fr"):
        results = in_processes.in_processes(answered, tasks(), 2)
        first = next(results)
    assert len(asked) <= 5
    found = [first, *results]
    assert [each[:3] for each in found] == [(number, "fr", "here") for number in range(20)]
    assert os.getpid() not in {each[3] for each in found}


REASONS = [("refuse", "It says why."), ("end", "before its time")]


@pytest.mark.usefixtures("_forks")
@pytest.mark.parametrize(("task", "said"), REASONS)
def test_a_process_that_refuses_or_ends_stops_the_work_with_its_reason(task, said):
    with pytest.raises(ProcurementRiskError, match=said):
        list(in_processes.in_processes(answered, ["first", task, *range(40)], 2))


def test_few_are_done_here_and_many_by_two_processes(monkeypatch):
    monkeypatch.setattr(in_processes, "_processors", lambda: 4)
    counts = [in_processes.processes_for(number) for number in (0, 1, 39, 40, 79, 80, 10_000)]
    assert counts == [1, 1, 1, 2, 2, 2, 2]
    monkeypatch.setattr(in_processes, "_processors", lambda: 1)
    assert in_processes.processes_for(10_000) == 1
    assert list(in_processes.in_processes(str, [1, 2], 1)) == ["1", "2"]


def test_the_facts_of_each_are_those_of_all_without_their_figures(url):
    store = open_store(url)
    ahead = bulk.facts_ahead(store, EXPORTS["audit-pack"])
    kept = items_of(store)
    assert [ahead(each.id) for each in kept] == [facts_of(kept, each.id) for each in kept]
    assert any(ahead(each.id) for each in kept)
    assert bulk.facts_ahead(store, EXPORTS["json"]) is None
    store.close()
