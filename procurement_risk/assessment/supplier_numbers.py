"""The numbers that registers give to a supplier, whatever way they are typed.

``4103211``, ``04103211`` and ``GB-COH-04103211`` are one number of Companies House. What is of no
register known here is kept as it is, and is the same only as itself.

Sources:
    Companies House numbers have eight characters; PPON as Find a Tender writes them; LEI by ISO
    17442, with its check digits; prefixes of registers as org-id.guide lists them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from procurement_risk.assessment.identifiers import COMPANIES_HOUSE, company_scheme

OTHER = ""
"""The scheme of a number that no known register gave."""


class Number(NamedTuple):
    """A number of a register, in the one way it is kept: ``("GB-COH", "04103211")``."""

    scheme: str
    value: str


_SCHEMES = {
    "GB-COH": "GB-COH",
    "COH": "GB-COH",
    "CRN": "GB-COH",
    "GB-PPON": "GB-PPON",
    "PPON": "GB-PPON",
    "XI-LEI": "LEI",
    "LEI": "LEI",
    "US-DUNS": "DUNS",
    "XI-DUNS": "DUNS",
    "US-DUN": "DUNS",
    "D-U-N-S": "DUNS",
    "DUNS": "DUNS",
}
_PREFIX = re.compile(r"((?:[A-Z]{2}-)?[A-Z]{2,8}|D-U-N-S)(?:[-:\s]+)(?=.*[0-9])(.+)", re.DOTALL)
_REGISTER = re.compile("[A-Z]{2}-[A-Z]{2,8}")
_LEADING_WORDS = re.compile(
    r"(?:(?:COMPANY|CO|REGISTERED|REG|NUMBER|NUM|NO)\b[.:\s]*)+(?=.*[0-9])"
)
_SEPARATORS = re.compile(r"[,;|\n]|\s/\s")
# Letters that Companies House puts before a number of six digits.
_LETTERS = "AC CE CS FC FE GE GN GS IC IP LP NA NC NF NI NL NO NP NR NZ OC OE PC RC RS SA SC SE"
_LETTERS_MORE = "SF SI SL SO SP SR SZ ZC"
_HOUSES = frozenset(f"{_LETTERS} {_LETTERS_MORE}".split())
_DUNS = re.compile("[0-9]{2}-[0-9]{3}-[0-9]{4}")
_PPON_PARTS = re.compile("(P[A-Z]{3})([0-9]{4})([A-Z]{4})")
_LEI = re.compile("[0-9A-Z]{18}[0-9]{2}")
LEAST_DIGITS = 6
"""From how many digits on zeros that are lost are put back without asking."""


@lru_cache(maxsize=20_000)
def numbers(text: str) -> frozenset[Number]:
    """Return every number in ``text``, which may name several; none where it says *n/a*."""
    return frozenset(_each(text))


def _each(text: str) -> Iterator[Number]:
    for piece in _SEPARATORS.split(_clean(text)):
        piece = _LEADING_WORDS.sub("", piece.strip()).strip(" .")
        found = _number(piece)
        if re.search("[1-9]", found.value):
            yield found


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).upper()
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return "".join(each for each in text if unicodedata.category(each) != "Cf")


def _number(text: str) -> Number:
    scheme = ""
    if prefix := _PREFIX.fullmatch(text):
        known = _SCHEMES.get(prefix[1])
        if known or _REGISTER.fullmatch(prefix[1]):
            scheme, text = known or prefix[1], prefix[2].strip()
    if scheme in ("", "DUNS") and _DUNS.fullmatch(text.strip()):
        return Number("DUNS", text.strip().replace("-", ""))
    compact = "".join(text.split())
    digits = compact.replace("-", "")
    if scheme in ("", "GB-PPON") and (parts := _PPON_PARTS.fullmatch(digits)):
        return Number("GB-PPON", "-".join(parts.groups()))
    if scheme == "DUNS" and digits.isascii() and digits.isdigit():
        return Number("DUNS", digits.zfill(9))
    if scheme == "LEI" or (not scheme and _is_lei(compact)):
        return Number("LEI", compact)
    if scheme in ("", "GB-COH"):
        filled = _filled(compact, 1 if scheme else LEAST_DIGITS)
        if company_scheme(filled) == "GB-COH" and _is_of_house(filled):
            return Number("GB-COH", filled)
    return Number(scheme, compact)


def _is_of_house(number: str) -> bool:
    """Whether the letters in front are ones that Companies House gives: ``HRB12345`` is not."""
    return number.isdigit() or number[:2] in _HOUSES or bool(re.match("R[0-9]{7}", number))


def _is_lei(text: str) -> bool:
    """Whether the check digits hold: all of it as a number leaves 1 when divided by 97."""
    if not _LEI.fullmatch(text):
        return False
    return int("".join(str(int(each, 36)) for each in text)) % 97 == 1


def _filled(text: str, least: int) -> str:
    """Return a company number with the zeros that were lost, or ``text`` as it is."""
    if re.fullmatch("[0-9]+", text) and least <= len(text) < 8:
        return text.zfill(8)
    letters, digits = text[:2], text[2:]
    if letters in _HOUSES and re.fullmatch("[0-9]{1,5}", digits):
        return letters + digits.zfill(6)
    return text


def lost_zeros(text: str) -> str:
    """Return the company number that ``text`` lacks zeros of, or empty where none are lost."""
    typed = "".join(_clean(text).split())
    filled = _filled(typed, 1)
    is_number = COMPANIES_HOUSE.fullmatch(filled) and re.search("[1-9]", filled)
    return filled if filled != typed and is_number else ""


def contradict(mine: Iterable[Number], theirs: Iterable[Number]) -> bool:
    """Whether two suppliers with these numbers cannot be one.

    They cannot where one register gave each another number, or where a number is of no known
    register, and so may be of the same one.
    """
    one, other = _by_scheme(mine), _by_scheme(theirs)
    if any(one[scheme].isdisjoint(other[scheme]) for scheme in one.keys() & other.keys()):
        return True
    shared = {number for scheme in one for number in one[scheme] & other.get(scheme, set())}
    return not shared and bool(one) and bool(other) and (OTHER in one or OTHER in other)


def _by_scheme(found: Iterable[Number]) -> dict[str, set[str]]:
    by_scheme: dict[str, set[str]] = {}
    for number in found:
        by_scheme.setdefault(number.scheme, set()).add(number.value)
    return by_scheme
