"""Whose questionnaire a risk profile rests on, and what differs from the one of its name."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework.versions.whose import whose_words
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw whose it is, in a line; of a foreign one everything that differs."""
    if opened.is_preview:
        return
    found = session.store().whose(opened.framework)
    st.caption(_("Questionnaire: {whose}.").format(whose=plain(whose_words(found))))
    if found.comparison is not None and found.comparison.changes:
        with st.expander(_("What differs")):
            draw_comparison(found.comparison, key=opened.id)
