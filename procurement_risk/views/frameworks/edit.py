"""A draft of a questionnaire: its fields with the YAML beside them, checked at every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from procurement_risk.errors import NotFound, Problem
from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.draft_fields import Asked, about_fields, asked_in
from procurement_risk.framework.files import check_text
from procurement_risk.framework.overlay.notices import base_file
from procurement_risk.framework.proposals import to_be_set
from procurement_risk.framework.strict_yaml import Parsed, read_yaml
from procurement_risk.framework.versions.compare import compare
from procurement_risk.language import N_, _, current
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain, shorten
from procurement_risk.storage import Draft
from procurement_risk.views.frameworks import begin_edit, check, edit_question, editing, use
from procurement_risk.views.frameworks.begin_edit import DRAFT, QUESTION, SHOWN
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.frameworks.drafts import name_of
from procurement_risk.views.shared import forms, preview, session, tabs

ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft, what was read in it, and what is wrong with it."""

    draft: Draft
    parsed: Parsed
    framework: Framework | None
    problems: Sequence[Problem]


def is_open() -> bool:
    """Return whether the address names a draft."""
    return DRAFT in st.query_params


def draw() -> None:
    """Draw the draft that the address names."""
    editing.sweep()
    if st.button(_("Back to the questionnaires"), icon=":material/arrow_back:", type="tertiary"):
        _close()
    try:
        draft = session.store().draft(st.query_params[DRAFT])
    except NotFound as error:
        st.error(plain(str(error)))
        return
    checked = _check(draft, current())
    st.header(plain(name_of(draft.text)), anchor=False)
    editing.begin(draft.id)
    _draw_state(checked)
    tabs.show(PARTS, SHOWN, checked)


def _close() -> None:
    begin_edit.leave()
    editing.end()
    st.rerun()


@st.cache_resource(
    show_spinner=False, max_entries=4, hash_funcs={Draft: lambda draft: (draft.id, draft.revision)}
)
def _check(draft: Draft, language: str) -> Checked:
    """Return the draft checked, once for each revision; problems are in the ``language``."""
    return Checked(draft, read_yaml(draft.text), *check_text(draft.text))


def _draw_state(checked: Checked) -> None:
    """Say how it stands, and offer what can be done with it as a whole."""
    draft, framework = checked.draft, checked.framework
    saved = _("A draft: saved as you type, not in use.")
    if framework is None:
        number = len(checked.problems)
        found = counted(number, "{n} problem to put right.", "{n} problems to put right.")
        st.warning(f"{found} {saved}")
    else:
        found = _("No problems.")
        st.markdown(f"{found} {saved}")
        if names := to_be_set(framework):
            words = _("Still to be set: {questions}.")
            st.markdown(plain(words.format(questions=", ".join(names))))
    open_fields = editing.not_saved(asked_in(checked.parsed.data))
    if open_fields:
        words = _("Not saved yet, since it is no whole number: see {questions}.")
        st.warning(plain(words.format(questions=", ".join(open_fields))))
    data = draft.text.encode("utf-8", "replace")
    with st.container(horizontal=True):
        if framework is not None and not open_fields:
            if st.button(_("Preview as the officer will see it"), key="preview-draft"):
                preview.start(session.spoken(framework))
            use.draw_put_in_use(framework, data, "draft", draft.id)
        st.download_button(
            _("Download the YAML file"),
            data=data,
            file_name="questionnaire.yaml",
            mime="application/yaml",
            on_click="ignore",
            key="yaml-draft",
        )
    if checked.problems:
        with st.expander(_("The problems, each with its line")):
            check.draw_problems(checked.problems, data)


def _draw_fields(checked: Checked) -> None:
    if not checked.parsed.is_complete:
        st.info(_("It cannot be read yet, so there are no fields. Mend it on “Whole file”."))
        return
    asked = {each.id: each for each in asked_in(checked.parsed.data)}
    labels = {ABOUT: _("The questionnaire itself")}
    labels |= {name: _label(each) for name, each in asked.items()}
    chosen = forms.choose(
        _("What to change"),
        labels,
        f"draft-question-{checked.draft.id}",
        st.query_params.get(QUESTION, ""),
    )
    if st.query_params.get(QUESTION) != chosen:
        st.query_params[QUESTION] = chosen
    if chosen in asked:
        edit_question.draw(checked.draft, checked.parsed, checked.problems, asked[chosen])
        return
    for each in about_fields(checked.parsed.data):
        editing.draw(each, checked.problems)


def _label(asked: Asked) -> str:
    label = f"{asked.id} {shorten(asked.ask, 90)}"
    if not asked.to_set:
        return label
    words = _("{question} (to be set)")
    return words.format(question=label)


def _draw_whole(checked: Checked) -> None:
    editing.draw_whole(checked.draft.text)


def _draw_changes(checked: Checked) -> None:
    """Draw what differs from the version that is in use."""
    framework = checked.framework
    if framework is None:
        st.info(_("Once the problems are put right, the changes are listed here."))
        return
    before = next((each for each in origins.in_folders() if each.id == framework.id), None)
    if before is None and (found := base_file(framework)) is not None:
        before = found[1]
    if before is None:
        st.info(_("No version of it is in use yet, so there is nothing to compare it with."))
        return
    draw_comparison(compare(before, framework), key="draft")


PARTS: Mapping[str, Callable[[Checked], None]] = {
    N_("Questions"): _draw_fields,
    N_("Whole file"): _draw_whole,
    N_("What changes"): _draw_changes,
}
