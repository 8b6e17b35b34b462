"""A part of a page that would say what it said is not drawn again: what it sent is sent again.

Most of a click's time goes into drawing what is as it was. Whoever draws a part this way names all
that it says and depends on. Where that is the same, its box stands where it stood, and nothing in
it was touched, the part is repeated: its widgets are registered as they were, so that Streamlit
keeps what they hold, and its messages leave once more, of which a browser that has them is sent
none (``server.changed_only``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import MethodType
from typing import Any, Final, cast

import streamlit as st
from streamlit.cursor import RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.common import WidgetMetadata, user_key_from_element_id

Box = partial[DeltaGenerator]
Says = Callable[[], object]
KEPT: Final = "drawn-before"  # where the visit keeps the parts that have a name


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget as it was registered, and what it held when the part was drawn."""

    metadata: WidgetMetadata[Any]
    key: str
    held: object

    @property
    def is_plain(self) -> bool:
        """Whether it may be registered again as it was.

        Not a button that was pressed just now; nor what is locked: Streamlit takes back what a
        browser says of it, and tells it so.
        """
        pressed = self.metadata.value_type.endswith("trigger_value") and bool(self.held)
        return bool(self.key) and not pressed and not self.metadata.disabled


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part as it was drawn.

    Attributes:
        says: All that it says and depends on.
        place: Where its box stands on the page.
        messages: What was sent of the box and of what is in it.
        widgets: Those in the box.
        ids: The names that Streamlit knows them and their boxes by, that of the box too.
        keys: The keys of these.
    """

    says: object
    place: tuple[int, ...]
    messages: tuple[ForwardMsg, ...]
    widgets: tuple[Widget, ...]
    ids: frozenset[str]
    keys: frozenset[str]


@dataclass(slots=True)
class Named:
    """The parts that have a name, as the run before drew them on this page and as this one did."""

    page: str = ""
    before: dict[str, Drawn | None] = field(default_factory=dict)
    now: dict[str, Drawn | None] = field(default_factory=dict)


def draw(box: Box, inside: Callable[[], object], says: Says, before: Drawn | None) -> Drawn | None:
    """Draw a part of the page, or repeat it; return it as it was drawn, for the next time.

    Args:
        box: The container that holds it, as the one call that draws it.
        inside: Draws what is inside.
        says: Gives all that the part says and depends on; None where it is to be drawn each time.
        before: What this returned the time before, if anything.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:  # drawn by no visit
        with box():
            inside()
        return None
    parent = _parent(box)
    place = tuple(parent.delta_path)
    there = before if before is not None and before.place == place else None
    if there is not None and there.says == says() and _rests(there, context):
        parent.open_block()
        return _repeated(there, context)
    return _drawn(box, inside, says, place, context)


def _parent(box: Box) -> RunningCursor:
    """Return where on the page the box comes next, which moves on when it has been drawn."""
    of = cast(DeltaGenerator, cast(MethodType, box.func).__self__)
    return cast(RunningCursor, of._active_dg._cursor)


def begin() -> None:
    """Begin a run: parts that have a name are repeated where the run before drew them.

    On the same page only: what a browser is to be told again when it comes to a page, such as
    what is typed in a field of every page, is told by drawing it.
    """
    context = get_script_run_ctx(suppress_warning=True)
    page = context.page_script_hash if context else ""
    last: Named | None = st.session_state.get(KEPT)
    before = last.now if last is not None and last.page == page else {}
    st.session_state[KEPT] = Named(page, before)


def draw_named(name: str, box: Box, inside: Callable[[], object], says: object) -> None:
    """Draw a part of the page, or repeat it; the visit keeps it under a name of its own."""
    kept = st.session_state.setdefault(KEPT, Named())
    kept.now[name] = draw(box, inside, lambda: says, kept.before.get(name))


def _drawn(
    box: Box,
    inside: Callable[[], object],
    says: Says,
    place: tuple[int, ...],
    context: ScriptRunContext,
) -> Drawn | None:
    seen = context.shared
    ids, keys = seen.widget_ids_this_run.snapshot(), seen.widget_user_keys_this_run.snapshot()
    with _heard(context) as messages, box():
        inside()
    said = says()
    if said is None or any(_is_once(each) for each in messages):
        return None
    ids = seen.widget_ids_this_run.snapshot() - ids
    keys = seen.widget_user_keys_this_run.snapshot() - keys
    widgets = tuple(_widgets(ids, context))
    if not all(each.is_plain for each in widgets):
        return None
    return Drawn(said, place, tuple(messages), widgets, ids, keys)


def _widgets(ids: Iterable[str], context: ScriptRunContext) -> Iterator[Widget]:
    """Yield those of the names that are a widget's; the others are a container's."""
    known = context.session_state._state._new_widget_state.widget_metadata
    for name in ids:
        if (metadata := known.get(name)) is not None:
            key = user_key_from_element_id(name) or ""
            yield Widget(metadata, key, _held(key, context))


def _repeated(before: Drawn, context: ScriptRunContext) -> Drawn:
    for name in before.ids:
        context.shared.widget_ids_this_run.check_and_add(name)
    for key in before.keys:
        context.shared.widget_user_keys_this_run.check_and_add(key)
    for each in before.widgets:
        context.session_state.register_widget(each.metadata, each.key)
    for message in before.messages:
        context._enqueue(message)
    return before


def _rests(before: Drawn, context: ScriptRunContext) -> bool:
    """Whether nothing was touched: every widget holds what it held, and no button is pressed."""
    return all(_held(each.key, context) == each.held for each in before.widgets)


def _held(key: str, context: ScriptRunContext) -> object:
    """Return what a widget holds; by the shorter way, as every widget of a page is asked."""
    try:
        return context.session_state._state[key]
    except KeyError:
        return _NOTHING


_NOTHING: Final = object()


def _is_once(message: ForwardMsg) -> bool:
    """Whether a message does something when it arrives, or only names what the browser keeps."""
    return message.HasField("ref_hash") or message.delta.new_element.has_one_shot_effect


@contextmanager
def _heard(context: ScriptRunContext) -> Iterator[list[ForwardMsg]]:
    """Give a list of what is sent in the block."""
    send, heard = context._enqueue, list[ForwardMsg]()

    def listen(message: ForwardMsg) -> None:
        heard.append(message)
        send(message)

    context._enqueue = listen
    try:
        yield heard
    finally:
        context._enqueue = send
