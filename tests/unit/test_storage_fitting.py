"""Nothing is stored that no export could write; and what is there already stops nothing else."""

import json
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import AnswerSet, Mitigation
from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument
from procurement_risk.portfolio.kept import items_of
from procurement_risk.storage import open_store, tables
from tests.support.stored_examples import BARE, FULL, framework

GOOD = {"question": "DP-01", "status": "proposed", "target": "a"}
WRONG = {
    "a target that is no option": ({**GOOD, "target": "zzz"}, "which it does not offer"),
    "an agreed one without owner": ({**GOOD, "status": "agreed"}, "owner"),
    "a question that is not asked": ({**GOOD, "question": "QQ-99"}, "QQ-99"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mitigation_that_no_export_could_write_is_refused(store, name):
    value, expected = WRONG[name]
    store.create(BARE, framework(), "Ada")
    before = store.history("bare")

    with pytest.raises(InvalidDocument, match=expected):
        store.save("bare", f"mitigation:{value['question']}", value, 0, "Ada")
    assert store.history("bare") == before
    assert store.save("bare", "mitigation:DP-01", GOOD, 0, "Ada") == 1


def test_one_for_what_is_declared_not_applicable_is_refused(store):
    store.create(BARE, framework(), "Ada")
    answer = {"state": "not_applicable", "reason": "no data"}
    store.save("bare", "answer:DP-01", answer, 0, "Ada")
    agreed = {**GOOD, "status": "agreed", "owner": "O", "due": "2027-01-01", "clause": "C"}

    with pytest.raises(InvalidDocument, match="declared not applicable"):
        store.save("bare", "mitigation:DP-01", agreed, 0, "Ada")


def test_it_is_refused_in_a_new_assessment_too(store):
    mitigations = (Mitigation(question="DP-01", status="proposed", target="zzz"),)
    answers = AnswerSet(as_of="2026-01-01", mitigations=mitigations)

    with pytest.raises(InvalidDocument, match="which it does not offer"):
        store.create(replace(BARE, answer_set=answers), framework(), "Ada")
    assert store.summaries() == []


@pytest.fixture
def one_bad(tmp_path, monkeypatch):
    """A database in which one of two assessments holds what no export can write."""
    url = f"sqlite:///{tmp_path}/kept.sqlite3"
    kept = open_store(url)
    kept.create(BARE, framework(), "Ada")
    kept.create(FULL, framework(), "Ada")
    kept.save("bare", "mitigation:DP-01", GOOD, 0, "Ada")
    with kept.writing() as connection:
        statement = tables.part.update().where(tables.part.c.name == "mitigation:DP-01")
        bad = json.dumps({**GOOD, "target": "zzz"})
        connection.execute(
            statement.where(tables.part.c.assessment_id == "bare").values(value=bad)
        )
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    yield kept
    kept.close()


@pytest.mark.parametrize("name", ["json", "audit-pack", "leadership-html", "oscal"])
def test_one_bad_assessment_is_named_and_the_rest_is_written(one_bad, tmp_path, name):
    """By the command: the file holds the others, the end is 1, the words say which and why."""
    out = tmp_path / "all.zip"

    done = CliRunner().invoke(main, ["export", "--format", name, "--all", "-o", str(out)])

    assert done.exit_code == 1
    assert "all.zip: 1 assessment" in done.output
    assert "aims at 'zzz', which it does not offer" in done.output
    assert "bare" in done.output
    with zipfile.ZipFile(out) as packed:
        assert len(packed.namelist()) > 1


def test_lists_and_the_portfolio_hold_both(one_bad):
    assert len(one_bad.summaries()) == 2
    assert len(items_of(one_bad)) == 2


def test_where_none_can_be_written_that_is_said(one_bad, tmp_path):
    out = tmp_path / "all.zip"
    one_bad.archive(FULL.id, "Ada")

    done = CliRunner().invoke(main, ["export", "--format", "json", "--all", "-o", str(out)])

    assert done.exit_code == 1
    assert "which it does not offer" in done.output
    assert not out.exists()
