"""A visit belongs to whoever began it, though its id stands in addresses of uploads."""

from unittest.mock import MagicMock

import pytest
from streamlit.runtime import websocket_session_manager as managing
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage

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
