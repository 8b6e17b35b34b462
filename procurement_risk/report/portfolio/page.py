"""The leadership page of a portfolio: everything that is being bought, on one page.

What is asked comes first, then what runs against advice and what must not start; then what
everything hangs on: by upstream model before by supplier, since several may resell one model.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.language import _, current
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import shortened
from procurement_risk.portfolio import asked_words, headline_words
from procurement_risk.report import foot
from procurement_risk.report.page import ROOMS, Line, Page, Room
from procurement_risk.report.parts import notice
from procurement_risk.report.portfolio import deciding, shared, upkeep
from procurement_risk.report.portfolio.figures import PortfolioFigures

OUT = 130
"""So many characters say what is in no figure, in any language: that is cut in no room."""


def portfolio_page(figures: PortfolioFigures, *, room: Room = ROOMS[0]) -> Page:
    """Return the leadership page of a portfolio.

    Args:
        figures: What was worked out.
        room: How much fits; what is left out is counted.
    """
    parts = (
        deciding.asked(figures, room),
        deciding.against(figures, room),
        deciding.barred(figures, room),
        *(shared.concentration(each, room) for each in figures.concentrations[:1]),
        deciding.decisions(figures, room),
        upkeep.overdue(figures, room),
        shared.spread(figures, room),
        shared.repeated(figures, room),
        upkeep.coming(figures, room),
        upkeep.evidence(figures),
    )
    return Page(
        kind=_("Leadership page"),
        title=_("The portfolio"),
        subtitle=room.said(figures.scope) or _("All purchases"),
        notice=notice(figures.fictional, figures.foreign),
        headline=asked_words.asked_title(figures.headlines),
        headline_lead=_("Asked of you"),
        meaning=_meaning(figures),
        top=tuple(_top(figures, room)),
        parts=parts,
        foot=foot.of_counted(figures.purchases, figures.as_of, figures.digest),
        language=current(),
        day=figures.as_of,
    )


def _meaning(figures: PortfolioFigures) -> str:
    """Return how much of it can be decided now, and that nothing here ranks suppliers."""
    asked = asked_words.asked_sentence(figures.headlines)
    ranks = _("Each purchase has a leadership page of its own. Nothing here ranks suppliers.")
    return f"{asked} {ranks}".strip()


def _top(figures: PortfolioFigures, room: Room) -> Iterator[Line]:
    """Yield what one has to know in a minute, also on a phone; then how much is counted."""
    found = figures.headlines
    first = f"{headline_words.against_title(found)}; {headline_words.barred_title(found)}"
    yield Line(first, _("To know first"))
    for shares in figures.concentrations[:1]:
        if widest := shared.widest_words(shares, room):
            yield Line(widest, _("What most purchases hang on"))
    sums = figures.sums
    value = deciding.committed(sums)
    if sums.unknown:
        unknown = counted(
            sums.unknown,
            "not counting {n} purchase whose value is not known",
            "not counting {n} purchases whose value is not known",
        )
        value = f"{value}; {unknown}"
    yield Line(value, _("Committed"))
    purchases = counted(figures.purchases, "{n} purchase", "{n} purchases")
    open_words = headline_words.open_words(figures.supplier_open)
    counted_words = "; ".join(filter(None, (purchases, open_words)))
    left_out = shortened(figures.left_out, max(room.text, OUT))
    words = f"{room.said(counted_words)}. {left_out}".strip()
    yield Line(words, _("What is counted"))
    yield Line(grouped(len(figures.overdue)), _("Overdue conditions"))
    stale = counted(len(figures.stale), "{n} assessment", "{n} assessments")
    triggers = counted(figures.triggers, "{n} open reason", "{n} open reasons")
    words = _("{assessments}, {reasons} to look again").format(assessments=stale, reasons=triggers)
    yield Line(words, _("Due to be looked at again"))
