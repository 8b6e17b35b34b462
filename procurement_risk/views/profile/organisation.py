"""The supplier as an organisation: assessed once, shown beside every purchase, with its date."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from procurement_risk.assessment import Assessment, OrganisationReference, Supplier
from procurement_risk.assessment.document import SCORED, assessment_to_document, to_document
from procurement_risk.canonical import digest_of
from procurement_risk.framework.versions.whose import marked
from procurement_risk.framework.words import decision
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.methods import METHODS, AnyResult, evaluate
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.method_words import headline
from procurement_risk.storage import Stored
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

GOOD_FOR = timedelta(days=365)


def draw(opened: Opened) -> None:
    """Draw what is known of the supplier itself, and a way to take it into account."""
    if opened.framework.subject == "supplier" or opened.is_preview:
        return
    newest = newest_of(opened.assessment)
    taken = opened.assessment.organisation
    if newest is None and taken is None and not _can_be_assessed():
        return
    with st.container(border=True, key="organisation"):
        st.markdown("**" + _("The supplier as an organisation") + "**")
        if taken is not None:
            _draw_taken(opened, taken)
        if newest is not None:
            _draw_newest(opened, newest, taken)
        elif taken is None:
            _draw_none(opened)


def newest_of(assessment: Assessment) -> Stored | None:
    """Return the newest assessment of the same supplier as an organisation, or None."""
    store = session.store()
    ids = store.beside(assessment)
    found = [
        stored
        for stored in store.read_many(ids).stored
        if stored.framework.subject == "supplier"
        and METHODS[stored.framework.method].recommends
        and stored.assessment.fictional == assessment.fictional
    ]
    return max(found, key=lambda s: (s.assessment.answer_set.as_of, s.changed_at), default=None)


def _can_be_assessed() -> bool:
    return any(framework.subject == "supplier" for framework in session.frameworks())


def _draw_taken(opened: Opened, taken: OrganisationReference) -> None:
    words = _("Taken into account: **{recommendation}**, as of {date} ({framework} {version}).")
    st.markdown(
        words.format(
            recommendation=plain(decision(taken.recommendation)),
            date=plain(day(taken.as_of)),
            framework=plain(taken.framework),
            version=plain(taken.version),
        )
    )
    if is_old(taken.as_of, opened.assessment.answer_set.as_of):
        st.warning(_("That is more than a year before this assessment. Look at it again."))


def is_old(as_of: str, now: str) -> bool:
    """Return whether ``as_of`` lies more than a year before ``now``, both ISO dates."""
    return date.fromisoformat(now) - date.fromisoformat(as_of) > GOOD_FOR


def _draw_newest(opened: Opened, newest: Stored, taken: OrganisationReference | None) -> None:
    reference = reference_to(newest)
    is_taken = taken is not None and taken.digest == reference.digest
    if not is_taken:
        found = evaluate(session.spoken(newest.framework), newest.assessment.answer_set)
        is_foreign = session.store().origin(newest.framework).is_foreign
        line = _("On file for {supplier}: **{recommendation}**, as of {date}. {section}.")
        if taken is not None:
            line = _(
                "It has changed since, for {supplier}: **{recommendation}**, as of {date}. "
                "{section}."
            )
        st.markdown(
            line.format(
                supplier=plain(_named(newest.assessment.supplier)),
                recommendation=plain(marked(headline(found), foreign=is_foreign)),
                date=plain(day(reference.as_of)),
                section=plain(profile_words.worst_section_sentence(found)),
            )
        )
        st.markdown(_open_line(found))
    with st.container(horizontal=True):
        may = session.may_write(opened, "organisation")
        if may and not is_taken and st.button(_("Take it into account"), key="organisation-take"):
            value = to_document(reference)
            if session.save("organisation", value, opened.revisions.get("organisation", 0)):
                st.rerun()
        if st.button(_("Open it"), key="organisation-open"):
            session.go("profile", assessment=newest.assessment.id)


def _named(supplier: Supplier) -> str:
    """Return the supplier's name, with its company number where it has one."""
    number = supplier.company_number
    return f"{supplier.name} ({number})" if number else supplier.name


def _open_line(found: AnyResult) -> str:
    flags = found.red_flags
    stops, number = len(flags.stops_fired), len(found.open)
    parts = [
        ngettext("{n} stop fired", "{n} stops fired", stops).format(n=stops),
        ngettext("{n} open answer", "{n} open answers", number).format(n=number),
    ]
    return " · ".join(parts)


def reference_to(stored: Stored) -> OrganisationReference:
    """Return what a purchase's assessment keeps of the supplier's own, as it stands now."""
    answer_set = stored.assessment.answer_set
    document = assessment_to_document(stored.assessment, stored.framework)
    kept = {name: document[name] for name in SCORED if name in document}
    return OrganisationReference(
        assessment=stored.assessment.id,
        framework=stored.framework.id,
        version=stored.framework.version,
        as_of=answer_set.as_of,
        recommendation=evaluate(stored.framework, answer_set).recommendation,
        digest=digest_of({"framework": dict(stored.framework.document), "assessment": kept}),
    )


def _draw_none(opened: Opened) -> None:
    st.markdown(
        _(
            "Nobody has assessed this supplier as an organisation yet. It is done once, and shown "
            "beside every purchase from it."
        )
    )
    if session.may("start") and st.button(_("Assess the supplier"), key="organisation-start"):
        session.go("start", about="supplier", supplier=opened.assessment.supplier.name)
