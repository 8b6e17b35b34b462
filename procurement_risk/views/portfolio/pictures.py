"""The charts of the portfolio, each with the purchases behind the mark that was picked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from procurement_risk.charts import (
    form,
    portfolio_decisions,
    portfolio_heat_map,
    portfolio_value,
    section_shares,
    value_bands,
)
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.portfolio import concentration_words
from procurement_risk.portfolio.ahead import Dated, ahead as days_ahead
from procurement_risk.portfolio.bands import key_of
from procurement_risk.portfolio.concentration import (
    KINDS,
    Concentration,
    Group,
    Measure,
    concentration,
)
from procurement_risk.portfolio.hanging import Kind
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import by_value
from procurement_risk.portfolio.words import foreign_words
from procurement_risk.views.portfolio import entries
from procurement_risk.views.shared import address, chart_view, forms, session
from procurement_risk.views.shared.chart_view import MARK

Items = Sequence[PortfolioItem]
Behind = Callable[[Items, Sequence[str]], list[PortfolioItem]]

CLICK = N_("Choose a mark to see the purchases behind it.")


def _draw_chart(
    chart: str,
    subject: object,
    items: Items,
    note: str,
    name: str = "",
    *,
    picks: bool = True,
) -> list[str]:
    """Draw a chart of ``items`` and return what the mark that was picked in it carries."""
    today = session.today()
    words = counted(len(items), "{n} purchase", "{n} purchases")
    foreign = list(filter(None, [foreign_words(items)]))
    return chart_view.draw(
        chart,
        subject,
        about=[f"{words}, {day(today)}", *chart_view.fictional(items), *foreign],
        file_name=f"{name or chart} {today}",
        note=note,
        picks=picks,
        name=name,
    )


def decisions(items: Items) -> None:
    """Draw what is recommended for how many, and how far each has got."""
    mark = _draw_chart("portfolio_decisions", items, items, _(CLICK))
    _draw_behind(items, mark, portfolio_decisions.behind, "decisions")


def sections(items: Items) -> None:
    """Draw the sections: a row a purchase, or, where there are many, a bar a section."""
    key = plain(key_of(items))
    if form("sections", len(items)) == "portfolio_heat_map":
        note = _(
            "Residual risk, 0 no risk found to 100 the worst, and the band: {key}. Two letters: "
            "not settled between them. The purchase with the highest figure comes first."
        ).format(key=key)
        mark = _draw_chart("portfolio_heat_map", items, items, f"{note} {_(CLICK)}")
        _draw_behind(items, mark, portfolio_heat_map.behind, "sections")
        return
    note = _(
        "How many purchases are in each band, section by section: {key}. Each bar is all of them. "
        "With {n} or fewer, each purchase is drawn by itself: set a filter."
    ).format(key=key, n=portfolio_heat_map.MOST)
    mark = _draw_chart("section_shares", items, items, f"{note} {_(CLICK)}")
    _draw_behind(items, mark, section_shares.behind, "sections")


def value(items: Items) -> None:
    """Draw value against risk: a mark a purchase, or, where there are many, how many in a cell."""
    if form("value", len(items)) == "portfolio_value":
        note = _(
            "From left to right the committed value, each mark of the scale ten times the one "
            "before; “£0” commits nothing, “?” has no known value. The shape says what is "
            "recommended. The worst are named; point at a mark for the others."
        )
        mark = _draw_chart("portfolio_value", items, items, f"{note} {_(CLICK)}")
        _draw_behind(items, mark, portfolio_value.behind, "value")
        return
    note = _(
        "Purchases and the pounds they commit, by their value and the band of their worst "
        "section. The stronger the colour, the more purchases. With {n} or fewer, each has a "
        "mark: set a filter."
    ).format(n=portfolio_value.MOST)
    mark = _draw_chart("value_bands", items, items, f"{note} {_(CLICK)}")
    _draw_behind(items, mark, value_bands.behind, "value")


def ahead(items: Items) -> None:
    """Draw what is due within a year: a mark each, or, where there are many, counted by month."""
    about = Dated(tuple(items), session.today())
    note = _(
        "Decisions and agreed conditions with a day, breaks and contract ends, from today to a "
        "year from now. What has passed its day stands below."
    )
    _draw_chart(form("timeline", len(days_ahead(about))), about, items, note, picks=False)


def evidence_age(items: Items) -> None:
    """Draw how strong the evidence is, by the age of the assessment that it stands in."""
    note = _(
        "By the day each assessment is as of: the share of the weight of all its answers that "
        "rests on each grade of evidence, on that day. How many have evidence that has run out "
        "by now stands in the table."
    )
    about = Dated(tuple(items), session.today())
    _draw_chart("evidence_age", about, items, note, picks=False)


def _draw_behind(items: Items, mark: Sequence[str], behind: Behind, key: str) -> None:
    """List the purchases behind a mark, or all of them, the dearest first."""
    picked, is_picked = _picked(items, mark, behind)
    entries.draw(sorted(picked, key=by_value), f"{key}-behind-the-mark" if is_picked else key)


def _picked(items: Items, mark: Sequence[str], behind: Behind) -> tuple[Items, bool]:
    """Head the list, and return the purchases behind ``mark``; all where nothing is picked.

    A mark from the address that stands for nothing here is said.
    """
    found = behind(items, mark) if mark else []
    if mark and not found:
        st.warning(_("The mark in the address stands for no purchase here: all are shown."))
    st.subheader(_("Behind the mark") if found else _("All of these purchases"), anchor=False)
    if mark and st.button(_("Show all of them"), on_click=address.forget, args=([MARK],)):
        st.rerun()
    return (found, True) if found else (items, False)


# --- Concentration ------------------------------------------------------------------------


def concentrations(items: Items) -> None:
    """Draw how much hangs on each supplier, owner, model, host, cloud or law."""
    kinds: Mapping[str, Kind] = {kind: kind for kind in KINDS}
    chosen = address.select(
        _("Group by"), "by", list(kinds), lambda kind: concentration_words.kind_label(kinds[kind])
    )
    found = concentration(items, kinds[chosen or KINDS[0]])
    mark = _draw_chart(
        "concentration_shares", found, items, _(CLICK), f"concentration-{found.kind}"
    )
    for line in index_lines(found):
        st.markdown(line)
    st.caption(" ".join(_notes(found)))
    _draw_group(found, mark)


def index_lines(found: Concentration) -> list[str]:
    """Return the Herfindahl-Hirschman index by each measure, as Markdown."""
    labels: dict[Measure, str] = {
        "committed": _("HHI by committed value"),
        "scaled": _("HHI if the pilots scale"),
        "count": _("HHI by number of purchases"),
    }
    if found.totals["scaled"] == found.totals["committed"]:
        del labels["scaled"]
    return [
        f"{label}: **{plain(words)}**"
        for measure, label in labels.items()
        for words in [
            concentration_words.index_words(found.hhi(measure), found.effective(measure))
        ]
    ]


def _notes(found: Concentration) -> list[str]:
    notes = [_(concentration_words.NO_LIGHT), plain(concentration_words.unstated_words(found))]
    if found.overlaps:
        notes.append(_(concentration_words.OVERLAP))
    if found.kind in ("jurisdiction", "model_jurisdiction"):
        notes.append(_(concentration_words.CONTROL))
    if found.kind == "group":
        notes.append(_("A supplier that names no owner is taken to be its own."))
    return [note for note in notes if note]


def _draw_group(found: Concentration, mark: Sequence[str]) -> None:
    """Draw the purchases behind one group: the one picked in the chart, or chosen here."""
    groups = {group.key: group for group in found.groups}
    if not groups:
        return
    shared = concentration_words.most_shared(found) or found.groups[0]
    first = mark[0] if mark and mark[0] in groups else shared.key
    chosen = forms.choose(
        _("Show the purchases behind"),
        {key: group.name for key, group in groups.items()},
        session.in_language(f"behind-{found.kind}-{first}"),
        first,
    )
    group: Group = groups[chosen or first]
    st.markdown(plain(concentration_words.group_words(found, group)))
    entries.draw(group.items, f"group-{found.kind}")
