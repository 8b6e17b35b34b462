"""Loading the demonstration, and taking it out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.imports.demonstration import load_demonstration, take_out
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, listed
from procurement_risk.language.text import plain
from procurement_risk.storage import Summary
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import session


def draw_load() -> None:
    """Draw the button that loads it."""
    if st.button(_("Load the demonstration portfolio")):
        load()
        st.rerun()


def load() -> None:
    """Load it, and say so on the page that comes next."""
    with st.spinner(_("Loading fictional purchases")):
        loaded = load_demonstration(session.store(), session.actor())
    session.flash(
        counted(
            loaded,
            "{n} fictional assessment loaded. All of it is invented.",
            "{n} fictional assessments loaded. All of it is invented.",
        )
    )


def draw_take_out() -> None:
    """Draw the button that takes it out. It asks nothing: all of it can be had back."""
    if st.button(_("Take the demonstration out")):
        store = session.store()
        _take_out(store.summaries(store.offered(fictional=True).ids))


def _take_out(fictional: Sequence[Summary]) -> None:
    done, kept = Counter[str](), []
    with st.spinner(_("Taking out what is fictional")):
        for each in fictional:
            try:
                done[take_out(session.store(), each, session.actor())] += 1
            except ProcurementRiskError as error:
                kept.append(f"{plain(each.purchase.title)}: {plain(str(error))}")
    session.flash(" ".join(_said(done, kept)))
    st.rerun()


def _said(done: Mapping[str, int], kept: list[str]) -> Iterator[str]:
    """Yield what became of it, and how it is had back."""
    if gone := done.get("deleted", 0):
        yield counted(
            gone,
            "{n} fictional assessment taken out, as it came.",
            "{n} fictional assessments taken out, as they came.",
        )
        if not is_team():
            yield _("“Load the demonstration portfolio” brings them back.")
    if aside := done.get("aside", 0):
        yield counted(
            aside,
            "{n} in which something was changed here stands set aside below the list.",
            "{n} in which something was changed here stand set aside below the list.",
        )
    if kept:
        yield _("Left: {names}").format(names=listed(kept))
