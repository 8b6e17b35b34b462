"""What differs between a page as a browser has it and as it was drawn again.

A page is a tree of places, each with an element, or with a container and what is inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Place = tuple[int, ...]
APART = ("dialog", "popover")  # containers that lie over the page, and open with each drawing


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands in a place.

    Attributes:
        hash: Streamlit's, of all that it is.
        place: Where.
        message: What drew it.
        container: Of which kind, where it is one; else None.
        once: Whether it does something each time when it arrives.
    """

    hash: str
    place: Place = field(compare=False)
    message: ForwardMsg = field(compare=False)
    container: str | None = None
    once: bool = field(default=False, compare=False)


Drawn = Mapping[Place, Thing]


def drawn(messages: Iterable[ForwardMsg], before: Drawn | None = None) -> Drawn | None:
    """Return what was drawn where; None where it is a page of which changes cannot be told.

    Args:
        messages: What was sent of the page.
        before: What this returned the time before: messages that are sent again are not read anew.
    """
    known = {id(thing.message): thing for thing in (before or {}).values()}
    found: dict[Place, Thing] = {}
    for message in messages:
        thing = known.get(id(message)) or _thing(message)
        if thing is None or thing.place in found:
            return None
        found[thing.place] = thing
    whole = all(place[-1] == 0 or (*place[:-1], place[-1] - 1) in found for place in found)
    return found if whole else None


def _thing(message: ForwardMsg) -> Thing | None:
    place = tuple(message.metadata.delta_path)
    if message.HasField("ref_hash"):  # the browser keeps what is large under its hash
        return Thing(message.ref_hash, place, message)
    delta = message.delta
    what = delta.WhichOneof("type")
    if delta.fragment_id or what not in ("new_element", "add_block"):
        return None
    if what == "new_element":
        return Thing(message.hash, place, message, once=delta.new_element.has_one_shot_effect)
    kind = delta.add_block.WhichOneof("type") or ""
    return None if kind in APART else Thing(message.hash, place, message, kind)


def changes(before: Drawn, now: Drawn) -> list[ForwardMsg]:
    """Return the messages that make the page ``before`` the page ``now``.

    Args:
        before: What the browser has.
        now: What was drawn.
    """
    roots = sorted({place[:1] for place in (*before, *now)})
    return [each for root in roots for each in _within(root, before, now)]


def _within(holder: Place, before: Drawn, now: Drawn) -> Iterator[ForwardMsg]:
    """Yield what changes in a container.

    Where there is more than before, what moves down is put in its new place before another takes
    the old one, and the other way round: so no widget is ever gone in between, with its focus.
    """
    had, has = _inside(holder, before), _inside(holder, now)
    order = [*range(had, has), *reversed(range(had))] if has > had else range(has)
    for number in order:
        yield from _at((*holder, number), before, now)
    for number in range(has, had):
        yield _nothing((*holder, number))


def _at(place: Place, before: Drawn, now: Drawn) -> Iterator[ForwardMsg]:
    was, thing = before.get(place), now[place]
    if thing.once or (was is not thing and was != thing):
        yield thing.message
    if thing.container is not None:
        # A container of the same kind keeps what is inside it; any other begins empty.
        kept = was is not None and was.container == thing.container
        yield from _within(place, before if kept else {}, now)


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
