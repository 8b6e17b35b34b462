"""Write a document as YAML that reads like the files in ``frameworks/``.

Whatever is written is read back by ``strict_yaml`` as the identical document: a text goes without
quotes only where it cannot be taken for anything else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

WIDTH = 99
_ALWAYS_OPEN = {"ask", "questions"}  # keys of mappings that are read line by line
LONG_OPTION = 200  # one with plain texts only, such as an option, may be longer

_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_IN_BRACKETS = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9 _./()'’–—?!;%+«»“”…€£-]*")
_ON_ITS_OWN = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9 _./()'’–—?!;%+«»“”…€£,-]*")
_WORDS = {"y", "yes", "n", "no", "true", "false", "on", "off", "null", "none", "nan", "inf"}
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_UNFOLDABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00a0\u2028\u2029\ufeff\ufffe\uffff]|  ")


def write_yaml(document: dict[str, Any], comment_lines: Iterable[str] = ()) -> str:
    """Return ``document`` as YAML, with ``comment_lines`` above it as comments.

    Args:
        document: Mappings, lists, texts, whole numbers, true and false.
        comment_lines: Lines without the sign #.
    """
    lines = [_comment(line) for comment in comment_lines for line in comment.split("\n")]
    lines += _mapping(document, 0)
    return "\n".join(lines) + "\n"


def _comment(line: str) -> str:
    """Return ``line`` as a comment; what could end it, or is not seen, becomes a space."""
    return f"# {''.join(c if c.isprintable() else ' ' for c in line)}".rstrip()


def _mapping(mapping: dict[str, Any], indent: int) -> Iterator[str]:
    for key, value in mapping.items():
        yield from _entry(f"{' ' * indent}{_key(key)}:", value, indent)


def _entry(start: str, value: Any, indent: int) -> Iterator[str]:  # noqa: ANN401
    """Yield the lines of ``value`` behind ``start``, which ends in a colon."""
    if isinstance(value, str):
        yield from _text(start, value, indent + 2)
        return
    flow = _flow(value)
    if flow is not None and len(start) + 1 + len(flow) <= WIDTH:
        yield f"{start} {flow}"
    elif isinstance(value, dict):
        yield start
        yield from _mapping(value, indent + 2)
    else:
        yield start
        yield from _items(value, indent + 2)


def _items(items: Sequence[Any], indent: int) -> Iterator[str]:
    start = f"{' ' * indent}-"
    for item in items:
        flow = _flow(item)
        if isinstance(item, str):
            yield f"{start} {_scalar(item)}"
        elif flow is not None and len(start) + 1 + len(flow) <= _room(item):
            yield f"{start} {flow}"
        elif isinstance(item, dict):
            first, *rest = _mapping(item, indent + 2)
            yield f"{start} {first[indent + 2 :]}"
            yield from rest
        else:
            first, *rest = _items(item, indent + 2)
            yield f"{start} {first[indent + 2 :]}"
            yield from rest


def _room(item: Any) -> int:  # noqa: ANN401
    """Return how long a line with ``item`` may be: options stay together even where long."""
    return LONG_OPTION if isinstance(item, dict) and "label" in item else WIDTH


def _text(start: str, text: str, indent: int) -> Iterator[str]:
    """Yield ``text`` behind ``start``: on that line, folded, or line by line."""
    one_line = f"{start} {_scalar(text)}"
    lines = text.split("\n")
    foldable = not any(_UNFOLDABLE.search(line) or line != line.strip() for line in lines)
    is_short = len(lines) == 1 and (len(one_line) <= WIDTH or " " not in text)
    if is_short or not foldable or "" in (lines[0], lines[-1]):
        yield one_line
    elif any(indent + len(line) > WIDTH for line in lines):
        yield f"{start} >-"
        for index, line in enumerate(lines):
            if index:
                yield ""
            if line:
                yield from _folded(line, indent)
    else:
        yield f"{start} |-"
        yield from (f"{' ' * indent}{line}".rstrip() for line in lines)


def _folded(text: str, indent: int) -> Iterator[str]:
    """Yield ``text`` in lines of the usual width."""
    line = ""
    for word in text.split(" "):
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            yield " " * indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield " " * indent + line


def _flow(value: Any) -> str | None:  # noqa: ANN401
    """Return ``value`` on one line, or None where it is too long for that or not simple."""
    if isinstance(value, str):
        return _scalar(value, _IN_BRACKETS)
    if isinstance(value, dict) and not _ALWAYS_OPEN & value.keys():
        parts = [(f"{_key(key)}: ", _flow(part)) for key, part in value.items()]
        signs = "{}"
    elif isinstance(value, list):
        parts = [("", _flow(part)) for part in value]
        signs = "[]"
    else:
        return None if isinstance(value, dict) else json.dumps(value)
    if any(part is None or len(part) > LONG_OPTION for _, part in parts):
        return None
    return f"{signs[0]}{', '.join(key + str(part) for key, part in parts)}{signs[1]}"


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) and key.lower() not in _WORDS else _quoted(key)


def _scalar(text: str, pattern: re.Pattern[str] = _ON_ITS_OWN) -> str:
    """Return ``text`` bare where nothing else can be meant, and in quotes otherwise."""
    return text if is_plain(text, pattern) else _quoted(text)


def in_brackets(text: str) -> str:
    """Return ``text`` as it is written between brackets, in quotes where it needs them."""
    return _scalar(text, _IN_BRACKETS)


def is_plain(text: str, pattern: re.Pattern[str] = _IN_BRACKETS) -> bool:
    """Return whether ``text`` needs no quotes: nothing else can be meant, in brackets either."""
    is_bare = pattern.fullmatch(text) is not None and text.strip() == text
    return is_bare and text.lower() not in _WORDS


def _quoted(text: str) -> str:
    """Return ``text`` in double quotes: as JSON, and without what YAML cannot show."""
    as_json = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", as_json)
