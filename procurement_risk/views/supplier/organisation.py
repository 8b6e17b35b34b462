"""On the Supplier page: what its assessment as an organisation says, once for all purchases."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.framework.versions.whose import marked
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.portfolio import supplier as supplier_view
from procurement_risk.portfolio.supplier import Case, Held
from procurement_risk.profile.method_words import headline
from procurement_risk.views.profile import organisation as profile_organisation
from procurement_risk.views.shared import session
from procurement_risk.views.shared.badges import verdict_badge


def draw(held: Sequence[Held], name: str) -> None:
    """Draw what it came to and when; a way to assess it where nobody has."""
    st.subheader(_("The supplier as an organisation"), anchor=False)
    newest = supplier_view.organisation(held)
    if newest is None:
        st.markdown(words(held))
        if any(each.subject == "supplier" for each in session.frameworks()) and st.button(
            _("Assess the supplier")
        ):
            session.go("start", about="supplier", supplier=name)
        return
    st.markdown(f"{verdict_badge(newest.result)} {plain(words(held))}")
    if profile_organisation.is_old(newest.assessment.answer_set.as_of, session.today()):
        st.warning(_("That is more than a year ago. Look at it again."))
    session.link(
        "profile",
        _("Open the assessment of the supplier as an organisation"),
        assessment=newest.assessment.id,
    )


def words(held: Sequence[Held]) -> str:
    """Return what it came to and as of when, or that nobody has assessed it."""
    newest = supplier_view.organisation(held)
    if newest is None:
        return _("Nobody has assessed this supplier as an organisation yet.")
    as_of = day(newest.assessment.answer_set.as_of)
    said = _("{recommendation}, as of {date}.")
    return said.format(recommendation=result_words(newest), date=as_of)


def result_words(case: Case) -> str:
    """Return what is recommended; that nobody knows its questionnaire, where that is so."""
    return marked(headline(case.result), foreign=case.foreign)
