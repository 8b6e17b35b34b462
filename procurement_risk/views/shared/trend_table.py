"""How a result changed, split into the effect of the answers and the effect of the method."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework.words import decision
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.profile.trend import Trend
from procurement_risk.report.change import table
from procurement_risk.views.shared import blocks


def draw(found: Trend) -> None:
    """Draw the recommendation before and after, and a row for each section."""
    if found.recommendation is not None:
        before, after = found.recommendation.before, found.recommendation.after
        if before == after:
            words = _("The recommendation stays: **{after}**.")
        else:
            words = _("The recommendation changes from **{before}** to **{after}**.")
        st.markdown(words.format(before=plain(decision(before)), after=plain(decision(after))))
    blocks.draw(table(found))
