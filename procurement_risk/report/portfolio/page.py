"""The leadership page of a portfolio: everything that is being bought, on one page.

What is asked comes first, then what runs against advice and what must not start; then what
everything hangs on: by upstream model before by supplier, since several may resell one model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from procurement_risk.assessment.words import mitigation_status
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _, current
from procurement_risk.language.numbers import decimal, grouped, per_cent
from procurement_risk.language.phrases import counted, day
from procurement_risk.portfolio import headline_words
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.concentration import Concentration, Group, Measure
from procurement_risk.portfolio.headlines import Asked
from procurement_risk.portfolio.items import Condition, PortfolioItem
from procurement_risk.portfolio.totals import Money, money
from procurement_risk.report import foot
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
    Plot,
    Points,
    Room,
    Series,
    Side,
    Table,
    pounds,
    shortened,
)
from procurement_risk.report.portfolio.figures import PortfolioFigures


def portfolio_page(figures: PortfolioFigures, *, room: Room = ROOMS[0]) -> Page:
    """Return the leadership page of a portfolio.

    Args:
        figures: What was worked out.
        room: How much fits; what is left out is counted.
    """
    parts = (
        _asked(figures, room),
        _against(figures, room),
        _barred(figures, room),
        *(_concentration(each, figures, room) for each in figures.concentrations[:1]),
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
        notice=_notice(figures),
        headline=headline_words.asked_title(figures.headlines),
        headline_lead=_("Asked of you"),
        meaning=_meaning(figures),
        top=tuple(_top(figures, room)),
        parts=parts,
        foot=_foot(figures),
        language=current(),
        day=figures.as_of,
    )


def _notice(figures: PortfolioFigures) -> str:
    made_up = ""
    if figures.fictional:
        made_up = _("Some or all of this is fictional demonstration data.")
    return " ".join(filter(None, (made_up, figures.foreign)))


# --- The top ------------------------------------------------------------------------------


def _meaning(figures: PortfolioFigures) -> str:
    """Return how much of it can be decided now, and that nothing here ranks suppliers."""
    return " ".join(
        filter(
            None,
            (
                headline_words.asked_sentence(figures.headlines),
                _("Each purchase has a leadership page of its own. Nothing here ranks suppliers."),
            ),
        )
    )


def _top(figures: PortfolioFigures, room: Room) -> Iterator[Line]:
    sums = figures.sums
    committed = _committed(sums)
    if sums.unknown:
        unknown = counted(
            sums.unknown,
            "not counting {n} purchase whose value is not known",
            "not counting {n} purchases whose value is not known",
        )
        committed = f"{committed}; {unknown}"
    yield Line(committed, _("Committed"))
    purchases = counted(figures.purchases, "{n} purchase", "{n} purchases")
    open_words = headline_words.open_words(figures.supplier_open)
    counted_words = "; ".join(filter(None, (purchases, open_words)))
    words = f"{counted_words}. {figures.left_out}".strip()
    yield Line(shortened(words, room.text), _("What is counted"))
    for found in figures.concentrations[:1]:
        if widest := _widest(found):
            words = _hangs(found, widest, figures, room)
            yield Line(words, _("What most purchases hang on"))
    yield Line(grouped(len(figures.overdue)), _("Overdue conditions"))
    stale = counted(len(figures.stale), "{n} assessment", "{n} assessments")
    triggers = counted(figures.triggers, "{n} open reason", "{n} open reasons")
    words = _("{assessments}, {reasons} to look again").format(assessments=stale, reasons=triggers)
    yield Line(words, _("Due to be looked at again"))


def _widest(found: Concentration) -> Group | None:
    """Return what most purchases hang on, the dearer of two; None where nothing is recorded."""

    def width(group: Group) -> tuple[int, Fraction]:
        return len(group.items), _scaled(found, group)

    return max(found.groups, key=width, default=None)


def _hangs(found: Concentration, group: Group, figures: PortfolioFigures, room: Room) -> str:
    words = _("{name}: {n} of {all} purchases").format(
        name=shortened(group.name, room.name),
        n=grouped(len(group.items)),
        all=grouped(figures.purchases),
    )
    of_value, scaled = found.share(group, "committed"), found.share(group, "scaled")
    if of_value is not None:
        share = _("{share} of committed value").format(share=_share(of_value))
        words = f"{words}, {share}"
    if scaled not in (None, of_value):
        words = f"{words}, " + _("{share} if the pilots scale").format(share=_share(scaled))
    return words


def _scaled(found: Concentration, group: Group) -> Fraction:
    return found.share(group, "scaled") or found.share(group, "committed") or Fraction(0)


def _share(share: Fraction | None) -> str:
    return _("not known") if share is None else per_cent(decimal(100 * share))


def _more(left_out: int) -> str:
    if left_out < 1:
        return ""
    return counted(
        left_out, "and {n} more on the Portfolio page", "and {n} more on the Portfolio page"
    )


# --- The parts ----------------------------------------------------------------------------


def _part(
    title: str, side: Side, blocks: Iterable[Block], nothing: str, finding: str = ""
) -> Part:
    """Return a part; where it has no blocks it says so."""
    found = tuple(blocks) or (Paragraph(line=Line(nothing)),)
    return Part(title=title, side=side, blocks=found, finding=finding)


def _concentration(found: Concentration, figures: PortfolioFigures, room: Room) -> Part:
    shown = found.groups[: min(room.bars, 4)]
    kind = portfolio_words.kind_label(found.kind)
    bars = Bars(
        title=_("Share of the portfolio by {kind}").format(kind=kind),
        columns=(
            kind,
            _("0 to 100 %"),
            _("By count"),
            _("By value"),
            _("If the pilots scale"),
        ),
        rows=tuple(_group(found, each, figures, room) for each in shown),
        legend=_(
            "Outlined bar: share of purchases. Filled bar: share of committed value. Striped: "
            "what it grows to if the pilots scale."
        ),
        more=_more(len(found.groups) - len(shown)),
    )
    title = _("What everything hangs on")
    nothing, widest = _("Nothing is recorded."), _widest(found)
    finding = _hangs(found, widest, figures, room) if widest else ""
    part = _part(title, "whole", [bars] if shown else [], nothing, finding)
    if not shown:
        return part
    plot = Plot(
        title=_("{what}, per cent").format(what=bars.title),
        rows=tuple(row.name for row in bars.rows),
        series=tuple(_series(found, shown, figures)),
        alt="; ".join(row.bar.alt for row in bars.rows if row.bar),
    )
    return replace(part, plot=plot)


def _series(
    found: Concentration, shown: Sequence[Group], figures: PortfolioFigures
) -> Iterator[Series]:
    """Yield each group's shares, per cent."""
    by_count = (Fraction(len(group.items), max(figures.purchases, 1)) for group in shown)
    yield Series(name=_("By count"), values=tuple(100 * each for each in by_count))
    measures: dict[str, Measure] = {
        _("By value"): "committed",
        _("If the pilots scale"): "scaled",
    }
    for name, measure in measures.items():
        shares = [found.share(group, measure) for group in shown]
        values = tuple(None if each is None else 100 * each for each in shares)
        yield Series(name=name, values=values)


