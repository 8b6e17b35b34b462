"""Many elements as one message, which costs Streamlit's event loop what one element costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Together:
    """For Streamlit's queue a message like another, until it is taken apart."""

    delta: Final = ForwardMsg().delta  # of no part that is drawn by itself

    def __init__(self, messages: Sequence[ForwardMsg]) -> None:
        self.messages = messages

    def WhichOneof(self, _name: str) -> str:
        """Return what it is: something that is not kept once a newer run has begun."""
        return "together"

    def HasField(self, _name: str) -> bool:
        """Return False: nothing is put in the place of a part of it."""
        return False


def as_one(messages: Sequence[ForwardMsg]) -> Sequence[ForwardMsg]:
    """Return the messages as one. None of them may be one that ``is_kept``."""
    return [cast(ForwardMsg, Together(messages))] if messages else messages


def is_kept(message: ForwardMsg) -> bool:
    """Whether Streamlit's queue keeps it though a newer run has begun."""
    return message.delta.new_element.WhichOneof("type") == "toast"
