"""A part of a page that would say what it said is not drawn again: what it sent is sent again.

Most of a click's time goes into drawing what is as it was. Whoever draws a part this way names all
that it says and depends on. Where that is the same, its box stands where it stood, and nothing in
it was touched, the part is repeated: its widgets are known as they were, so that Streamlit
keeps what they hold, and its messages leave once more, of which a browser that has them is sent
none (``server.changed_only``).

A part may have parts: where it is drawn, those of them are repeated that say what they said.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from types import MethodType
from typing import Final, TypeVar, cast

import streamlit as st
from streamlit.cursor import RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from procurement_risk.views.shared.at_once import Listener, send_again
from procurement_risk.views.shared.drawn_part import Drawn, Place, is_once, widgets

T = TypeVar("T")
Box = partial[DeltaGenerator]
Says = Callable[[], object]
KEPT: Final = "drawn-before"  # where the visit keeps the parts that have a name


@dataclass(slots=True)
class Named:
    """The parts that have a name, as the run before drew them on this page and as this one did."""

    page: str = ""
    before: Mapping[str, Drawn | None] = field(default_factory=dict)
    now: dict[str, Drawn | None] = field(default_factory=dict)


class _Here(threading.local):
    """The parts that have a name, of what this thread draws just now."""

    def __init__(self) -> None:
        self.parts = Named()


_here = _Here()


def draw(
    box: Box | None, inside: Callable[[], object], says: Says, before: Drawn | None
) -> Drawn | None:
    """Draw a part of the page, or repeat it; return it as it was drawn, for the next time.

    Args:
        box: The container that holds it, as the one call that draws it; None where it has none of
            its own, and is drawn where the page has got to.
        inside: Draws what is inside.
        says: Gives all that the part says and depends on; None where it is to be drawn each time.
        before: What this returned the time before, if anything.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:  # drawn by no visit
        with box() if box else nullcontext():
            inside()
        return None
    parent = _parent(box)
    place = tuple(parent.delta_path)
    there = _there(before, place, box)
    if there is not None and there.says == says() and there.rests(context):
        for _step in range(there.steps):
            parent.open_block()
        return _repeated(there, context)
    return _drawn(box, inside, says, place, context, before.parts if before else {})


def _parent(box: Box | None) -> RunningCursor:
    """Return where on the page it comes next, which moves on when it has been drawn."""
    of = cast(DeltaGenerator, cast(MethodType, box.func if box else st.container).__self__)
    return cast(RunningCursor, of._active_dg._cursor)


def _there(before: Drawn | None, place: Place, box: Box | None) -> Drawn | None:
    """Return a part as it would be at ``place``; None where it has to be drawn there.

    What has no box moves up and down with what stands above it, as buttons of a row do.
    """
    if before is None or before.place == place:
        return before
    return before.at(place) if box is None else None


def begin() -> None:
    """Begin a run: parts that have a name are repeated where the run before drew them.

    On the same page only: what a browser is to be told again when it comes to a page, such as
    what is typed in a field of every page, is told by drawing it.
    """
    context = get_script_run_ctx(suppress_warning=True)
    page = context.page_script_hash if context else ""
    last: Named | None = st.session_state.get(KEPT)
    before = last.now if last is not None and last.page == page else {}
    st.session_state[KEPT] = _here.parts = Named(page, before)


def draw_named(name: str, box: Box, inside: Callable[[], object], says: object) -> None:
    """Draw a part of the page, or repeat it; it is kept under a name of its own.

    That is one among the parts of what is drawn just now: of a part around it, or of the page.
    """
    parts = _here.parts
    parts.now[name] = draw(box, inside, lambda: says, parts.before.get(name))


def draw_here(name: str, inside: Callable[[], T], says: object) -> T:
    """Draw a part that has no box where the page has got to, or repeat it, under a name.

    It returns what ``inside`` gives, which for the same ``says`` has to be the same.
    """
    given: list[T] = []
    parts, before = _here.parts, _here.parts.before.get(name)
    drawn = draw(None, lambda: given.append(inside()), lambda: says, before)
    if given and drawn is not None:
        drawn = replace(drawn, gave=given[0])
    parts.now[name] = drawn
    return given[0] if given else cast(T, cast(Drawn, drawn).gave)


def _drawn(
    box: Box | None,
    inside: Callable[[], object],
    says: Says,
    place: Place,
    context: ScriptRunContext,
    parts: Mapping[str, Drawn | None],
) -> Drawn | None:
    seen, parent = context.shared, _parent(box)
    ids, keys = seen.widget_ids_this_run.snapshot(), seen.widget_user_keys_this_run.snapshot()
    first = parent.index
    with _heard(context) as messages, _within(parts) as within, box() if box else nullcontext():
        inside()
    said = says()
    if said is None or any(is_once(each) for each in messages):
        return None
    ids = seen.widget_ids_this_run.snapshot() - ids
    keys = seen.widget_user_keys_this_run.snapshot() - keys
    known = tuple(widgets(ids, context))
    if not all(each.is_plain for each in known):
        return None
    steps = parent.index - first
    return Drawn(said, place, tuple(messages), known, ids, keys, steps, parts=within.now)


@contextmanager
def _within(parts: Mapping[str, Drawn | None]) -> Iterator[Named]:
    """Have the parts that are named in the block be those of the part that it draws."""
    around = _here.parts
    _here.parts = within = Named(before=parts)
    try:
        yield within
    finally:
        _here.parts = around


def _repeated(before: Drawn, context: ScriptRunContext) -> Drawn:
    for name in before.ids:
        context.shared.widget_ids_this_run.check_and_add(name)
    for key in before.keys:
        context.shared.widget_user_keys_this_run.check_and_add(key)
    for each in before.widgets:
        if not each.is_known(context.session_state._state):
            context.session_state.register_widget(each.metadata, each.key)
    send_again(context._enqueue, before.messages)
    return before


@contextmanager
def _heard(context: ScriptRunContext) -> Iterator[list[ForwardMsg]]:
    """Give a list of what is sent in the block."""
    send, listener = context._enqueue, Listener(context._enqueue)
    context._enqueue = listener
    try:
        yield listener.heard
    finally:
        context._enqueue = send
