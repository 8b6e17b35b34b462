"""Percentages for people and files to read. Nothing is ever decided on the rounded text."""

from __future__ import annotations

from fractions import Fraction


def one_decimal(value: Fraction) -> str:
    """Return ``value`` with one decimal, rounded half up: 12.25 becomes ``12.3``.

    Args:
        value: Any exact number of 0 or more.
    """
    tenths = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def whole(value: Fraction) -> str:
    """Return ``value`` without decimals, rounded half up: 12.5 becomes ``13``.

    Args:
        value: Any exact number of 0 or more.
    """
    return str((2 * value.numerator + value.denominator) // (2 * value.denominator))