def _group(found: Concentration, group: Group, figures: PortfolioFigures, room: Room) -> BarRow:
    by_count = Fraction(len(group.items), max(figures.purchases, 1))
    shares = found.share(group, "committed"), found.share(group, "scaled")
    by_value = shares[0] or Fraction(0)
    scaled = max(by_value, shares[1] or Fraction(0))
    bar = Bar(
        outlined=Extent(100 * by_count, 100 * by_count),
        filled=Extent(100 * by_value, 100 * scaled),
        shade=Fraction(0),
        cuts=(Fraction(25), Fraction(50), Fraction(75)),
        alt=_hangs(found, group, figures, room),
    )
    cells = (_share(by_count), *map(_share, shares))
    return BarRow(name=shortened(group.name, room.name), bar=bar, cells=cells)


def _asked(figures: PortfolioFigures, room: Room) -> Part:
    found = figures.headlines.asked
    shown = found[: room.rows + 2 * (room.rows > 1)]
    table = Table(
        title=_("Decisions asked of you"),
        columns=(_("Purchase"), _("Asked"), _("By"), _("Of whom"), _("Value"), _("Advice")),
        rows=tuple(tuple(shortened(cell, room.name) for cell in _asked_cells(e)) for e in shown),
        widths=(6, 4, 4, 6, 4, 4),
        more=_more(len(found) - len(shown)),
    )
    finding = headline_words.asked_title(figures.headlines)
    return _part(_("Asked of you"), "whole", [table] if shown else [], _("Nothing."), finding)


def _asked_cells(each: Asked) -> tuple[str, ...]:
    return (
        each.item.purchase.title,
        headline_words.wanted_words(each),
        headline_words.by_when(each),
        headline_words.of_whom(each),
        headline_words.bids_value(each.bids or (each.item,)),
        headline_words.advice_words(each),
    )


