"""What differs between a page as a browser has it and as it was drawn again.

A page is a tree of places, each with an element, or with a container and what is inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Place = tuple[int, ...]
APART = ("dialog", "popover")  # containers that lie over the page, and open with each drawing


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands in a place.

    Attributes:
        hash: Streamlit's, of all that it is.
        container: Of which kind, where it is one; else None.
    """

    hash: str
    container: str | None = None


Drawn = Mapping[Place, Thing]


def drawn(messages: Iterable[ForwardMsg]) -> Drawn | None:
    """Return what was drawn where; None where it is a page of which changes cannot be told."""
    found: dict[Place, Thing] = {}
    for message in messages:
        thing, place = _thing(message), tuple(message.metadata.delta_path)
        if thing is None or place in found:
            return None
        found[place] = thing
    whole = all(place[-1] == 0 or (*place[:-1], place[-1] - 1) in found for place in found)
    return found if whole else None


def _thing(message: ForwardMsg) -> Thing | None:
    if message.HasField("ref_hash"):  # the browser keeps what is large under its hash
        return Thing(message.ref_hash)
    delta = message.delta
    what = delta.WhichOneof("type")
    if delta.fragment_id or what not in ("new_element", "add_block"):
        return None
    if what == "new_element":
        return Thing(message.hash)
    kind = delta.add_block.WhichOneof("type") or ""
    return None if kind in APART else Thing(message.hash, kind)


def changes(before: Drawn, now: Drawn, messages: Mapping[Place, ForwardMsg]) -> list[ForwardMsg]:
    """Return the messages that make the page ``before`` the page ``now``.

    Args:
        before: What the browser has.
        now: What was drawn.
        messages: The message for each place of ``now``.
    """
    roots = sorted({place[:1] for place in (*before, *now)})
    return [each for root in roots for each in _within(root, before, now, messages)]


def _within(
    holder: Place, before: Drawn, now: Drawn, messages: Mapping[Place, ForwardMsg]
) -> Iterator[ForwardMsg]:
    """Yield what changes in a container.

    Where there is more than before, what moves down is put in its new place before another takes
    the old one, and the other way round: so no widget is ever gone in between, with its focus.
    """
    had, has = _inside(holder, before), _inside(holder, now)
    order = [*range(had, has), *reversed(range(had))] if has > had else range(has)
    for number in order:
        yield from _at((*holder, number), before, now, messages)
    for number in range(has, had):
        yield _nothing((*holder, number))


def _at(
    place: Place, before: Drawn, now: Drawn, messages: Mapping[Place, ForwardMsg]
) -> Iterator[ForwardMsg]:
    was, thing, message = before.get(place), now[place], messages[place]
    if was != thing or message.delta.new_element.has_one_shot_effect:
        yield message
    if thing.container is not None:
        # A container of the same kind keeps what is inside it; any other begins empty.
        kept = was is not None and was.container == thing.container
        yield from _within(place, before if kept else {}, now, messages)


def _inside(holder: Place, page: Drawn) -> int:
    number = 0
    while (*holder, number) in page:
        number += 1
    return number


def _nothing(place: Place) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.empty.SetInParent()
    message.metadata.delta_path.extend(place)
    return message
