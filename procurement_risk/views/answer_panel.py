"""The quiet panel beside the questions: tier, stops, and the sections' ranges narrowing."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.methods.sections import SectionScore
from procurement_risk.views import session
from procurement_risk.wording import (
    band_range,
    count,
    percent_range,
    plain,
    recommendation,
    tier_range,
)


def draw(opened: session.Opened) -> None:
    """Draw the panel for the answers as they stand."""
    result, framework = opened.result, opened.framework
    st.subheader("So far", anchor=False)
    st.markdown(f"**{recommendation(result)}**")
    st.markdown(f"{tier_range(framework, result.tier)} · {count(len(result.open), 'open answer')}")
    flags = result.red_flags
    for title, ids in (
        ("Stops fired", flags.stops_fired),
        ("Flags fired", flags.flags_fired),
        ("May still stop it", flags.stops_pending),
    ):
        if ids:
            shown = ", ".join(ids[:8]) + (f" and {len(ids) - 8} more" if len(ids) > 8 else "")
            st.markdown(f"{title}: {shown}")
    _offer_next_pack(opened)
    st.html(_ranges(framework, result.sections))


def _offer_next_pack(opened: session.Opened) -> None:
    """Offer the pack that is enough for the tier, once the context has been answered."""
    result, framework = opened.result, opened.framework
    if result.pack_decides or result.tier.low != result.tier.high:
        return
    tier = framework.tier(result.tier.high)
    pack = framework.pack(tier.packs[0])
    if pack is None:
        return
    st.markdown(f"{plain(tier.label)} is decided on the {plain(pack.title)} pack. Answers stay.")
    if st.button(f"Take the {plain(pack.title)} pack"):
        revision = opened.revisions.get("pack", 0)
        if session.save("pack", pack.id, revision, "The pack that decides at this tier"):
            st.rerun()


def _ranges(framework: Framework, sections: Mapping[str, SectionScore | None]) -> str:
    rows = [
        _row(framework, section.short_title or section.title, sections.get(section.id))
        for section in framework.sections
        if section.role != "context"
    ]
    return "<div>" + "".join(rows) + "</div>"


def _row(framework: Framework, title: str, scored: SectionScore | None) -> str:
    style = "margin:0 0 .7rem;font-size:.875rem;line-height:1.35"
    if scored is None:
        return f"<div style='{style}'>{escape(title)}<br><small>Not scored</small></div>"
    low, high = float(scored.residual.low), float(scored.residual.high)
    words = f"{percent_range(scored.residual)} · {band_range(framework, scored.band)}"
    bar = (
        "<span style='display:block;height:6px;border-radius:3px;position:relative;"
        "background:rgba(128,128,128,.25)'>"
        f"<span style='position:absolute;height:6px;border-radius:3px;left:{low:.1f}%;"
        f"width:{max(high - low, 2):.1f}%;background:currentColor;opacity:.75'></span></span>"
    )
    return f"<div style='{style}'>{escape(title)}{bar}<small>{escape(words)}</small></div>"
