"""One page at a time: in order, whatever a page does, and never waiting for a slow one."""

import threading
import time

import pytest

from procurement_risk.views.frame import PAGES
from procurement_risk.views.shared.turns import Lane, lane_of

PAGE = {page.address: page for page in PAGES}
SOON = 0.02


class _Stopped(BaseException):
    """As Streamlit ends a run: no Exception."""


def _queue_up(lane, names, drawn):
    """Have each draw in a thread of its own, once all before it wait; return the threads."""
    threads = []
    for number, name in enumerate(names, start=1):
        thread = threading.Thread(target=_draw, args=(lane, name, drawn))
        thread.start()
        while len(lane._waiting) < number:
            time.sleep(0.001)
        threads.append(thread)
    return threads


def _draw(lane, name, drawn):
    with lane.turn():
        drawn.append(f"{name} begins")
        time.sleep(0.002)
        drawn.append(f"{name} ends")


def test_pages_are_drawn_one_at_a_time_in_the_order_in_which_they_came():
    lane, drawn = Lane(), []
    with lane.turn():
        threads = _queue_up(lane, "abc", drawn)
        assert drawn == []
    for thread in threads:
        thread.join()
    assert drawn == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


@pytest.mark.parametrize("ended", [ValueError, _Stopped])
def test_a_page_that_fails_or_is_stopped_passes_its_turn_on(ended):
    lane = Lane()
    with pytest.raises(ended), lane.turn():
        raise ended
    with lane.turn(0):
        assert lane._taken
    assert not lane._taken


def test_nobody_waits_for_ever_and_whoever_gave_up_takes_no_turn_away():
    lane, drawn = Lane(), []
    with lane.turn():
        with lane.turn(SOON):  # goes ahead without it
            (thread,) = _queue_up(lane, "a", drawn)
        time.sleep(SOON)
        assert drawn == []  # who gave up did not pass on what was not theirs
    thread.join()
    assert drawn == ["a begins", "a ends"]
    assert not lane._waiting


def test_who_answers_waits_for_nobody_who_does_something_else():
    answering = lane_of(PAGE["answer"])
    assert [name for name, page in PAGE.items() if lane_of(page) is answering] == ["answer"]
    assert lane_of(PAGE["portfolio"]) is lane_of(PAGE["compare"])
    assert lane_of(PAGE["portfolio"]) is not lane_of(PAGE["my-work"])
