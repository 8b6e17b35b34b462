"""The leadership page: one assessment on one page, for those who decide.

What is asked and by when comes first, then what is recommended and what stops it. A score never
stands alone: each has its range, its band in words, and how much is answered and on what
evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from procurement_risk.assessment import AnswerSet, Assessment
from procurement_risk.framework import Framework
from procurement_risk.language import _, current
from procurement_risk.methods import AnyResult
from procurement_risk.profile import benefit_words, signers
from procurement_risk.profile.method_words import verdict
from procurement_risk.report import impact, purchase, sections, subject
from procurement_risk.report.change import change
from procurement_risk.report.page import ROOMS, Line, Page, Part, Points, Room
from procurement_risk.report.parts import and_more, part
from procurement_risk.report.portfolio.facts import PortfolioFacts
from procurement_risk.report.subject import Found, Subject


def leadership_page(
    assessment: Assessment,
    framework: Framework,
    outcome: AnyResult,
    *,
    digest: str,
    foreign: str = "",
    earlier: tuple[Framework, AnswerSet] | None = None,
    portfolio_facts: PortfolioFacts | None = None,
    room: Room = ROOMS[0],
) -> Page:
    """Return the leadership page of one assessment.

    Args:
        assessment: What was answered and decided.
        framework: The framework it was answered against, in the language to be shown.
        outcome: What the framework's method computed.
        digest: The SHA-256 of its record.
        foreign: What has to be known of a result on a foreign questionnaire, or empty.
        earlier: The framework and answers of the look before this one, if there was one.
        portfolio_facts: What the portfolio says about this purchase, if that is known.
        room: How much fits; what is left out is counted.
    """
    about = Subject(
        assessment=assessment,
        framework=framework,
        outcome=outcome,
        digest=digest,
        foreign=foreign,
        earlier=earlier,
        portfolio=portfolio_facts,
        room=room,
    )
    found = FOUND[framework.method](about, outcome)
    limits, basis, sealed = subject.foot(about)
    return Page(
        kind=_("Leadership page"),
        title=subject.title(about),
        subtitle=subject.subtitle(about),
        notice=subject.notice(about),
        headline=found.headline,
        headline_lead=subject.headline_lead(about),
        meaning=found.meaning,
        top=(subject.asked(about), subject.deadline(about), *found.top),
        parts=(*found.parts, *_others(about, found)),
        foot=(limits, f"{signers.assessed_by(assessment, about.name)} {basis}".strip(), sealed),
        language=current(),
        day=about.as_of,
        look=verdict(outcome).look,
    )


def _others(about: Subject, found: Found) -> tuple[Part, ...]:
    """Return what stands below the first parts, in the order in which it is asked for."""
    parts: list[Part] = []
    if about.is_purchase:
        parts.append(purchase.money(about))
    parts.append(purchase.dependency(about))
    if about.assessment.benefits:
        parts.append(_benefits(about))
    if about.is_purchase:
        parts.append(purchase.public_position(about))
    return (*parts, *found.evidence, *change(about))


def _benefits(about: Subject) -> Part:
    """Return each measure with what was promised of it beside what was found."""
    found = about.assessment.benefits
    shown = found[: about.room.rows]
    items = tuple(
        Line(about.text(benefit_words.sentence(each)), about.name(each.measure)) for each in shown
    )
    points = Points(items=items, more=and_more(len(found) - len(shown)))
    return part(_("Promised and found"), points, side="left")


# By the name of the method.
FOUND: Mapping[str, Callable[[Subject, Any], Found]] = {
    "weakest-section": sections.found,
    "impact-mitigation": impact.found,
}
