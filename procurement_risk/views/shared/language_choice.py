"""Which language a visit is in: the address may say it, the box in the menu chooses it.

Until either does, it is the browser's. It stays the same on every page of the visit.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.language import _, pgettext
from procurement_risk.views.shared import as_before, offered, session

ADDRESS = "language"  # a link that ends in language=fr opens in French


def heed_address() -> None:
    """Take the language that the address asks for, once; one that is not here changes nothing."""
    asked = st.query_params.get(ADDRESS)
    if asked is None:
        return
    if found := languages.best(asked, _codes()):
        st.session_state[session.LANGUAGE] = found
    del st.query_params[ADDRESS]


def draw() -> None:
    """Ask for the language, in the sidebar, where there is more than one."""
    codes = _codes()
    if len(codes) < 2:
        return
    if st.session_state.get(session.LANGUAGE) not in codes:
        wanted = languages.best(session.wanted_language(), codes)
        st.session_state[session.LANGUAGE] = wanted or languages.ENGLISH
    as_before.draw_named(
        "language",
        partial(st.sidebar.container, key="frame-language"),
        partial(_draw_box, codes),
        (languages.current(), tuple(codes)),
    )


def _draw_box(codes: list[str]) -> None:
    st.selectbox(
        _("Language"),
        codes,
        format_func=languages.name_of,
        key=session.LANGUAGE,
        persist_state="session",
        help=_(
            "Until you choose, it is the language of your browser. It is kept on every page. A "
            "link that ends in *language=fr* opens in French, and so with every other code."
        ),
    )
    # Translators: Say here that the translation is a draft; leave it out once it is approved.
    notice = pgettext("only while a translation is a draft", "none")
    if notice != "none":
        st.caption(notice)


def _codes() -> list[str]:
    return sorted({*languages.available(), *offered.languages()})