def _against(figures: PortfolioFigures, room: Room) -> Part:
    found = figures.headlines
    return _headline_part(
        headline_words.against_title(found),
        "left",
        found.against,
        headline_words.against_words,
        headline_words.against_sentence(found),
        room,
    )


def _barred(figures: PortfolioFigures, room: Room) -> Part:
    found = figures.headlines
    return _headline_part(
        headline_words.barred_title(found),
        "right",
        found.barred,
        why_barred,
        headline_words.barred_sentence(found),
        room,
    )


def _headline_part(
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
            shortened(words(each), room.text),
            _("{purchase}, {buyer}").format(
                purchase=shortened(each.purchase.title, room.name),
                buyer=shortened(each.purchase.buyer, room.name),
            ),
        )
        for each in items[: room.rows]
    )
    blocks: list[Block] = []
    if lines:
        blocks.append(Points(items=lines, more=_more(len(items) - len(lines))))
    if after:
        blocks.append(Paragraph(line=Line(shortened(after, room.text))))
    return _part(title, side, blocks, _("None."))


def why_barred(item: PortfolioItem) -> str:
    """Return what it costs, and the questions that stop it in full, else its worst section."""
    stops = [f"{name}: {item.framework.by_id[name].ask}" for name in item.stops]
    reasons = stops or [portfolio_words.stop_words(item)]
    return " · ".join([portfolio_words.value_words(item), *reasons])


def _decisions(figures: PortfolioFigures, room: Room) -> Part:
    table = Table(
        title=_("Purchases by recommendation"),
        columns=(_("Recommendation"), _("Purchases"), _("Committed")),
        rows=tuple(
            (
                shortened(portfolio_words.decision_label(each), room.name),
                _number(found),
                _committed(money(found)),
            )
            for each, found in figures.decisions.items()
        ),
        widths=(5, 4, 5),
    )
    title = _("Purchases by recommendation")
    gravest = next(iter(figures.decisions), "")
    finding = _("“{decision}” is recommended for {n} of {all}").format(
        decision=portfolio_words.decision_label(gravest) if gravest else "",
        n=grouped(len(figures.decisions.get(gravest, ()))),
        all=counted(figures.purchases, "{n} purchase", "{n} purchases"),
    )
    part = _part(title, "left", [table] if table.rows else [], _("None."), finding)
    return replace(part, plot=_decided(figures, room)) if table.rows else part


def _number(items: Sequence[PortfolioItem]) -> str:
    """Return how many purchases there are, and how many of them nobody has decided yet."""
    number, left = grouped(len(items)), sum(item.decided is None for item in items)
    if not left:
        return number
    return _("{n}, {left} not decided yet").format(n=number, left=grouped(left))


def _committed(sums: Money) -> str:
    """Return what is committed, and what that grows to if the pilots scale."""
    if sums.unknown and not sums.known:
        return _("not known")
    committed = pounds(sums.committed)
    if sums.scaled == sums.committed:
        return committed
    words = _("{committed}; {scaled} if the pilots scale")
    return words.format(committed=committed, scaled=pounds(sums.scaled))


def _decided(figures: PortfolioFigures, room: Room) -> Plot:
    """Return how many purchases have each recommendation, decided or not."""
    counts = [
        (
            shortened(portfolio_words.decision_label(each), room.name),
            len(of_it),
            sum(item.decided is not None for item in of_it),
        )
        for each, of_it in figures.decisions.items()
    ]
    decided, open_ = _("Decided"), _("Not decided yet")
    said = [f"{row}: {decided} {done}, {open_} {of - done}" for row, of, done in counts]
    return Plot(
        title=_("Purchases by recommendation, number of purchases"),
        rows=tuple(each[0] for each in counts),
        series=(
            Series(name=decided, values=tuple(Fraction(each[2]) for each in counts)),
            Series(name=open_, values=tuple(Fraction(each[1] - each[2]) for each in counts)),
        ),
        alt="; ".join(said),
        stacked=True,
        most=None,
        decimals=0,
    )


def _spread(figures: PortfolioFigures, room: Room) -> Part:
    rows = tuple(
        (
            portfolio_words.kind_label(found.kind),
            *_largest(found, room),
            "" if (index := found.hhi("committed")) is None else grouped(round(index)),
            "" if (number := found.effective("committed")) is None else decimal(number),
        )
        for found in figures.concentrations[:3]
    )
    table = Table(
        title=_("How concentrated the portfolio is, by value"),
        columns=(_("By"), _("Largest"), _("Share"), _("HHI"), _("Effective number")),
        rows=rows,
        widths=(4, 5, 3, 3, 4),
    )
    title = _("How concentrated it is, by value")
    nothing = _("Nothing is recorded.")
    return _part(title, "right", [table] if rows else [], nothing, _largest_holds(figures, room))


