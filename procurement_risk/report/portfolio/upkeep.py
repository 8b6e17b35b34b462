"""What has to be kept up: conditions, the days of contracts, and the evidence."""

from __future__ import annotations

from procurement_risk.assessment.words import mitigation_status
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day, share
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import Condition
from procurement_risk.report.page import Facts, Line, Part, Points, Room
from procurement_risk.report.parts import and_more, part, said, table
from procurement_risk.report.portfolio.figures import PortfolioFigures


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
