"""What a visit keeps is the same whether it is looked up or gathered."""

import pytest
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest

from procurement_risk.server import state_asked


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch):
    """Look it up, as the app does; what is gathered is counted."""
    gathered = []

    class Counted:
        def __get__(self, state, _of=None):
            gathered.append(state)
            return really.__get__(state)

    really = state_asked._gathered
    monkeypatch.setattr(SafeSessionState, "filtered_state", really)
    monkeypatch.setattr(state_asked, "_gathered", Counted())
    state_asked.ask()
    return gathered


def _page():
    import streamlit as st

    st.session_state.setdefault("mine", 1)
    st.session_state.setdefault("emptied", None)
    st.radio("Emptied", ["red", "blue"], key="emptied")
    st.radio("Not", ["red", "blue"], key="not")
    st.selectbox("Without a key", ["red", "blue"])


def test_a_widget_that_the_script_emptied_is_empty_and_nothing_is_gathered_for_it(asked):
    page = AppTest.from_function(_page).run()
    assert [each.value for each in page.radio] == [None, "red"]
    assert asked == []


def test_it_holds_what_streamlit_gathers(asked):
    state = AppTest.from_function(_page).run().session_state._state
    found = state.filtered_state
    gathered = state_asked._gathered.__get__(state)
    assert dict(found) == gathered
    assert repr(found) == repr(gathered)
    assert (len(found), set(found)) == (3, {"mine", "emptied", "not"})
    within = state._state
    for key in (*within._keys(), "unknown"):
        assert (key in found) is (key in gathered)
