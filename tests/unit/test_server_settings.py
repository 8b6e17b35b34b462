"""What the app's server answers: this computer, by its own names, and nobody who was led to it."""

import tomllib

import pytest
from streamlit.testing.v1 import AppTest  # noqa: F401  sets Streamlit up as the app does
from streamlit.web.server.starlette import starlette_websocket as websocket

from tests.support.places import ROOT


@pytest.fixture
def shipped(monkeypatch):
    """The server settings of the repository, in force."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]
    found = {f"server.{name}": value for name, value in settings.items()}
    real = websocket.config.get_option
    monkeypatch.setattr(
        websocket.config, "get_option", lambda name: found[name] if name in found else real(name)
    )
    return found


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8600", "[::1]:8501", "LOCALHOST"])
def test_this_computer_is_answered_by_its_own_names(shipped, host):
    assert websocket._is_origin_allowed(f"http://{host}", host)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8501", None, "10.0.0.7"])
def test_another_name_is_refused(shipped, host):
    """Even where a page of that name has it lead to this computer."""
    assert not websocket._is_origin_allowed(f"http://{host}", host)


def test_a_page_from_elsewhere_is_refused(shipped):
    """The host is ours and the page is not."""
    assert not websocket._is_origin_allowed("https://evil.example", "localhost:8501")


def test_a_name_that_the_team_adds_is_answered(shipped):
    shipped["server.allowedHosts"] = [*shipped["server.allowedHosts"], "risk.example.gov.uk"]

    assert websocket._is_origin_allowed("https://risk.example.gov.uk", "risk.example.gov.uk")
