"""What the tests of pages share."""

import pytest

from procurement_risk.views.shared import as_before
from tests.support.drawn_again import Watch


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch):
    """Draw what a page would repeat of itself, and see that it is what would be repeated."""
    watch = Watch()
    monkeypatch.setattr(as_before, "draw", watch.draw)
    yield watch
    assert not watch.wrong
