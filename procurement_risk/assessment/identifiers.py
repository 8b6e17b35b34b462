"""Identifiers that join our data to other people's: companies, platform users, notices.

Sources:
    Companies House numbers and Find a Tender's own ids (PPON, notice id) as its API writes them.
"""

from __future__ import annotations

import re

COMPANIES_HOUSE = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z][0-9]{7}|[A-Z]{2}[A-Z0-9]{6}")
PPON = re.compile(r"P[A-Z]{3}-[0-9]{4}-[A-Z]{4}")
ELSEWHERE = re.compile(r"([A-Z]{2}-[A-Z0-9]{2,12})-([^\s].{0,60})")
NOTICE = re.compile(r"[0-9]{6}-[0-9]{4}")


def company_scheme(number: str) -> str:
    """Return the register that ``number`` is of: ``GB-COH``, ``GB-PPON``, or empty."""
    if COMPANIES_HOUSE.fullmatch(number):
        return "GB-COH"
    return "GB-PPON" if PPON.fullmatch(number) else ""


def register_and_number(number: str) -> tuple[str, str]:
    """Return the register and what the number is there: ``GB-CHC-1043816`` is of ``GB-CHC``."""
    scheme = company_scheme(number)
    elsewhere = None if scheme else ELSEWHERE.fullmatch(number)
    return (elsewhere[1], elsewhere[2]) if elsewhere else (scheme, number)


def number_in_register(scheme: str, number: str) -> str:
    """Return how a number is kept: alone where it shows its register, else behind its name."""
    if scheme in ("GB-COH", "GB-PPON"):
        number = number.upper()
    return number if scheme in ("", company_scheme(number)) else f"{scheme}-{number}"
