"""*What if* as a page to print: what it comes to, the clauses that help, and every purchase."""

from __future__ import annotations

from procurement_risk.language import _, current
from procurement_risk.portfolio import what_if_words
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.concentration import Kind
from procurement_risk.portfolio.what_if import WhatIf
from procurement_risk.report import foot
from procurement_risk.report.page import EVERYTHING, Line, Page, Part, Points
from procurement_risk.report.parts import notice, table

WIDTHS = (7, 4, 6, 4, 4, 3, 6)


def what_if_page(found: WhatIf, kind: Kind, today: str) -> Page:
    """Return the page, seen from ``today``; it takes as many sheets as it needs."""
    items = [each.item for each in found.affected]
    return Page(
        kind=_("What if"),
        title=EVERYTHING.called(what_if_words.title(found)),
        subtitle=portfolio_words.kind_label(kind),
        notice=notice(any(item.fictional for item in items)),
        headline=what_if_words.headline(found),
        headline_lead=_("What would happen"),
        meaning=_(what_if_words.BASIS),
        top=(),
        parts=(
            _points(_("What it comes to"), what_if_words.sentences(found)),
            _points(_("Clauses that help, agreed or verified"), what_if_words.clauses(found)),
            _table(found),
        ),
        foot=foot.of_purchases(items, today),
        language=current(),
        day=today,
    )


def _points(title: str, words: list[str]) -> Part:
    lines = tuple(Line(EVERYTHING.said(each)) for each in words)
    return Part(title=title, blocks=(Points(items=lines),))


def _table(found: WhatIf) -> Part:
    title = _("Every purchase that rests on it")
    rows = what_if_words.rows(found)
    return Part(title=title, blocks=(table(title, what_if_words.columns(), rows, WIDTHS),))
