"""A part that says what it said is repeated, and nothing of it is lost or heard twice."""

from dataclasses import replace

import pytest
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest

from procurement_risk.views.shared import as_before


def _page():
    from functools import partial

    import streamlit as st
    from streamlit.errors import StreamlitDuplicateElementKey

    from procurement_risk.views.shared import as_before

    def inside():
        st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
        st.markdown(f"Says {st.session_state.get('says')}")
        st.radio("Colour", ["red", "blue"], key="colour", on_change=heard, args=("colour",))
        if st.button("Inside", key="inside", disabled=bool(st.session_state.get("locked"))):
            st.session_state["pressed"] = st.session_state.get("pressed", 0) + 1

    def heard(name):
        st.session_state["heard"] = [*st.session_state.get("heard", []), name]

    st.button("Outside", key="outside")
    if st.session_state.get("moved"):
        st.markdown("Something above")
    st.session_state["before"] = as_before.draw(
        partial(st.container, border=True, key="box"),
        inside,
        lambda: st.session_state.get("says"),
        st.session_state.get("before"),
    )
    if st.session_state.get("twice"):
        try:
            st.radio("Colour again", ["red", "blue"], key="colour")
        except StreamlitDuplicateElementKey:
            st.session_state["refused"] = True


@pytest.fixture
def page():
    """The page, drawn once."""
    test = AppTest.from_function(_page)
    test.session_state["says"] = "one"
    test.run()
    assert _drawn(test) == 1
    return test


def _drawn(test):
    return test.session_state["drawn"]


def _text(test):
    return [each.value for each in test.main.markdown]


def test_what_says_the_same_is_repeated_with_all_that_is_in_it(page):
    shown = [type(each) for each in page.main]
    for _n in range(3):
        page.button(key="outside").click().run()
    assert _drawn(page) == 1
    assert _text(page) == ["Says one"]
    assert [type(each) for each in page.main] == shown
    assert page.radio(key="colour").value == "red"


def test_what_says_something_else_is_drawn(page):
    page.session_state["says"] = "two"
    page.run()
    assert (_drawn(page), _text(page)) == (2, ["Says two"])


def test_what_is_to_be_drawn_each_time_is(page):
    page.session_state["says"] = None
    page.run().run()
    assert _drawn(page) == 3


def test_a_widget_that_is_touched_is_heard_also_after_it_was_repeated(page):
    page.run().run()
    page.radio(key="colour").set_value("blue").run()
    assert _drawn(page) == 2
    page.run().run()  # what it holds is not dropped as that of a widget no longer drawn
    assert (_drawn(page), page.radio(key="colour").value) == (2, "blue")
    page.radio(key="colour").set_value("red").run()
    assert page.session_state["heard"] == ["colour", "colour"]


def test_what_the_script_puts_into_a_widget_is_shown(page):
    page.session_state["colour"] = "blue"
    page.run()
    assert (_drawn(page), page.radio(key="colour").value) == (2, "blue")


def test_a_button_is_pressed_once(page):
    page.run()
    page.button(key="inside").click().run()
    page.run().run()
    assert page.session_state["pressed"] == 1
    page.button(key="inside").click().run()
    assert page.session_state["pressed"] == 2


def test_what_stands_elsewhere_is_drawn(page):
    page.session_state["moved"] = True
    page.run()
    assert (_drawn(page), _text(page)) == (2, ["Something above", "Says one"])


def test_what_is_locked_is_drawn_each_time(page):
    page.session_state["locked"] = True
    page.session_state["says"] = "locked"
    page.run().run()
    assert _drawn(page) == 3


def test_a_key_is_still_taken_where_its_widget_was_repeated(page):
    page.session_state["twice"] = True
    page.run()
    assert _drawn(page) == 1
    assert page.session_state["refused"]


def test_where_no_visit_draws_it_is_drawn(monkeypatch):
    """As by a plain Python script: there is nothing to repeat it to."""
    monkeypatch.setattr(as_before, "get_script_run_ctx", lambda **_: None)
    drawn = []
    assert as_before.draw(_Box, lambda: drawn.append(1), lambda: "one", None) is None
    assert drawn == [1]


class _Box:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def _named_page():
    from functools import partial

    import streamlit as st

    from procurement_risk.views.shared import as_before

    def inside():
        st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
        st.text_input("Name", key="name", persist_state="session")

    as_before.begin()
    if not st.session_state.get("away"):
        as_before.draw_named("name", partial(st.container, key="box"), inside, "one")


def test_a_part_with_a_name_is_repeated_where_the_run_before_drew_it():
    """Else a field that lasts for the visit would not be told again what was typed in it."""
    page = AppTest.from_function(_named_page).run().run()
    assert _drawn(page) == 1
    page.session_state["away"] = True
    page.run()
    page.session_state["away"] = False
    page.run().run()
    assert _drawn(page) == 2


