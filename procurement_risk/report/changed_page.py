"""What changed in the portfolio since a day, as a page to print: the monthly page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from procurement_risk.canonical import digest_of
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _, current
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day
from procurement_risk.portfolio import changed_words
from procurement_risk.portfolio.changed import Event
from procurement_risk.report import foot
from procurement_risk.report.page import (
    EVERYTHING,
    Bar,
    BarRow,
    Bars,
    Extent,
    Line,
    Page,
    Part,
    Plot,
    Points,
    Room,
    Series,
)
from procurement_risk.report.parts import notice, part


def changed_page(events: Sequence[Event], since: str, today: str, room: Room = EVERYTHING) -> Page:
    """Return the page; by itself it takes as many sheets as it needs."""
    made_up = any(event.item is not None and event.item.fictional for event in events)
    lines = [
        [event.kind, changed_words.name(event), changed_words.words(event)] for event in events
    ]
    return Page(
        kind=_("What changed"),
        title=_("The portfolio since {day}").format(day=day(since)),
        subtitle=_("Until {day}").format(day=day(today)),
        notice=notice(made_up),
        headline=counted(len(events), "{n} change", "{n} changes"),
        headline_lead=_("What changed"),
        meaning=changed_words.summary(events),
        top=(),
        parts=(
            *_by_kind(events),
            *(
                _part(changed_words.title(kind), of, room)
                for kind, of in changed_words.by_kind(events).items()
            ),
        ),
        foot=foot.lines(f"{SOFTWARE}.", digest_of(lines)),
        language=current(),
        day=today,
    )


def _by_kind(events: Sequence[Event]) -> Iterator[Part]:
    """Yield how much there is of each kind, where there is more than one."""
    counts = {
        changed_words.title(kind): len(of) for kind, of in changed_words.by_kind(events).items()
    }
    if len(counts) < 2:
        return
    most = max(counts.values())
    rows = tuple(
        BarRow(name=name, bar=_bar(name, number, most), cells=(grouped(number),))
        for name, number in counts.items()
    )
    title = _("How much of each kind")
    columns = (_("Kind"), _("0 to {n}").format(n=grouped(most)), _("Changes"))
    legend = _("The bar: how many changes are of this kind.")
    bars = Bars(title=title, columns=columns, rows=rows, legend=legend)
    plot = Plot(
        title=_("What changed, number of changes"),
        rows=tuple(counts),
        series=(Series(name=_("Changes"), values=tuple(map(Fraction, counts.values()))),),
        alt=changed_words.summary(events),
        most=None,
        decimals=0,
    )
    yield part(title, bars, plot=plot)


def _bar(name: str, number: int, most: int) -> Bar:
    return Bar(
        outlined=None,
        filled=Extent(Fraction(0), Fraction(100 * number, most)),
        shade=Fraction(1, 2),
        cuts=(),
        alt=f"{name}: {grouped(number)}",
    )


def _part(title: str, events: Sequence[Event], room: Room) -> Part:
    shown = events[: room.rows]
    lines = tuple(
        Line(room.said(changed_words.words(event)), room.called(changed_words.name(event)))
        for event in shown
    )
    left = len(events) - len(shown)
    more = counted(left, "{n} more in the app", "{n} more in the app") if left else ""
    return part(title, Points(items=lines, more=more))
