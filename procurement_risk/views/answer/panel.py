"""The quiet panel below the questions: how far the answers have got, and what is still open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.language import _, current
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.sections import SectionScore
from procurement_risk.profile import impact_words
from procurement_risk.profile.words import band_range, recommendation, tier_range, whole_range
from procurement_risk.views.shared import as_before, session

MOST_IDS = 8


def draw(opened: session.Opened) -> None:
    """Draw the panel for the answers as they stand."""
    as_before.draw_here("so-far", _draw_title, current())
    PANELS[opened.framework.method](opened)


def _draw_title() -> None:
    st.subheader(_("So far"), anchor=False)


def _draw_sections(opened: session.Opened) -> None:
    result, framework = opened.result, opened.framework
    still_open = counted(len(result.open), "{n} open answer", "{n} open answers")
    said = [
        f"**{recommendation(result)}**",
        f"{tier_range(framework, result.tier)} · {still_open}",
    ]
    flags = result.red_flags
    for words, ids in (
        (_("Stops fired: {questions}"), flags.stops_fired),
        (_("Flags fired: {questions}"), flags.flags_fired),
        (_("May still stop it: {questions}"), flags.stops_pending),
    ):
        if ids:
            said.append(words.format(questions=_first(ids)))
    words = "\n\n".join(said)
    as_before.draw_here("come-to", partial(_draw_words, words), words)
    as_before.draw_here(
        "ranges",
        partial(_draw_ranges, framework, result.sections),
        (current(), framework, result.sections),
    )


def _draw_words(words: str) -> None:
    st.markdown(words)


def _draw_ranges(framework: Framework, sections: Mapping[str, SectionScore | None]) -> None:
    st.html(_ranges(framework, sections))


def _first(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:MOST_IDS])
    more = len(ids) - MOST_IDS
    return _("{questions} and {n} more").format(questions=shown, n=more) if more > 0 else shown


def _ranges(framework: Framework, sections: Mapping[str, SectionScore | None]) -> str:
    rows = [
        _row(framework, section.short_title or section.title, sections.get(section.id))
        for section in framework.sections
        if section.role != "context"
    ]
    return f"<div class='ranges'>{''.join(rows)}</div>"


def _row(framework: Framework, title: str, scored: SectionScore | None) -> str:
    style = "margin:0 0 .7rem;font-size:.875rem;line-height:1.35"
    if scored is None:
        words = escape(_("Not scored"))
        return f"<div style='{style}'>{escape(title)}<br><small>{words}</small></div>"
    low, high = float(scored.residual.low), float(scored.residual.high)
    words = (
        f"{whole_range(framework.policy, scored.residual)} · {band_range(framework, scored.band)}"
    )
    bar = (
        "<span style='display:block;height:6px;border-radius:3px;position:relative;"
        "background:rgba(128,128,128,.25)'>"
        f"<span style='position:absolute;height:6px;border-radius:3px;left:{low:.1f}%;"
        f"width:{max(high - low, 2):.1f}%;background:currentColor;opacity:.75'></span></span>"
    )
    return f"<div style='{style}'>{escape(title)}{bar}<small>{escape(words)}</small></div>"


# --- Where points are counted ------------------------------------------------------------


def _draw_points(opened: session.Opened) -> None:
    result = opened.came_to(ImpactResult)
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


# By the name of the method.
PANELS: Mapping[str, Callable[[session.Opened], None]] = {
    "weakest-section": _draw_sections,
    "impact-mitigation": _draw_points,
}