def test_a_part_with_a_name_is_drawn_on_another_page(monkeypatch):
    page = AppTest.from_function(_named_page).run()
    page.session_state[as_before.KEPT].page = "another"
    page.run().run()
    assert _drawn(page) == 2


def _page_of_parts():
    from functools import partial

    import streamlit as st

    from procurement_risk.views.shared import as_before

    state, drawn = st.session_state, []

    def inside():
        drawn.append("outer")
        if state.get("above"):
            st.markdown("Something above")
        state["gave"] = as_before.draw_here("here", here, state.get("here", "one"))
        as_before.draw_named("boxed", partial(st.container, key="boxed"), boxed, "the same")
        st.markdown("Below")

    def here():
        drawn.append("here")
        st.markdown("First of two")
        return st.radio("Colour", ["red", "blue"], key="colour")

    def boxed():
        drawn.append("boxed")
        st.button("Boxed", key="inside")

    as_before.begin()
    as_before.draw_named("outer", partial(st.container, key="box"), inside, state.get("outer"))
    state["drawn"] = drawn


@pytest.fixture
def parts():
    """A page whose part has two parts, one without a box of its own, drawn once."""
    test = AppTest.from_function(_page_of_parts)
    test.session_state["outer"] = 1
    test.run()
    assert test.session_state["drawn"] == ["outer", "here", "boxed"]
    return test


def _change(test, **state):
    for name, value in state.items():
        test.session_state[name] = value
    test.run()
    return test.session_state["drawn"]


def test_of_a_part_that_is_drawn_what_says_the_same_within_it_is_repeated(parts):
    shown = [type(each) for each in parts.main.children[0].children.values()]
    assert _change(parts) == []
    assert _change(parts, outer=2) == ["outer"]
    assert _change(parts, outer=3, here="two") == ["outer", "here"]
    assert [type(each) for each in parts.main.children[0].children.values()] == shown
    assert _text(parts) == ["First of two", "Below"]
    assert parts.session_state["gave"] == "red"
    parts.radio(key="colour").set_value("blue").run()
    assert parts.session_state["drawn"] == ["outer", "here"]
    assert parts.session_state["gave"] == "blue"
    parts.button(key="inside").click().run()
    assert parts.session_state["drawn"] == ["outer", "boxed"]


def test_what_has_no_box_moves_with_what_stands_above_it(parts):
    parts.radio(key="colour").set_value("blue").run()
    assert _change(parts, outer=2, above=True) == ["outer", "boxed"]
    assert _text(parts) == ["Something above", "First of two", "Below"]
    places = list(parts.main.children[0].children)
    assert places == [0, 1, 2, 3, 4], "each thing has a place of its own"
    assert _change(parts, outer=3, above=False) == ["outer", "boxed"]
    assert _text(parts) == ["First of two", "Below"]
    assert parts.session_state["gave"] == parts.radio(key="colour").value == "blue"


@pytest.fixture
def registered(monkeypatch):
    """The keys of the widgets that Streamlit is told of."""
    found, register = [], SafeSessionState.register_widget

    def noted(state, metadata, key):
        found.append(key)
        return register(state, metadata, key)

    monkeypatch.setattr(SafeSessionState, "register_widget", noted)
    return found


def test_of_a_widget_that_it_knows_streamlit_is_not_told_again(parts, registered):
    assert _change(parts) == registered == []
    parts.radio(key="colour").set_value("blue").run()
    assert registered == ["colour"]
    registered.clear()
    assert _change(parts) == registered == []
    assert parts.radio(key="colour").value == "blue"


def test_a_widget_that_lasts_beyond_its_page_is_told_each_time(registered):
    page = AppTest.from_function(_named_page).run().run()
    assert (_drawn(page), registered) == (1, ["name", "name"])


@pytest.mark.parametrize(
    "lost",
    [
        lambda state, name: state._new_widget_state.widget_metadata.pop(name),
        lambda state, name: state._key_id_mapper.delete("colour"),
        lambda state, name: state._new_widget_state.set_widget_metadata(
            replace(state._new_widget_state.widget_metadata[name], callback=print)
        ),
    ],
    ids=["nothing", "not its key", "otherwise"],
)
def test_a_widget_is_told_where_streamlit_does_not_know_it_as_it_was(parts, lost):
    state = parts.session_state._state._state
    (widget,) = _kept(parts).parts["here"].widgets
    assert widget.is_known(state)
    lost(state, widget.metadata.id)
    assert not widget.is_known(state)


def _kept(test):
    return test.session_state[as_before.KEPT].now["outer"]
