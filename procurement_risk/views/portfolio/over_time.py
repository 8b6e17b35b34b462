"""What the purchases came to, month by month; worked out once until something changes."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day, month
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.months import MONTHS, Exposure, Moment, exposure, months_of
from procurement_risk.portfolio.totals import Filters
from procurement_risk.views.shared import chart_view, session

CHART = "exposure"
_last: dict[str, tuple[tuple[PortfolioItem, ...], tuple[Moment, ...]]] = {}  # by today's date


def draw(filters: Filters) -> None:
    """Draw purchases, pounds and stops at the end of each of the last months, and now."""
    found = exposure(_moments(), filters)
    today = session.today()
    chart_view.draw(
        CHART,
        found,
        about=[
            ", ".join((counted(found[-1].purchases, "{n} purchase", "{n} purchases"), day(today))),
            *chart_view.fictional(_moments()[-1].items),
        ],
        file_name=f"{CHART} {today}",
        note=_notes(found),
    )


def _notes(found: tuple[Exposure, ...]) -> str:
    notes = [
        _(
            "From the history of every change: each purchase as it stood when the month ended, "
            "if the filters let it through as it was then. What was closed or withdrawn by then "
            "is not counted, and what is set aside now is left out of every month."
        )
    ]
    if len(found) <= MONTHS:
        words = _("Nothing was on file here before {month}.")
        notes.append(words.format(month=month(found[0].day)))
    unknown = max(each.unknown for each in found)
    if unknown:
        notes.append(
            counted(
                unknown,
                "In one month or more, {n} assessment is left out: what it came to then was "
                "struck out or moved since.",
                "In one month or more, up to {n} assessments are left out: what they came to then "
                "was struck out or moved since.",
            )
        )
    return " ".join(notes)


def _moments() -> tuple[Moment, ...]:
    items, today = items_of(session.store()), session.today()
    kept = _last.get(today)
    if kept is None or kept[0] is not items:
        with st.spinner(_("Reading the history …")):
            kept = items, months_of(session.store(), today)
        _last.clear()
        _last[today] = kept
    return kept[1]
