"""A person: every place where the name stands, all of it in one file, and striking it out."""

from __future__ import annotations

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.exports import access_request
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.storage import mentions, places
from procurement_risk.storage.evidence.uses import Use
from procurement_risk.views.shared import place_table, session
from procurement_risk.views.shared.place_table import MOST

SPELLINGS, FOUND, REFUSED = "person-spellings", "person-found", "person-refused"


def draw() -> None:
    """Draw the question for the name, the places, and what may be done."""
    st.header(_("A person"), anchor=False)
    st.markdown(
        _(
            "Shows every place where a name stands: in answers, notes, decisions, the history "
            "with its authors and reasons, files that were sent back. Nicknames and initials are "
            "other spellings."
        )
    )
    st.caption(
        _("What is in files of evidence is not looked through: a name in them is not found here.")
    )
    written = st.text_area(
        _("The name, each spelling on a line of its own"), key=SPELLINGS, height=90
    )
    spellings = [line.strip() for line in (written or "").splitlines() if line.strip()]
    if not spellings:
        return
    try:
        mention = mentions.person(spellings)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    found = _found(mention, spellings)
    place_table.draw(found)
    if not found:
        return
    _draw_request(mention, spellings, found)
    _draw_erase(mention, found)


def _found(mention: mentions.Mention, spellings: list[str]) -> list[places.Place]:
    """Return the places, looked for again only where something was changed since."""
    asked = (spellings, session.store().stamp())
    kept = st.session_state.get(FOUND)
    if kept is None or kept[0] != asked:
        kept = (asked, session.store().places(mention))
        st.session_state[FOUND] = kept
    found: list[places.Place] = kept[1]
    return found


def _draw_request(
    mention: mentions.Mention, spellings: list[str], found: list[places.Place]
) -> None:
    store, day = session.store(), session.today()

    named = {each.assessment_id for each in found}
    here = {each.id for each in store.summaries(named)}  # others may be gone but for what is left
    unread = store.evidence_uses(here)
    if unread:
        _name(unread)

    def build() -> bytes:
        now = store.places(mention)  # the list above may be of a while ago
        files = {each.key["digest"] for each in now if each.is_file}
        kept = {digest: store.kept_file(digest) for digest in files}
        return access_request.write(spellings, now, kept, unread, day)

    st.download_button(
        _("Download all of it in one file"),
        data=build,
        file_name="access-request.zip",
        mime="application/zip",
        on_click="ignore",
    )
    st.caption(_("Other people may stand in those texts: look at it before it is given out."))


def _name(unread: list[Use]) -> None:
    words = counted(
        len(unread),
        "{n} file of evidence belongs to these assessments. Nothing looks through it: "
        "somebody has to.",
        "{n} files of evidence belong to these assessments. Nothing looks through them: "
        "somebody has to.",
    )
    shown = unread[:MOST]
    of = session.store().summaries({each.assessment_id for each in shown})
    suppliers = {each.id: each.supplier.name for each in of}
    names = (f"- {plain(f'{suppliers[u.assessment_id]}: {u.file.name}')}" for u in shown)
    st.warning("\n".join([words, "", *names]))
    if (more := len(unread) - MOST) > 0:
        st.caption(counted(more, "{n} more is not shown here.", "{n} more are not shown here."))


def _draw_erase(mention: mentions.Mention, found: list[places.Place]) -> None:
    with st.expander(_("Strike the person out")):
        st.markdown(
            _(
                "A pseudonym takes the place of the name, the same everywhere. Files that hold "
                "the name are taken out. The history still verifies, and says that something was "
                "struck. It cannot be undone. Backups, what was exported earlier and what is in "
                "files of evidence are not reached."
            )
        )
        if refused := st.session_state.pop(REFUSED, ""):
            st.error(plain(refused))
        ground = st.text_input(_("On what ground, without the name"), key="person-ground")
        seen = places.seen(found)
        agreed = st.checkbox(_("I have looked at every place"), key=f"person-ok-{seen}")
        # The key holds what was seen: where that has changed, the click counts for nothing.
        if not st.button(_("Strike it out"), disabled=not agreed, key=f"person-{seen}"):
            return
        st.session_state.pop(FOUND, None)  # not all of it changes what the list is kept by
        try:
            done = session.store().erase(mention, seen, session.actor(), ground or "")
            place_table.say_done(done)
            st.session_state.pop("opened", None)
        except ProcurementRiskError as error:
            st.session_state[REFUSED] = str(error)
        st.rerun()
