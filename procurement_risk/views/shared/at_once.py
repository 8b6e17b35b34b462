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

DRAWN = ("delta", "ref_hash", "logo", "page_config_changed")


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


class _Held:
    """Keeps what is drawn, and sends on what is not."""

    def __init__(self, context: ScriptRunContext) -> None:
        self.drawn: list[ForwardMsg] = []
        self.is_one = True  # whether all of it may leave as one message
        self._context, self._send = context, context._enqueue

    def __call__(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") in DRAWN:
            self._context.yield_check()
            self.is_one = self.is_one and not is_kept(message)
            self.drawn.append(message)
        else:  # what the address or the menu becomes is true whatever comes of the page
            self._send(message)

    def again(self, messages: Sequence[ForwardMsg]) -> None:
        """Keep several elements that were drawn before, none of which does something by itself."""
        self._context.yield_check()
        self.drawn.extend(messages)


def send_again(send: Send, messages: Sequence[ForwardMsg]) -> None:
    """Send elements that were drawn before, in one step where that is possible."""
    if isinstance(send, Listener | _Held):
        send.again(messages)
        return
    for each in messages:
        send(each)


@contextmanager
def at_once() -> Iterator[None]:
    """Keep what is drawn in the block until its end, then send all of it.

    Nothing else changes: a click that came meanwhile ends the run at the next element, and what
    was drawn for a run that starts anew is not sent, as it would be replaced at once. For a page
    that is drawn in a moment: nobody sees the beginning of a slow one before its end. Of what
    leaves, a browser is sent what it has not, see ``server.changed_only``.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:  # drawn by no visit
        yield
        return
    send, held = context._enqueue, _Held(context)
    context._enqueue = held
    changed_only.quick(context.page_script_hash)
    try:
        yield
    except RerunException:
        held.drawn.clear()
        raise
    finally:
        context._enqueue = send
        drawn = held.drawn
        for message in changed_only.together(context.session_id, drawn) if held.is_one else drawn:
            send(message)
