"""What several test modules start from."""

import pytest

from procurement_risk import loading
from procurement_risk.storage import open_store
from procurement_risk.views import session
from tests.small_app import App


@pytest.fixture
def app(tmp_path, monkeypatch):
    """An empty database and an empty folder of frameworks, both of which the pages use."""
    folder = tmp_path / "frameworks"
    folder.mkdir()
    monkeypatch.setattr(loading, "FRAMEWORKS", folder)
    monkeypatch.delenv(loading.FURTHER_FOLDERS, raising=False)
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    session.store.clear()
    store = open_store(url)
    yield App(store, folder)
    store.close()
    session.store.clear()
