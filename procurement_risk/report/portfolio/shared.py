"""What purchases share: a model, a supplier or a law underneath, or the need itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from procurement_risk.language import _
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.phrases import share
from procurement_risk.portfolio import (
    concentration_words,
    headline_words,
    words as portfolio_words,
)
from procurement_risk.portfolio.concentration import Concentration, Group, Measure
from procurement_risk.portfolio.concentration_words import hhi_text
from procurement_risk.report.page import (
    Bar,
    BarRow,
    Bars,
    Extent,
    Line,
    Part,
    Plot,
    Points,
    Room,
    Series,
    Table,
)
from procurement_risk.report.parts import and_more, part
from procurement_risk.report.portfolio.figures import PortfolioFigures


def widest_words(found: Concentration, room: Room) -> str:
    """Return what most purchases hang on; empty where no two share anything."""
    widest = concentration_words.most_shared(found)
    return _hangs(found, widest, room) if widest else ""


def _hangs(found: Concentration, group: Group, room: Room) -> str:
    words = _("{name}: {n} of {all} purchases").format(
        name=room.called(group.name),
        n=grouped(len(group.items)),
        all=grouped(len(found.stated)),
    )
    of_value, scaled = found.share(group, "committed"), found.share(group, "scaled")
    if of_value is not None:
        words = f"{words}, " + _("{share} of committed value").format(share=share(of_value))
    if scaled not in (None, of_value):
        words = f"{words}, " + _("{share} if the pilots scale").format(share=share(scaled))
    return words


# --- A share of the whole -----------------------------------------------------------------


def concentration(found: Concentration, room: Room) -> Part:
    """Return the shares of what most purchases hang on."""
    shown = found.groups[: min(room.bars, 4)]
    kind = concentration_words.kind_label(found.kind)
    bars = Bars(
        title=_("Share of the portfolio by {kind}").format(kind=kind),
        columns=(kind, _("0 to 100 %"), _("By count"), _("By value"), _("If the pilots scale")),
        rows=tuple(_bar(found, each, room) for each in shown),
        legend=_(
            "Outlined bar: share of purchases. Filled bar: share of committed value. Striped: "
            "what it grows to if the pilots scale."
        ),
        more=and_more(len(found.groups) - len(shown), "portfolio"),
    )
    plot = Plot(
        title=_("{what}, per cent").format(what=bars.title),
        rows=tuple(row.name for row in bars.rows),
        series=tuple(_series(found, shown)),
        alt="; ".join(row.bar.alt for row in bars.rows if row.bar),
    )
    return part(
        _("What everything hangs on"),
        bars,
        nothing=_("Nothing is recorded."),
        finding=widest_words(found, room),
        plot=plot if shown else None,
    )


def _of_purchases(found: Concentration, group: Group) -> Fraction:
    """Return the share of the purchases that say what they hang on."""
    return Fraction(len(group.items), max(len(found.stated), 1))


def _series(found: Concentration, shown: Sequence[Group]) -> Iterator[Series]:
    """Yield each group's shares, per cent."""
    by_count = tuple(100 * _of_purchases(found, group) for group in shown)
    yield Series(name=_("By count"), values=by_count)
    measures: dict[str, Measure] = {
        _("By value"): "committed",
        _("If the pilots scale"): "scaled",
    }
    for name, measure in measures.items():
        shares = [found.share(group, measure) for group in shown]
        values = tuple(None if each is None else 100 * each for each in shares)
        yield Series(name=name, values=values)


def _bar(found: Concentration, group: Group, room: Room) -> BarRow:
    by_count = _of_purchases(found, group)
    shares = found.share(group, "committed"), found.share(group, "scaled")
    by_value = shares[0] or Fraction(0)
    scaled = max(by_value, shares[1] or Fraction(0))
    bar = Bar(
        outlined=Extent(100 * by_count, 100 * by_count),
        filled=Extent(100 * by_value, 100 * scaled),
        shade=Fraction(0),
        cuts=(Fraction(25), Fraction(50), Fraction(75)),
        alt=_hangs(found, group, room),
    )
    return BarRow(
        name=room.called(group.name), bar=bar, cells=tuple(map(share, (by_count, *shares)))
    )


# --- How concentrated it is ---------------------------------------------------------------


def spread(figures: PortfolioFigures, room: Room) -> Part:
    """Return how concentrated the portfolio is by model, supplier and owner."""
    rows = tuple(
        (
            concentration_words.kind_label(found.kind),
            *_largest(found, room),
            "" if (index := found.hhi("committed")) is None else hhi_text(index),
            "" if (number := found.effective("committed")) is None else decimal(number),
        )
        for found in figures.concentrations[:3]
    )
    measured = Table(
        title=_("How concentrated the portfolio is, by value"),
        columns=(_("By"), _("Largest"), _("Share"), _("HHI"), _("Effective number")),
        rows=rows,
        widths=(4, 5, 3, 3, 4),
    )
    return part(
        _("How concentrated it is, by value"),
        measured,
        nothing=_("Nothing is recorded."),
        side="right",
        finding=_largest_holds(figures, room),
    )


def _largest_holds(figures: PortfolioFigures, room: Room) -> str:
    """Return what holds the largest share of value of all that is measured; or empty."""
    held = [
        (found.share(group, "committed") or Fraction(0), group.name)
        for found in figures.concentrations[:3]
        if (group := found.largest("committed"))
    ]
    if not held:
        return ""
    of_value, name = max(held)
    return _("{name} holds {share} of committed value").format(
        name=room.called(name), share=share(of_value)
    )


def _largest(found: Concentration, room: Room) -> tuple[str, str]:
    """Return the name that holds most by value, and its share."""
    if not found.totals["committed"]:
        return ("", share(None))
    largest = max(found.groups, key=lambda group: group.weights["committed"])
    return room.called(largest.name), share(found.share(largest, "committed"))


# --- The same need ------------------------------------------------------------------------


def repeated(figures: PortfolioFigures, room: Room) -> Part:
    """Return the needs that are bought for more than once."""
    shown = figures.repeated[: room.rows]
    items = tuple(
        Line(
            room.said(headline_words.twice_words(each, room.rows)),
            room.called(portfolio_words.capability_words(each.capability)),
        )
        for each in shown
    )
    return part(
        _("Bought more than once"),
        Points(items=items, more=and_more(len(figures.repeated) - len(shown), "portfolio")),
        nothing=_("Nothing."),
        side="left",
        finding=headline_words.twice_title(figures.repeated),
    )
