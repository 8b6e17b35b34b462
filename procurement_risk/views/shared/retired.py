"""What a retired questionnaire means for what rests on it: said, and what is in use offered."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework.words import version_words
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.portfolio.versions_in_use import retired_words
from procurement_risk.storage.looks import others_in_use
from procurement_risk.views.shared import forms, session
from procurement_risk.views.shared.session import Opened

ONCE_MORE = ""


def ask_onto(opened: Opened) -> str:
    """Ask what a new assessment is answered on where the last one's questionnaire is retired.

    Returns:
        The id of a questionnaire in use; empty: the same once more, also where nothing is asked.
    """
    retired = retired_words(session.store().retired_questionnaires(), opened.framework)
    if not retired:
        return ONCE_MORE
    st.warning(plain(retired))
    others = others_in_use(session.store(), opened.framework, session.frameworks())
    if not others:
        st.markdown(
            _(
                "No questionnaire in use extends it, and none that it extends is in use: it is "
                "answered on the retired one once more."
            )
        )
        return ONCE_MORE
    labels = {each.id: _in_use(version_words(each)) for each in others}
    words = _("{framework}, once more")
    labels[ONCE_MORE] = words.format(framework=version_words(opened.framework))
    key = session.in_language(f"onto-{opened.id}")
    return forms.choose(_("Answer it on"), labels, key, others[0].id)


def _in_use(words: str) -> str:
    return _("{framework} (in use)").format(framework=words)
