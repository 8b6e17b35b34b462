"""A number as people type it: a point or a comma before decimals, thousands apart or not."""

from __future__ import annotations

import re

_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_TWO_READINGS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
_COMMAS_FIRST = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_POINTS_FIRST = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]+")
_COMMA_ALONE = re.compile(r"-?[0-9]+,[0-9]+")


def typed_number(text: str) -> str:
    """Return ``text`` with a point before its decimals and nothing between its thousands.

    What has two readings stays as it was typed: 1,500 is 1.5 in one country and 1500 in another.
    So does what is no number.
    """
    said = _BETWEEN_THOUSANDS.sub("", text.strip())
    if has_two_readings(text):
        return text.strip()
    if _COMMAS_FIRST.fullmatch(said):
        return said.replace(",", "")
    if _POINTS_FIRST.fullmatch(said):
        return said.replace(".", "").replace(",", ".")
    return said.replace(",", ".") if _COMMA_ALONE.fullmatch(said) else said


def has_two_readings(text: str) -> bool:
    """Whether the one comma of ``text`` may stand between thousands or before decimals."""
    return bool(_TWO_READINGS.fullmatch(text.strip()))
