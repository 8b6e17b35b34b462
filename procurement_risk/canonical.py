"""JSON in its one canonical form, the SHA-256 of that form, and JSON read strictly.

The canonical form is ``json.dumps(o, sort_keys=True, separators=(",", ":"),
ensure_ascii=False)`` as UTF-8. With ASCII keys, no floats and integers below 2**53 those bytes
equal RFC 8785, so a record can be checked with the Python standard library alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from procurement_risk.errors import InvalidDocument, Problem

JSON = Any  # whatever ``json.loads`` gives
Document = dict[str, JSON]

BYTE_LIMIT = 5_000_000
DEPTH_LIMIT = 30
INTEGER_LIMIT = 2**53


def canonical_bytes(document: object) -> bytes:
    """Return the one form of ``document`` that digests are taken over.

    Raises:
        InvalidDocument: If something in it has no such form; it lists every such thing.
    """
    problems = check_canonical(document, "document")
    if problems:
        raise InvalidDocument("document", problems)
    return write_json(document)


def digest_of(document: object) -> str:
    """Return the SHA-256 of ``document`` in its canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def check_canonical(value: object, where: str) -> list[Problem]:
    """Return whatever keeps ``value`` from having a canonical form; empty where it has one."""
    return list(_unfit(value, where))


def write_json(document: object) -> bytes:
    """Return the canonical bytes of ``document``, which held ``check_canonical``."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _unfit(value: object, where: str, depth: int = 0) -> Iterator[Problem]:
    if isinstance(value, str):
        if not _is_utf8(value):
            yield Problem(where, f"{where} holds half a character. Type that text again.")
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) >= INTEGER_LIMIT:
            yield Problem(where, f"{where} is too large a number. Write it as a text.")
    elif isinstance(value, dict | list):
        if depth >= DEPTH_LIMIT:
            yield Problem(where, f"{where} is nested deeper than {DEPTH_LIMIT}. Flatten it.")
        else:
            yield from _unfit_inside(value, where, depth + 1)
    else:
        kind = type(value).__name__
        yield Problem(where, f"{where} is a {kind}, which a record cannot hold. Write a text.")


def _unfit_inside(value: dict[Any, Any] | list[Any], where: str, depth: int) -> Iterator[Problem]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unfit(item, f"{where}[{index}]", depth)
        return
    for key, item in value.items():
        if isinstance(key, str) and key.isascii():
            yield from _unfit(item, f"{where}.{key}", depth)
        else:
            yield Problem(where, f"{where} has the key {key!r}. Write keys in the letters a to z.")


def _is_utf8(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- Reading JSON from outside ------------------------------------------------------------

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class _Refused(ValueError):
    """A value that JSON allows and we do not."""


def read_json(data: bytes, name: str = "record") -> JSON:
    """Return the JSON value in ``data``, read more strictly than ``json.loads`` does.

    Raises:
        InvalidDocument: If ``data`` is over 5 MB, is not UTF-8 without a byte-order mark, nests
            deeper than 30, writes a key twice, or holds a float or too large a number.
    """
    text = _text(data, name)
    if _depth(text) > DEPTH_LIMIT:
        _refuse(name, f"The file is nested deeper than {DEPTH_LIMIT}. Ask for the original.")
    try:
        return json.loads(
            text,
            object_pairs_hook=_unrepeated,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_small_integer,
        )
    except json.JSONDecodeError as error:
        fault = f"This is not JSON: {error.msg}. Ask for the file again."
        raise InvalidDocument(name, [Problem("", fault, error.lineno, error.colno)]) from error
    except _Refused as error:
        raise InvalidDocument(name, [Problem("", str(error))]) from error


def _refuse(name: str, message: str) -> NoReturn:
    raise InvalidDocument(name, [Problem("", message)])


def _text(data: bytes, name: str) -> str:
    if len(data) > BYTE_LIMIT:
        _refuse(name, f"The file has {len(data):,} bytes. At most {BYTE_LIMIT:,} are read.")
    if data.startswith(b"\xef\xbb\xbf"):
        _refuse(
            name,
            "The file begins with a byte-order mark, so another program saved it. "
            "Use the original.",
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        _refuse(name, f"The file is not UTF-8 text at byte {error.start}. Use the original.")


def _depth(text: str) -> int:
    """Return how deep arrays and objects nest, found without nesting calls."""
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        first = text[token.start()]
        if first in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in "]}":
            depth -= 1
    return deepest


def _unrepeated(pairs: list[tuple[str, Any]]) -> Document:
    document = dict(pairs)
    if len(document) < len(pairs):
        key = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _Refused(f"The key {key!r} is written twice in one object. Keep one of the two.")
    return document


def _no_float(text: str) -> NoReturn:
    raise _Refused(f"The number {text} is not a whole number. Write it as a text in quotes.")


def _small_integer(text: str) -> int:
    if len(text) > len(str(INTEGER_LIMIT)) + 1:
        raise _Refused(f"The number {text[:20]}… is too large. Write it as a text in quotes.")
    return int(text)
