"""The top of every page about an assessment: what it is about, and what to know of it."""

from __future__ import annotations

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.assessment import Assessment
from procurement_risk.framework import Framework
from procurement_risk.framework.versions import whose
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.views.shared import preview, session


def draw(title: str, opened: session.Opened) -> None:
    """Draw the page's title, with the purchase and the supplier under it."""
    purchase, supplier = opened.assessment.purchase, opened.assessment.supplier
    st.title(title, anchor=False)
    pack = opened.framework.pack(opened.assessment.answer_set.pack)
    parts = [
        f"**{plain(purchase.title)}**",
        plain(purchase.buyer),
        _("supplier: {name}").format(name=plain(supplier.name)),
        plain(version_words(opened.framework)),
    ]
    parts += [_("{pack} pack").format(pack=plain(pack.title))] if pack else []
    st.markdown(" · ".join(parts))
    fictional_notice(opened.assessment)
    foreign_notice(opened)
    _keeping_notice(opened)
    preview.notice(opened)
    language_notice(opened.framework)


def _keeping_notice(opened: session.Opened) -> None:
    """Say that it is set aside, or that nothing of it may go."""
    if opened.archived:
        st.warning(_("Set aside: nothing can be changed. Details, Keeping brings it back."))
    if opened.hold is not None:
        words = _("Under a legal hold since {day}, by {name}: {reason}")
        st.info(
            words.format(
                day=day(opened.hold.at),
                name=plain(opened.hold.by),
                reason=plain(opened.hold.reason),
            )
        )


def fictional_notice(assessment: Assessment) -> None:
    """Say on every page that shows it that an assessment is made up."""
    if assessment.fictional:
        st.warning(
            _(
                "Fictional demonstration data. The buyer, the supplier, the numbers and the "
                "identifiers are invented."
            )
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


def version_words(framework: Framework) -> str:
    """Return a framework's title and version."""
    words = _("{framework}, version {version}")
    return words.format(framework=framework.title, version=framework.version)
