"""What the tests of pages share."""

from pathlib import Path

import pytest

from procurement_risk.views.shared import as_before, session
from tests.support.databases import open_empty
from tests.support.drawn_again import Watch


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A new database, which a page finds by its setting."""
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    session.whole_store.clear()
    store = open_empty(url)
    yield store
    store.close()
    session.whole_store.clear()


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch):
    """Draw what a page would repeat of itself, and see that it is what would be repeated."""
    watch = Watch()
    monkeypatch.setattr(as_before, "draw", watch.draw)
    yield watch
    assert not watch.wrong
