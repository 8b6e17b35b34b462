"""A visit belongs to whoever began it, though its id stands in addresses of uploads."""

import time
from unittest.mock import MagicMock

import pytest
from streamlit.runtime import websocket_session_manager as managing
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from procurement_risk.views.shared import who

ADA, EVE = {"iss": "x", "sub": "u-1"}, {"iss": "x", "sub": "u-2"}


@pytest.fixture
def visits(monkeypatch):
    """Streamlit's own keeping of visits, with visits that draw nothing."""
    made = iter(range(9))

    def visit(*_args, user_info, **_extra):
        found = MagicMock(spec=AppSession)
        found.id, found._user_info = f"visit-{next(made)}", user_info
        found._user_info_lock, found._resumable = MagicMock(), True
        found.matches_user_info = lambda said: AppSession.matches_user_info(found, said)
        return found

    monkeypatch.setattr(managing, "AppSession", visit)
    return managing.WebsocketSessionManager(
        MemorySessionStorage(), MagicMock(), MagicMock(), lambda: None
    )


@pytest.mark.parametrize("is_open", [True, False])
def test_a_visit_is_not_taken_over_by_its_id(visits, is_open):
    begun = visits.connect_session(MagicMock(), MagicMock(), ADA)
    if not is_open:
        visits.disconnect_session(begun)
    for somebody in (EVE, {}):
        assert visits.connect_session(MagicMock(), MagicMock(), somebody, begun) != begun
    assert visits.connect_session(MagicMock(), MagicMock(), ADA, begun) == begun


@pytest.mark.parametrize(
    ("run", "said", "whole", "read_at", "holds"),
    [
        ("run", {"sub": "7"}, "store", 0.0, True),
        ("another run", {"sub": "7"}, "store", 0.0, False),
        ("run", {"sub": "8"}, "store", 0.0, False),
        ("run", {}, "store", 0.0, False),
        ("run", {"sub": "7"}, "another store", 0.0, False),
        ("run", {"sub": "7"}, "store", who.FRESH_SECONDS + 1, False),
    ],
)
def test_who_is_at_work_is_found_out_for_one_run_and_one_moment(run, said, whole, read_at, holds):
    now = time.monotonic()
    found = who._Found("run", {"sub": "7"}, "store", "acting", now - read_at)
    assert found.holds(run, said, whole) == holds
