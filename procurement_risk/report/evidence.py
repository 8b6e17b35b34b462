"""How much of the weight rests on which evidence, on the leadership page of one assessment."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.framework.words import grade_label, grade_meaning, short_title
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.phrases import share
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile.evidence import (
    OPEN,
    STRONG,
    STRONGEST_FIRST,
    all_weights_by_grade,
    weights_by_grade,
)
from procurement_risk.report.page import Facts, Line, Part, Plot, Series
from procurement_risk.report.parts import part
from procurement_risk.report.subject import Subject, answers_on

# Found by the clause that a poor answer pulls in, as in ``purchase``.
BENEFIT = ("evaluation",)


def evidence(subject: Subject, result: Result) -> Part:
    """Return how much of the weight is well supported, and how the benefit is to be shown."""
    weights = all_weights_by_grade(result)
    total = sum(weights.values())
    lines = []
    if total:
        shares = [
            f"{grade}\u00a0{share(Fraction(weight, total))}"
            for grade, weight in weights.items()
            if weight and grade != OPEN
        ]
        if weights[OPEN]:
            shares.append(_("open {share}").format(share=share(Fraction(weights[OPEN], total))))
        lines.append(Line(", ".join(shares), _("Share of weight by grade")))
    if total > weights[OPEN]:
        held = [grade for grade, weight in weights.items() if weight and grade != OPEN]
        grades = [f"{grade} {grade_meaning(grade)}" for grade in held]
        lines.append(Line("; ".join(grades), _("Grades")))
    expired = sum(
        bool(answer.valid_until) and answer.valid_until < result.answer_set.as_of
        for answer in result.answer_set.answers.values()
    )
    if expired:
        words = ngettext("{n} answer, counts as E0", "{n} answers, count as E0", expired)
        lines.append(Line(words.format(n=grouped(expired)), _("Evidence that ran out")))
    lines += answers_on(subject, BENEFIT)
    title = _("How strong the evidence is")
    if not lines:
        nothing = _("No section is scored, so there is no evidence to show")
        return part(title, nothing=nothing, side="right")
    strong = sum(weights[grade] for grade in STRONG)
    finding = _("{share} of the weight rests on independent or checked evidence").format(
        share=share(Fraction(strong, total or 1))
    )
    facts, plot = Facts(items=tuple(lines)), _evidence_plot(subject, result)
    return part(title, facts, side="right", finding=finding, plot=plot)


def _evidence_plot(subject: Subject, result: Result) -> Plot:
    """Return each scored section's shares of weight by grade."""
    scored = [
        (subject.label(short_title(section)), weights_by_grade(result, found))
        for section in result.framework.sections
        if (found := result.sections.get(section.id)) is not None
    ]
    names = {g: _("Open, no answer yet") if g == OPEN else grade_label(g) for g in STRONGEST_FIRST}
    shares = {
        grade: [Fraction(100 * each[grade], sum(each.values()) or 1) for __, each in scored]
        for grade in STRONGEST_FIRST
    }
    said = [
        f"{name}: "
        + ", ".join(f"{names[g]} {decimal(shares[g][place])}" for g in names if shares[g][place])
        for place, (name, __) in enumerate(scored)
    ]
    return Plot(
        title=_("Share of weight by evidence grade, per cent"),
        rows=tuple(name for name, __ in scored),
        series=tuple(Series(name=names[g], values=tuple(shares[g])) for g in names),
        alt="; ".join(said),
        stacked=True,
    )
