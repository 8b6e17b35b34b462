"""What a page draws leaves in one go, and a run that ends early is no different for it."""

from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import RerunData, RerunException, StopException

from procurement_risk.views.shared import at_once as module
from procurement_risk.views.shared.at_once import at_once, send_again


@pytest.fixture
def visit(monkeypatch):
    """A visit: what was sent, and what ends its run at the next element, if anything."""
    visit = SimpleNamespace(sent=[], ended=None)

    def check():
        if visit.ended is not None:
            raise visit.ended

    visit.context = SimpleNamespace(
        _enqueue=visit.sent.append, yield_check=check, page_script_hash="questions", session_id="v"
    )
    monkeypatch.setattr(module, "get_script_run_ctx", lambda **_: visit.context)
    return visit


def _draw(visit, *messages, then=None):
    with at_once():
        for message in messages:
            visit.context._enqueue(message)
        if then is not None:
            raise then


def _element(text):
    message = ForwardMsg()
    message.delta.new_element.markdown.body = text
    return message


def _cached():
    message = ForwardMsg()
    message.ref_hash = "known to the browser"
    return message


def _address():
    message = ForwardMsg()
    message.page_info_changed.query_string = "section=DP"
    return message


def test_elements_leave_together_at_the_end_in_their_order(visit):
    drawn = [_element("one"), _cached(), _element("two")]
    with at_once():
        for message in drawn:
            visit.context._enqueue(message)
        assert visit.sent == []
    assert visit.sent == drawn
    visit.context._enqueue(last := _element("three"))
    assert visit.sent[-1] is last


def test_a_change_of_the_address_is_sent_whatever_comes_of_the_page(visit):
    with pytest.raises(RerunException):
        _draw(visit, _element("one"), _address(), then=RerunException(RerunData()))
    assert visit.sent == [_address()]


def test_the_menu_is_sent_whatever_comes_of_the_page_and_with_it_otherwise(visit):
    menu = ForwardMsg(navigation={"page_script_hash": "questions"})
    _draw(visit, menu, one := _element("one"))
    assert visit.sent == [menu, one]
    visit.sent.clear()
    with pytest.raises(RerunException):
        _draw(visit, menu, _element("one"), then=RerunException(RerunData()))
    assert visit.sent == [menu]


def test_of_a_slow_page_each_thing_leaves_as_it_is_drawn(visit):
    with at_once() as held:
        visit.context._enqueue(menu := ForwardMsg(navigation={}))
        held.leave()
        assert visit.sent == [menu]
        visit.context._enqueue(one := _element("one"))
        assert visit.sent == [menu, one]
    assert visit.sent == [menu, one]


def test_only_a_page_that_is_quick_is_sent_by_what_changed(visit, monkeypatch):
    said = []
    monkeypatch.setattr(module.changed_only, "quick", said.append)
    with at_once() as held:
        assert said == []
        held.of_quick()
    assert said == ["questions"]


@pytest.mark.parametrize("ended", [StopException(), ValueError("a fault")])
def test_what_a_page_drew_before_it_ended_is_shown(visit, ended):
    with pytest.raises(type(ended)):
        _draw(visit, _element("one"), then=ended)
    assert visit.sent == [_element("one")]


def test_a_click_meanwhile_ends_the_run_at_the_next_element(visit):
    visit.ended = RerunException(RerunData())
    with pytest.raises(RerunException):
        _draw(visit, _element("one"), then=AssertionError("The run goes on."))
    assert visit.sent == []


def test_what_was_drawn_before_is_kept_among_the_rest_in_one_step(visit):
    again, heard = [_element("two"), _element("three")], []
    with at_once():
        visit.context._enqueue(first := _element("one"))
        listener = module.Listener(visit.context._enqueue)
        send_again(listener, again)
        heard += listener.heard
        visit.context._enqueue(last := _element("four"))
    assert visit.sent == [first, *again, last]
    assert heard == again
    visit.ended = RerunException(RerunData())
    with pytest.raises(RerunException), at_once():
        send_again(visit.context._enqueue, again)
    assert visit.sent == [first, *again, last], "A click meanwhile ends the run there too."


def test_a_notice_leaves_by_itself_and_so_does_what_is_drawn_with_it(visit, monkeypatch):
    monkeypatch.setattr(module.changed_only, "together", lambda _visit, drawn: [tuple(drawn)])
    _draw(visit, one := _element("one"))
    assert visit.sent == [(one,)]
    notice = ForwardMsg(delta={"new_element": {"toast": {"body": "Saved"}}})
    _draw(visit, one, notice)
    assert visit.sent[1:] == [one, notice]


def test_without_a_visit_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(module, "get_script_run_ctx", lambda **_: None)
    with at_once():
        pass
