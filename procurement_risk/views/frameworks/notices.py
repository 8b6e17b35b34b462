"""What a questionnaire in a file extends, and which shipped one it hides."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from procurement_risk.framework import Framework
from procurement_risk.framework.files import Fingerprint, fingerprint
from procurement_risk.framework.origin import digest
from procurement_risk.framework.overlay.notices import extends_line, notices
from procurement_risk.language import _, current, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import plain


def draw(framework: Framework) -> None:
    """Say so; nothing where it does neither."""
    draw_hidden(framework)
    if words := extends(framework):
        st.markdown(plain(f"{words[0].upper()}{words[1:]}."))


def draw_hidden(framework: Framework) -> None:
    """Warn where it hides a shipped one, or rests on one that somebody changed."""
    for each in notices(framework):
        st.warning(plain(each))


def extends(framework: Framework) -> str:
    """Return what it extends and how far, or empty where it extends nothing."""
    if framework.based_on is None:
        return ""
    return _extends(digest(framework), fingerprint(), current(), framework)


@st.cache_resource(show_spinner=False, max_entries=16)
def _extends(digest: str, stand: Fingerprint, language: str, _framework: Framework) -> str:
    """Return what ``extends_line`` does, once for each."""
    return extends_line(_framework)


# What a conversion left out or changed: said in one way, whatever was converted.


def noted(number: int) -> DeltaGenerator | None:
    """Return the box for so many notes; None where there are none, which is said."""
    if not number:
        st.success(_("Everything was carried over."))
        return None
    words = ngettext(
        "{n} thing to look at: what was left out or changed",
        "{n} things to look at: what was left out or changed",
        number,
    )
    return st.expander(words.format(n=grouped(number)), expanded=number <= 10)
