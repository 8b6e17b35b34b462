"""What tests of several kinds start from: a language, the app over an empty database."""

from functools import cache

import pytest
from hypothesis import strategies as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

from procurement_risk.framework import files as loading
from procurement_risk.views.shared import session
from tests.support import pseudo_language
from tests.support.databases import open_empty
from tests.support.small_app import App


@pytest.fixture(scope="session", autouse=True)
def _characters():
    """Hypothesis sorts all characters once for a machine: not while it times a test's examples."""
    st.from_regex("[0-9]", fullmatch=True).validate()
    st.characters(exclude_categories=["Cs"]).validate()


@pytest.fixture(scope="session", autouse=True)
def _components():
    """Streamlit searches all that is installed for its components: once, not for every AppTest."""
    search = manifest_scanner.scan_component_manifests
    manifest_scanner.scan_component_manifests = cache(search)
    yield
    manifest_scanner.scan_component_manifests = search


@pytest.fixture(scope="session", autouse=True)
def _waiting():
    """An AppTest asks a thousand times a second whether the page is drawn, which draws it slower.

    Here it waits for the thread that draws; one that takes too long is still told of.
    """
    ask = local_script_runner.require_widgets_deltas

    def wait(runner, timeout=3):
        runner._script_thread.join(timeout)
        ask(runner, timeout)

    local_script_runner.require_widgets_deltas = wait
    yield
    local_script_runner.require_widgets_deltas = ask


@pytest.fixture(scope="session")
def locales(tmp_path_factory):
    """A folder with the made-up language."""
    folder = tmp_path_factory.mktemp("locales")
    pseudo_language.write(folder)
    return folder


@pytest.fixture
def app(tmp_path, monkeypatch):
    """An empty database and an empty folder of frameworks, both of which the pages use."""
    folder = tmp_path / "frameworks"
    folder.mkdir()
    monkeypatch.setattr(loading, "FRAMEWORKS", folder)
    monkeypatch.delenv(loading.FURTHER_FOLDERS, raising=False)
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    session.whole_store.clear()
    store = open_empty(url)
    yield App(store, folder)
    store.close()
    session.whole_store.clear()
