"""The quiet panel beside the questions, where points are counted: level, ranges, the cliff."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.profile import impact_words


def draw(result: ImpactResult) -> None:
    """Draw the panel for the answers as they stand."""
    st.subheader(_("So far"), anchor=False)
    st.markdown(f"**{plain(impact_words.headline(result))}**")
    if result.open:
        st.markdown(impact_words.open_words(result))
    for name, now, bounds, most in (
        (_("Impact points"), result.raw, result.outlook.raw, result.max_raw),
        (_("Mitigation points"), result.mitigation, result.outlook.mitigation, None),
        (_("After the reduction"), result.current, result.outlook.current, result.max_raw),
    ):
        words = _("{name}: **{n}**").format(name=name, n=now)
        if most is not None:
            words = _("{name}: **{n}** of {most}").format(name=name, n=now, most=most)
        st.markdown(words)
        if bounds.low != bounds.high:
            st.caption(
                _("Can still come to {range}").format(range=impact_words.bounds_words(bounds))
            )
    st.caption(plain(impact_words.cliff_sentence(result)))
