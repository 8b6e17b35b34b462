"""The benchmarks are run seldom, so a test sees that what they wait for is still said."""

import re
from importlib import import_module

import pytest

from benchmarks import (
    clicks,
    compare,
    department,
    exchange,
    portfolio,
    results,
    run,
    scoring,
    subject,
)
from procurement_risk.cli.main import main
from procurement_risk.comparison import Comparison
from procurement_risk.exports import EXPORTS
from procurement_risk.views.frame import PAGES
from tests.support.places import ROOT

TEMPLATE = ROOT / "procurement_risk" / "language" / "locales" / "procurement_risk.pot"
SCRIPTS = ("nation", "nation_looks", "trouble")
"""What is run by itself, beside a server of its own."""


def is_said(words):
    """Whether a message that the package has, its numbers left open, holds ``words``."""
    messages = re.findall(r'^msgid(?:_plural)? "(.*)"$', TEMPLATE.read_text("utf-8"), re.MULTILINE)
    return any(re.sub(r"\b\d+\b", "{n}", words) in each for each in messages)


@pytest.mark.parametrize("name", [*run.PARTS, *SCRIPTS])
def test_each_part_can_be_read(name):
    part = import_module(f"benchmarks.{name}")
    assert name in SCRIPTS or callable(part.report)


def test_a_department_is_not_measured_where_no_postgresql_runs_and_that_is_said(monkeypatch):
    monkeypatch.delenv("PROCUREMENT_RISK_TEST_POSTGRES", raising=False)
    assert "no PostgreSQL" in department.report()
    monkeypatch.setenv("PROCUREMENT_RISK_TEST_POSTGRES", "somewhere")
    monkeypatch.setattr(department.shutil, "which", {"openssl": "there"}.get)
    assert department.report() == "Not measured: haproxy cannot be found: install it."


def test_what_is_waited_for_is_what_the_pages_say():
    words = (portfolio.ASKED, portfolio.TAB, portfolio.IN_TAB)
    words = (*words, portfolio.FILTERS, portfolio.FIELD, portfolio.SET)
    assert [each for each in words if not is_said(each)] == []
    assert subject.framework().tier(2).label == portfolio.CHOSEN
    assert not is_said("Words of no page at all")


def test_what_is_looked_for_is_what_the_pages_draw():
    views = "".join(
        each.read_text("utf-8") for each in (ROOT / "procurement_risk" / "views").rglob("*.py")
    )
    assert f'key="{portfolio.ROWS}"' in views
    (label,) = re.findall(r"aria-label=(\w+)", clicks.RADIOS)
    assert is_said(label)
    assert f'_("{label}")' in views
    assert {"answer", "portfolio", "supplier", "assessments", "help"} <= {
        each.address for each in PAGES
    }
    assert any(each.id == subject.SECTION for each in subject.framework().sections)


def test_the_commands_that_are_measured_are_there():
    for step in exchange.STEPS:
        command, *rest = step.arguments
        known = {name for each in main.commands[command].params for name in each.opts}
        assert {each for each in rest if each.startswith("-")} <= known
    formats = {exchange.AS_RECORDS[3], exchange.AS_PACKS[3], exchange.ONE_PACK[2]}
    assert formats <= set(EXPORTS)


def test_a_round_is_kept_beside_those_before_it_and_beside_the_run_before(monkeypatch, tmp_path):
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    monkeypatch.setattr(results, "_noted", {})
    for value in (1.0, 3.0, 2.0):
        results.note("some", "one × the other", value)
    first = results.compared()
    assert "2.00 (1.00 to 3.00)" in first
    assert "No run before" in first
    monkeypatch.setattr(results, "_noted", {})
    results.note("some", "one × the other", [4.0])
    again = results.compared()
    assert "| some: one × the other | 2.00 | 4.00 | slower |" in again


def test_what_needs_no_browser_is_measured(monkeypatch):
    monkeypatch.setattr(results, "_noted", {})
    monkeypatch.setattr(scoring, "ROUNDS", 1)
    assert "score them" in scoring.report()
    assert results._noted["scoring"]["score ÷ check"]
    assert [each for each in compare.PARTS if not hasattr(Comparison, each)] == []
