"""The suppliers of a comparison side by side: how often each comes first, section by section."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.comparison import Candidate, Comparison, firmness_words, words
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import listed
from procurement_risk.profile import words as profile_words
from procurement_risk.report.page import Bar, BarRow, Bars, Extent, Part, Plot, Room, Series, Table
from procurement_risk.report.parts import and_more, part


def suppliers(comparison: Comparison, room: Room) -> Part:
    """Return how often each comes first, and the figures it is ordered by."""
    bars = Bars(
        title=_("The suppliers side by side"),
        columns=(
            _("Supplier"),
            _("0 to {n}").format(n=100),
            _("First in, of 100"),
            _("Ordering figure"),
            _("Recommendation"),
            _("Open answers"),
        ),
        rows=tuple(_row(comparison, place, room) for place in range(len(comparison.candidates))),
        legend=" ".join(
            (
                _("Outlined bar: in how many of 100 ways of weighting a supplier comes first."),
                _("Filled: in how many at the least, however the open answers come out."),
                _("Striped: up to how many."),
                _(words.INDEX_MEANING),
            )
        ),
    )
    finding = room.said(firmness_words.verdict(comparison.firmness).rstrip("."))
    return part(bars.title, bars, finding=finding, plot=_ranks(comparison, room))


def _row(comparison: Comparison, place: int, room: Room) -> BarRow:
    candidate, firmness = comparison.candidates[place], comparison.firmness
    share = firmness.first_shares[place]
    low, high = firmness.joint.intervals[place] if firmness.joint else (share, share)
    name, first = room.called(candidate.label), firmness_words.interval(firmness, place)
    alt = _("{name}: first in {n} of 100").format(name=name, n=first)
    return BarRow(
        name=name,
        bar=Bar(
            outlined=Extent(100 * Fraction(share), 100 * Fraction(share)),
            filled=Extent(100 * Fraction(low), 100 * Fraction(high)),
            shade=Fraction(0),
            cuts=(Fraction(25), Fraction(50), Fraction(75)),
            alt=alt,
        ),
        cells=(
            first,
            words.index_words(candidate),
            room.called(profile_words.recommendation(candidate.result)),
            grouped(len(candidate.result.open)),
        ),
    )


def _ranks(comparison: Comparison, room: Room) -> Plot:
    """Return how often each supplier takes each rank, within ±50 % of our weights."""
    ranks = comparison.firmness.near.ranks
    names = [room.called(each.label) for each in comparison.candidates]
    rows = tuple(
        _("{name}, first in {n}").format(
            name=name, n=firmness_words.interval(comparison.firmness, place)
        )
        for place, name in enumerate(names)
    )
    return Plot(
        title=_("Rank of each supplier, in how many of 100 ways of weighting"),
        rows=rows,
        series=tuple(
            Series(
                name=_("Rank {n}").format(n=rank + 1),
                values=tuple(100 * Fraction(float(row[rank])) for row in ranks),
            )
            for rank in range(len(ranks))
        ),
        alt="; ".join(rows),
        stacked=True,
    )


def sections(comparison: Comparison, room: Room) -> Part:
    """Return the residual risk of each supplier in each section."""
    found = words.scored_sections(comparison)
    names = [room.called(each.label) for each in comparison.candidates]
    table = Table(
        title=_("Residual risk by section and supplier"),
        columns=(_("Section"), *names),
        rows=tuple(
            (
                _section_name(comparison, section.id, short_title(section)),
                *(
                    profile_words.section_words(each.result, each.section(section.id))
                    for each in comparison.candidates
                ),
            )
            for section in found[: room.bars]
        ),
        widths=(5, *(5 for __ in names)),
        more=and_more(len(found) - room.bars, "compare"),
    )
    plot = Plot(
        title=_("Residual risk by section, 0 no risk found to 100 the worst"),
        rows=tuple(row[0] for row in table.rows),
        series=tuple(
            Series(
                name=name,
                values=tuple(_central(candidate, section.id) for section in found[: room.bars]),
            )
            for name, candidate in zip(names, comparison.candidates, strict=True)
        ),
        alt="; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in table.rows),
    )
    leader = comparison.candidates[0]
    worst = [short_title(leader.result.framework.section(each)) for each in leader.worst]
    finding = _("The worst of {name}: {sections}").format(name=names[0], sections=listed(worst))
    return part(_("How the sections compare"), table, finding=finding, plot=plot)


def _section_name(comparison: Comparison, name: str, title: str) -> str:
    if name in comparison.weights:
        return title
    return _("{section} (outside the order)").format(section=title)


def _central(candidate: Candidate, section: str) -> Fraction | None:
    scored = candidate.section(section)
    return scored.residual.central if scored else None
