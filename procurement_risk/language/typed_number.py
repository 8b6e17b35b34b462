"""A number as people type it: a point or a comma before decimals, thousands apart or not."""

from __future__ import annotations

import re

_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f'’](?=[0-9]{3}(?![0-9]))")
_TWO_READINGS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_COMMAS_FIRST = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_POINTS_FIRST = re.compile(r"-?[1-9][0-9]{0,2}(?:(\.[0-9]{3})+,[0-9]+|(\.[0-9]{3}){2,})")
_WHOLE = re.compile(r"([0-9]{1,15})(?:\.0{1,2})?")
_KEPT_APART = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}0")
_COMMA_ALONE = re.compile(r"-?[0-9]+,[0-9]+")


def typed_number(text: str) -> str:
    """Return ``text`` with a point before its decimals and nothing between its thousands.

    What has two readings stays as it was typed, and so does what is no number.
    """
    said = _BETWEEN_THOUSANDS.sub("", text.strip())
    if two_readings(text):
        return text.strip()
    if _KEPT_APART.fullmatch(said):
        return said[:-1].replace(",", ".")
    if _COMMAS_FIRST.fullmatch(said):
        return said.replace(",", "")
    if _POINTS_FIRST.fullmatch(said):
        return said.replace(".", "").replace(",", ".")
    return said.replace(",", ".") if _COMMA_ALONE.fullmatch(said) else said


def typed_pounds(text: str) -> int | None:
    """Return the whole pounds that ``text`` says, or None where it says none.

    Of pounds nobody writes three decimals, so 1,500 and 1.500 have one reading here.
    """
    said = text.strip().removeprefix("£").removesuffix("£").strip()
    readings = two_readings(said)
    found = _WHOLE.fullmatch(readings[0] if readings else typed_number(said))
    return int(found[1]) if found else None


def typed_whole(text: str) -> int | None:
    """Return the whole number that ``text`` says, or None where it says none or may say two."""
    found = re.fullmatch(r"(-?[0-9]{1,15})(?:\.0+)?", typed_number(text))
    return int(found[1]) if found and not two_readings(text) else None


def two_readings(text: str) -> tuple[str, str] | None:
    """Return the whole and the decimal number that ``text`` may be, each so that it has one.

    1,500 and 1.500 are 1500 in one country and 1.5 in another.
    """
    if not _TWO_READINGS.fullmatch(text.strip()):
        return None
    before, after = re.split("[.,]", text.strip())
    decimal = f"{before}.{after}".rstrip("0").removesuffix(".")
    return before + after, one_reading(decimal)


def one_reading(number: str) -> str:
    """Return a kept number so that ``typed_number`` gives it back: 1.234 as 1.2340."""
    return f"{number}0" if _TWO_READINGS.fullmatch(number) else number
