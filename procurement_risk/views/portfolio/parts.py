"""What stands under the summary of the portfolio; only the open tab is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import streamlit as st

from procurement_risk.assessment.overdue import is_proposed_late
from procurement_risk.assessment.words import mitigation_status
from procurement_risk.language import _
from procurement_risk.language.phrases import about_pounds, counted, day, listed, share
from procurement_risk.language.text import plain
from procurement_risk.portfolio import headline_words, words as portfolio_words
from procurement_risk.portfolio.days import DateAhead, Overdue, Stale, dates_ahead, overdue, stale
from procurement_risk.portfolio.items import EVIDENCE, PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.totals import (
    Duplicate,
    SingleSource,
    duplicates,
    single_source,
)
from procurement_risk.views.portfolio import benefits, entries, pictures, tab_names
from procurement_risk.views.shared import session
from procurement_risk.views.shared.paging import PAGE_SIZE
from procurement_risk.views.shared.whole_list import whole_on_paper

Items = Sequence[PortfolioItem]


# --- Twice, and from one only -------------------------------------------------------------


def twice(items: Items) -> None:
    """Draw what is bought more than once, and what has one supplier only."""
    found = duplicates(items)
    st.subheader(_("Bought more than once"), anchor=False)
    if not found:
        st.markdown(
            _(
                "No capability is bought twice. Purchases are compared by their capability tag: "
                "one without a tag is compared with nothing."
            )
        )
    columns = (_("What"), _("At which price"))
    with whole_on_paper(found, "twice", PAGE_SIZE, columns, _twice_row, file=_ids) as shown:
        for place, each in enumerate(shown):
            st.markdown(plain(portfolio_words.duplicate_sentence(each)))
            _draw_folded(each.items, f"twice-{place}-{each.capability}")
    _draw_single_source(items)


def _ids(each: Duplicate | SingleSource) -> list[str]:
    return [item.id for item in each.items]


def _twice_row(each: Duplicate) -> tuple[str, ...]:
    return portfolio_words.duplicate_sentence(each), headline_words.twice_words(each)


def _draw_single_source(items: Items) -> None:
    found = single_source(items)
    st.subheader(_("From one supplier only"), anchor=False)
    st.caption(_("A capability for which nobody here buys from a second supplier."))
    if not found:
        st.markdown(_("Every capability comes from two or more suppliers, or has no tag."))
    columns = (_("What"), _("Purchases"))
    with whole_on_paper(found, "single", PAGE_SIZE, columns, _single_row, file=_ids) as shown:
        for place, each in enumerate(shown):
            if len(each.items) == 1:
                entries.draw_entry(each.items[0], _single_words(each))
            else:
                st.markdown(plain(_single_words(each)))
                _draw_folded(each.items, f"single-{place}-{each.capability}")


def _single_words(each: SingleSource) -> str:
    paid = about_pounds(sum(item.committed or 0 for item in each.items))
    return _("{capability}: {supplier}, {value} committed").format(
        capability=portfolio_words.capability_words(each.capability),
        supplier=each.supplier,
        value=paid,
    )


def _single_row(each: SingleSource) -> tuple[str, ...]:
    return _single_words(each), listed([item.purchase.title for item in each.items])


def _draw_folded(items: Items, key: str) -> None:
    label = counted(len(items), "Show the {n} purchase", "Show the {n} purchases")
    shown = st.expander(label, key=key, on_change="rerun")
    if shown.open:
        with shown:
            entries.draw(items, f"{key}-list")


# --- Days ---------------------------------------------------------------------------------


def days(items: Items) -> None:
    """Draw what is due within a year, and overdue conditions."""
    today = session.today()
    pictures.ahead(items)
    ahead = dates_ahead(items, today)
    st.subheader(_("Break dates and contract ends in the next twelve months"), anchor=False)
    if not ahead:
        st.markdown(_("There is none, among the purchases whose dates are known."))
    else:
        line = counted(len(ahead), "{n} date, the next one first", "{n} dates, the next one first")
        entries.draw_entries([(each.item, each) for each in ahead], _date_words, "ahead", line)
    late = overdue(items, today)
    st.subheader(_("Overdue conditions"), anchor=False)
    found = counted(
        len(late),
        "{n} condition agreed and not verified by its day; the longest overdue first",
        "{n} conditions agreed and not verified by their day; the longest overdue first",
    )
    if late:
        _draw_late(late, "overdue", found)
    else:
        st.markdown(_("No agreed condition is past its day."))
    proposed = overdue(items, today, is_proposed_late)
    found = counted(
        len(proposed),
        "{n} condition proposed, past its day",
        "{n} conditions proposed, past their day; the longest first",
    )
    if proposed:
        _draw_late(proposed, "proposed-late", found)


def _draw_late(late: Sequence[Overdue], key: str, found: str) -> None:
    entries.draw_entries([(each.item, each) for each in late], _overdue_words, key, found)


def _date_words(found: DateAhead) -> str:
    item = found.item
    parts = (
        f"{portfolio_words.date_label(found.kind)}: {day(found.day)}",
        item.purchase.buyer,
        item.supplier.name,
        portfolio_words.value_words(item),
    )
    return " · ".join(parts)


def _overdue_words(found: Overdue) -> str:
    condition = found.condition
    words = _("{question}, due {date}: {clause}. Owner: {owner}").format(
        question=condition.question,
        date=day(condition.due),
        clause=condition.clause or mitigation_status(condition.status),
        owner=condition.owner or _("nobody"),
    )
    return f"{words} · {found.item.purchase.buyer}"


# --- Evidence and age ---------------------------------------------------------------------


def evidence(items: Items) -> None:
    """Draw what calls for a new look, and how strong the evidence is."""
    pictures.evidence_age(items)
    found = stale(items, session.today())
    st.subheader(_("Due for a new look"), anchor=False)
    if not found:
        st.markdown(_("Nothing is older than a year, and nothing has run out or changed since."))
    else:
        line = counted(
            len(found),
            "{n} assessment, the oldest first",
            "{n} assessments, the oldest first",
        )
        entries.draw_entries([(each.item, each) for each in found], _stale_words, "stale", line)
    _draw_strength(items)


def _stale_words(found: Stale) -> str:
    words = _("as of {date}").format(date=day(found.item.as_of))
    return f"{words}: {portfolio_words.reasons_words(found)}"


def _draw_strength(items: Items) -> None:
    st.subheader(_("Strength of evidence"), anchor=False)
    scored = _weakest_first(items)
    if not scored:
        st.markdown(_("No section is scored, so there is no evidence to show."))
        return
    whole = [sum(item.evidence[place] for item in scored) for place in range(len(EVIDENCE))]
    st.markdown(_("Over all of them: {shares}.").format(shares=strength_words(whole)))
    line = counted(
        len(scored),
        "{n} purchase with scored sections",
        "{n} purchases with scored sections, those with the least support first",
    )
    entries.draw_each(scored, lambda item: strength_words(item.evidence), "strength", line)


@once
def _weakest_first(items: Items) -> list[PortfolioItem]:
    """Return those with scored sections, the ones with the least support first."""
    scored = [item for item in items if sum(item.evidence)]
    return sorted(scored, key=lambda item: (_strong(item.evidence), item.id))


def _strong(weights: Sequence[int]) -> float:
    return (weights[3] + weights[4]) / sum(weights)


def strength_words(weights: Sequence[int]) -> str:
    """Return what share of all weight is independent, documented, claimed or open."""
    total = sum(weights)
    parts = (
        (_("independent or checked (E3, E4)"), weights[3] + weights[4]),
        (_("documents (E2)"), weights[2]),
        (_("statements or nothing (E0, E1)"), weights[0] + weights[1]),
        (_("open"), weights[5]),
    )
    return ", ".join(
        f"{share(Fraction(weight, total))} {name}" for name, weight in parts if weight
    )


TABS: Mapping[str, Callable[[Items], None]] = {
    tab_names.DECISIONS: pictures.decisions,
    tab_names.SECTIONS: pictures.sections,
    tab_names.VALUE: pictures.value,
    tab_names.CONCENTRATION: pictures.concentrations,
    tab_names.TWICE: twice,
    tab_names.DAYS: days,
    tab_names.EVIDENCE: evidence,
    tab_names.BENEFITS: benefits.draw,
}
