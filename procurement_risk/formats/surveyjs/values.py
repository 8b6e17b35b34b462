"""Values as SurveyJS compares them, which is as JavaScript does, with a few habits of its own.

Versions differ in one thing that matters here: the older compare texts letter by letter, the newer
ignore capitals and spaces around. ``strictly`` chooses the older way.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from typing import Any

Value = None | bool | int | float | str | list["Value"]

_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_BASES = {"0x": (16, "0-9a-fA-F"), "0o": (8, "0-7"), "0b": (2, "01")}
_NOT_CORRECTED = re.compile(r"0[^.,x].*|[0-9]{16,}")  # by the newer versions
_OPERATORS = re.compile(r"[-*^/%]|.{2,}\+")


def to_number(text: str) -> float:
    """Return what JavaScript's ``Number`` makes of ``text``: 0 for nothing, NaN for no number."""
    text = text.strip()
    if not text:
        return 0.0
    base, digits = _BASES.get(text[:2].lower(), (0, ""))
    if base and re.fullmatch(f"[{digits}]{{1,300}}", text[2:]):
        return _as_float(int(text[2:], base))
    if _DECIMAL.fullmatch(text):
        return float(text)
    if text in ("Infinity", "+Infinity", "-Infinity"):
        return float(text.replace("Infinity", "inf"))
    return math.nan


def _as_float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def is_empty(value: Value) -> bool:
    """Whether there is no value: nothing, an empty list, or nothing but spaces."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == []


def is_truthy(value: Value) -> bool:
    """Whether JavaScript takes ``value`` for true."""
    if isinstance(value, list):
        return True
    if isinstance(value, float) and math.isnan(value):
        return False
    return bool(value)


def is_true(value: Value) -> bool:
    """Whether ``value == true`` in JavaScript, which is how a whole condition is judged."""
    if isinstance(value, list):
        value = text_of(value)
    return False if value is None else number_of(value) == 1


def number_of(value: Value) -> float:
    """Return what JavaScript's ``Number`` makes of ``value``."""
    if isinstance(value, str):
        return to_number(value)
    if isinstance(value, list):
        return to_number(text_of(value))
    if isinstance(value, int):  # a bool as well
        return _as_float(int(value))
    return 0.0 if value is None else value


def text_of(value: Value) -> str:
    """Return what JavaScript's ``String`` makes of ``value``."""
    if isinstance(value, list):
        return ",".join("" if item is None else text_of(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)


def corrected(value: Value, strictly: bool) -> Value:
    """Return ``value`` as an expression sees it: texts that look like something else become it."""
    if not isinstance(value, str) or not value:
        return value
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if _OPERATORS.search(value) or not value.strip():
        return value
    if not strictly and _NOT_CORRECTED.fullmatch(value):
        return value
    number = to_number(value)
    return value if math.isnan(number) or math.isinf(number) else number


def equal(left: Value, right: Value, strictly: bool) -> bool:
    """Whether the two are the same answer; lists are, whatever the order of their items."""
    if left is None or right is None:
        other = right if left is None else left
        return other is None or other in ("", "undefined")
    if isinstance(left, str) and isinstance(right, str):
        return left == right if strictly else _plain(left) == _plain(right)
    if isinstance(left, list) and isinstance(right, list):
        pairs = zip(sorted(left, key=text_of), sorted(right, key=text_of), strict=False)
        return len(left) == len(right) and all(equal(*pair, strictly) for pair in pairs)
    if isinstance(left, list) or isinstance(right, list) or is_empty(left) != is_empty(right):
        return False
    return _equal_scalars(left, right)


def _plain(text: str) -> str:
    return text.strip().lower()


def _equal_scalars(left: Value, right: Value) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool) and isinstance(other, str):
            return text_of(one) == other.lower()
    return number_of(left) == number_of(right)


def contains(left: Value, right: Value, strictly: bool) -> bool:
    """Whether ``left`` contains ``right``: a list all of its items, a text it as a part."""
    return _contains(left, right, strictly, wanted=True)


def not_contains(left: Value, right: Value, strictly: bool) -> bool:
    """Whether ``left`` does not contain ``right``."""
    if not is_truthy(left) and not is_empty(right):
        return True
    return _contains(left, right, strictly, wanted=False)


def _contains(left: Value, right: Value, strictly: bool, wanted: bool) -> bool:
    if left is None or left == "":
        return False
    if strictly and not is_truthy(left):
        return False  # 0 and false contain something in the newer versions only
    if isinstance(left, list) and left:
        searched = right if isinstance(right, list) else [right]
        found = all(any(equal(item, each, strictly) for item in left) for each in searched)
        return wanted if found else not wanted
    if not is_truthy(right):
        return False
    whole, part = text_of(left), text_of(right)
    if not strictly:
        whole, part = whole.upper(), part.upper()
    return (part in whole) == wanted


def any_of(left: Value, right: Value, strictly: bool) -> bool:
    """Whether ``left`` has at least one item of ``right``."""
    if is_empty(left):
        return is_empty(right)
    if is_empty(right):
        return True
    if strictly and not is_truthy(left):
        return False
    if not isinstance(left, list):
        return contains(right, left, strictly)
    wanted = right if isinstance(right, list) else [right]
    return any(contains(left, each, strictly) for each in wanted)


def all_of(left: Value, right: Value, strictly: bool) -> bool:
    """Whether ``left`` has every item of ``right``."""
    if not is_truthy(left) and not is_empty(right):
        return False
    if not isinstance(right, list):
        return contains(left, right, strictly)
    return all(contains(left, each, strictly) for each in right)


def _ordering(holds: Callable[[Any, Any], bool], or_equal: bool) -> Callable[..., bool]:
    """Return the comparison that ``holds`` makes, of texts or of numbers."""

    def compare(left: Value, right: Value, strictly: bool) -> bool:
        if or_equal and equal(left, right, strictly):
            return True
        if left is None or right is None:
            return False
        if isinstance(left, str | list) and isinstance(right, str | list):
            return holds(text_of(left), text_of(right))
        return holds(number_of(left), number_of(right))

    return compare


COMPARISONS: dict[str, Callable[[Value, Value, bool], bool]] = {
    "equal": equal,
    "notequal": lambda left, right, strictly: not equal(left, right, strictly),
    "contains": contains,
    "notcontains": not_contains,
    "anyof": any_of,
    "in": any_of,
    "noneof": lambda left, right, strictly: not any_of(left, right, strictly),
    "allof": all_of,
    "less": _ordering(operator.lt, or_equal=False),
    "lessorequal": _ordering(operator.lt, or_equal=True),
    "greater": _ordering(operator.gt, or_equal=False),
    "greaterorequal": _ordering(operator.gt, or_equal=True),
}


def points_of(value: Value) -> float:
    """Return the points an option with this ``value`` gives in Canada's instrument.

    A number gives itself, a text the number after its last hyphen, 0 where there is none.
    """
    if isinstance(value, bool) or value is None or isinstance(value, list):
        return 0.0
    if not isinstance(value, str):
        return number_of(value)
    if "-" not in value:
        return 0.0
    points = to_number(value.rpartition("-")[2])
    return 0.0 if math.isnan(points) else points
