"""Foreign questionnaires: they came in with records, and nobody here shipped or adopted them."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.framework.origin import digest
from procurement_risk.framework.versions.whose import whose_words
from procurement_risk.framework.words import version_words
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.shared import session


def draw_all() -> None:
    """Draw each foreign questionnaire, what differs from ours, and the button that deletes it."""
    found = session.store().foreign_frameworks()
    if not found:
        return
    st.header(_("Not known here"), anchor=False)
    st.markdown(
        _(
            "These came in with records. Nothing can be started from them, and results that rest "
            "on them say so. To adopt one, bring its file in and put it in use. To delete one, "
            "delete the assessments that rest on it first."
        )
    )
    for framework in found:
        _draw_one(framework)


def _draw_one(framework: Framework) -> None:
    found = session.store().whose(framework)
    name = digest(framework)
    with st.container(border=True):
        st.markdown(f"**{plain(version_words(framework))}** ({plain(framework.id)})")
        st.markdown(plain(whose_words(found)))
        st.text(_("SHA-256 {digest}").format(digest=name))
        if found.comparison is not None and found.comparison.changes:
            with st.expander(_("What differs")):
                draw_comparison(found.comparison, key=name)
        may = session.may("keep_questionnaires")
        if may and st.button(_("Delete this questionnaire"), key=f"forget-{name}"):
            _forget(framework)


def _forget(framework: Framework) -> None:
    done = _("The questionnaire was deleted.")
    session.carry_out(lambda: session.store().forget_framework(framework), done)
