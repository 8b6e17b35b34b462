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
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import accumulate
from math import isfinite
from typing import Any, NoReturn

from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped

JSON = Any  # whatever ``json.loads`` gives
Document = dict[str, JSON]

BYTE_LIMIT = 5_000_000
DEPTH_LIMIT = 30
INTEGER_LIMIT = 2**53
LONGEST_DECIMAL = 40


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
    return [] if _is_fit(value) else list(_unfit(value, where))


def write_json(document: object) -> bytes:
    """Return the canonical bytes of ``document``, which held ``check_canonical``."""
    return _written(document).encode()


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""Made once: most of what is written is small, and ``json.dumps`` makes one for each."""


def join_json(parts: Mapping[str, bytes]) -> bytes:
    """Return the canonical bytes of the object that has the values whose bytes are ``parts``."""
    written = (write_json(key) + b":" + parts[key] for key in sorted(parts))
    return b"{" + b",".join(written) + b"}"


def _is_fit(value: object, depth: int = 0) -> bool:
    """Whether ``_unfit`` finds nothing: nearly everything is fit, and this is quick to tell."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            return False
        value = list(value.values())
    if not isinstance(value, list) or depth >= DEPTH_LIMIT:
        return not any(_unfit(value, "", depth))
    for each in value:
        if type(each) is str and each.isascii():
            continue
        if not _is_fit(each, depth + 1):
            return False
    return True


def _unfit(value: object, where: str, depth: int = 0) -> Iterator[Problem]:
    if isinstance(value, str):
        if not _is_utf8(value):
            message = _("{where} holds half a character. Type that text again.")
            yield Problem(where, message.format(where=where))
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) >= INTEGER_LIMIT:
            message = _("{where} is too large a number. Write it as a text.")
            yield Problem(where, message.format(where=where))
    elif isinstance(value, dict | list):
        if depth >= DEPTH_LIMIT:
            message = _("{where} is nested deeper than {most}. Flatten it.")
            yield Problem(where, message.format(where=where, most=DEPTH_LIMIT))
        else:
            yield from _unfit_inside(value, where, depth + 1)
    else:
        message = _("{where} is a {kind}, which a record cannot hold. Write a text.")
        yield Problem(where, message.format(where=where, kind=type(value).__name__))


def _unfit_inside(value: dict[Any, Any] | list[Any], where: str, depth: int) -> Iterator[Problem]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unfit(item, f"{where}[{index}]", depth)
        return
    for key, item in value.items():
        if isinstance(key, str) and key.isascii():
            yield from _unfit(item, f"{where}.{key}", depth)
        else:
            message = _("{where} has the key {key}. Write keys in the letters a to z.")
            yield Problem(where, message.format(where=where, key=repr(key)))


def _is_utf8(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- Reading JSON from outside ------------------------------------------------------------

_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")  # one level down, or one up: -1
_NO_BRACKETS = bytes(set(range(256)) - set(b"[{]}"))


class Refused(ValueError):
    """A value that JSON allows and we do not."""


def read_json(data: bytes, name: str = "record", *, decimals: bool = False) -> JSON:
    """Return the JSON value in ``data``, read more strictly than ``json.loads`` does.

    Args:
        data: The bytes as they came.
        name: What to call them in a message.
        decimals: Whether numbers with a point are allowed; they come back as fractions. No record
            holds any.

    Raises:
        InvalidDocument: If ``data`` is over 5 MB, is not UTF-8 without a byte-order mark, nests
            deeper than 30, writes a key twice, or holds a float or too large a number.
    """
    text = _text(data, name)
    if nesting(text) > DEPTH_LIMIT:
        message = _("The file is nested deeper than {most}. Ask for the original.")
        refuse(name, message.format(most=DEPTH_LIMIT))
    return parse_json(
        text,
        name,
        _("This is not JSON: {fault}. Ask for the file again."),
        object_pairs_hook=unrepeated,
        parse_float=_decimal if decimals else _no_float,
        parse_constant=_no_float,
        parse_int=small_integer,
    )


def parse_json(text: str, name: str, no_json: str, **hooks: Callable[..., object]) -> JSON:
    """Return the JSON value in ``text``.

    Args:
        text: What ``nesting`` has found shallow enough.
        name: What the file is called in a refusal.
        no_json: What to say of something else than JSON, with ``{fault}`` in it.
        hooks: What ``json.loads`` calls for each part; one raises ``Refused`` for a bad one.

    Raises:
        InvalidDocument: If it is not JSON, or if a hook refuses a part of it.
    """
    try:
        return json.loads(text, **hooks)  # type: ignore[arg-type]
    except json.JSONDecodeError as error:
        fault = no_json.format(fault=error.msg)
        raise InvalidDocument(name, [Problem("", fault, error.lineno, error.colno)]) from error
    except Refused as error:
        raise InvalidDocument(name, [Problem("", str(error))]) from error


def refuse(name: str, message: str) -> NoReturn:
    """Refuse the whole file ``name``."""
    raise InvalidDocument(name, [Problem("", message)])


def refuse_too_large(data: bytes, name: str) -> None:
    """Refuse a file of more than 5 MB."""
    if len(data) > BYTE_LIMIT:
        message = ngettext(
            "The file has {n} byte. At most {most} are read.",
            "The file has {n} bytes. At most {most} are read.",
            len(data),
        )
        refuse(name, message.format(n=grouped(len(data)), most=grouped(BYTE_LIMIT)))


def _text(data: bytes, name: str) -> str:
    refuse_too_large(data, name)
    if data.startswith(b"\xef\xbb\xbf"):
        refuse(
            name,
            _(
                "The file begins with a byte-order mark, so another program saved it. "
                "Use the original."
            ),
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        message = _("The file is not UTF-8 text at byte {place}. Use the original.")
        refuse(name, message.format(place=error.start))


def nesting(text: str) -> int:
    """Return how deep arrays and objects nest, found without nesting calls."""
    brackets = _TEXT.sub("", text).encode("ascii", "ignore").translate(_STEPS, _NO_BRACKETS)
    return max(accumulate(memoryview(brackets).cast("b"), initial=0))


def unrepeated(pairs: list[tuple[str, Any]], shown: Callable[[str], str] = repr) -> Document:
    """Return the object of these ``pairs``.

    Raises:
        Refused: If a key is written twice; it is named as ``shown``.
    """
    document = dict(pairs)
    if len(document) < len(pairs):
        key = next(key for key, count in Counter(key for key, __ in pairs).items() if count > 1)
        message = _("The key {key} is written twice in one object. Keep one of the two.")
        raise Refused(message.format(key=shown(key)))
    return document


def _no_float(text: str) -> NoReturn:
    message = _("The number {number} is not a whole number. Write it as a text in quotes.")
    raise Refused(message.format(number=text))


def _decimal(text: str) -> Fraction:
    number = float(text)
    if len(text) > LONGEST_DECIMAL or not isfinite(number):
        message = _("The number {number}… is too long or too large. Write it like 0.25.")
        raise Refused(message.format(number=text[:20]))
    # An exponent is left to the float: as a fraction it could take any amount of memory.
    return Fraction(number) if "e" in text.lower() else Fraction(text)


def small_integer(text: str, longest: int = len(str(INTEGER_LIMIT)) + 1) -> int:
    """Return the integer in ``text``.

    Raises:
        Refused: If it is longer than ``longest`` characters.
    """
    if len(text) > longest:
        message = _("The number {number} is too large. Write it as a text in quotes.")
        raise Refused(message.format(number=f"{text[:20]}…"))
    return int(text)