def _largest_holds(figures: PortfolioFigures, room: Room) -> str:
    """Return what holds the largest share of value of all that is measured; or empty."""
    held = [
        (found.share(group, "committed") or Fraction(0), group.name)
        for found in figures.concentrations[:3]
        if (group := found.largest("committed"))
    ]
    if not held:
        return ""
    share, name = max(held)
    return _("{name} holds {share} of committed value").format(
        name=shortened(name, room.name), share=_share(share)
    )


def _largest(found: Concentration, room: Room) -> tuple[str, str]:
    """Return the name that holds most by value, and its share."""
    if not found.totals["committed"]:
        return ("", _share(None))
    largest = max(found.groups, key=lambda group: group.weights["committed"])
    return shortened(largest.name, room.name), _share(found.share(largest, "committed"))


def _repeated(figures: PortfolioFigures, room: Room) -> Part:
    shown = figures.repeated[: room.rows]
    items = tuple(
        Line(
            shortened(headline_words.twice_words(each, room.rows), room.text),
            shortened(headline_words.capability_words(each.capability), room.name),
        )
        for each in shown
    )
    points = Points(items=items, more=_more(len(figures.repeated) - len(shown)))
    title, finding = _("Bought more than once"), headline_words.twice_title(figures.repeated)
    return _part(title, "left", [points] if items else [], _("Nothing."), finding)


def _coming(figures: PortfolioFigures, room: Room) -> Part:
    shown = figures.coming[: room.rows]
    table = Table(
        title=_("Renewals and break dates of the next twelve months"),
        columns=(_("Date"), _("What"), _("Purchase")),
        rows=tuple(
            (
                shortened(day(each.day), room.name),
                shortened(portfolio_words.date_label(each.kind), room.name),
                shortened(each.item.purchase.title, room.name),
            )
            for each in shown
        ),
        widths=(4, 4, 6),
        more=_more(len(figures.coming) - len(shown)),
    )
    title, nothing = _("In the next twelve months"), _("No renewal and no break date.")
    finding = counted(
        len(figures.coming),
        "{n} renewal or break date in the next twelve months",
        "{n} renewals and break dates in the next twelve months",
    )
    return _part(title, "right", [table] if shown else [], nothing, finding)


def _overdue(figures: PortfolioFigures, room: Room) -> Part:
    shown = figures.overdue[: room.rows]
    items = tuple(
        Line(
            _("{purchase}. {owner}, due {date}.").format(
                purchase=shortened(each.item.purchase.title, room.name),
                owner=shortened(each.condition.owner, room.name) or _("nobody yet"),
                date=shortened(day(each.condition.due), room.name),
            ),
            shortened(condition_words(each.condition), room.name),
        )
        for each in shown
    )
    points = Points(items=items, more=_more(len(figures.overdue) - len(shown)))
    blocks: list[Block] = [points if items else Paragraph(line=Line(_("None.")))]
    if figures.proposed_late:
        proposed = counted(
            len(figures.proposed_late),
            "{n} more is proposed only, and past its day.",
            "{n} more are proposed only, and past their day.",
        )
        blocks.append(Paragraph(line=Line(proposed)))
    title = _("Overdue conditions: {n}").format(n=grouped(len(figures.overdue)))
    finding = counted(
        len(figures.overdue), "{n} condition is overdue", "{n} conditions are overdue"
    )
    return Part(title=title, side="left", blocks=tuple(blocks), finding=finding)


def condition_words(condition: Condition) -> str:
    """Return the question it is for, and its clause or how far it is."""
    words = condition.clause or mitigation_status(condition.status)
    return f"{condition.question}: {words}"


def _evidence(figures: PortfolioFigures) -> Part:
    lines = (
        Line(_share(figures.strong), _("On independent or checked evidence (E3, E4)")),
        Line(_share(figures.open), _("Without an answer yet")),
    )
    title, finding = _("How strong the evidence is, by weight"), ""
    if figures.strong is not None:
        words = _("{share} of the weight rests on independent or checked evidence")
        finding = words.format(share=_share(figures.strong))
    return Part(title=title, side="right", blocks=(Facts(items=lines),), finding=finding)


def _foot(figures: PortfolioFigures) -> tuple[str, ...]:
    basis = _("As of {date}. {purchases}. {software}.").format(
        date=shortened(day(figures.as_of), 40),
        purchases=counted(figures.purchases, "{n} purchase", "{n} purchases"),
        software=SOFTWARE,
    )
    return foot.lines(basis, figures.digest)
