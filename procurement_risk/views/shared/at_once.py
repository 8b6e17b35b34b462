"""What a page draws leaves in one go.

Streamlit hands each element to its event loop as it is drawn, and each hand-over may take the
interpreter from the page in the midst of it, for the sake of people who are served just as well
a moment later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

from procurement_risk.server import changed_only

DRAWN = ("delta", "ref_hash", "logo", "page_config_changed")


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
    send, held = context._enqueue, list[ForwardMsg]()

    def hold(message: ForwardMsg) -> None:
        if message.WhichOneof("type") in DRAWN:
            context.yield_check()
            held.append(message)
        else:  # what the address or the menu becomes is true whatever comes of the page
            send(message)

    context._enqueue = hold
    changed_only.quick(context.page_script_hash)
    try:
        yield
    except RerunException:
        held.clear()
        raise
    finally:
        context._enqueue = send
        for message in changed_only.together(context.session_id, held):
            send(message)
