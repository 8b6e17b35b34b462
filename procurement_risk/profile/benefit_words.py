"""The words for benefits: what was promised beside what was found, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.assessment import Assessment, Benefit
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Framework
from procurement_risk.framework.words import as_asked, grade_label
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.methods import AnyResult

IN_LIFE = ("live", "closed")
"""The states in which something can have been found."""

NOTHING_FOUND = N_("not measured yet")
NOTHING_PROMISED = N_("nothing")


def columns() -> tuple[str, ...]:
    """Return the headings of ``cells``."""
    return _("Measure"), _("Promised"), _("Found"), _("Measured on"), _("Evidence")


def cells(benefit: Benefit) -> tuple[str, ...]:
    """Return one measure as cells: what was promised beside what was found."""
    grade = grade_label(benefit.evidence) if benefit.evidence else ""
    return (
        benefit.measure,
        benefit.promised or _(NOTHING_PROMISED),
        benefit.found or _(NOTHING_FOUND),
        day(benefit.at) if benefit.at else "",
        ". ".join(filter(None, (grade, benefit.note))),
    )


def sentence(benefit: Benefit) -> str:
    """Return ``promised 30 minutes a case; found 12, 1 June 2027, E3 independent evidence``."""
    _measure, promised, found, at, _evidence = cells(benefit)
    grade = grade_label(benefit.evidence) if benefit.evidence else ""
    after = ", ".join(filter(None, (found, at, grade)))
    if not benefit.found:
        return _("promised: {promised}; not measured yet").format(promised=promised)
    return _("promised: {promised}; found: {found}").format(promised=promised, found=after)


def promises(
    assessment: Assessment, framework: Framework, outcome: AnyResult
) -> Iterator[tuple[str, str]]:
    """Yield what the questions about value are answered, in reading order."""
    answers = assessment.answer_set.answers
    for section in framework.sections:
        for question in section.questions if section.role == "challenge" else ():
            if outcome.counts(question.id):
                yield as_asked(question), answer_text(question, answers.get(question.id))
