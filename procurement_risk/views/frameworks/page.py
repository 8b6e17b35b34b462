"""The page Questionnaires: read them, see their conditions, compare versions, check a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.framework.files import FrameworkFile
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.text import plain
from procurement_risk.views.frameworks import (
    check,
    compare,
    conditions,
    foreign,
    read,
    sources,
)
from procurement_risk.views.frameworks.known import Known, known_frameworks
from procurement_risk.views.shared import forms, heading, offered, preview, session, tabs
from procurement_risk.views.shared.pages import Page

CHOSEN = "framework"  # the address holds the framework's id and version under this name


def page() -> None:
    """Draw the page."""
    st.title(_("Questionnaires"), anchor=False)
    st.markdown(
        _(
            "An assessment framework is one questionnaire at one version, with the policy that "
            "judges its answers. Each is a YAML file that its owner edits."
        )
    )
    files = offered.files()
    _draw_refused(files)
    tabs.show(TABS, "frameworks-show", known_frameworks(files))


def _draw_refused(files: Sequence[FrameworkFile]) -> None:
    """Say which files cannot be used, and why."""
    for file in files:
        if file.framework is not None:
            refused = offered.refusal(file.framework, session.store())
            if refused:
                st.error(plain(f"{file.path.name}: {refused}"))
            continue
        words = ngettext(
            "{file} has {n} problem, so it is not on offer.",
            "{file} has {n} problems, so it is not on offer.",
            len(file.problems),
        )
        with st.expander(words.format(file=plain(file.path.name), n=len(file.problems))):
            check.draw_problems(file.problems, file.text)


def choose(known: Sequence[Known], label: str, key: str) -> Known | None:
    """Let the person choose one of the frameworks; None where there is none."""
    if not known:
        st.info(_("No framework can be read. Put a YAML file into the folder frameworks/."))
        return None
    by_name = {each.name: each for each in known}
    titles = {each.name: each.title for each in known}
    chosen = forms.choose(label, titles, key, st.query_params.get(CHOSEN, ""), kept=True)
    picked = by_name.get(chosen, known[0])
    if st.query_params.get(CHOSEN) != picked.name:
        st.query_params[CHOSEN] = picked.name
    return picked


def _draw_read(known: Sequence[Known]) -> None:
    picked = choose(known, _("Framework"), "frameworks-read")
    if picked is None:
        return
    framework = session.spoken(picked.framework)
    heading.language_notice(framework)
    _offer_preview(framework, "read")
    read.draw(framework, picked.text, "read")


def _draw_conditions(known: Sequence[Known]) -> None:
    picked = choose(known, _("Framework"), "frameworks-conditions")
    if picked is not None:
        conditions.draw(session.spoken(picked.framework))


def _draw_sources(known: Sequence[Known]) -> None:
    picked = choose(known, _("Framework"), "frameworks-sources")
    if picked is not None:
        sources.draw(session.spoken(picked.framework))


def _offer_preview(framework: Framework, key: str) -> None:
    if st.button(_("Preview as the officer will see it"), key=f"preview-{key}"):
        preview.start(framework)


TABS: Mapping[str, Callable[[Sequence[Known]], None]] = {
    N_("Read"): _draw_read,
    N_("Conditions"): _draw_conditions,
    N_("Sources"): _draw_sources,
    N_("Compare versions"): compare.draw,
    N_("Check a file"): check.draw,
    N_("Not known here"): foreign.draw,
}


PAGE = Page("frameworks", lambda: _("Questionnaires"), "fact_check", page, "library")
