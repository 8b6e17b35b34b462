"""What is to be decided, what was decided against advice, and what must not start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, counted
from procurement_risk.portfolio import asked_words, headline_words, words as portfolio_words
from procurement_risk.portfolio.headlines import Asked
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import Money, money
from procurement_risk.report.page import Line, Part, Plot, Points, Room, Series, Side, Table
from procurement_risk.report.parts import and_more, part, said, table
from procurement_risk.report.portfolio.figures import PortfolioFigures


def asked(figures: PortfolioFigures, room: Room) -> Part:
    """Return the decisions that are asked of leadership, a row each."""
    found = figures.headlines.asked
    shown = found[: room.rows + 2 * (room.rows > 1)]
    decisions = table(
        _("Decisions asked of you"),
        (_("Purchase"), _("Asked"), _("By"), _("Of whom"), _("Value"), _("Advice")),
        map(_asked_cells, shown),
        (6, 4, 4, 6, 4, 4),
        room=room,
        more=and_more(len(found) - len(shown), "portfolio"),
    )
    finding = asked_words.asked_title(figures.headlines)
    return part(_("Asked of you"), decisions, nothing=_("Nothing."), finding=finding)


def _asked_cells(each: Asked) -> tuple[str, ...]:
    return (
        each.item.purchase.title,
        asked_words.wanted_words(each),
        asked_words.by_when(each),
        asked_words.of_whom(each),
        asked_words.bids_value(each.bids or (each.item,)),
        asked_words.advice_words(each),
    )


def against(figures: PortfolioFigures, room: Room) -> Part:
    """Return the purchases that run against advice."""
    found = figures.headlines
    title, after = headline_words.against_title(found), headline_words.against_sentence(found)
    return _headline(title, "left", found.against, headline_words.against_words, after, room)


def barred(figures: PortfolioFigures, room: Room) -> Part:
    """Return the purchases that must not start."""
    found = figures.headlines
    title, after = headline_words.barred_title(found), headline_words.barred_sentence(found)
    return _headline(title, "right", found.barred, why_barred, after, room)


def _headline(
    title: str,
    side: Side,
    items: Sequence[PortfolioItem],
    words: Callable[[PortfolioItem], str],
    after: str,
    room: Room,
) -> Part:
    """Return a part of purchases, each with ``words`` for it, and a sentence about the others."""
    lines = tuple(
        Line(
            room.said(words(each)),
            _("{purchase}, {buyer}").format(
                purchase=room.called(each.purchase.title), buyer=room.called(each.purchase.buyer)
            ),
        )
        for each in items[: room.rows]
    )
    points = Points(items=lines, more=and_more(len(items) - len(lines), "portfolio"))
    return part(title, points, said(room.said(after)), nothing=_("None."), side=side)


def why_barred(item: PortfolioItem) -> str:
    """Return what it costs, and the questions that stop it in full, else its worst section."""
    stops = [f"{name}: {item.framework.by_id[name].ask}" for name in item.stops]
    reasons = stops or [portfolio_words.stop_words(item)]
    return " · ".join([portfolio_words.value_words(item), *reasons])


def decisions(figures: PortfolioFigures, room: Room) -> Part:
    """Return how many purchases have each recommendation, and what they commit."""
    title = _("Purchases by recommendation")
    columns = (_("Recommendation"), _("Purchases"), _("Committed"))
    rows = tuple(
        (
            room.called(portfolio_words.decision_label(each)),
            _number(of_it),
            committed(money(of_it)),
        )
        for each, of_it in figures.decisions.items()
    )
    gravest = next(iter(figures.decisions), "")
    finding = _("“{decision}” is recommended for {n} of {all}").format(
        decision=portfolio_words.decision_label(gravest) if gravest else "",
        n=grouped(len(figures.decisions.get(gravest, ()))),
        all=counted(figures.purchases, "{n} purchase", "{n} purchases"),
    )
    return part(
        title,
        Table(title=title, columns=columns, rows=rows, widths=(5, 4, 5)),
        nothing=_("None."),
        side="left",
        finding=finding,
        plot=_decided(figures, room) if rows else None,
    )


def committed(sums: Money) -> str:
    """Return what is committed, and what that grows to if the pilots scale."""
    if sums.unknown and not sums.known:
        return _("not known")
    value = about_pounds(sums.committed)
    if sums.scaled == sums.committed:
        return value
    words = _("{committed}; {scaled} if the pilots scale")
    return words.format(committed=value, scaled=about_pounds(sums.scaled))


def _number(items: Sequence[PortfolioItem]) -> str:
    """Return how many purchases there are, and how many of them nobody has decided yet."""
    number, left = grouped(len(items)), sum(item.decided is None for item in items)
    if not left:
        return number
    return _("{n}, {left} not decided yet").format(n=number, left=grouped(left))


def _decided(figures: PortfolioFigures, room: Room) -> Plot:
    """Return how many purchases have each recommendation, decided or not."""
    counts = [
        (
            room.called(portfolio_words.decision_label(each)),
            sum(item.decided is not None for item in of_it),
            sum(item.decided is None for item in of_it),
        )
        for each, of_it in figures.decisions.items()
    ]
    decided, open_ = _("Decided"), _("Not decided yet")
    return Plot(
        title=_("Purchases by recommendation, number of purchases"),
        rows=tuple(row for row, *__ in counts),
        series=(
            Series(name=decided, values=tuple(Fraction(done) for __, done, ___ in counts)),
            Series(name=open_, values=tuple(Fraction(left) for *__, left in counts)),
        ),
        alt="; ".join(f"{row}: {decided} {done}, {open_} {left}" for row, done, left in counts),
        stacked=True,
        most=None,
        decimals=0,
    )
