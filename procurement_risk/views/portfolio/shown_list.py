"""The list of the portfolio: every purchase that is counted, searched and sorted, 50 a page."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.portfolio import listed_cells
from procurement_risk.portfolio.asked_view import AskedView
from procurement_risk.portfolio.brief import read_whole
from procurement_risk.portfolio.finding import matching
from procurement_risk.portfolio.first_screen import View
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.lines import Line
from procurement_risk.portfolio.narrowing import LABELS, SORTS, Narrowing
from procurement_risk.portfolio.neighbours import with_neighbours
from procurement_risk.portfolio.portfolio_list import ABOUT, About, ids_behind, ids_of
from procurement_risk.portfolio.worklist import row_of
from procurement_risk.views.portfolio import tab_names
from procurement_risk.views.shared import address, assessment_line, session
from procurement_risk.views.shared.whole_list import whole_on_paper

SHOW = "portfolio-show"
EVERY = "every"


def draw(view: View) -> None:
    """Draw the search and the order, and the rows that they leave."""
    asked = st.container(key="portfolio-list-asked")
    search, about, order, turn = asked.columns([4, 3, 3, 2], vertical_alignment="bottom")
    words = search.text_input(
        _("Search"),
        key="portfolio-search",
        bind="query-params",
        help=_("In everything on file, as on the page Assessments."),
    )
    with about:
        behind = address.select(
            _("Behind a headline"),
            "about",
            [EVERY, *ABOUT],
            lambda name: {EVERY: _("Everything"), **_about()}[name],
        )
    with order:
        sort = address.select(_("Sorted by"), "sort", _sorts(), lambda name: _(LABELS[name]))
    turned = turn.toggle(_("Last to first"), key="portfolio-turned", bind="query-params")
    headline = next((name for name in ABOUT if name == behind), None)
    narrowing = Narrowing(sort=sort or "value", is_turned=bool(turned))
    if isinstance(view, AskedView):
        _draw_asked(view, headline, narrowing, words or "")
        return
    wanted = ids_of(view.whole())
    if headline is not None:
        wanted &= ids_behind(headline, view.headlines)
    store, today = session.store(), session.today()
    every = [Line(each, today) for each in items_of(store, wait=False) if each.id in wanted]
    shown = narrowing.in_order(matching(store, every, words or ""))
    _draw_number(view, len(shown), len(wanted))
    size = assessment_line.PAGE_SIZE
    columns, row = listed_cells.columns(), listed_cells.cells
    with whole_on_paper(
        shown, "portfolio-list", size, columns, row, file=lambda line: [line.id]
    ) as on_page:
        read_whole(each.item for each in on_page)
        made = [row_of(each.item, today) for each in on_page]
        assessment_line.draw_each(with_neighbours(store, made))


def _draw_asked(view: AskedView, about: About | None, narrowing: Narrowing, words: str) -> None:
    """Draw the same of a list of which the database gives a part."""
    store, size = session.store(), assessment_line.PAGE_SIZE
    first = view.part(store, about, narrowing, words, size)
    _draw_number(view, first.total, view.number(store, about) if words else first.total)
    assessment_line.draw_page(
        "portfolio-list",
        first,
        lambda begun: view.part(store, about, narrowing, words, size, begun),
        lambda: view.plain_part(store, about, narrowing, words, first.total).rows,
    )


def _draw_number(view: View, shown: int, every: int) -> None:
    st.markdown(_("{n} of {all} in the list").format(n=grouped(shown), all=grouped(every)))
    if view.census.supplier_open:
        st.caption(
            _(
                "Where the supplier is open, each bid has a line. Say who is chosen on the "
                "Details page of a bid, under “Status and pack”."
            )
        )


def _about() -> dict[str, str]:
    return {name: _(words) for name, words in ABOUT.items()}


def _sorts() -> list[str]:
    """Return what it may be sorted by, the value first."""
    return ["value", *(name for name in SORTS if name != "value")]


def link(words: str, about: About) -> str:
    """Return a link to the list of what stands behind a headline, under the filters set now."""
    return _link(words, {SHOW: tab_names.PURCHASES, "about": about})


def link_tab(words: str, tab: str) -> str:
    """Return a link to a tab, by its English name, under the filters set now."""
    return _link(words, {SHOW: tab})


def _link(words: str, wanted: dict[str, str]) -> str:
    kept = [
        (name, value)
        for name in st.query_params
        if name not in wanted
        for value in st.query_params.get_all(name)
    ]
    return session.html_link("portfolio", words, *kept, **wanted)
