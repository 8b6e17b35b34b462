"""The leadership page of a portfolio: everything that is being bought, on one page.

What is asked comes first, then what runs against advice and what must not start; then what
everything hangs on: by upstream model before by supplier, since several may resell one model.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.assessment.words import mitigation_status
from procurement_risk.language import _, current
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day, share
from procurement_risk.language.text import shortened
from procurement_risk.portfolio import asked_words, headline_words, words as portfolio_words
from procurement_risk.portfolio.items import Condition
from procurement_risk.report import foot
from procurement_risk.report.page import ROOMS, Facts, Line, Page, Part, Points, Room
from procurement_risk.report.parts import and_more, notice, part, said, table
from procurement_risk.report.portfolio import deciding, shared
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
        overdue(figures, room),
        shared.spread(figures, room),
        shared.repeated(figures, room),
        coming(figures, room),
        evidence(figures),
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


# What has to be kept up: conditions, the days of contracts, and the evidence.


def overdue(figures: PortfolioFigures, room: Room) -> Part:
    """Return the conditions whose day has passed, and how many are only proposed."""
    found = figures.overdue
    items = tuple(
        Line(
            _("{purchase}. {owner}, due {date}.").format(
                purchase=room.called(each.item.purchase.title),
                owner=room.called(each.condition.owner) or _("nobody yet"),
                date=room.called(day(each.condition.due)),
            ),
            room.called(condition_words(each.condition)),
        )
        for each in found[: room.rows]
    )
    points = Points(items=items, more=and_more(len(found) - len(items), "portfolio"))
    proposed = counted(
        len(figures.proposed_late),
        "{n} more is proposed only, and past its day.",
        "{n} more are proposed only, and past their day.",
    )
    return part(
        _("Overdue conditions: {n}").format(n=grouped(len(found))),
        points if items else said(_("None.")),
        said(proposed if figures.proposed_late else ""),
        side="left",
        finding=counted(len(found), "{n} condition is overdue", "{n} conditions are overdue"),
    )


def condition_words(condition: Condition) -> str:
    """Return the question it is for, and its clause or how far it is."""
    words = condition.clause or mitigation_status(condition.status)
    return f"{condition.question}: {words}"


def coming(figures: PortfolioFigures, room: Room) -> Part:
    """Return the renewals and break dates of the next twelve months."""
    found = figures.coming
    shown = found[: room.rows]
    days = table(
        _("Renewals and break dates of the next twelve months"),
        (_("Date"), _("What"), _("Purchase")),
        (
            (day(each.day), portfolio_words.date_label(each.kind), each.item.purchase.title)
            for each in shown
        ),
        (4, 4, 6),
        room=room,
        more=and_more(len(found) - len(shown), "portfolio"),
    )
    finding = counted(
        len(found),
        "{n} renewal or break date in the next twelve months",
        "{n} renewals and break dates in the next twelve months",
    )
    nothing = _("No renewal and no break date.")
    return part(
        _("In the next twelve months"), days, nothing=nothing, side="right", finding=finding
    )


def evidence(figures: PortfolioFigures) -> Part:
    """Return how much of the weight is well supported, and how much has no answer."""
    lines = (
        Line(share(figures.strong), _("On independent or checked evidence (E3, E4)")),
        Line(share(figures.open), _("Without an answer yet")),
    )
    finding = ""
    if figures.strong is not None:
        words = _("{share} of the weight rests on independent or checked evidence")
        finding = words.format(share=share(figures.strong))
    title = _("How strong the evidence is, by weight")
    return part(title, Facts(items=lines), side="right", finding=finding)
