"""Notify me: what somebody wants to be told by e-mail of what waits for them, and how soon."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server import modes
from procurement_risk.storage.notifications.choices import UNCHOSEN
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import session

HOWS: Mapping[str, str] = {
    "daily": N_("Once a day"),
    "at_once": N_("At once"),
    "never": N_("Not by e-mail"),
}


def page() -> None:
    """Draw the page."""
    st.title(_("Notify me"), anchor=False)
    session.link("my-work", _("My work"))
    if not is_team():
        st.info(_("Nobody signs in here, and no mail is sent: what waits stands on My work."))
        return
    store, person = session.store(), session.person()
    _draw_where(person.email)
    chosen = store.notice_choices(person.id)
    with st.form("notify-me", enter_to_submit=False):
        picked = {
            kind: _pick(kind, one.title, chosen.get(kind, UNCHOSEN)) for kind, one in KINDS.items()
        }
        speaks = _pick_language(store.notice_language(person.id))
        if st.form_submit_button(_("Save my choices"), type="primary"):
            session.carry_out(
                lambda: store.choose_notices(person.id, picked, session.actor(), speaks),
                _("Saved."),
            )
    st.caption(
        _(
            "Mail says what kind of thing waits and how many, with a link, and no names or "
            "titles. Each thing is told once, and once more where its day has passed. Whatever "
            "you choose, everything stands on My work."
        )
    )


def _draw_where(email: str) -> None:
    """Draw where mail goes, or why none does."""
    running = modes.served()
    if running is not None and not running.team.smtp_host:
        st.warning(_("No mail leaves from here yet: whoever runs the server has to set it up."))
    elif not email:
        st.warning(_("Your sign-in gives no e-mail address, so no mail can reach you."))
    else:
        hour = running.team.digest_hour if running is not None else "7"
        words = _("Mail goes to {address}; the one of the day leaves after {hour}:00.")
        st.markdown(plain(words.format(address=email, hour=hour.zfill(2))))


def _pick_language(now: str) -> str:
    """Draw in which language mail is to be; that of the page where nobody has chosen yet."""
    codes = list(languages.available())
    at = now if now in codes else languages.current()
    return str(
        st.selectbox(
            _("Language of the mail"),
            codes,
            index=codes.index(at),
            format_func=languages.name_of,
            key="notify-language",
        )
    )


def _pick(kind: str, title: str, now: str) -> str:
    picked = st.radio(
        _(title),
        list(HOWS),
        index=list(HOWS).index(now),
        format_func=session.worded(HOWS, lambda how: _(HOWS[how])),
        horizontal=True,
        key=session.in_language(f"notify-{kind}"),
    )
    return picked or now
