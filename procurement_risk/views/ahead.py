"""What is read before somebody asks for it, so that nobody waits for what only others need.

while the browser still loads    the first page and what it asks of the store
once the first page is drawn     the portfolio, where it is small
once a second page is drawn      all the others, with the large libraries that they need

The large libraries double the memory of the app, which many look at and leave after one page.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Sequence
from importlib import import_module

import streamlit as st

from procurement_risk.assessment import today as calendar
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.part_of_waiting import make_ready
from procurement_risk.views.shared import session
from procurement_risk.views.shared.pages import Page

SOON = ("assessments", "portfolio")
"""The pages that people open next, and that need no large library."""


def read_first(page: Page) -> None:
    """Read what the first page needs. Whatever is wrong is told there, to whoever opens it."""
    import_module(page.module)
    try:
        store = session.whole_store()
    except ProcurementRiskError:
        return
    make_ready(store, calendar.today())
    keep_for_good()


def read_on(page: Page, pages: Sequence[Page]) -> None:
    """Read on, now that ``page`` is drawn: each thing once, in a thread of its own."""
    _read_portfolio([each.module for each in pages if each.address in SOON])
    if page.address != _first_page(page.address):
        _read_others([each.module for each in pages])


@st.cache_resource(show_spinner=False)
def _first_page(_address: str) -> str:
    """Return the address of the page that was drawn first, in this process."""
    return _address


@st.cache_resource(show_spinner=False)
def _read_portfolio(soon: Sequence[str]) -> threading.Thread:
    from procurement_risk.portfolio.settled_purchases import settle_quietly  # with what it asks

    def sum_up(items: tuple[PortfolioItem, ...]) -> None:
        for module in soon:
            import_module(module)
        from procurement_risk.portfolio.census import census
        from procurement_risk.portfolio.first_screen import view_of

        view_of(census(items), calendar.today())

    return portfolio_store.read_ahead(session.whole_store(), settle_quietly, sum_up)


@st.cache_resource(show_spinner=False)
def _read_others(_modules: Sequence[str]) -> threading.Thread:
    def read() -> None:
        for module in _modules:
            import_module(module)
        keep_for_good()

    thread = threading.Thread(target=read, name="ahead", daemon=True)
    thread.start()
    return thread


@st.cache_resource(show_spinner=False)
def settle_memory() -> bool:
    """Take the imported modules out of every later garbage collection: they stay for good."""
    keep_for_good()
    return True


def keep_for_good() -> None:
    """Take everything there is now out of every later garbage collection.

    Not after one more: that takes a tenth of a second, in which nobody is served, and what
    imports leave behind is next to nothing.
    """
    gc.freeze()
