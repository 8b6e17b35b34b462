"""Numbers for people, with the signs of the language in use; ``percent`` writes those for files.

A catalogue says the signs as it says words, so a language needs nothing but its catalogue.
"""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.language.catalogue import pgettext
from procurement_risk.language.percent import one_decimal


def shown(number: str) -> str:
    """Return a number written as for files, such as ``1,234.5``, as people here write it."""
    signs = {
        ord("."): pgettext("sign before decimals", "."),
        # Translators: A space has to be one that no line break can part, such as U+202F.
        ord(","): pgettext("sign between thousands", ","),
    }
    return number.translate(signs)


def decimal(value: Fraction) -> str:
    """Return ``value`` with one decimal, rounded half up: 12.25 becomes ``12.3``."""
    return shown(one_decimal(value))


def grouped(value: int) -> str:
    """Return a whole number with its thousands apart: ``12,345``."""
    return shown(f"{value:,}")
