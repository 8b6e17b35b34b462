"""What the leadership page says where points are counted: the level, and what it hides."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import percent
from procurement_risk.methods.impact_mitigation import ImpactResult, ask_next
from procurement_risk.methods.impact_points import Bounds
from procurement_risk.profile import impact_words
from procurement_risk.report.conditions import conditions
from procurement_risk.report.page import (
    Bar,
    BarRow,
    Bars,
    Block,
    Extent,
    Line,
    Part,
    Plot,
    Points,
    Series,
)
from procurement_risk.report.parts import part, said
from procurement_risk.report.subject import Found, Subject

NEXT = 3


def found(subject: Subject, result: ImpactResult) -> Found:
    """Return what the leadership page says of the result."""
    level = impact_words.level_of(result.framework, result.level)
    top = [Line(subject.sentence(impact_words.stakes(result)), _("Can come to"))]
    if level is not None and level.sign_off:
        top.append(Line(subject.text(level.sign_off), _("To be signed by")))
    top.append(Line(_open(result), _("Open")))
    parts = [point_bars(subject, result), _hidden(subject, result)]
    if subject.assessment.answer_set.mitigations:
        parts.append(conditions(subject))
    headline = subject.sentence(impact_words.headline(result))
    return Found(headline, impact_words.published_sentence(result), tuple(top), tuple(parts))


def _open(result: ImpactResult) -> str:
    if not result.open:
        return _("no question that could change the result")
    return impact_words.open_words(result)


def point_bars(subject: Subject, result: ImpactResult) -> Part:
    """Return the points as bars, as published and as they can come to."""
    policy = result.framework.impact_policy
    one_phase = result.max_mitigation // policy.phases
    edges = tuple(Fraction(level.up_to) for level in policy.levels if level.up_to is not None)
    rows = [
        _row(
            _("Impact, after the reduction"),
            result.current,
            result.outlook.current,
            result.max_raw,
            cuts=edges,
            shade=Fraction((result.level or 1) - 1, max(len(policy.levels) - 1, 1)),
        )
    ]
    if one_phase:
        cliff = Fraction(100 * result.needed, one_phase)
        bounds, name = result.outlook.mitigation, _("Mitigation")
        rows.append(_row(name, result.mitigation, bounds, one_phase, cuts=(cliff,)))
    levels = ", ".join(
        _("{level} up to {share}").format(
            level=subject.label(level.label), share=percent(level.up_to)
        )
        for level in policy.levels[:6]
        if level.up_to is not None
    )
    legend = _(
        "Each row runs from nothing to the most points there could be. Filled: what the answers "
        "come to at the least. Striped: where the figure can still come to lie. Lines: {levels}; "
        "mitigation counts from {n} points."
    )
    bars = Bars(
        title=_("Impact and mitigation points"),
        columns=(_("Points"), _("0 to 100 %"), _("As published"), _("Can come to"), _("Out of")),
        rows=tuple(rows),
        legend=legend.format(levels=levels, n=result.needed),
    )
    finding = subject.sentence(impact_words.stakes(result))
    return part(_("Impact and mitigation"), bars, finding=finding, plot=_plot(bars))


def _plot(bars: Bars) -> Plot:
    found = [(row.name, row.bar) for row in bars.rows if row.bar is not None]
    return Plot(
        title=_("{what}, per cent of the most there could be").format(what=bars.title),
        rows=tuple(name for name, __ in found),
        series=(
            Series(name=_("At the least"), values=tuple(bar.filled.low for __, bar in found)),
            Series(name=_("At the most"), values=tuple(bar.filled.high for __, bar in found)),
        ),
        alt="; ".join(bar.alt for __, bar in found),
    )


def _row(
    name: str,
    published: int,
    bounds: Bounds,
    most: int,
    *,
    cuts: tuple[Fraction, ...],
    shade: Fraction = Fraction(0),
) -> BarRow:
    def share(points: int) -> Fraction:
        return min(Fraction(100 * points, max(most, 1)), Fraction(100))

    can_be = impact_words.bounds_words(bounds)
    alt = _("{name}: {points} of {most} points as published, can come to {bounds}").format(
        name=name, points=published, most=most, bounds=can_be
    )
    extent = Extent(share(bounds.low), share(bounds.high))
    bar = Bar(outlined=None, filled=extent, shade=shade, cuts=cuts, alt=alt)
    return BarRow(name=name, bar=bar, cells=(grouped(published), can_be, grouped(most)))


def hidden(result: ImpactResult) -> list[Block]:
    """Return where the level may still move, and from where mitigation counts."""
    cliff = [said(impact_words.cliff_sentence(result))] if result.max_mitigation else []
    return [said(impact_words.hidden_sentence(result)), *cliff]


def _hidden(subject: Subject, result: ImpactResult) -> Part:
    leads_to = _("{asked} Leads to {levels}.")
    items = tuple(
        Line(
            leads_to.format(
                asked=subject.text(question.ask),
                levels=impact_words.level_bounds_words(result.framework, levels),
            ),
            _("Ask next: {question}").format(question=question.id),
        )
        for question, levels in (ask_next(result)[:NEXT] if result.open else ())
    )
    finding = _("Open: {what}").format(what=_open(result))
    title = _("What the published figure hides")
    return part(title, *hidden(result), Points(items=items), finding=finding)
