"""What a page draws leaves in one go.

Streamlit hands each element to its event loop as it is drawn, and each hand-over may take the
interpreter from the page in the midst of it, for the sake of people who are served just as well
a moment later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from procurement_risk.server import changed_only
from procurement_risk.server.together import is_kept

TRUE = ("navigation",)  # whatever comes of the page that is drawn in it
DRAWN = ("delta", "ref_hash", "logo", "page_config_changed", *TRUE)


Send = Callable[[ForwardMsg], None]


class Listener:
    """Sends on what is sent, and keeps it too."""

    def __init__(self, send: Send) -> None:
        self.heard: list[ForwardMsg] = []
        self._send = send

    def __call__(self, message: ForwardMsg) -> None:
        """Send one message on."""
        self.heard.append(message)
        self._send(message)

    def again(self, messages: Sequence[ForwardMsg]) -> None:
        """Send on several that were drawn before."""
        self.heard.extend(messages)
        send_again(self._send, messages)


class Held:
    """Keeps what a run draws, and sends on what it does not draw."""

    def __init__(self, context: ScriptRunContext) -> None:
        self._drawn: list[ForwardMsg] = []
        self._is_one = True  # whether all of it may leave as one message
        self._context, self._send = context, context._enqueue
        context._enqueue = self

    def __call__(self, message: ForwardMsg) -> None:
        """Keep what is drawn; send on what is not."""
        if message.WhichOneof("type") in DRAWN:
            self._context.yield_check()
            self._is_one = self._is_one and not is_kept(message)
            self._drawn.append(message)
        else:  # what the address becomes is true whatever comes of the page
            self._send(message)

    def again(self, messages: Sequence[ForwardMsg]) -> None:
        """Keep several elements that were drawn before, none of which does something by itself."""
        self._context.yield_check()
        self._drawn.extend(messages)

    def of_quick(self) -> None:
        """Say that the page is one of those of which a browser is sent what changed."""
        changed_only.quick(self._context.page_script_hash)

    def leave(self) -> None:
        """Send what was kept, and keep no more."""
        if self._context._enqueue is not self:
            return
        self._context._enqueue, drawn = self._send, self._drawn
        visit = self._context.session_id
        for message in changed_only.together(visit, drawn) if self._is_one else drawn:
            self._send(message)

    def forget(self) -> None:
        """Send what is true whatever comes of the page; of what was drawn nothing."""
        self._drawn = [each for each in self._drawn if each.WhichOneof("type") in TRUE]
        self.leave()


def send_again(send: Send, messages: Sequence[ForwardMsg]) -> None:
    """Send elements that were drawn before, in one step where that is possible."""
    if isinstance(send, Listener | Held):
        send.again(messages)
        return
    for each in messages:
        send(each)


@contextmanager
def at_once() -> Iterator[Held | None]:
    """Keep what is drawn in the block until its end, then send all of it.

    Nothing else changes: a click that came meanwhile ends the run at the next element, and what
    was drawn for a run that starts anew is not sent, as it would be replaced at once. For a page
    that is drawn in a moment: nobody sees the beginning of a slow one before its end, so of such
    a page what is kept leaves as soon as it is known (``Held.leave``). Of what leaves, a browser
    is sent what it has not, see ``server.changed_only``.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:  # drawn by no visit
        yield None
        return
    held = Held(context)
    try:
        yield held
    except RerunException:
        held.forget()
        raise
    finally:
        held.leave()
