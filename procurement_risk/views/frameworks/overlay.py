"""What a questionnaire extends: what is its own, what a newer base would change, and beginning."""

from __future__ import annotations

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework.files import Fingerprint, bases, fingerprint
from procurement_risk.framework.overlay.notices import base_file, newer_base, newer_words
from procurement_risk.framework.overlay.onto import GROUPS, Onto, clash_words, onto
from procurement_risk.framework.overlay.starting import overlay_text
from procurement_risk.framework.versions.compare import change_line, compare
from procurement_risk.language import _, current
from procurement_risk.language.text import plain
from procurement_risk.views.frameworks import begin_edit, check, notices
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.frameworks.known import Known
from procurement_risk.views.shared import session


def draw(each: Known) -> None:
    """Draw what of an overlay is its own, and what a newer base would change, folded away."""
    framework = each.framework
    if each.text:
        notices.draw(framework)
    found = base_file(framework)
    if found is not None:
        with st.expander(_("What is its own, beside what it extends")):
            draw_comparison(compare(found[1], framework), key="own")
    if each.text and framework.based_on and (words := newer_words(framework)):
        st.warning(plain(words))
        with st.expander(_("What becomes of its changes there"), expanded=True):
            _draw_onto(each.text, f"{framework.based_on.id}@{newer_base(framework)}")


@st.cache_resource(show_spinner=False, max_entries=4)
def _onto(text: bytes, extends: str, stand: Fingerprint, language: str) -> Onto:
    """Return what ``onto`` does, once for each; problems are in the ``language``."""
    return onto(text, extends, bases)


def _draw_onto(text: bytes, extends: str) -> None:
    try:
        found = _onto(text, extends, fingerprint(), current())
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    if found.clashes:
        st.error(clash_words(found))
        check.draw_problems(found.clashes, text)
        return
    message = _("Nothing clashes. Edit it, write {line}, and put it in use.")
    st.success(plain(message.format(line=f"extends: {extends}")))
    for kind, words in GROUPS.items():
        changes = getattr(found, kind)
        if changes:
            lines = "\n".join(f"- {plain(change_line(change))}" for change in changes)
            st.markdown(f"{words(len(changes))}\n\n{lines}")


def draw_begin(each: Known, key: str) -> None:
    """Draw what begins an overlay of ``each``; ``key`` tells the place from others."""
    framework = each.framework
    if not session.may("keep_questionnaires"):
        return
    with st.popover(_("Extend it")):
        st.markdown(
            _(
                "A questionnaire of your own that says only what is different: other weights, "
                "more questions, stricter cuts. Assessments of this one can be moved to it with "
                "every answer."
            )
        )
        name = f"extend-{key}-{each.name}"
        suggested = _("{title}, with our own").format(title=framework.title)
        called, title = begin_edit.ask_name(framework, name, suggested)
        if st.button(_("Begin it and edit it"), type="primary", key=name):
            text = overlay_text(framework, called, title)
            begin_edit.begin(text, {})
