"""The log: one JSON object a line, which says what happened and never whom or what it was about.

A line holds the sentence as it stands in the code, without what was to be put into it, and of an
error its kind and where it came from, without its words: those are what may name somebody. What a
line says beside that is in ``SAID``, and nothing else.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from streamlit import logger as streamlit_logger

SAID = ("request", "method", "path", "status", "milliseconds", "page", "count", "action", "reason")
"""What a line may say, by the names that ``extra`` gives: numbers, and words of the code."""

FRAMES = 12


class Json(logging.Formatter):
    """Writes a line of the log."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        line |= {name: vars(record)[name] for name in SAID if name in vars(record)}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _kinds(record.exc_info[1])
            line["where"] = _frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)


def write_json() -> None:
    """Have every log of this process written so, to the standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Json())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    streamlit_logger.setup_formatter = _hand_on  # which it also asks for loggers made later
    streamlit_logger.update_formatter()


def _hand_on(logger: logging.Logger) -> None:
    """Have a logger of Streamlit's, or of uvicorn's, write nothing by itself."""
    logger.handlers[:] = []
    logger.propagate = True


def _kinds(error: BaseException) -> list[str]:
    """Return the kind of an error, and of what it came from."""
    kinds: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(kinds) < FRAMES:
        kinds.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        seen = seen.__cause__ or seen.__context__
    return kinds


def _frames(found: TracebackType | None) -> list[str]:
    """Return the last places that an error went through: file, line and function."""
    frames = traceback.extract_tb(found)[-FRAMES:]
    return [
        f"{'/'.join(each.filename.split('/')[-3:])}:{each.lineno} {each.name}" for each in frames
    ]
