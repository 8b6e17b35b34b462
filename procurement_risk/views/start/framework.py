"""What every start has in common: the questions to ask, and keeping the new assessment."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier, Upstream
from procurement_risk.assessment.routes import carried_over
from procurement_risk.framework import Framework
from procurement_risk.framework.words import version_words
from procurement_risk.language import _
from procurement_risk.language.text import paragraphs, plain
from procurement_risk.views.shared import forms, heading, offered, session
from procurement_risk.views.shared.fields import Fields

PREFIX = "start-"


def choose_gate(framework: Framework) -> str:
    """Return the gate to begin at, the first unless another is chosen; empty without gates."""
    labels = {gate.id: gate.label for gate in framework.gates}
    if not labels:
        return ""
    gate = st.radio(
        _("Gate: what is to be decided next. Questions that come later wait for theirs"),
        list(labels),
        format_func=lambda i: plain(labels[i]),
        key=f"{PREFIX}gate-{framework.id}-{framework.language}",
        persist_state="session",
        horizontal=True,
    )
    return gate or framework.gates[0].id


def choose_framework(found: tuple[Framework, ...]) -> tuple[Framework, str]:
    """Return the framework and the pack that were chosen: the first of each at first."""
    chosen = 0
    if len(found) > 1:
        chosen = (
            st.selectbox(
                _("Questionnaire"),
                range(len(found)),
                format_func=_titles(found).__getitem__,
                key=session.in_language(f"{PREFIX}framework-{found[0].subject}"),
                persist_state="session",
            )
            or 0
        )
    framework = found[chosen]
    if len(found) == 1:
        words = _("Questionnaire: {framework}")
        st.markdown(words.format(framework=plain(version_words(framework))))
    heading.language_notice(framework)
    if framework.description:
        st.markdown(paragraphs(framework.description))
    if len(framework.packs) == 1:
        return framework, framework.packs[0].id
    titles = {pack.id: pack.title for pack in framework.packs}
    pack = st.radio(
        _("Pack: how much to ask. It can be changed at any time, and no answer is lost"),
        list(titles),
        format_func=lambda i: plain(titles[i]),
        captions=[plain(p.description) for p in framework.packs],
        key=f"{PREFIX}pack-{framework.id}-{framework.language}",
        persist_state="session",
    )
    return framework, pack or framework.packs[0].id


def _titles(found: tuple[Framework, ...]) -> list[str]:
    """Return each title and version; with the id where two read alike, as browsers send labels."""
    titles = [version_words(each) for each in found]
    return [
        f"{title} · {each.id}" if titles.count(title) > 1 else title
        for title, each in zip(titles, found, strict=True)
    ]


def begin(
    fields: Fields,
    found: tuple[Framework, ...],
    place: DeltaGenerator,
    *,
    purchase: Purchase,
    supplier: Supplier,
    fictional: bool,
    upstreams: tuple[Upstream, ...] = (),
) -> None:
    """Let the person choose the questions, folded away, and begin where nothing is missing.

    Args:
        fields: What was typed, forgotten once it is kept.
        found: The frameworks to choose from.
        place: Where the button stands.
        purchase: What is bought.
        supplier: From whom.
        fictional: Whether it is made up.
        upstreams: What lies underneath.
    """
    with st.expander(_("Other questions, or more of them")):
        framework, pack = choose_framework(found)
        gate = choose_gate(framework)
    with place:
        said = _("{pack} of {framework}").format(
            pack=plain(_pack_title(framework, pack)), framework=plain(framework.title)
        )
        pressed = begins(framework, fields)
        st.caption(said)
        if not pressed:
            return
        if fields.problems:
            forms.say_how_many(len(fields.problems))
            return
    carried = carried_over(purchase.route, framework, by=session.actor(), at=session.now())
    new = Assessment(
        id=str(uuid4()),
        purchase=purchase,
        supplier=supplier,
        upstreams=upstreams,
        answer_set=AnswerSet(as_of=session.today(), pack=pack, gate=gate, answers=carried),
        fictional=fictional,
        created_at=session.now(),
        created_by=session.actor(),
    )
    create(fields, framework, new)


def _pack_title(framework: Framework, pack: str) -> str:
    found = framework.pack(pack)
    return found.title if found else pack


def begins(framework: Framework, fields: Fields) -> bool:
    """Return whether the button to begin was pressed, while this framework was the one chosen.

    Where its file became unusable since, another stands in its place: that one was not chosen.
    """
    key = f"begin-{framework.id}-{framework.version}"
    words = _("Start answering")
    return st.button(words, type="primary", key=key, on_click=fields.press)


def create(fields: Fields, framework: Framework, assessment: Assessment) -> None:
    """Keep the new assessment, and go on to its questions."""
    refused = offered.refusal(framework, session.store())
    if refused:  # the file changed while the page was open
        st.error(plain(refused))
        return
    with session.refusals_said():
        session.store().create(assessment, framework, session.actor(), "Started in the app")
        fields.forget()
        session.go("answer", assessment=assessment.id)
