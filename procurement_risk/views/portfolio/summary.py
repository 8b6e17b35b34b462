"""The first screen of the portfolio: what is asked of a leader, and what to know in a minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import plain
from procurement_risk.portfolio import (
    asked_words,
    concentration_words,
    headline_words,
    portfolio_list,
    words as portfolio_words,
)
from procurement_risk.portfolio.concentration import Concentration, Group
from procurement_risk.portfolio.first_screen import FIRST, FIRST_DUPLICATES, View
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import Duplicate
from procurement_risk.views.portfolio import shown_list, tab_names
from procurement_risk.views.shared import session

T = TypeVar("T")


def draw(view: View, aside: int) -> None:
    """Draw the count of everything, then what is asked, what runs and what must not start.

    Args:
        view: What the filters let through.
        aside: How many assessments are set aside.
    """
    with st.container(key="headlines", gap="xsmall"):
        _draw_in_short(view)
        st.markdown(_counted(view, aside))
        left, right = st.columns(2, gap="medium")
        with left.container(gap="xsmall"):
            _draw_asked(view)
            _draw_against(view)
        with right.container(gap="xsmall"):
            _draw_barred(view)
            _draw_hanging(view.models, view.suppliers)
            _draw_duplicates(view.duplicates)


def _draw_in_short(view: View) -> None:
    """Draw every headline in a line; shown where they would not stand on one screen together."""
    found = view.headlines
    titles = (
        asked_words.asked_title(found),
        headline_words.against_title(found),
        headline_words.barred_title(found),
        _hanging_title(view.models),
        headline_words.twice_title(view.duplicates),
    )
    with st.container(key="headlines-in-short"):
        st.markdown("\n".join(f"- **{plain(each)}**" for each in titles))


def _counted(view: View, aside: int) -> str:
    """Return how many purchases there are, and what is in no figure, as Markdown."""
    first = plain(portfolio_words.total_words(view.purchases, view.sums))
    more = [
        portfolio_words.scaled_words(view.sums),
        headline_words.open_words(view.census.supplier_open),
    ]
    said = "; ".join([f"**{first}**", *map(plain, filter(None, more))])
    return f"{said}. {plain(headline_words.left_out_words(view.census, aside))}"


def _draw_asked(view: View) -> None:
    found = view.headlines
    _heading(asked_words.asked_title(found), asked_words.asked_sentence(found))
    first = [(each.item, each) for each in found.asked[: FIRST["asked"]]]
    _draw_each("asked", first, asked_words.asked_words, len(found.asked))


def _draw_against(view: View) -> None:
    found = view.headlines
    _heading(headline_words.against_title(found), headline_words.against_sentence(found))
    first = [(each, each) for each in found.against[: FIRST["against"]]]
    _draw_each("against", first, headline_words.against_words, len(found.against))


def _draw_barred(view: View) -> None:
    found = view.headlines
    _heading(headline_words.barred_title(found), headline_words.barred_sentence(found))
    first = [(each, each) for each in found.barred[: FIRST["barred"]]]
    _draw_each("barred", first, headline_words.barred_words, len(found.barred))


def _draw_each(
    about: portfolio_list.About,
    first: Sequence[tuple[PortfolioItem, T]],
    words: Callable[[T], str],
    number: int,
) -> None:
    """Draw the first few, each a link with words under it, and a link to all of the ``number``."""
    for item, each in first:
        with st.container(gap=None):
            session.link("profile", plain(item.purchase.title), assessment=item.id)
            st.markdown(plain(words(each)))
    if number > len(first):
        label = _("All {n} in the list").format(n=grouped(number))
        shown_list.link(label, about)


def _draw_hanging(models: Concentration, suppliers: Concentration) -> None:
    shared = concentration_words.most_shared(models)
    if shared is None:
        _heading(_hanging_title(models), concentration_words.unstated_words(models))
    else:
        _heading(_hanging_title(models), hanging_words(models, suppliers, shared))
        session.link("what-if", _("What if it goes?"), kind="model", name=shared.name)
    largest = suppliers.largest("committed")
    if largest is not None:
        st.markdown(plain(concentration_words.largest_sentence(suppliers, largest)))


def _hanging_title(models: Concentration) -> str:
    shared = concentration_words.most_shared(models)
    if shared is None:
        return _("No two purchases share a model")
    words = _("{n} purchases hang on {name}")
    return words.format(n=grouped(shared.number), name=shared.name)


def hanging_words(models: Concentration, suppliers: Concentration, shared: Group) -> str:
    """Return how much hangs on one model, and what a list of suppliers shows of that."""
    sentences = (
        concentration_words.hanging_sentence(models, shared),
        concentration_words.maker_sentence(suppliers, shared.maker),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _draw_duplicates(found: Sequence[Duplicate]) -> None:
    _heading(headline_words.twice_title(found))
    for each in found[:FIRST_DUPLICATES]:
        capability = plain(portfolio_words.capability_words(each.capability))
        st.markdown(f"**{capability}**: {plain(headline_words.twice_words(each))}")
    if len(found) > FIRST_DUPLICATES:
        shown_list.link_tab(_("The others"), tab_names.TWICE)


def _heading(words: str, sentence: str = "") -> None:
    st.header(plain(words), anchor=False)
    if sentence:
        st.markdown(plain(sentence))
