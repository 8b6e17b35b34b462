"""Whether a part that was read back is plainly what it should be, told without its schema.

The schema takes longer over an assessment than all else that is done to read it. What is plain is
let through here; whatever is not goes to ``parts.check_part``, which also says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from procurement_risk.assessment import Answer, Mitigation, Purchase, Supplier, Upstream
from procurement_risk.assessment.model import WORKFLOW_STATES
from procurement_risk.assessment.parts import ANSWER, MITIGATION
from procurement_risk.framework import GRADES

Check = Callable[[Any], bool]

DAYS = frozenset(
    {"valid_until", "due", "decision_due", "contract_start", "contract_end", "break_dates"}
)
"""The fields of what is checked here that hold a day, or several."""


def is_plain_part(name: str, value: object) -> bool:
    """Whether ``value`` has every field and type that the part ``name`` needs, and no other."""
    if name.startswith(ANSWER):
        return _is_answer(value)
    if name.startswith(MITIGATION):
        return _is(Mitigation, value) and value["question"] == name.removeprefix(MITIGATION)  # type: ignore[index]
    check = PARTS.get(name)
    return check is not None and check(value)


def _is_answer(value: object) -> bool:
    return _is(Answer, value) and not ("option" in value and "options" in value)  # type: ignore[operator]


def _is(noun: type, value: object) -> bool:
    if not isinstance(value, dict):
        return False
    checks, required = _checks(noun)
    for key, each in value.items():
        check = checks.get(key)
        if check is None or not check(each):
            return False
    return required <= value.keys()


@cache
def _checks(noun: type) -> tuple[dict[str, Check], frozenset[str]]:
    """Return what each field of ``noun`` may hold, and which it cannot do without."""
    hints = get_type_hints(noun)
    required = frozenset(each.name for each in fields(noun) if each.default is MISSING)
    checks = {name: _check(name, hint) for name, hint in hints.items()}
    if noun is Answer:  # one option is written by itself
        checks["option"] = _is_text
    return checks, required


def _check(name: str, hint: Any) -> Check:  # noqa: ANN401  a type
    if name == "evidence":
        return GRADES.__contains__
    if get_origin(hint) is Literal:
        return get_args(hint).__contains__
    one = _is_day if name in DAYS else _is_text
    if get_origin(hint) is tuple:
        return lambda value: isinstance(value, list) and all(map(one, value))
    if hint is bool:
        return lambda value: isinstance(value, bool)
    if hint is str:
        return one
    return lambda value: type(value) is int and value >= 0


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


PARTS: dict[str, Check] = {
    "purchase": lambda value: _is(Purchase, value),
    "supplier": lambda value: _is(Supplier, value),
    "upstreams": lambda value: (
        isinstance(value, list) and all(_is(Upstream, each) for each in value)
    ),
    "pack": _is_text,
    "as_of": _is_day,
    "state": WORKFLOW_STATES.__contains__,
}
"""How the parts are checked that nearly every assessment has."""
