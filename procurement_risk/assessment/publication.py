"""What of an assessment may be published: markings, the rules where there are none, redaction.

    Assessment, day -> publish -> Published ─┬─ assessment   what is withheld stands as a remark
                                             ├─ withheld     what, on which ground, why, until when
                                             └─ ended        markings that withhold no longer

The record is never touched: what is withheld is left out of what is made from it.
``docs/publishing.md`` states the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from procurement_risk.assessment import Assessment, Marking
from procurement_risk.assessment.publication_fields import (
    FOR_COLLEAGUES,
    MAY_NAME_A_PERSON,
    NAMES_A_PERSON,
    RULE_REASONS,
    is_a_post,
    place_of,
    values_of,
)
from procurement_risk.assessment.published import Published, Withheld
from procurement_risk.assessment.redaction import redacted
from procurement_risk.assessment.vocabulary import written_out
from procurement_risk.language import _


def publish(assessment: Assessment, day: str) -> Published:
    """Return what may be published of ``assessment`` on the ISO day ``day``."""
    assessment = written_out(assessment)
    values = values_of(assessment)
    withheld, ended = {}, []
    for path, texts in values.items():
        marking = assessment.markings.get(path)
        ground = _rule(path, texts)
        if marking is None:
            if ground:
                reason = _(RULE_REASONS[ground])
                withheld[path] = Withheld(path=path, ground=ground, reason=reason)
        elif marking.ground == "public":
            continue
        elif marking.until and marking.until < day:
            ended.append(_marked(path, marking))
            if ground:
                reason = _(RULE_REASONS[ground])
                withheld[path] = Withheld(path=path, ground=ground, reason=reason)
        else:
            withheld[path] = _marked(path, marking)
    leading = number_goes_with(assessment, withheld)
    if leading:
        withheld[NUMBER] = replace(withheld[leading], path=NUMBER)
    return redacted(assessment, values, withheld, ended, day)


def _marked(path: str, marking: Marking) -> Withheld:
    assert marking.ground != "public"
    return Withheld(
        path=path,
        ground=marking.ground,
        reason=marking.reason,
        until=marking.until,
        exemption=marking.exemption,
    )


def _rule(path: str, texts: tuple[str, ...]) -> Literal["colleagues", "personal", ""]:
    """Return the rule that withholds a field nobody marked, or empty."""
    kind = place_of(path).kind
    if kind in FOR_COLLEAGUES:
        return "colleagues"
    if kind in NAMES_A_PERSON or (kind == MAY_NAME_A_PERSON and not all(map(is_a_post, texts))):
        return "personal"
    return ""


# What is withheld because something else is: a supplier's number gives its name away.

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
