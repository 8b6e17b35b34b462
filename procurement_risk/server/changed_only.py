"""Only what changed goes to the browser, where a page that is drawn in a moment is drawn again.

A click draws all of the page, and all but a handful of its elements are as they were. The
browser has those, so they are not sent again:

    new_session, elements, script_finished ── held ──> what differs from what the browser has

They come here as one, which Streamlit's event loop hands on in one go and not one by one.

What a browser has is noted where messages leave for it, so what was lost on the way never counts.
The run is told under the name of the one that drew the whole page: to the browser nothing of it
is out of date then. Anything unusual, such as a dialog, a run that a click ended, or another
section, is sent whole, as Streamlit does it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from weakref import WeakKeyDictionary, WeakValueDictionary

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient

from procurement_risk.server.page_changes import Drawn, changes, drawn
from procurement_risk.server.together import Together, as_one

Send = Callable[[ForwardMsg], None]

ELEMENTS: Final = ("delta", "ref_hash")
LASTING: Final = ("navigation", "page_config_changed", "logo")  # as long as nothing else is said
# What belongs to a run beside its elements; anything else is nobody's, and leaves at once.
OF_A_RUN: Final = (*LASTING, "page_info_changed")
MOST = 1 / 3  # of a page's elements: where more than that changed, all of it is sent


class Browser:
    """What one browser has, and what is held back for it until the page is drawn."""

    def __init__(self) -> None:
        self._page = ""
        self._lasting: list[str] = []  # the hashes of what it was told that lasts beyond a run
        self._run = ""  # the run that drew the whole page
        self._shown: Drawn | None = None
        self._held: list[ForwardMsg] | None = None

    def take(self, message: ForwardMsg, send: Send) -> None:
        """Send a message, hold it back, or leave it out."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begin(message, send)
        elif kind == "script_finished":
            self._end(message, send)
        elif self._held is not None and kind in (*ELEMENTS, *OF_A_RUN):
            self._held.append(message)
        else:
            self._send(message, send)

    def take_page(self, messages: Sequence[ForwardMsg], send: Send) -> None:
        """Take what a page draws, or what lasts beyond it, all of it at once."""
        if self._held is not None:
            self._held.extend(messages)
            return
        for each in messages:
            self.take(each, send)

    def _send(self, message: ForwardMsg, send: Send) -> None:
        kind = message.WhichOneof("type")
        if kind in ELEMENTS:
            self._shown = None
        elif kind in LASTING:
            self._lasting = []
        send(message)

    def _begin(self, message: ForwardMsg, send: Send) -> None:
        self._give_up(send)
        _visits[message.new_session.initialize.session_id] = self
        page = message.new_session.page_script_hash
        if page in _quick and page == self._page and not message.metadata.run.fragment_ids:
            self._held = [message]
            return
        self._page, self._shown = page, None
        send(message)

    def _end(self, message: ForwardMsg, send: Send) -> None:
        if self._held is None or message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            self._give_up(send)
            self._shown = None
            send(message)
            return
        held, self._held = self._held, None
        elements, lasting, of_the_run = _parted(held)
        now, told = drawn(elements, self._shown), [each.hash for each in lasting]
        less = self._less(now)
        if less is None:
            self._run = message.metadata.run.script_run_id
            for each in (*held, message):
                self._send(each, send)
        else:
            news = [] if told == self._lasting else lasting
            for each in (*of_the_run, *news, *less, message):
                self._send(self._named(each), send)
        self._shown, self._lasting = now, told

    def _less(self, now: Drawn | None) -> list[ForwardMsg] | None:
        """Return what differs; None where all of it is to be sent."""
        if self._shown is None or now is None:
            return None
        found = changes(self._shown, now)
        return found if len(found) <= MOST * len(now) else None

    def _named(self, message: ForwardMsg) -> ForwardMsg:
        """Return a message about a run as one about the run that drew the whole page."""
        if not message.metadata.HasField("run"):
            return message
        named = ForwardMsg()
        named.CopyFrom(message)
        named.metadata.run.script_run_id = self._run
        return named

    def _give_up(self, send: Send) -> None:
        """Send what was held back: the run goes no further."""
        held, self._held = self._held, None
        for each in held or ():
            self._send(each, send)


def _parted(held: Sequence[ForwardMsg]) -> tuple[list[ForwardMsg], ...]:
    """Return the elements, what lasts beyond the run, and what belongs to it, each in order."""
    parted: tuple[list[ForwardMsg], ...] = [], [], []
    for each in held:
        kind = each.WhichOneof("type")
        parted[0 if kind in ELEMENTS else 1 if kind in LASTING else 2].append(each)
    return parted


_quick: set[str] = set()
_browsers: WeakKeyDictionary[StarletteSessionClient, Browser] = WeakKeyDictionary()
_visits: WeakValueDictionary[str, Browser] = WeakValueDictionary()  # by Streamlit's name for each
_write = StarletteSessionClient.write_forward_msg


def quick(page: str) -> None:
    """Send only what changed of a page, by Streamlit's name for it, from now on."""
    _quick.add(page)
    StarletteSessionClient.write_forward_msg = _take  # type: ignore[method-assign]


def together(visit: str, messages: Sequence[ForwardMsg]) -> Sequence[ForwardMsg]:
    """Return the elements of a page as one message, where they leave for a browser by this way."""
    return as_one(messages) if visit in _visits else messages


def _take(self: StarletteSessionClient, msg: ForwardMsg) -> None:
    browser = _browsers.setdefault(self, Browser())
    send = partial(_write, self)
    if isinstance(msg, Together):
        browser.take_page(msg.messages, send)
    else:
        browser.take(msg, send)
