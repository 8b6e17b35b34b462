"""What a questionnaire rests on: every instrument, how far it was checked, and when."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from procurement_risk.framework import Framework, Source
from procurement_risk.framework.published_at import cited_at, read_at
from procurement_risk.framework.sources import MARKS, citations, is_old, mark
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.views.shared import session, tables

WIDTHS = [st.column_config.Column(width=each) for each in (300, 150, 130, 310, 560, 90, 420, 420)]
"""What a laptop's window has room for: what it is, how far it was checked, and where it stands."""


def draw(framework: Framework) -> None:
    """Draw all sources of ``framework``; of one that lists none, say so."""
    if not framework.sources:
        st.markdown(_("This questionnaire lists no sources."))
        return
    today = session.today()
    counts = Counter(mark(source) for source in framework.sources)
    parts = [f"{counts[_(words)]} {_(words)}" for words in MARKS.values() if counts[_(words)]]
    st.markdown(" · ".join(parts))
    st.caption(
        _(
            "The same mark stands beside each source on the Questions page. What was not read in "
            "the original may be out of date or wrong: read it before you rely on it."
        )
    )
    cited_by = citations(framework)
    table = pd.DataFrame(
        {
            _("Instrument"): [each.title for each in framework.sources],
            _("How far checked"): [mark(each) for each in framework.sources],
            _("Last looked at"): [_looked_at(each, today) for each in framework.sources],
            _("Status"): [each.status for each in framework.sources],
            _("What it means for the buyer"): [each.meaning for each in framework.sources],
            _("Times cited"): [len(cited_by[each.id]) for each in framework.sources],
            _("Address"): [cited_at(each) for each in framework.sources],
            _("Read at"): [read_at(each) for each in framework.sources],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        column_config=dict(zip(table.columns, WIDTHS, strict=True)),
        alt=_("The instruments that the questions cite"),
    )
    tables.on_paper(table)


def _looked_at(source: Source, today: str) -> str:
    if not source.looked_at:
        return _("never")
    looked = day(source.looked_at)
    return _("{day}, over a year ago").format(day=looked) if is_old(source, today) else looked
