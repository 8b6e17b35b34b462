"""The first screen of the portfolio: what is asked of a leader, and what to know in a minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import literal
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
from procurement_risk.views.shared import session, soon

T = TypeVar("T")


def draw(view: View, aside: int) -> None:
    """Draw the count of everything, then what is asked, what runs and what must not start.

    All of it is one element: a browser is longer about fifty, and nobody sees the page meanwhile.

    Args:
        view: What the filters let through.
        aside: How many assessments are set aside.
    """
    left = _asked(view) + _against(view)
    right = _barred(view) + _hanging(view.models, view.suppliers) + _duplicates(view.duplicates)
    columns = f'<div class="halves"{soon.charts()}><div>{left}</div><div>{right}</div></div>'
    with st.container(key="headlines"):
        st.html(_in_short(view) + _counted(view, aside) + columns)


def _in_short(view: View) -> str:
    """Return every headline in a line; shown where they would not stand on one screen together."""
    found = view.headlines
    titles = (
        asked_words.asked_title(found),
        headline_words.against_title(found),
        headline_words.barred_title(found),
        _hanging_title(view.models),
        headline_words.twice_title(view.duplicates),
    )
    lines = "".join(f"<li><strong>{literal(each)}</strong></li>" for each in titles)
    return f'<ul class="in-short">{lines}</ul>'


def _counted(view: View, aside: int) -> str:
    """Return how many purchases there are, and what is in no figure."""
    first = literal(portfolio_words.total_words(view.purchases, view.sums))
    more = [
        portfolio_words.scaled_words(view.sums),
        headline_words.open_words(view.census.supplier_open),
    ]
    words = "; ".join([f"<strong>{first}</strong>", *map(literal, filter(None, more))])
    return f"<p>{words}. {literal(headline_words.left_out_words(view.census, aside))}</p>"


def _asked(view: View) -> str:
    found = view.headlines
    heading = _heading(asked_words.asked_title(found), asked_words.asked_sentence(found))
    first = [(each.item, each) for each in found.asked[: FIRST["asked"]]]
    return heading + _each("asked", first, asked_words.asked_words, len(found.asked))


def _against(view: View) -> str:
    found = view.headlines
    heading = _heading(headline_words.against_title(found), headline_words.against_sentence(found))
    first = [(each, each) for each in found.against[: FIRST["against"]]]
    return heading + _each("against", first, headline_words.against_words, len(found.against))


def _barred(view: View) -> str:
    found = view.headlines
    heading = _heading(headline_words.barred_title(found), headline_words.barred_sentence(found))
    first = [(each, each) for each in found.barred[: FIRST["barred"]]]
    return heading + _each("barred", first, headline_words.barred_words, len(found.barred))


def _each(
    about: portfolio_list.About,
    first: Sequence[tuple[PortfolioItem, T]],
    words: Callable[[T], str],
    number: int,
) -> str:
    """Return the first few, each a link with words under it, and a link to all of them."""
    found = [
        f"<div>{session.html_link('profile', item.purchase.title, assessment=item.id)}"
        f"<p>{literal(words(each))}</p></div>"
        for item, each in first
    ]
    if number > len(first):
        label = _("All {n} in the list").format(n=grouped(number))
        found.append(f"<p>{shown_list.link(label, about)}</p>")
    return "".join(found)


def _hanging(models: Concentration, suppliers: Concentration) -> str:
    shared = concentration_words.most_shared(models)
    if shared is None:
        found = _heading(_hanging_title(models), concentration_words.unstated_words(models))
    else:
        found = _heading(_hanging_title(models), hanging_words(models, suppliers, shared))
        label = _("What if it goes?")
        found += f"<p>{session.html_link('what-if', label, kind='model', name=shared.name)}</p>"
    largest = suppliers.largest("committed")
    if largest is not None:
        found += f"<p>{literal(concentration_words.largest_sentence(suppliers, largest))}</p>"
    return found


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


def _duplicates(found: Sequence[Duplicate]) -> str:
    lines = [_heading(headline_words.twice_title(found))]
    for each in found[:FIRST_DUPLICATES]:
        capability = literal(portfolio_words.capability_words(each.capability))
        words = literal(headline_words.twice_words(each))
        lines.append(f"<p><strong>{capability}</strong>: {words}</p>")
    if len(found) > FIRST_DUPLICATES:
        others = shown_list.link_tab(_("The others"), tab_names.TWICE)
        lines.append(f"<p>{others}</p>")
    return "".join(lines)


def _heading(words: str, sentence: str = "") -> str:
    said = f"<p>{literal(sentence)}</p>" if sentence else ""
    return f"<h2>{literal(words)}</h2>{said}"
