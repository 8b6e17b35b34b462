"""*What if* as a page to print: what it comes to, the clauses that help, and every purchase."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from procurement_risk.language import _, current
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio import concentration_words, what_if_words
from procurement_risk.portfolio.hanging import Kind
from procurement_risk.portfolio.what_if import WhatIf
from procurement_risk.report import foot
from procurement_risk.report.page import EVERYTHING, Line, Page, Part, Plot, Points, Room, Series
from procurement_risk.report.parts import notice, part, table

WIDTHS = (7, 4, 6, 4, 4, 3, 6)


def what_if_page(found: WhatIf, kind: Kind, today: str, room: Room = EVERYTHING) -> Page:
    """Return the page, seen from ``today``; by itself it takes as many sheets as it needs."""
    items = [each.item for each in found.affected]
    return Page(
        kind=_("What if"),
        title=EVERYTHING.called(what_if_words.title(found)),
        subtitle=concentration_words.kind_label(kind),
        notice=notice(any(item.fictional for item in items)),
        headline=what_if_words.headline(found),
        headline_lead=_("What would happen"),
        meaning=_(what_if_words.BASIS),
        top=(),
        parts=(
            _points(_("What it comes to"), what_if_words.sentences(found), plot=_stands(found)),
            _points(_("Clauses that help, agreed or verified"), what_if_words.clauses(found)),
            _purchases(found, room),
        ),
        foot=foot.of_purchases(items, today),
        language=current(),
        day=today,
    )


def _points(title: str, words: Sequence[str], plot: Plot | None = None) -> Part:
    return part(
        title, Points(items=tuple(Line(EVERYTHING.said(each)) for each in words)), plot=plot
    )


def _stands(found: WhatIf) -> Plot:
    """Return how many purchases would go on, by what is answered, in life and before."""
    rows = {_("In life"): True, _("Not in life yet"): False}
    return Plot(
        title=_("What is answered, number of purchases"),
        rows=tuple(rows),
        series=tuple(
            Series(
                name=_(name),
                values=tuple(Fraction(len(found.of(each, live=live))) for live in rows.values()),
            )
            for each, name in what_if_words.ANSWERS[found.happening].items()
        ),
        alt=" ".join(what_if_words.sentences(found)[:3]),
        stacked=True,
        most=None,
        decimals=0,
    )


def _purchases(found: WhatIf, room: Room) -> Part:
    shown = found.affected[: room.rows]
    left = len(found.affected) - len(shown)
    title = _("The dearest that rest on it") if left else _("Every purchase that rests on it")
    rows = [what_if_words.row(each, found.happening) for each in shown]
    more = counted(left, "{n} more in the app", "{n} more in the app") if left else ""
    return part(title, table(title, what_if_words.columns(), rows, WIDTHS, room=room, more=more))
