"""What changed since a day: new, decided, worse, better, late, expired; the monthly page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from procurement_risk.assessment.answers import is_day
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import plain, shorten
from procurement_risk.portfolio import changed_words
from procurement_risk.portfolio.changed import Event, changed_since
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.then import then_of
from procurement_risk.report.changed_page import changed_page
from procurement_risk.views.shared import address, day_field, downloads, session, title_row, unread
from procurement_risk.views.shared.whole_list import whole_on_paper

BACK = 30  # days, where nobody has chosen
PAGE_SIZE = 25
MOST_KEPT = 8  # days, for all visits
_kept: dict[tuple[str, str], tuple[tuple[PortfolioItem, ...], tuple[Event, ...]]] = {}


def page() -> None:
    """Draw the page."""
    title_row.draw(_("What changed"), portfolio=_("Portfolio"))
    unread.draw()
    since = _ask_day()
    if since is None:
        st.info(_("Choose a day to look back to."))
        return
    events = _events(since)
    if any(event.item is not None and event.item.fictional for event in events):
        st.warning(_("Fictional demonstration data is among these purchases."))
    st.markdown(f"**{plain(changed_words.summary(events))}**")
    if events:
        _draw_files(events, since)
    for kind, found in changed_words.by_kind(events).items():
        st.header(f"{changed_words.title(kind)}: {grouped(len(found))}", anchor=False)
        with st.container(key=f"changed-{kind}", gap="xsmall"):
            name, columns = f"changed-{kind}", (_("Purchase"), _("What changed"))
            file = _("Monthly page (PDF)")
            with whole_on_paper(found, name, PAGE_SIZE, columns, _row, file=file) as shown:
                for event in shown:
                    _draw_event(event)
    st.caption(
        _(
            "Each purchase is compared by the assessment by which it counted when that day began. "
            "Evidence and conditions stand here from the day on which they ran out or became late."
        )
    )


def _events(since: str) -> tuple[Event, ...]:
    """Return what changed since the day ``since`` began: worked out once for all visits."""
    store, today = session.store(), session.today()
    items = items_of(store)
    key = since, today
    kept = _kept.pop(key, None)
    if kept is None or kept[0] is not items:
        kept = items, changed_since(then_of(store, since), items, today)
    _kept[key] = kept
    for old in list(_kept)[:-MOST_KEPT]:
        _kept.pop(old, None)
    return kept[1]


def _row(event: Event) -> tuple[str, str]:
    return changed_words.name(event), changed_words.words(event)


def _draw_event(event: Event) -> None:
    with st.container(gap=None):
        if event.item is None:
            st.markdown(plain(changed_words.name(event)))
        else:
            session.link("profile", plain(changed_words.name(event)), assessment=event.assessment)
        st.markdown(f":small[{plain(changed_words.words(event))}]")


def _ask_day() -> str | None:
    """Ask for the day, which stands in the address; None where none is chosen."""
    today = date.fromisoformat(session.today())
    said = st.query_params.get("since", "")
    if said and not is_day(said):
        words = _("The address asks for “{value}” here, which is not a day.")
        st.warning(plain(words.format(value=shorten(said))))
    key = "changed-since"

    def read(values: list[str]) -> date:
        asked = [date.fromisoformat(each) for each in values if is_day(each)]
        return min(asked[0], today) if asked else today - timedelta(days=BACK)

    address.follow("since", key, read)
    chosen = day_field.draw(
        _("Since when"),
        key,
        first=date(2000, 1, 1),
        last=today,
        width=220,
        on_change=address.remember,
        args=("since", key, lambda value: [value.isoformat()] if value else []),
    )
    return chosen.isoformat() if chosen else None


def _draw_files(events: Sequence[Event], since: str) -> None:
    today = session.today()
    forms = downloads.forms_of(
        lambda room: changed_page(events, since, today, room),
        _("Monthly page (PDF)"),
        _("Monthly page (HTML)"),
    )
    downloads.draw(
        f"portfolio-{since}-{today}-changes",
        list(dict.fromkeys(event.item.id for event in events if event.item)),
        *forms,
    )
