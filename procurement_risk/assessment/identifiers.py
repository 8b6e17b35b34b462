"""Identifiers that join our data to other people's: companies, platform users, notices.

Sources:
    Companies House numbers and Find a Tender's own ids (PPON, notice id) as its API writes them.
"""

from __future__ import annotations

import re

COMPANIES_HOUSE = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z][0-9]{7}|[A-Z]{2}[A-Z0-9]{6}")
PPON = re.compile(r"P[A-Z]{3}-[0-9]{4}-[A-Z]{4}")
NOTICE = re.compile(r"[0-9]{6}-[0-9]{4}")


def company_scheme(number: str) -> str:
    """Return the register that ``number`` is of: ``GB-COH``, ``GB-PPON``, or empty."""
    if COMPANIES_HOUSE.fullmatch(number):
        return "GB-COH"
    return "GB-PPON" if PPON.fullmatch(number) else ""
