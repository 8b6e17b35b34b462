"""*What if* as a page to print: what it comes to, the clauses that help, and every purchase."""

from __future__ import annotations

from procurement_risk.language import _, current
from procurement_risk.portfolio import what_if_words
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.concentration import Kind
from procurement_risk.portfolio.what_if import WhatIf
from procurement_risk.report import foot
from procurement_risk.report.page import (
    EVERYTHING,
    Line,
    Page,
    Part,
    Points,
    Table,
    shortened,
)

WIDTHS = (7, 4, 6, 4, 4, 3, 6)


def what_if_page(found: WhatIf, kind: Kind, today: str) -> Page:
    """Return the page, seen from ``today``; it takes as many sheets as it needs."""
    items = [each.item for each in found.affected]
    words = what_if_words.sentences(found)
    made_up = any(item.fictional for item in items)
    return Page(
        kind=_("What if"),
        title=shortened(what_if_words.title(found), EVERYTHING.name),
        subtitle=portfolio_words.kind_label(kind),
        notice=_("Some or all of this is fictional demonstration data.") if made_up else "",
        headline=what_if_words.headline(found),
        headline_lead=_("What would happen"),
        meaning=_(what_if_words.BASIS),
        top=(),
        parts=(
            _points(_("What it comes to"), words),
            _points(_("Clauses that help, agreed or verified"), what_if_words.clauses(found)),
            _table(found),
        ),
        foot=foot.of_purchases(items, today),
        language=current(),
        day=today,
    )


def _points(title: str, words: list[str]) -> Part:
    lines = tuple(Line(shortened(each, EVERYTHING.text)) for each in words)
    return Part(title=title, side="whole", blocks=(Points(items=lines),))


def _table(found: WhatIf) -> Part:
    rows = tuple(
        tuple(shortened(cell, EVERYTHING.name) for cell in row)
        for row in what_if_words.rows(found)
    )
    title = _("Every purchase that rests on it")
    table = Table(title=title, columns=what_if_words.columns(), rows=rows, widths=WIDTHS)
    return Part(title=title, side="whole", blocks=(table,))
