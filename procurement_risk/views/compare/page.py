"""The Compare page: suppliers for one purchase side by side, and how firm the order is.

the procurement-law note and its warning
stopped ones, apart · those that cannot be compared, with the reason
one sentence, one chart, one table · the rest in tabs
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from procurement_risk.comparison import Comparison, words
from procurement_risk.comparison.comparable import Sorted
from procurement_risk.exports.export import Export
from procurement_risk.exports.leadership import comparison as comparison_page, html, pdf
from procurement_risk.exports.slides import assessment as slides
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.profile.words import DUE_DILIGENCE, LIMITS
from procurement_risk.views.compare import choice, parts, top
from procurement_risk.views.compare.choice import Choice
from procurement_risk.views.shared import downloads, heading, session, tabs

TABS: Mapping[str, Callable[[Comparison], None]] = {
    N_("How firm it is"): parts.firmness,
    N_("Where they differ"): parts.differences,
    N_("What moves the lead"): parts.lead,
    N_("Evidence and open answers"): parts.evidence,
}
SHOW = "compare"  # the address holds the open tab under this name, by its English label


def page() -> None:
    """Draw the page."""
    st.title(_("Compare"), anchor=False)
    st.caption(_(DUE_DILIGENCE))
    warning = st.container()
    known = choice.offered()
    if known is None:
        _draw_empty()
        return
    chosen = choice.purchase(known)
    if chosen is None:
        st.markdown(_("Choose a purchase to see its suppliers side by side."))
        return
    _draw_purchase(chosen, known[chosen], warning)


def _draw_empty() -> None:
    st.markdown(
        _(
            "No purchase here has two suppliers assessed. Start a second assessment for the same "
            "purchase with another supplier, or load the demonstration portfolio."
        )
    )
    if st.button(_("Go to the assessments"), type="primary"):
        session.go("assessments")


def _draw_purchase(name: str, picked: Choice, warning: st.delta_generator.DeltaGenerator) -> None:
    view = choice.view(picked)
    found = choice.sorted_entries(picked, view)
    if damaged := choice.damaged(picked):
        st.error(plain(damaged))
    _draw_fictional(found)
    top.stopped(found)
    top.apart(found)
    if len(found.comparable) < 2:
        st.markdown(
            _(
                "Fewer than two of these can be compared, so there is no order. What stands in "
                "the way is said above."
            )
        )
        return
    ids = choice.suppliers(name, picked, found)
    if len(ids) < 2:
        st.markdown(_("Choose at least two suppliers."))
        return
    comparison = choice.comparison(picked, ids, view)
    for said in (words.view_note(comparison), words.ranking_warning(comparison)):
        if said:
            warning.warning(plain(said))
    top.draw(comparison)
    _draw_downloads(comparison)
    tabs.show(TABS, SHOW, comparison)
    st.caption(f"{_(words.INDEX_MEANING)} {_(LIMITS)}")


def _draw_fictional(found: Sorted) -> None:
    entries = [
        *(entry for entry, __ in (*found.comparable, *found.stopped)),
        *(each.entry for each in found.apart),
    ]
    if any(entry.assessment.fictional for entry in entries):
        st.caption(heading.fictional_words())


# The comparison on screen, to take away as a page or slides.

_FORMS: Mapping[str, tuple[Export, Callable[[Comparison], bytes]]] = {
    N_("This comparison (PDF)"): (pdf.EXPORT, comparison_page.pdf),
    N_("This comparison (HTML)"): (html.EXPORT, comparison_page.html),
    N_("This comparison (PowerPoint)"): (slides.EXPORT, comparison_page.pptx),
}


def _draw_downloads(comparison: Comparison) -> None:
    """Draw a button for each form; nothing is made before somebody asks for it."""
    forms = [
        downloads.form(_(title), export, partial(write, comparison))
        for title, (export, write) in _FORMS.items()
    ]
    ids = [each.assessment.id for each in comparison.candidates]
    ids += [entry.assessment.id for entry, _result in comparison.stopped]
    ids += [each.entry.assessment.id for each in comparison.apart]
    downloads.draw(f"comparison-{session.today()}", ids, *forms)
