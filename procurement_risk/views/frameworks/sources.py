"""What a questionnaire rests on: every instrument, how far it was checked, and when."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from procurement_risk.framework import Framework, Source
from procurement_risk.framework.published_at import cited_at, read_at
from procurement_risk.framework.sources import MARKS, citations, is_old, mark
from procurement_risk.language import _
from procurement_risk.language.phrases import after_colon, day
from procurement_risk.views.shared import session, tables


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
    columns = (
        _("Instrument"),
        _("How far checked"),
        _("Status"),
        _("What it means for the buyer"),
        _("Times cited"),
    )
    rows = [
        (
            [each.title, cited_at(each), *_elsewhere(each)],
            [mark(each), after_colon(_("Last looked at"), _looked_at(each, today))],
            each.status,
            each.meaning,
            len(cited_by[each.id]),
        )
        for each in framework.sources
    ]
    tables.draw_whole(_("The instruments that the questions cite"), columns, rows)


def _elsewhere(source: Source) -> list[str]:
    """Return where it was read, where that is not its publisher's."""
    return [_("Read at"), found] if (found := read_at(source)) else []


def _looked_at(source: Source, today: str) -> str:
    if not source.looked_at:
        return _("never")
    looked = day(source.looked_at)
    return _("{day}, over a year ago").format(day=looked) if is_old(source, today) else looked
