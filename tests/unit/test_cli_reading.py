"""``list``, ``show`` and ``score``: what is kept, in the words of the pages, or as JSON."""

import json

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.storage import open_store
from tests.support.exchange_examples import example

FRAUD = example("p05-claims-fraud-scoring")
RECORD = str(EXAMPLES / "p05-claims-fraud-scoring.json")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A store with two assessments, one of them set aside."""
    url = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    store = open_store(url)
    for name in ("p05-claims-fraud-scoring", "p01-correspondence-drafting"):
        found = example(name)
        store.create(found.assessment, found.framework, "Ana")
    store.archive(example("p01-correspondence-drafting").assessment.id, "Ana")
    store.close()


def run(*arguments):
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_list_speaks_as_the_work_list_does(kept):
    shown = run("list")
    assert "Fictional: Claims fraud scoring · Department for Civic Benefits" in shown
    assert "Do not proceed · Tier IV · answered 111 of 111" in shown
    assert "Correspondence" not in shown
    assert "set aside" in run("list", "--archived")


def test_the_list_can_be_searched_and_read_by_a_program(kept):
    lines = [json.loads(line) for line in run("list", "--archived", "--json").splitlines()]
    assert {each["archived"] for each in lines} == {True, False}
    assert len(run("list", "--json", "--search", "ironvale").splitlines()) == 1
    assert run("list", "--search", "nothing like it") == ""


@pytest.mark.parametrize("name", [FRAUD.assessment.id, RECORD], ids=["id", "record"])
def test_one_is_shown_as_the_leadership_page_says_it(kept, name):
    shown = " ".join(run("show", name).split())
    assert "Recommendation: Do not proceed" in shown
    assert "WHAT IT DEPENDS ON" in shown
    assert "- Stop SR-04: What stops the system being presumed right" in shown


def test_shown_as_json_it_is_the_record(kept):
    assert json.loads(run("show", RECORD, "--json"))["assessment"]["id"] == FRAUD.assessment.id


def test_a_score_is_told_in_words_or_as_json(kept):
    shown = " ".join(run("score", RECORD, FRAUD.assessment.id).split())
    assert (
        shown.count("Security and reliability (worst) – Inherent: 78.7; Residual: 78.7, Critical")
        == 2
    )
    assert "WHAT IT DEPENDS ON" not in shown
    scored = json.loads(run("score", "--json", FRAUD.assessment.id))
    assert (scored["id"], scored["tier"]["low"]) == (FRAUD.assessment.id, 4)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "nobody"), 1, "There is no assessment 'nobody'"),
        (("score", "nobody"), 1, "There is no assessment 'nobody'"),
        (("score",), 2, "Missing argument"),
        (("score", "--framework", "ai-supplier-core", "a", "b"), 2, "name one file of answers"),
        (("score", "--framework", "ai-supplier-core", "no-such-file"), 2, "No such file"),
    ],
)
def test_what_is_not_there_is_named(kept, arguments, code, words):
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, words in done.output) == (code, True), done.output
