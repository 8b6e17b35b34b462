"""On the Supplier page: what its assessment as an organisation says, once for all purchases."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework.versions.whose import marked
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.profile.method_words import headline
from procurement_risk.views.profile import organisation as profile_organisation
from procurement_risk.views.shared import session
from procurement_risk.views.shared.badges import verdict_badge
from procurement_risk.views.supplier import cases
from procurement_risk.views.supplier.cases import Case


def draw(newest: PortfolioItem | None, came_to: Case | None, name: str) -> None:
    """Draw what it came to and when; a way to assess it where nobody has."""
    st.subheader(_("The supplier as an organisation"), anchor=False)
    if newest is None:
        st.markdown(words(newest, came_to))
        if any(each.subject == "supplier" for each in session.frameworks()) and st.button(
            _("Assess the supplier")
        ):
            session.go("start", about="supplier", supplier=name)
        return
    badge = f"{verdict_badge(came_to.result)} " if came_to else ""
    st.markdown(f"{badge}{plain(words(newest, came_to))}")
    if profile_organisation.is_old(newest.as_of, session.today()):
        st.warning(_("That is more than a year ago. Look at it again."))
    session.link(
        "profile",
        _("Open the assessment of the supplier as an organisation"),
        assessment=newest.id,
    )


def read(newest: PortfolioItem | None) -> Case | None:
    """Return what it came to, if anybody assessed it and it can be read."""
    return cases.read([newest.id]).get(newest.id) if newest else None


def words(newest: PortfolioItem | None, came_to: Case | None) -> str:
    """Return what it came to and as of when, or that nobody has assessed it."""
    if newest is None:
        return _("Nobody has assessed this supplier as an organisation yet.")
    said = _("{recommendation}, as of {date}.")
    result = result_words(came_to) if came_to else _("Cannot be read")
    return said.format(recommendation=result, date=day(newest.as_of))


def result_words(case: Case) -> str:
    """Return what is recommended; that nobody knows its questionnaire, where that is so."""
    return marked(headline(case.result), foreign=case.foreign)
