"""What is withheld because something else is: a supplier's number gives its name away."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_risk.assessment.model import Assessment

NAME, NUMBER, CHOSEN = "supplier.name", "supplier.company_number", "purchase.chosen_supplier"


def number_goes_with(assessment: Assessment, withheld: Mapping[str, object]) -> str:
    """Return the withheld field with which the supplier's number is withheld too, or empty.

    A number leads to the name in any register. That is so where the name is withheld, and where
    the chosen supplier is and has the same name. A number that is marked public stays public.
    """
    marking = assessment.markings.get(NUMBER)
    if NUMBER in withheld or (marking is not None and marking.ground == "public"):
        return ""
    if not assessment.supplier.company_number:
        return ""
    if NAME in withheld:
        return NAME
    chosen, name = assessment.purchase.chosen_supplier, assessment.supplier.name
    is_the_same = bool(name) and chosen.casefold().split() == name.casefold().split()
    return CHOSEN if CHOSEN in withheld and is_the_same else ""
