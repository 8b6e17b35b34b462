"""Tabs follow the address, however it came to say another, and are found again as they were."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def app() -> None:
    import streamlit as st

    from procurement_risk.views.shared import address, tabs

    address.recall(st.session_state.get("place", "here"))
    for name, tab in zip(("One", "Two"), tabs.draw(["One", "Two"], "open"), strict=True):
        if tab.open:
            tab.markdown(f"Tab {name}")
    st.button("Open two", on_click=tabs.opening(("open", "Two")))
    address.note(st.session_state.get("place", "here"))


def shown(test: AppTest) -> str:
    assert not test.exception
    return next(each.value for each in test.markdown if each.value.startswith("Tab "))


def test_tabs_follow_the_address_in_the_same_visit() -> None:
    test = AppTest.from_function(app).run()
    assert shown(test) == "Tab One"
    test.query_params["open"] = "Two"
    assert shown(test.run()) == "Tab Two"
    assert shown(test.run()) == "Tab Two"
    del test.query_params["open"]
    assert shown(test.run()) == "Tab One"
    test.query_params["open"] = "Nonsense"
    assert shown(test.run()) == "Tab One"


def test_a_button_opens_a_tab_and_the_address_says_so() -> None:
    test = AppTest.from_function(app).run()
    test.button[0].click().run()
    assert shown(test) == "Tab Two"
    assert test.query_params["open"] in ("Two", ["Two"])


def test_a_place_is_found_again_with_its_tab_and_another_begins_at_its_first() -> None:
    test = AppTest.from_function(app).run()
    test.button[0].click().run()
    test.session_state["place"] = "there"
    del test.query_params["open"]
    assert shown(test.run()) == "Tab One"
    test.session_state["place"] = "here"
    assert shown(test.run()) == "Tab Two"
