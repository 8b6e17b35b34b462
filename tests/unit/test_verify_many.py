"""Many are verified in several processes, with the same words, order and end as in one."""

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.exports import in_processes
from tests.support.stored_examples import FULL, record_of


@pytest.fixture
def files(tmp_path):
    whole = record_of(FULL)
    held = [tmp_path / f"{place}.json" for place in range(4)]
    for place, file in enumerate(held):
        file.write_bytes(whole if place != 1 else whole.replace(b"Northwind", b"Southwind"))
    return [str(file) for file in held]


def verified(monkeypatch, files, at_least):
    monkeypatch.setattr(in_processes, "WORTH_IT", at_least)
    monkeypatch.setattr(in_processes, "_processors", lambda: 2)
    return CliRunner().invoke(main, ["verify", *files])


def test_the_same_is_said_in_the_same_order(files, monkeypatch):
    alone = verified(monkeypatch, files, 100)
    shared = verified(monkeypatch, files, 2)

    assert (shared.output, shared.exit_code) == (alone.output, alone.exit_code)
    assert alone.exit_code == 1
    assert alone.output.count("the digest holds") == 3
    places = [alone.output.index(file) for file in files]
    assert places == sorted(places)
