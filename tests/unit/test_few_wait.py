"""An empty queue is left as it is, and one with something in it is emptied."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from procurement_risk.server import few_wait


def test_a_queue_is_emptied_where_something_waits(monkeypatch):
    monkeypatch.setattr(ForwardMsgQueue, "flush", ForwardMsgQueue.flush)
    few_wait.pass_by()
    queue = ForwardMsgQueue()
    before = queue._queue
    assert list(queue.flush()) == []
    assert queue._queue is before
    queue.enqueue(message := ForwardMsg(navigation={}))
    assert queue.flush() == [message]
    assert queue.is_empty()
    assert list(queue.flush()) == [], "What is given for an empty one is nobody's to fill."
