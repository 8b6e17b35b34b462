"""A part of a page as it was drawn: what it said, what was sent of it, and the widgets in it.

It rests on names of Streamlit that are not public: what is known of each widget, and what each
holds. ``tests/unit/test_as_before.py`` holds what is expected of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.common import WidgetMetadata, user_key_from_element_id
from streamlit.runtime.state.session_state import SessionState

Place = tuple[int, ...]
_NOTHING: Final = object()


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

    def is_known(self, state: SessionState) -> bool:
        """Whether Streamlit knows it as it was: to register it again would change nothing.

        Its value is there, under its key; and nothing else follows from its registration, such as
        that it is kept beyond this page.
        """
        now, of = state._new_widget_state.widget_metadata.get(self.metadata.id), self.metadata
        if self.held is _NOTHING or of.bind is not None or of.persist_state is not None:
            return False
        if state._key_id_mapper.get_id_from_key(self.key) != of.id:
            return False
        return now is of or now == of


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part as it was drawn.

    Attributes:
        says: All that it says and depends on.
        place: Where its box stands on the page, or the first thing of it where it has none.
        messages: What was sent of the box and of what is in it.
        widgets: Those in the box.
        ids: The names that Streamlit knows them and their boxes by, that of the box too.
        keys: The keys of these.
        steps: How many places of the container around it it takes.
        gave: What drawing it returned.
        parts: Those that have a name within it.
    """

    says: object
    place: Place
    messages: tuple[ForwardMsg, ...]
    widgets: tuple[Widget, ...]
    ids: frozenset[str]
    keys: frozenset[str]
    steps: int = 1
    gave: object = None
    parts: Mapping[str, Drawn | None] = field(default_factory=dict)

    def at(self, place: Place) -> Drawn | None:
        """Return it as it stands at another place as deep; None where it is not to be moved."""
        if self.parts or len(place) != len(self.place):
            return None
        moved = tuple(_moved(each, self.place, place) for each in self.messages)
        return replace(self, place=place, messages=moved)

    def rests(self, context: ScriptRunContext) -> bool:
        """Whether nothing was touched: each widget holds what it held, no button is pressed."""
        return all(_held(each.key, context) == each.held for each in self.widgets)


def _moved(message: ForwardMsg, was: Place, now: Place) -> ForwardMsg:
    """Return a message of a part that stood at ``was`` as one of a part that is ``now`` there."""
    moved, path, last = ForwardMsg(), message.metadata.delta_path, len(was) - 1
    moved.CopyFrom(message)
    moved.metadata.delta_path[:] = [*now[:-1], now[-1] + path[last] - was[-1], *path[len(was) :]]
    return moved


def widgets(ids: Iterable[str], context: ScriptRunContext) -> Iterator[Widget]:
    """Yield those of the names that are a widget's; the others are a container's."""
    known = context.session_state._state._new_widget_state.widget_metadata
    for name in ids:
        if (metadata := known.get(name)) is not None:
            key = user_key_from_element_id(name) or ""
            yield Widget(metadata, key, _held(key, context))


def _held(key: str, context: ScriptRunContext) -> object:
    """Return what a widget holds; by the shorter way, as every widget of a page is asked."""
    try:
        return context.session_state._state[key]
    except KeyError:
        return _NOTHING


def is_once(message: ForwardMsg) -> bool:
    """Whether a message does something when it arrives, or only names what the browser keeps."""
    return message.HasField("ref_hash") or message.delta.new_element.has_one_shot_effect
