"""Exemptions and exceptions by section, on which a field may be withheld: data in one file.

Sources:
    Freedom of Information Act 2000, Part II; Environmental Information Regulations 2004,
    regulations 12 and 13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from procurement_risk.framework.shipped_data import shipped_data
from procurement_risk.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """One section.

    Attributes:
        id: How a marking names it.
        law: ``FOIA`` or ``EIR``.
        section: The section or regulation.
        title: What it is about, as the law's own heading has it.
        test: Whether the public interest has to be weighed as well.
        grounds: The markings that go with it.
    """

    id: str
    law: str
    section: str
    title: str
    test: bool
    grounds: tuple[str, ...]


@cache
def exemptions() -> Mapping[str, Exemption]:
    """Return every section by its id, in the order of the law."""
    found = (
        Exemption(**{**each, "grounds": tuple(each["grounds"])})
        for each in shipped_data(__file__)["exemptions"]
    )
    return {each.id: each for each in found}


def exemption_label(name: str) -> str:
    """Return ``FOIA s.43(2), Commercial interests; public interest to be weighed``.

    A section that is not known stands as it is; none is empty.
    """
    found = exemptions().get(name)
    if found is None:
        return name
    words = _("{law} {section}, {title}")
    if found.test:
        words = _("{law} {section}, {title}; public interest to be weighed")
    return words.format(law=found.law, section=found.section, title=found.title)
