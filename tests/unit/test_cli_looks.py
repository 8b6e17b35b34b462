"""A new look, another supplier and confirming, from the command line."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Trigger
from procurement_risk.cli.main import main
from procurement_risk.storage import open_store
from tests.support.exchange_examples import example

FRAUD = example("p05-claims-fraud-scoring")
ID = FRAUD.assessment.id


@pytest.fixture
def held(tmp_path, monkeypatch):
    """A store with one assessment, which the commands use as well."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    monkeypatch.setenv("PROCUREMENT_RISK_ACTOR", "Bo Records")
    store = open_store(url)
    swapped = Trigger(what="trigger.upstream", at="2026-11-01")
    store.create(replace(FRAUD.assessment, triggers=(swapped,)), FRAUD.framework, "Ada")
    yield store
    store.close()


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def begun(result):
    assert result.exit_code == 0, result.output
    return result.stdout.split(":")[0]


def test_a_new_look_is_begun_once_and_confirmed_bit_by_bit(held):
    new = begun(run("look-again", ID))
    look = held.load(new).assessment
    assert look.replaces == ID
    assert len(look.carried) == len(FRAUD.assessment.answer_set.answers)
    assert look.answer_set.answers == {}
    assert held.history(new)[0].by == "Bo Records"
    again = run("look-again", ID)
    assert again.exit_code == 1
    assert "under way" in again.output

    one = run("confirm", new, "CX-01")
    assert (one.exit_code, one.stdout) == (0, f"{new}: 1 confirmed, 0 left as they were\n")
    assert held.load(new).assessment.answer_set.answers["CX-01"].by == "Bo Records"
    twice = run("confirm", new, "CX-01")
    assert (twice.exit_code, "CX-01: Nothing waits here." in twice.output) == (1, True)

    assert run("confirm", new, "--section", "CX").exit_code == 0
    rest = run("confirm", new, "--since", "2026-01-01")
    assert rest.exit_code == 1
    assert "It rests on no evidence." in rest.output
    assert held.verify_history(new) == []


def test_a_trigger_opens_what_it_names(held):
    new = begun(run("look-again", ID, "--because", "upstream"))
    look = held.load(new).assessment

    assert "TR-07" in look.carried
    assert "VO-01" in look.answer_set.answers
    assert look.triggers[0].at == "2026-11-01"  # the one that was recorded
    assert run("look-again", ID, "--because", "weather").exit_code == 2


def test_another_supplier_for_the_same_purchase(held):
    new = begun(run("another-supplier", ID, "--supplier", "Bee Ltd"))
    look = held.load(new).assessment

    assert (look.supplier.name, look.purchase) == ("Bee Ltd", FRAUD.assessment.purchase)
    assert "DP-02" not in look.carried
    same = run("another-supplier", ID, "--supplier", FRAUD.assessment.supplier.name)
    assert same.exit_code == 1


@pytest.mark.parametrize(
    "arguments", [[], ["CX-01", "--section", "CX"], ["--since", "last week"]], ids=str
)
def test_confirm_says_what_it_needs(held, arguments):
    assert run("confirm", ID, *arguments).exit_code == 2
