"""Beginning a new look, or another supplier for the same purchase; and what follows what."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from procurement_risk.assessment import Assessment, Supplier, Trigger
from procurement_risk.assessment.trigger_questions import opened_by
from procurement_risk.assessment.vocabulary import in_words
from procurement_risk.errors import NotFound
from procurement_risk.framework.words import decision as decision_words, version_words
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import day, listed
from procurement_risk.language.text import plain
from procurement_risk.portfolio.versions_in_use import retired_words
from procurement_risk.profile.carrying import open_triggers
from procurement_risk.profile.gates import another_begins
from procurement_risk.storage.looks import begin_look, begin_second, look_under_way, others_in_use
from procurement_risk.views.shared import forms, session
from procurement_risk.views.shared.session import Opened

EVERYTHING, NAMED = "everything", "named"


def draw_followed(opened: Opened) -> None:
    """Lead from a look that is under way to the one before it, whose decision stands."""
    look = opened.assessment
    if opened.is_preview or opened.archived or not look.replaces or look.decision is not None:
        return
    last = _last(look)
    if last is None:
        return
    label = _("Earlier look: {date}").format(date=day(last.answer_set.as_of))
    session.link("profile", label, assessment=last.id)
    if last.decision is not None:
        words = _("Its decision stands: {decision}.")
        said = words.format(decision=decision_words(last.decision.decision))
        st.caption(plain(said), width="content")


def draw_notice(opened: Opened) -> None:
    """Say in a look that is decided where the one that follows it is under way."""
    if not opened.is_preview and not opened.archived and opened.assessment.decision is not None:
        _draw_under_way(opened.assessment)


def _draw_under_way(last: Assessment) -> None:
    look = _following(last)
    if look is None:
        return
    words = _("A new look is under way since {date}. Until it is decided, this decision stands.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(words.format(date=plain(day(look.created_at))), width="content")
        session.link("answer", _("Go on with the new look"), assessment=look.id)


def _last(look: Assessment) -> Assessment | None:
    """Return the look that ``look`` follows, read anew only when it has changed."""
    store = session.store()
    try:
        key = look.replaces, store.peek(look.replaces)
    except NotFound:  # it is on another machine
        return None
    return _kept("look-before", key, lambda: store.load(look.replaces).assessment)


def _following(last: Assessment) -> Assessment | None:
    """Return the look under way that follows ``last``, read anew only when anything changes."""
    store = session.store()
    key = last.id, store.stamp()
    return _kept("look-after", key, lambda: look_under_way(store, last))


def _kept(name: str, key: object, make: Callable[[], Assessment | None]) -> Assessment | None:
    kept = st.session_state.get(name)
    if kept is None or kept[0] != key:
        kept = st.session_state[name] = key, make()
    found: Assessment | None = kept[1]
    return found


# --- Beginning one ------------------------------------------------------------------------


def ask(opened: Opened) -> None:
    """Show what a new look carries over, and begin one: in a dialog, for whatever opens it."""
    st.dialog(_("Look again"), width="medium")(draw_form)(opened)


def draw_form(opened: Opened) -> None:
    """Draw what a new look carries over, and begin one: for a dialog."""
    triggers = open_triggers(opened.assessment)
    st.markdown(
        _(
            "Every answer is carried over with its evidence, marked *not confirmed yet*. Until "
            "somebody confirms it or answers anew, it counts as open. What was decided stands "
            "everywhere until the new look is decided."
        )
    )
    onto = _ask_onto(opened)
    chosen = _ask_how_much(opened, triggers) if triggers else EVERYTHING
    called = triggers if chosen == NAMED else ()
    if st.button(_("Begin the new look"), type="primary", key="begin-look"):
        _begin(opened, called, onto)


def _ask_how_much(opened: Opened, triggers: tuple[Trigger, ...]) -> str:
    """Ask whether all is opened, or only what the triggers name."""
    named = len(opened_by(triggers, opened.framework))
    words = ngettext(
        "Only what it touches: {reasons}. {n} question",
        "Only what it touches: {reasons}. {n} questions",
        named,
    )
    reasons = listed([in_words(each.what) for each in triggers])
    labels = {
        NAMED: plain(words.format(reasons=reasons, n=grouped(named))),
        EVERYTHING: _("Everything"),
    }
    chosen = st.radio(
        _("What is looked at again"), list(labels), format_func=labels.__getitem__, key="look-how"
    )
    if chosen == NAMED:
        st.caption(_("All other answers are taken over as they stand, with their evidence."))
    return chosen or NAMED


def _begin(opened: Opened, triggers: tuple[Trigger, ...], onto: str) -> None:
    frameworks, actor = session.frameworks(), session.actor()
    with session.refusals_said():
        look = begin_look(session.store(), opened.id, frameworks, actor, triggers, onto)
        session.go("answer", assessment=look.id)


def draw_supplier_form(opened: Opened) -> None:
    """Ask for another supplier for the same purchase, and begin its assessment: for a dialog."""
    st.markdown(
        _(
            "What is about the purchase is carried over, to be confirmed: the facts, the context "
            "and your own questions. Nothing about {supplier} is."
        ).format(supplier=plain(opened.assessment.supplier.name))
    )
    st.markdown(plain(another_begins(opened.framework, opened.assessment.answer_set.gate)))
    onto = _ask_onto(opened)
    with st.form("second-supplier", border=False):
        name = st.text_input(_("Supplier"), key="second-name", max_chars=300)
        number = st.text_input(_("Company number"), key="second-number", max_chars=60)
        pressed = st.form_submit_button(_("Begin its assessment"), type="primary")
    if not pressed:
        return
    if not (name or "").strip():
        st.error(_("Write the supplier's name."))
        return
    supplier = Supplier(name=(name or "").strip(), company_number=(number or "").strip())
    frameworks, actor = session.frameworks(), session.actor()
    with session.refusals_said():
        begun = begin_second(session.store(), opened.id, frameworks, actor, supplier, onto)
        session.go("answer", assessment=begun.id)


# What a retired questionnaire means for what rests on it: said, and what is in use offered.

_ONCE_MORE = ""


def _ask_onto(opened: Opened) -> str:
    """Ask what a new assessment is answered on where the last one's questionnaire is retired.

    Returns:
        The id of a questionnaire in use; empty: the same once more, also where nothing is asked.
    """
    retired = retired_words(session.store().retired_questionnaires(), opened.framework)
    if not retired:
        return _ONCE_MORE
    st.warning(plain(retired))
    others = others_in_use(session.store(), opened.framework, session.frameworks())
    if not others:
        st.markdown(
            _(
                "No questionnaire in use extends it, and none that it extends is in use: it is "
                "answered on the retired one once more."
            )
        )
        return _ONCE_MORE
    labels = {each.id: _in_use(version_words(each)) for each in others}
    words = _("{framework}, once more")
    labels[_ONCE_MORE] = words.format(framework=version_words(opened.framework))
    key = session.in_language(f"onto-{opened.id}")
    return forms.choose(_("Answer it on"), labels, key, others[0].id)


def _in_use(words: str) -> str:
    return _("{framework} (in use)").format(framework=words)
