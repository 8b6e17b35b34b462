"""The sections as bars: inherent and residual risk, with its range, its band and its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procurement_risk.framework import Section
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.phrases import percent
from procurement_risk.methods.sections import SectionScore, band_rank
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import Result
from procurement_risk.methods.worst import worst_section
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.evidence import STRONG, weights_by_grade
from procurement_risk.profile.looks import band_look
from procurement_risk.report.page import Bar, BarRow, Bars, Extent, Part, Plot, Series
from procurement_risk.report.parts import and_more, part
from procurement_risk.report.subject import Subject


def bars(subject: Subject, result: Result) -> Part:
    """Return every section's bars, with its ranges, its band and how much is answered."""
    pairs = [
        (s, result.sections[s.id]) for s in result.framework.sections if s.id in result.sections
    ]
    kept = _gravest(pairs, subject.room.bars)
    worst = worst_section(result)
    rows = tuple(_bar_row(subject, result, *pair, worst) for pair in kept)
    bands = result.framework.policy.bands
    cuts = ", ".join(
        _("{band} from {score}").format(band=subject.label(band.label), score=band.start)
        for band in bands[1:6]
    )
    legend = _(
        "Each row runs from 0, no risk found, to 100, the worst. Outlined bar: inherent, as "
        "found given the evidence. Filled bar: residual, after mitigations. Dashed or striped: "
        "may still move. Lines: {cuts}."
    )
    chart = Bars(
        title=_("Inherent and residual risk by section"),
        columns=(
            _("Section"),
            _("0 to 100"),
            _("Inherent"),
            _("Residual"),
            _("Answered"),
            _("Strong evidence"),
        ),
        rows=rows,
        legend=legend.format(cuts=cuts),
        more=and_more(len(pairs) - len(kept)),
    )
    return part(
        _("How each section stands"),
        chart,
        finding=subject.sentence(profile_words.worst_section_sentence(result)),
        plot=_plot(subject, result, kept, rows),
    )


Pair = tuple[Section, SectionScore | None]


def _gravest(pairs: list[Pair], most: int) -> list[Pair]:
    """Return up to ``most`` sections, the gravest, in reading order."""

    def badness(place: int) -> tuple[bool, bool, Fraction, int]:
        section, scored = pairs[place]
        residual = scored.residual.central if scored else Fraction(-1)
        return section.role == "decisive", scored is not None, residual, -place

    kept = sorted(sorted(range(len(pairs)), key=badness, reverse=True)[:most])
    return [pairs[place] for place in kept]


def _bar_row(
    subject: Subject,
    result: Result,
    section: Section,
    scored: SectionScore | None,
    worst: Pair | tuple[Section, SectionScore] | None,
) -> BarRow:
    name = subject.label(short_title(section))
    if scored is None:
        return BarRow(name=name, bar=None, cells=("", _("not scored"), "", ""))
    is_worst = worst is not None and worst[0] is section and scored.complete > 0
    if is_worst:
        name = _("{section} (worst)").format(section=name)
    elif section.role == "challenge":
        name = _("{section} (challenge)").format(section=name)
    inherent = profile_words.percent_range(scored.inherent)
    residual = subject.label(profile_words.section_words(result, scored))
    weights = weights_by_grade(result, scored)
    strong = Fraction(100 * sum(weights[grade] for grade in STRONG), sum(weights.values()) or 1)
    policy = result.framework.policy
    last = max(len(policy.bands) - 1, 1)
    bar = Bar(
        outlined=_extent(scored.inherent),
        filled=_extent(scored.residual),
        shade=Fraction(band_rank(policy, scored.band.central), last),
        cuts=tuple(Fraction(band.start) for band in policy.bands[1:]),
        alt=_("{section}: inherent {inherent}, residual {residual}").format(
            section=name, inherent=inherent, residual=residual
        ),
    )
    cells = (inherent, residual, _whole(100 * scored.complete), _whole(strong))
    return BarRow(name=name, bar=bar, cells=cells, strong=is_worst)


def _plot(subject: Subject, result: Result, kept: list[Pair], rows: tuple[BarRow, ...]) -> Plot:
    return Plot(
        title=_(
            "Claimed, inherent and residual risk by section, 0 no risk found to 100 the worst"
        ),
        rows=tuple(
            _("{section}: {words}").format(
                section=subject.label(short_title(section)),
                words=subject.label(profile_words.section_words(result, scored)),
            )
            for section, scored in kept
        ),
        series=tuple(_series(result, kept)),
        alt="; ".join(row.bar.alt for row in rows if row.bar),
    )


def _series(result: Result, kept: list[Pair]) -> Iterator[Series]:
    """Yield the claimed, inherent and residual risk of each section, as its mark shows it."""
    policy = result.framework.policy
    for figure in ("claimed", "inherent", "residual"):
        ends = [getattr(scored, figure) if scored else None for __, scored in kept]
        looks = [band_look(policy, scored.band.central) if scored else None for __, scored in kept]
        yield Series(
            name=profile_words.figure_label(figure),
            values=tuple(each.central if each else None for each in ends),
            looks=tuple(looks) if figure == "residual" else (),
        )


def _extent(figure: Range[Fraction]) -> Extent:
    return Extent(figure.low, figure.high)


def _whole(value: Fraction) -> str:
    """Return whole per cent, rounded down, so that only what is whole reads 100."""
    return percent(value.numerator // value.denominator)
