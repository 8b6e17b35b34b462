"""The top of every page about an assessment: what it is about, and what to know of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.assessment import Assessment, reviewing
from procurement_risk.assessment.words import workflow_state
from procurement_risk.framework import Framework
from procurement_risk.framework.versions import whose
from procurement_risk.framework.words import version_words
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.portfolio.versions_in_use import in_use_lately, other_in_use, retired_words
from procurement_risk.profile import gates, looks
from procurement_risk.profile.carrying import unconfirmed
from procurement_risk.profile.method_words import stakes
from procurement_risk.profile.walkthrough import Step, progress, steps
from procurement_risk.storage.looks import others_in_use
from procurement_risk.views.shared import (
    as_before,
    assessment_menu,
    look_again,
    preview,
    session,
)
from procurement_risk.views.shared.badges import badge, verdict_badge

VERSION = N_("Version")  # the tab of Details


def draw(title: str, opened: session.Opened, walk: Iterable[Step] | None = None) -> None:
    """Draw the header of a page about an assessment, and below it what has to be known first.

    The page and the purchase; who sells and who buys; then in badges what is recommended, how
    much is at stake and where it stands, and how far the answers have got.

    Args:
        title: What the page is called.
        opened: The assessment.
        walk: The way through the questions, where the page has worked it out already.
    """
    lines = f":gray[{title}] {plain(opened.assessment.purchase.title)}", _parties(opened)
    standing = _standing(opened, walk or steps(opened.framework, opened.outcome))
    as_before.draw_named(
        "heading",
        partial(st.container, key="heading", gap="xsmall"),
        partial(_draw_lines, opened, lines, standing),
        _says(opened, lines, standing),
    )
    foreign_notice(opened)
    _keeping_notice(opened)
    _version_notice(opened)
    look_again.draw_notice(opened)
    preview.notice(opened)
    language_notice(opened.framework)


def _draw_lines(opened: session.Opened, lines: tuple[str, str], standing: str) -> None:
    title, parties = lines
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title, anchor=False)
        assessment_menu.draw(opened)
    st.markdown(parties)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="heading-standing"
    ):
        st.markdown(standing, width="content")
        look_again.draw_followed(opened)


def _says(opened: session.Opened, lines: tuple[str, str], standing: str) -> object:
    """Return all that the lines depend on; None where the look before is named among them."""
    if opened.assessment.replaces:
        return None
    offered = tuple(assessment_menu.offered(opened))
    return opened.id, languages.current(), lines, standing, offered


def _parties(opened: session.Opened) -> str:
    assessment, framework = opened.assessment, opened.framework
    names = {
        "supplier": plain(assessment.supplier.name),
        "buyer": plain(assessment.purchase.buyer),
    }
    words = _("**{supplier}**, looked at by {buyer}")
    if framework.subject == "purchase":
        words = _("From **{supplier}**, for {buyer}")
    pack = framework.pack(assessment.answer_set.pack)
    parts = [words.format(**names), plain(version_words(framework))]
    parts += [_("{pack} pack").format(pack=plain(pack.title))] if pack else []
    return " · ".join(parts)


def _standing(opened: session.Opened, walk: Iterable[Step]) -> str:
    """Return the badges, and the progress, as one line of Markdown."""
    assessment, outcome = opened.assessment, opened.outcome
    badges = [verdict_badge(outcome)]
    if stops := _stops(opened):
        badges.append(badge(stops, looks.GRAVITIES[-1]))
    badges += [badge(stakes(outcome)), badge(workflow_state(assessment.state))]
    gate = gates.gate_of(opened.framework, assessment.answer_set)
    badges += [badge(_("Gate: {gate}").format(gate=gate.label))] if gate else []
    badges += [badge(_("Fictional"))] if assessment.fictional else []
    badges += [badge(_("Set aside"))] if opened.archived else []
    answered, asked = progress(walk)
    words = [
        _("{n} of {all} answered").format(n=grouped(answered), all=grouped(asked)),
        _to_confirm(opened),
        _to_review(opened),
    ]
    return f"{' '.join(badges)} {' · '.join(filter(None, words))}"


def _to_confirm(opened: session.Opened) -> str:
    """Return how many answers of an earlier look wait to be confirmed, or empty."""
    left = len(unconfirmed(opened.assessment))
    return _("{n} to confirm").format(n=grouped(left)) if left else ""


def _to_review(opened: session.Opened) -> str:
    """Return how many sections wait for a reviewer, or empty."""
    left = len(reviewing.waiting(opened.assessment, opened.framework))
    return counted(left, "{n} section to review", "{n} sections to review") if left else ""


def _stops(opened: session.Opened) -> str:
    """Return how many stops have fired, or empty."""
    result = opened.outcome
    fired = len(result.red_flags.stops_fired) if isinstance(result, Result) else 0
    return counted(fired, "{n} stop", "{n} stops") if fired else ""


def _keeping_notice(opened: session.Opened) -> None:
    """Say that it is set aside, or that nothing of it may go."""
    if opened.archived:
        st.warning(_("Set aside: nothing can be changed. *More*, *Bring back* brings it back."))
    if opened.hold is not None:
        words = _("Under a legal hold since {day}, by {name}: {reason}")
        st.info(
            words.format(
                day=day(opened.hold.at),
                name=plain(opened.hold.by),
                reason=plain(opened.hold.reason),
            )
        )


def _version_notice(opened: session.Opened) -> None:
    """Say that its questionnaire is retired, or in use in another version, until it is decided."""
    if opened.is_preview or opened.archived or opened.assessment.decision is not None:
        return
    framework, (retired, in_use) = opened.framework, in_use_lately(session.store())
    if words := retired_words(retired, framework):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(plain(words), width="content")
            if others_in_use(session.store(), framework, session.frameworks()):
                label = _("It can be moved to one in use: see what moving would change")
                session.link("details", label, assessment=opened.id, details=VERSION)
        return
    other = other_in_use(in_use, framework.id, framework.version)
    if other is not None:
        words = _("Version {version} of its questionnaire is in use: see what moving would change")
        label = words.format(version=plain(other.version))
        session.link("details", label, assessment=opened.id, details=VERSION)


def fictional_notice(assessment: Assessment) -> None:
    """Say on every page that shows it that an assessment is made up."""
    if assessment.fictional:
        st.warning(fictional_words())


def fictional_words() -> str:
    """Return what is said where something made up is shown."""
    return _(
        "Fictional demonstration data. The buyer, the supplier, the numbers and the "
        "identifiers are invented."
    )


def foreign_notice(opened: session.Opened) -> None:
    """Say on every page about it that its questionnaire is foreign, and how it differs."""
    found = session.store_of(opened.id).whose(opened.framework)
    if found.is_foreign:
        st.error(plain(whose.foreign_notice(found)))


def language_notice(framework: Framework) -> None:
    """Say where the questionnaire is not wholly in the language that was asked for."""
    wanted, name = session.wanted_language(), languages.name_of
    chosen = st.session_state.get(session.LANGUAGE)
    if chosen and languages.best(wanted, [framework.language]) == "":
        st.caption(
            _("This questionnaire is not in {wanted}. It is shown in {shown}.").format(
                wanted=name(wanted), shown=name(framework.language)
            )
        )
    elif framework.untranslated:
        st.caption(
            ngettext(
                "{n} text of this questionnaire is not in {wanted}, and is shown in {first}.",
                "{n} texts of this questionnaire are not in {wanted}, and are shown in {first}.",
                framework.untranslated,
            ).format(
                n=framework.untranslated,
                wanted=name(framework.language),
                first=name(framework.languages[0]),
            )
        )
