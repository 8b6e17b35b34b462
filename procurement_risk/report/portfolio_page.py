"""The leadership page of a portfolio: everything that is being bought, on one page.

What must not go ahead comes first, then what everything hangs on: by upstream model before by
supplier, since several suppliers may resell one model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _, current
from procurement_risk.language.percent import one_decimal
from procurement_risk.language.phrases import counted, day
from procurement_risk.portfolio.words import decision_label
from procurement_risk.profile import words as profile_words
from procurement_risk.report.page import (
    ROOMS,
    Bar,
    BarRow,
    Bars,
    Block,
    Extent,
    Facts,
    Line,
    Page,
    Paragraph,
    Part,
    Points,
    Room,
    Side,
    Table,
    per_cent,
    pounds,
    shortened,
)
from procurement_risk.report.portfolio import Concentration, Holding, PortfolioFigures, Repeated


def portfolio_page(figures: PortfolioFigures, *, room: Room = ROOMS[0]) -> Page:
    """Return the leadership page of a portfolio.

    Args:
        figures: What was worked out.
        room: How much fits; what is left out is counted.
    """
    parts = (
        *(_concentration(each, figures, room) for each in figures.concentrations[:1]),
        _barred(figures, room),
        _decisions(figures, room),
        _overdue(figures, room),
        _spread(figures, room),
        _repeated(figures, room),
        _coming(figures, room),
        _evidence(figures),
    )
    return Page(
        kind=_("Leadership page"),
        title=_("The portfolio"),
        subtitle=shortened(figures.scope, room.text) or _("All purchases"),
        notice=_("Some or all of this is fictional demonstration data.")
        if figures.fictional
        else "",
        headline=_headline(figures),
        headline_lead=_("What must not go ahead"),
        meaning=_(
            "Each purchase has a leadership page of its own. Nothing here ranks suppliers: the "
            "same supplier is a different risk in a different use."
        ),
        top=tuple(_top(figures, room)),
        parts=parts,
        foot=_foot(figures),
        language=current(),
        day=figures.as_of,
    )


# --- The top ------------------------------------------------------------------------------


def _headline(figures: PortfolioFigures) -> str:
    barred = len(figures.barred)
    if not barred:
        return _("Nothing is recommended not to proceed")
    words = _("{barred} of {all} should not go ahead as they stand")
    return words.format(
        barred=f"{barred:,}", all=counted(figures.purchases, "{n} purchase", "{n} purchases")
    )


def _top(figures: PortfolioFigures, room: Room) -> Iterator[Line]:
    committed = pounds(figures.committed)
    if figures.if_scaled != figures.committed:
        words = _("{committed}; {scaled} if the pilots scale")
        committed = words.format(committed=committed, scaled=pounds(figures.if_scaled))
    if figures.value_unknown:
        unknown = counted(
            figures.value_unknown,
            "not counting {n} purchase whose value is not known",
            "not counting {n} purchases whose value is not known",
        )
        committed = f"{committed}; {unknown}"
    yield Line(committed, _("Committed"))
    upstream = figures.concentrations[:1]
    holdings = [holding for found in upstream for holding in found.holdings]
    if holdings:
        widest = max(holdings, key=lambda each: (each.purchases, _scaled(each)))
        yield Line(_hangs(widest, figures, room), _("What most purchases hang on"))
    yield Line(f"{len(figures.overdue):,}", _("Overdue conditions"))
    stale = counted(figures.stale, "{n} assessment", "{n} assessments")
    triggers = counted(figures.triggers, "{n} open reason", "{n} open reasons")
    words = _("{assessments}, {reasons} to look again").format(assessments=stale, reasons=triggers)
    yield Line(words, _("Due to be looked at again"))


def _hangs(holding: Holding, figures: PortfolioFigures, room: Room) -> str:
    words = _("{name}: {n} of {all} purchases").format(
        name=shortened(holding.name, room.name),
        n=f"{holding.purchases:,}",
        all=f"{figures.purchases:,}",
    )
    if holding.of_value is not None:
        share = _("{share} of committed value").format(share=_share(holding.of_value))
        words = f"{words}, {share}"
    if holding.of_value_if_scaled not in (None, holding.of_value):
        scaled = _share(holding.of_value_if_scaled)
        words = f"{words}, " + _("{share} if the pilots scale").format(share=scaled)
    return words


def _scaled(holding: Holding) -> Fraction:
    return holding.of_value_if_scaled or holding.of_value or Fraction(0)


def _share(share: Fraction | None) -> str:
    return _("not known") if share is None else per_cent(one_decimal(100 * share))


def _more(left_out: int) -> str:
    if left_out < 1:
        return ""
    return counted(
        left_out, "and {n} more on the Portfolio page", "and {n} more on the Portfolio page"
    )


# --- The parts ----------------------------------------------------------------------------


def _part(title: str, side: Side, blocks: Iterable[Block], nothing: str) -> Part:
    """Return a part; where it has no blocks it says so."""
    found = tuple(blocks) or (Paragraph(line=Line(nothing)),)
    return Part(title=title, side=side, blocks=found)


def _concentration(found: Concentration, figures: PortfolioFigures, room: Room) -> Part:
    shown = found.holdings[: min(room.bars, 6)]
    bars = Bars(
        title=_("Share of the portfolio by {kind}").format(kind=found.kind),
        columns=(
            found.kind,
            _("0 to 100 %"),
            _("By count"),
            _("By value"),
            _("If the pilots scale"),
        ),
        rows=tuple(_holding(each, figures, room) for each in shown),
        legend=_(
            "Outlined bar: share of purchases. Filled bar: share of committed value. Striped: "
            "what it grows to if the pilots scale."
        ),
        more=_more(len(found.holdings) - len(shown)),
    )
    title = _("What everything hangs on")
    return _part(title, "whole", [bars] if shown else [], _("Nothing is recorded."))


def _holding(holding: Holding, figures: PortfolioFigures, room: Room) -> BarRow:
    by_count = Fraction(holding.purchases, max(figures.purchases, 1))
    by_value = holding.of_value or Fraction(0)
    scaled = max(by_value, holding.of_value_if_scaled or Fraction(0))
    bar = Bar(
        outlined=Extent(100 * by_count, 100 * by_count),
        filled=Extent(100 * by_value, 100 * scaled),
        shade=Fraction(0),
        cuts=(Fraction(25), Fraction(50), Fraction(75)),
        alt=_hangs(holding, figures, room),
    )
    cells = (_share(by_count), _share(holding.of_value), _share(holding.of_value_if_scaled))
    return BarRow(name=shortened(holding.name, room.name), bar=bar, cells=cells)


def _barred(figures: PortfolioFigures, room: Room) -> Part:
    shown = figures.barred[: room.rows]
    items = tuple(
        Line(
            shortened(each.why, room.text),
            _("{purchase}, {buyer}").format(
                purchase=shortened(each.purchase, room.name),
                buyer=shortened(each.buyer, room.name),
            ),
        )
        for each in shown
    )
    points = Points(items=items, more=_more(len(figures.barred) - len(shown)))
    title = _("What must not go ahead as it stands")
    return _part(title, "whole", [points] if items else [], _("None."))


def _decisions(figures: PortfolioFigures, room: Room) -> Part:
    table = Table(
        title=_("Purchases by recommendation"),
        columns=(_("Recommendation"), _("Purchases"), _("Committed")),
        rows=tuple(
            (
                shortened(decision_label(each.recommendation), room.name),
                f"{each.purchases:,}",
                pounds(each.committed),
            )
            for each in figures.decisions[:6]
        ),
        widths=(5, 3, 4),
    )
    title = _("Purchases by recommendation")
    return _part(title, "left", [table] if table.rows else [], _("None."))


def _spread(figures: PortfolioFigures, room: Room) -> Part:
    rows = tuple(
        (
            found.kind,
            *_largest(found, room),
            "" if found.index is None else f"{round(found.index):,}",
            "" if found.effective is None else one_decimal(found.effective),
        )
        for found in figures.concentrations[:6]
    )
    table = Table(
        title=_("How concentrated the portfolio is, by value"),
        columns=(_("By"), _("Largest"), _("Share"), _("HHI"), _("Effective number")),
        rows=rows,
        widths=(4, 5, 3, 3, 4),
    )
    title = _("How concentrated it is, by value")
    return _part(title, "right", [table] if rows else [], _("Nothing is recorded."))


def _largest(found: Concentration, room: Room) -> tuple[str, str]:
    """Return the name that holds most by value, and its share."""
    known = [each for each in found.holdings if each.of_value is not None]
    if not known:
        return ("", _share(None))
    largest = max(known, key=lambda each: each.of_value or Fraction(0))
    return shortened(largest.name, room.name), _share(largest.of_value)


def _repeated(figures: PortfolioFigures, room: Room) -> Part:
    shown = figures.repeated[: room.rows]
    items = tuple(
        Line(_repeated_words(each), shortened(each.capability, room.name)) for each in shown
    )
    points = Points(items=items, more=_more(len(figures.repeated) - len(shown)))
    title = _("Bought more than once")
    return _part(title, "left", [points] if items else [], _("Nothing."))


def _repeated_words(found: Repeated) -> str:
    words = counted(found.paid, "{n} purchase paid for", "{n} purchases paid for")
    if found.paid:
        words += f", {pounds(found.committed)}"
    if found.others:
        words += "; " + counted(
            found.others,
            "{n} more that commits nothing, or whose value is not known",
            "{n} more that commit nothing, or whose value is not known",
        )
    return words


def _coming(figures: PortfolioFigures, room: Room) -> Part:
    shown = figures.coming[: room.rows]
    table = Table(
        title=_("Renewals and break dates of the next twelve months"),
        columns=(_("Date"), _("What"), _("Purchase")),
        rows=tuple(
            (
                shortened(day(each.date), room.name),
                shortened(each.what, room.name),
                shortened(each.purchase, room.name),
            )
            for each in shown
        ),
        widths=(4, 4, 6),
        more=_more(len(figures.coming) - len(shown)),
    )
    title = _("In the next twelve months")
    return _part(title, "right", [table] if shown else [], _("No renewal and no break date."))


def _overdue(figures: PortfolioFigures, room: Room) -> Part:
    shown = figures.overdue[: room.rows]
    items = tuple(
        Line(
            _("{purchase}. {owner}, due {date}.").format(
                purchase=shortened(each.purchase, room.name),
                owner=shortened(each.owner, room.name) or _("nobody yet"),
                date=shortened(day(each.due), room.name),
            ),
            shortened(each.condition, room.name),
        )
        for each in shown
    )
    points = Points(items=items, more=_more(len(figures.overdue) - len(shown)))
    blocks: list[Block] = [points if items else Paragraph(line=Line(_("None.")))]
    if figures.proposed_late:
        proposed = counted(
            figures.proposed_late,
            "{n} more is proposed only, and past its day.",
            "{n} more are proposed only, and past their day.",
        )
        blocks.append(Paragraph(line=Line(proposed)))
    title = _("Overdue conditions: {n}").format(n=f"{len(figures.overdue):,}")
    return Part(title=title, side="left", blocks=tuple(blocks))


def _evidence(figures: PortfolioFigures) -> Part:
    lines = (
        Line(_share(figures.strong), _("On independent or checked evidence (E3, E4)")),
        Line(_share(figures.open), _("Without an answer yet")),
    )
    title = _("How strong the evidence is, by weight")
    return Part(title=title, side="right", blocks=(Facts(items=lines),))


def _foot(figures: PortfolioFigures) -> tuple[str, ...]:
    basis = _("As of {date}. {purchases}. {software}.").format(
        date=shortened(day(figures.as_of), 40),
        purchases=counted(figures.purchases, "{n} purchase", "{n} purchases"),
        software=SOFTWARE,
    )
    sealed = _("SHA-256 over what was counted: {digest}").format(digest=figures.digest)
    limits = " ".join([_(profile_words.LIMITS), _(profile_words.DUE_DILIGENCE)])
    return (limits, basis, sealed)
