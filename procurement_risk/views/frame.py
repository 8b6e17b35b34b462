"""The frame around every page: which there are, settings of the process, the autosave sweep.

To add a page: a folder here with a function ``page`` in its module ``page``, and a line in
``PAGES``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _, pgettext
from procurement_risk.language.text import plain
from procurement_risk.server import few_wait, figures, one_write, state_asked, theme_once, uploads
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views import ahead
from procurement_risk.views.answer import autosave
from procurement_risk.views.frameworks import DRAWN
from procurement_risk.views.shared import (
    address,
    as_before,
    identity,
    language_choice,
    menu,
    session,
    signing,
    signing_out,
    turns,
)
from procurement_risk.views.shared.at_once import Held, at_once
from procurement_risk.views.shared.pages import Page

PAGES = (
    Page(
        "my-work",
        lambda: _("My work"),
        "inbox",
        "work",
        first_for=("officer", "specialist", "reviewer", "decision_maker", "senior"),
    ),
    Page(
        "notify-me",
        lambda: _("Notify me"),
        "notifications",
        "work",
        needs="use_questionnaires",
        team=True,
        inside="my-work",
    ),
    Page(
        "assessments",
        lambda: _("Assessments"),
        "list",
        "work",
        signs=True,
        first_for=("auditor",),
    ),
    Page(
        "start", lambda: pgettext("verb", "Start"), "add_circle", "work", signs=True, needs="start"
    ),
    Page("profile", lambda: _("Overview"), "monitoring", "assessment", signs=True),
    Page("answer", lambda: _("Questions"), "edit_note", "assessment", signs=True, quick=True),
    Page("decision", lambda: _("Decision"), "gavel", "assessment"),
    Page("history", lambda: _("History"), "history", "assessment"),
    Page("details", lambda: _("Details"), "info", "assessment", signs=True),
    Page("portfolio", lambda: _("Portfolio"), "dashboard", "leadership", first_for=("leader",)),
    Page("what-if", lambda: _("What if"), "help_center", "leadership", inside="portfolio"),
    Page("changed", lambda: _("What changed"), "history", "leadership", inside="portfolio"),
    Page("supplier", lambda: _("Suppliers"), "storefront", "leadership"),
    Page("compare", lambda: _("Compare"), "compare", "leadership"),
    Page(
        "records",
        lambda: _("Records"),
        "folder",
        "library",
        signs=True,
        needs="export",
        or_needs=("take_back", "bring_in", "keep", "administer"),
        first_for=("record_keeper",),
    ),
    Page(
        "frameworks",
        lambda: _("Questionnaires"),
        "fact_check",
        "library",
        signs=True,
        needs="use_questionnaires",
        first_for=("questionnaire_owner",),
    ),
    Page(
        "administration",
        lambda: _("Administration"),
        "admin_panel_settings",
        "library",
        needs="manage_people",
        or_needs=("read_logs",),
        team=True,
        first_for=("administrator",),
    ),
    Page("help", lambda: _("Help"), "help", "library", needs="use_questionnaires"),
)
"""Every page in the order of the menu, group by group.

The bare address shows the first of them that is ``first_for`` a role of the person's.

Each is the module ``page`` of the room of its name, which is read when it is first drawn.
"""

logger = logging.getLogger(__name__)


def read_first() -> None:
    """Read what the first page needs, before anybody opens it."""
    uploads.bound()
    ahead.read_first(PAGES[0])


def _sweep_draft() -> None:
    """Save what was typed into a draft of a questionnaire, by whoever has its fields before them.

    Nobody else needs what edits one.
    """
    if DRAWN in st.session_state:
        from procurement_risk.views.frameworks import editing

        editing.sweep()


def _draw(page: Page, chosen: StreamlitPage) -> None:
    place = _place(page)
    address.recall(place, given=("assessment",) if page.group == "assessment" else ())
    identity.draw(page)
    autosave.sweep()
    _sweep_draft()
    signing.draw(page)
    language_choice.draw()
    _draw_notice()
    signing_out.draw()
    session.show_flash()
    if not any(map(session.may, page.lets_in)):
        _refuse(page)
        return
    with figures.drawing(page.address):
        chosen.run()
    address.note(place)


def _place(page: Page) -> str:
    """Return what the choices in the address belong to: a page, and the assessment it shows."""
    about = session.asked_for() if page.group == "assessment" else ""
    return f"{page.address} {about}"


def _refuse(page: Page) -> None:
    """Say why somebody may not be on a page, and lead to where they may."""
    st.title(page.title(), anchor=False)
    st.error(plain(session.why_not(page.needs)))
    first = menu.first(PAGES)
    session.link(first.address, _("Go to {page}").format(page=first.title()))


def _turned_away() -> str:
    """Return why the person of this visit sees nothing at all, or empty."""
    try:
        if is_team() and not session.person().roles:
            return session.why_not("read")
    except ProcurementRiskError as error:
        return str(error)
    return ""


def _draw_notice() -> None:
    """Draw what an administrator has to say to everybody, if anything."""
    said = session.whole_store().setting("notice") if is_team() else ""
    if said:
        st.info(plain(said))


@contextmanager
def _in_one_go(held: Held | None) -> Iterator[None]:
    """Send in one go what is drawn in a moment, and read it as of one moment."""
    if held is not None:
        held.of_quick()
    with session.whole_store().at_one_moment():
        yield
    if held is not None:
        held.leave()


def run() -> None:
    """Draw the page that the address names, when it is its turn."""
    with at_once() as held:
        _run(held)


def _run(held: Held | None) -> None:
    uploads.bound()
    theme_once.remember()
    one_write.gather()
    state_asked.ask()
    few_wait.pass_by()
    as_before.begin()
    identity.set_icon()
    language_choice.heed_address()
    session.use_language()
    ahead.settle_memory()
    if said := _turned_away():
        st.error(plain(said))
        signing_out.draw_turned_away()
        return
    pages = menu.drawn(PAGES)
    session.remember_pages({page.address: shown for page, shown in pages.items()})
    try:
        chosen = st.navigation(menu.grouped(pages), expanded=True)
        page = menu.page_of(chosen, pages)
        if held is not None and not page.quick:
            held.leave()
        with turns.lane_of(page).turn(), _in_one_go(held) if page.quick else nullcontext():
            _draw(page, chosen)
        ahead.read_on(page, PAGES)
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
