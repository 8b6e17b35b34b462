"""On the Supplier page: what rests on the supplier, what is due, and both as a page to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from procurement_risk.charts import form
from procurement_risk.exports import printed
from procurement_risk.exports.leadership.html import EXPORT as HTML
from procurement_risk.exports.leadership.pdf import EXPORT as PDF
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.portfolio import resting_words
from procurement_risk.portfolio.ahead import ahead as days_ahead
from procurement_risk.portfolio.brief import read_whole
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.neighbours import with_neighbours
from procurement_risk.portfolio.resting import Rest, ahead, dated, resting
from procurement_risk.portfolio.worklist import row_of
from procurement_risk.report import supplier_page
from procurement_risk.report.page import Page
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.portfolio import memory
from procurement_risk.views.shared import (
    assessment_line,
    blocks,
    chart_view,
    downloads,
    session,
    tables,
)
from procurement_risk.views.shared.whole_list import whole_on_paper

ROWS = 25  # of the list, of two or three lines each
DAYS = 10
TIMELINE_NOTE = N_(
    "Decisions and agreed conditions with a day, breaks and contract ends of every purchase that "
    "rests on it, from today to a year from now. Later days and late conditions stand below."
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was worked out last, and of what."""

    portfolio: memory.Portfolio
    supplier: str
    rests: tuple[Rest, ...]


_last: dict[str, _Kept] = {}  # by language


def of(supplier: KnownSupplier) -> tuple[Rest, ...]:
    """Return what rests on the supplier, worked out once until something changes."""
    portfolio, spoken = memory.portfolio(), session.wanted_language()
    kept = _last.get(spoken)
    if kept is None or kept.portfolio is not portfolio or kept.supplier != supplier.id:
        rests = resting(portfolio.census, supplier.id)
        kept = _last[spoken] = _Kept(portfolio, supplier.id, rests)
    return kept.rests


def draw_first(rests: Sequence[Rest]) -> None:
    """Draw how much rests on it, by where it stands."""
    st.markdown(f"**{plain(resting_words.headline(rests))}**")
    for block in supplier_page.by_stage(rests).blocks:
        blocks.draw(block)


def draw_list(rests: Sequence[Rest]) -> None:
    """Draw every purchase that rests on it as a line of the list of assessments."""
    st.subheader(supplier_page.purchases_title(), anchor=False)
    if not rests:
        blocks.draw(supplier_page.purchases(rests).blocks[0])
        return
    columns, row = resting_words.purchase_columns(), resting_words.purchase_row
    file = _("Page to print (PDF)")
    with whole_on_paper(rests, "supplier-resting", ROWS, columns, row, file=file) as shown:
        _draw_lines(shown)


def _draw_lines(shown: Sequence[Rest]) -> None:
    store, wanted = session.store(), {rest.item.id for rest in shown}
    items = [each for each in items_of(store, wait=False) if each.id in wanted]
    read_whole(items)
    made = with_neighbours(store, [row_of(each, session.today()) for each in items])
    lines = {each.id: each for each in made}
    ways = {rest.item.id: resting_words.ways_words(rest) for rest in shown}
    assessment_line.draw_each([lines[name] for name in ways if name in lines], ways)


def draw_timeline(rests: Sequence[Rest], name: str) -> None:
    """Draw a year from today: a mark a day, or by month where there are many."""
    about = dated(rests, session.today())
    if not (number := len(days_ahead(about))):
        return
    chart_view.draw(
        form("timeline", number),
        about,
        about=[name, *chart_view.fictional(about.items)],
        file_name=f"due-{name}",
        note=_(TIMELINE_NOTE),
    )


def draw_days(rests: Sequence[Rest]) -> None:
    """Draw what lies ahead: breaks, contract ends and conditions due."""
    days = ahead(rests, session.today())
    title = supplier_page.due_title(days)
    st.subheader(title, anchor=False)
    if not days:
        blocks.draw(supplier_page.due(days).blocks[0])
        return
    columns, row = resting_words.day_columns(), resting_words.day_row
    file = _("Page to print (PDF)")
    with whole_on_paper(days, "supplier-days", DAYS, columns, row, file=file) as shown:
        tables.draw(title, columns, [row(each) for each in shown])


def draw_files(supplier: KnownSupplier, rests: Sequence[Rest], standing: str) -> None:
    """Draw the ways to take it along: the whole of it, whatever page of a list is shown."""
    today = session.today()
    others = list(dict.fromkeys(name for name in supplier.names if name != supplier.name))

    def page() -> Page:
        return supplier_page.supplier_page(supplier.name, others, rests, standing, today)

    downloads.draw(
        chart_view.safe_file_name(f"{supplier.name} {today}"),
        [each.item.id for each in rests],
        downloads.form(_("Page to print (PDF)"), PDF, lambda: printed.pdf(page())),
        downloads.form(_("Page to print (HTML)"), HTML, lambda: printed.html(page())),
    )
