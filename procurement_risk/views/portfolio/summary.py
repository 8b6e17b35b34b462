"""The top of the portfolio: what a leader has to know, and reads in a minute."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.concentration import Concentration, Group
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import Duplicate
from procurement_risk.views.portfolio import entries
from procurement_risk.views.portfolio.memory import View

FIRST_STOPPED = 5
FIRST_DUPLICATES = 3


def draw(view: View) -> None:
    """Draw what is bought, what must not go ahead, what it hangs on, and what is bought twice."""
    words = plain(portfolio_words.total_words(len(view.items), view.sums))
    scaled = portfolio_words.scaled_words(view.sums)
    st.markdown(f"**{words}**" + (f"; {plain(scaled)}" if scaled else ""))
    left, right = st.columns(2, gap="large")
    with left:
        _draw_stopped(view.stopped)
    with right:
        _draw_hanging(view.models, view.suppliers)
        _draw_duplicates(view.duplicates)


def _draw_stopped(found: Sequence[PortfolioItem]) -> None:
    if not found:
        st.subheader(_("Nothing has to stop"), anchor=False)
        st.markdown(_("“Do not proceed” is neither recommended nor decided for any purchase."))
        return
    words = counted(
        len(found), "{n} purchase must not go ahead", "{n} purchases must not go ahead"
    )
    st.subheader(words, anchor=False)
    for item in found[:FIRST_STOPPED]:
        entries.draw_entry(item, stopped_words(item), "stopped")
    if rest := found[FIRST_STOPPED:]:
        label = counted(len(rest), "{n} more", "{n} more")
        more = st.expander(label, key="stopped-more", on_change="rerun")
        if more.open:
            with more:
                entries.draw_each(rest, stopped_words, "stopped-more")


def stopped_words(item: PortfolioItem) -> str:
    """Return whose it is, what it costs, and why it must not go ahead."""
    parts = [
        item.purchase.buyer,
        portfolio_words.value_words(item),
        portfolio_words.stop_words(item),
        portfolio_words.decided_words(item) or _("not decided yet"),
    ]
    return " · ".join(parts)


def _draw_hanging(models: Concentration, suppliers: Concentration) -> None:
    shared = portfolio_words.most_shared(models)
    if shared is None:
        st.subheader(_("No two purchases share a model"), anchor=False)
        if models.unstated:
            st.markdown(plain(portfolio_words.unstated_words(models)))
    else:
        words = _("{n} purchases hang on {name}").format(
            n=grouped(len(shared.items)), name=plain(shared.name)
        )
        st.subheader(words, anchor=False)
        st.markdown(plain(hanging_words(models, suppliers, shared)))
    largest = suppliers.largest("committed")
    if largest is not None:
        st.markdown(plain(portfolio_words.largest_sentence(suppliers, largest)))
    if shared is not None:
        shown = st.expander(_("Show these purchases"), key="hanging", on_change="rerun")
        if shown.open:
            with shown:
                entries.draw(shared.items, "hanging")


def hanging_words(models: Concentration, suppliers: Concentration, shared: Group) -> str:
    """Return how much hangs on one model, and what a list of suppliers shows of that."""
    sentences = (
        portfolio_words.hanging_sentence(models, shared),
        portfolio_words.maker_sentence(suppliers, shared.maker),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _draw_duplicates(found: Sequence[Duplicate]) -> None:
    if not found:
        st.subheader(_("Nothing is bought twice"), anchor=False)
        return
    words = counted(
        len(found),
        "{n} capability is bought more than once",
        "{n} capabilities are bought more than once",
    )
    st.subheader(words, anchor=False)
    for each in found[:FIRST_DUPLICATES]:
        st.markdown(plain(portfolio_words.duplicate_sentence(each)))
    if len(found) > FIRST_DUPLICATES:
        st.caption(_("The others stand under “Bought more than once” below."))
