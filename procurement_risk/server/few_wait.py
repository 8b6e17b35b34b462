"""Of the visits for which nothing waits, the server's loop only sees that nothing does.

It looks at each visit whenever something waits for one of them, and empties its queue.
"""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_flush = ForwardMsgQueue.flush


def pass_by() -> None:
    """Leave an empty queue as it is, from now on."""
    ForwardMsgQueue.flush = _flushed  # type: ignore[method-assign]


def _flushed(self: ForwardMsgQueue) -> list[ForwardMsg]:
    return _flush(self) if self._queue else []
