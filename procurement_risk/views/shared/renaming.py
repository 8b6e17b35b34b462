"""What was probably only renamed between two versions: said, and a choice for whoever moves."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.framework.versions import likely
from procurement_risk.framework.versions.likely import Relettered, Renamed, Renaming
from procurement_risk.language import _
from procurement_risk.language.text import plain, shorten
from procurement_risk.views.shared import session


def draw_lines(old: Framework, new: Framework) -> None:
    """Say what was probably only renamed, and what to write into the file; nothing for none."""
    if found := list(likely.lines(old, new)):
        st.warning("\n".join(f"- {plain(each)}" for each in found))


def draw(old: Framework, new: Framework, key: str) -> Renaming:
    """Let whoever moves answers say what was only renamed, and return it.

    Args:
        old: The version moved from.
        new: That moved to.
        key: Tells the place from others.
    """
    renamed, relettered = likely.renamed(old, new), likely.relettered(old, new)
    if not renamed and not relettered:
        return likely.NOTHING
    st.markdown("**" + _("What was probably only renamed") + "**")
    return likely.renaming(
        [each for each in renamed if _is_renamed(old, each, key)],
        [each for each in relettered if _follows_labels(new, each, key)],
    )


def _is_renamed(old: Framework, each: Renamed, key: str) -> bool:
    before = old.by_id[each.old].ask
    if each.is_same:
        words = _("{new} is what {old} was: “{ask}” Take its answers over.")
    else:
        words = _("{new} “{ask}” is what {old} was: “{before}” Take its answers over.")
    label = words.format(
        new=each.new, old=each.old, ask=shorten(each.ask, 120), before=shorten(before, 120)
    )
    name = session.in_language(f"renamed-{key}-{each.old}")
    return st.checkbox(plain(label), value=each.is_same, key=name)


def _follows_labels(new: Framework, each: Relettered, key: str) -> bool:
    words = _(
        "{question} “{ask}”: the letters of its options have changed. Let answers follow the "
        "words that were chosen, not the letter."
    )
    ask = shorten(new.by_id[each.question].ask, 120)
    label = words.format(question=each.question, ask=ask)
    name = session.in_language(f"relettered-{key}-{each.question}")
    return st.checkbox(plain(label), value=True, key=name)
