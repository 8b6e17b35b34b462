"""The frame around every page: page list, settings of the process, the autosave sweep."""

from __future__ import annotations

import gc
import logging
import threading

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework.shipped import STATIC
from procurement_risk.language import N_, _, pgettext
from procurement_risk.language.text import plain
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.views.answer import autosave
from procurement_risk.views.answer import page as answer
from procurement_risk.views.assessments import page as assessments
from procurement_risk.views.compare import page as compare_page
from procurement_risk.views.details import page as details
from procurement_risk.views.frameworks import page as frameworks_page
from procurement_risk.views.help import page as help_page
from procurement_risk.views.portfolio import page as portfolio_page
from procurement_risk.views.profile import page as profile
from procurement_risk.views.records import page as records_page
from procurement_risk.views.shared import session
from procurement_risk.views.start import page as start
from procurement_risk.views.supplier import page as supplier_page

TITLE = N_("AI procurement risk")
logger = logging.getLogger(__name__)
SCRIPTS = '<script src="app/static/idle-commit.js"></script>'
# The accent on its own tint has a contrast of 4.1 in the dark theme; text needs 4.5.
DARK_STYLE = (
    '<style>[data-variant="segmented_control"][aria-checked="true"] p {color: #e8edef}</style>'
)


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
    session.use_language()
    st.set_page_config(page_title=_(TITLE), page_icon=str(STATIC / "icon.png"), layout="wide")
    _settle_memory()
    pages = {
        "assessments": st.Page(
            assessments.page, title=_("Assessments"), icon=":material/list:", default=True
        ),
        "portfolio": st.Page(
            portfolio_page.page,
            title=_("Portfolio"),
            icon=":material/dashboard:",
            url_path="portfolio",
        ),
        "supplier": st.Page(
            supplier_page.page,
            title=_("Supplier"),
            icon=":material/storefront:",
            url_path="supplier",
        ),
        "start": st.Page(
            start.page,
            title=pgettext("verb", "Start"),
            icon=":material/add_circle:",
            url_path="start",
        ),
        "answer": st.Page(
            answer.page,
            title=pgettext("verb", "Answer"),
            icon=":material/edit_note:",
            url_path="answer",
        ),
        "details": st.Page(
            details.page, title=_("Details"), icon=":material/info:", url_path="details"
        ),
        "profile": st.Page(
            profile.page, title=_("Risk profile"), icon=":material/monitoring:", url_path="profile"
        ),
        "compare": st.Page(
            compare_page.page, title=_("Compare"), icon=":material/compare:", url_path="compare"
        ),
        "records": st.Page(
            records_page.page, title=_("Records"), icon=":material/folder:", url_path="records"
        ),
        "frameworks": st.Page(
            frameworks_page.page,
            title=_("Frameworks"),
            icon=":material/fact_check:",
            url_path="frameworks",
        ),
        "help": st.Page(help_page.page, title=_("Help"), icon=":material/help:", url_path="help"),
    }
    session.remember_pages(pages)
    try:
        chosen = st.navigation(list(pages.values()))
        autosave.sweep()
        session.draw_actor()
        session.draw_language()
        st.html(SCRIPTS + (DARK_STYLE if session.dark() else ""), unsafe_allow_javascript=True)
        session.show_flash()
        chosen.run()
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
