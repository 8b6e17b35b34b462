"""What if something underneath goes: chosen, added up from what is on file, printed."""

from __future__ import annotations

import streamlit as st

from procurement_risk.exports.what_if import table
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.portfolio import concentration_words, what_if_words
from procurement_risk.portfolio.concentration import KINDS, concentration
from procurement_risk.portfolio.hanging import Kind
from procurement_risk.portfolio.what_if import HAPPENINGS, Happening, WhatIf, group_named, what_if
from procurement_risk.portfolio.words import foreign_words
from procurement_risk.report.what_if_page import what_if_page
from procurement_risk.views.portfolio import memory
from procurement_risk.views.shared import (
    address,
    chart_view,
    downloads,
    session,
    tables,
    title_row,
    unread,
)
from procurement_risk.views.shared.whole_list import whole_on_paper

ROWS = 50


def page() -> None:
    """Draw the page."""
    title_row.draw(_("What if"), portfolio=_("Portfolio"))
    portfolio = memory.portfolio()
    unread.draw()
    if not portfolio.items:
        st.markdown(_("There is no purchase to ask about yet."))
        if st.button(_("Start an assessment"), type="primary"):
            session.go("start")
        return
    if any(item.fictional for item in portfolio.every):
        st.warning(_("Fictional demonstration data is among these purchases."))
    kind, found = _chosen(portfolio)
    if found is None:
        st.info(_("No purchase says what it hangs on in this way."))
        return
    _draw(found, kind)


def _chosen(portfolio: memory.Portfolio) -> tuple[Kind, WhatIf | None]:
    """Let a thing and a happening be chosen; return what would happen."""
    one, two, three = st.columns(3)
    kinds: dict[str, Kind] = {kind: kind for kind in KINDS}
    with one:
        said = address.select(
            _("What goes"),
            "kind",
            list(kinds),
            lambda name: concentration_words.kind_label(kinds[name]),
        )
    kind = kinds[said or KINDS[0]]
    spread = concentration(portfolio.items, kind)
    if not spread.groups:
        return kind, None
    by_number = sorted(spread.groups, key=lambda group: (-len(group.items), group.name))
    with two:
        name = address.select(_("Which one"), "name", [group.name for group in by_number], str)
    with three:
        happening = address.select(
            _("What happens"),
            "happening",
            list(HAPPENINGS),
            lambda each: _words()[each],
        )
    group = group_named(spread, name or "") or by_number[0]
    wanted: Happening = next((each for each in HAPPENINGS if each == happening), HAPPENINGS[0])
    return kind, what_if(group, wanted, session.today())


def _words() -> dict[str, str]:
    return {each: _(words) for each, words in what_if_words.HAPPENINGS.items()}


def _draw(found: WhatIf, kind: Kind) -> None:
    st.header(plain(what_if_words.headline(found)), anchor=False)
    if foreign := foreign_words(each.item for each in found.affected):
        st.warning(plain(foreign))
    st.markdown("\n".join(f"- {plain(each)}" for each in what_if_words.sentences(found)))
    st.caption(_(what_if_words.BASIS))
    _draw_files(found, kind)
    st.subheader(_("Clauses that help, agreed or verified"), anchor=False)
    st.markdown("\n".join(f"- {plain(each)}" for each in what_if_words.clauses(found)))
    st.subheader(_("Every purchase that rests on it"), anchor=False)
    number = counted(len(found.affected), "{n} purchase", "{n} purchases")
    st.markdown(_("{purchases}, the dearest first").format(purchases=number))
    lines = what_if_words.rows(found)
    columns, file = what_if_words.columns(), _("Page to print (PDF)")
    with whole_on_paper(lines, "what-if", ROWS, columns, tuple, file=file) as shown:
        tables.draw(_("Every purchase that rests on it"), columns, shown)


def _draw_files(found: WhatIf, kind: Kind) -> None:
    day = session.today()
    forms = downloads.forms_of(
        lambda room: what_if_page(found, kind, day, room),
        _("Page to print (PDF)"),
        _("Page to print (HTML)"),
    )
    downloads.draw(
        chart_view.safe_file_name(f"what-if {found.group.name} {found.happening} {day}"),
        [each.item.id for each in found.affected],
        *forms,
        downloads.Form(_("Table (CSV)"), lambda: table(found), "csv", "text/csv", "csv"),
    )
