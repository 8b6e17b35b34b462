"""The frame around every page: which there are, settings of the process, the autosave sweep."""

from __future__ import annotations

import gc
import logging
import threading

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.views.answer import autosave
from procurement_risk.views.answer import page as answer
from procurement_risk.views.assessments import page as assessments
from procurement_risk.views.changed import page as changed
from procurement_risk.views.compare import page as compare
from procurement_risk.views.decision import page as decision
from procurement_risk.views.details import page as details
from procurement_risk.views.frameworks import editing
from procurement_risk.views.frameworks import page as frameworks
from procurement_risk.views.help import page as help
from procurement_risk.views.history import page as history
from procurement_risk.views.my_work import page as my_work
from procurement_risk.views.portfolio import page as portfolio
from procurement_risk.views.profile import page as profile
from procurement_risk.views.records import page as records
from procurement_risk.views.shared import (
    address,
    identity,
    language_choice,
    menu,
    session,
    signing,
)
from procurement_risk.views.start import page as start
from procurement_risk.views.supplier import page as supplier
from procurement_risk.views.what_if import page as what_if

PAGES = (
    my_work.PAGE,
    assessments.PAGE,
    start.PAGE,
    profile.PAGE,
    answer.PAGE,
    decision.PAGE,
    history.PAGE,
    details.PAGE,
    portfolio.PAGE,
    what_if.PAGE,
    changed.PAGE,
    supplier.PAGE,
    compare.PAGE,
    records.PAGE,
    frameworks.PAGE,
    help.PAGE,
)
"""Every page in the order of the menu, group by group; the bare address shows the first."""

logger = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def _settle_memory() -> bool:
    """Take the imported modules out of every later garbage collection: they stay for good."""
    gc.collect()
    gc.freeze()
    return True


@st.cache_resource(show_spinner=False)
def _read_ahead() -> threading.Thread:
    """Read the portfolio once the first page is drawn: whoever opens it then waits less."""
    return portfolio_store.read_ahead(session.store())


def run() -> None:
    """Draw the page that the address names."""
    language_choice.heed_address()
    session.use_language()
    _settle_memory()
    pages = menu.drawn(PAGES)
    session.remember_pages({page.address: shown for page, shown in pages.items()})
    try:
        chosen = st.navigation(menu.grouped(pages), expanded=True)
        page = next(page for page, shown in pages.items() if shown is chosen)
        if page.group != "assessment":
            address.recall(page.address)
        identity.draw(page)
        autosave.sweep()
        editing.sweep()
        signing.draw(page)
        language_choice.draw()
        session.show_flash()
        chosen.run()
        if page.group != "assessment":
            address.note(page.address)
        _read_ahead()
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
    except Exception:
        moment = session.now()
        logger.exception("A page failed at %s", moment)
        st.error(
            _(
                "Something went wrong in the toolkit. Every answer that was shown as saved is "
                "saved. Open the page again; if it happens again, report the time {time}: the "
                "details stand in the log of the app."
            ).format(time=moment)
        )
