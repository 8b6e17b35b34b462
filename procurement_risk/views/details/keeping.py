"""The tab Keeping on the Details page: set aside, legal hold, strike a passage out, delete."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import retention
from procurement_risk.assessment.parts import part_title
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import one_line, plain
from procurement_risk.storage import Stored, mentions, places
from procurement_risk.storage.keeping import look
from procurement_risk.views.shared import place_table, session, set_aside

LONGEST = 2_000


def draw(opened: session.Opened) -> None:
    """Draw what may be done with the assessment as a whole."""
    if opened.is_preview:
        st.info(_("This only tries a questionnaire out: nothing is kept of it."))
        return
    stored = session.store().load(opened.id)
    _draw_retention(stored)
    _draw_aside(stored)
    _draw_hold(stored)
    _draw_redact(stored)
    _draw_delete(stored)


def _draw_retention(stored: Stored) -> None:
    st.header(_("How long it is kept"), anchor=False)
    about = stored.assessment
    names = session.store().supplier_names(about.id).get(about.id, ())
    found = retention.due(about, stored.changed_at, retention.read_rules(), names)
    words = _("May be disposed of from {day} on.").format(day=day(found.day)) if found.day else ""
    st.markdown(f"{plain(retention.words(found))}. {plain(words)}".strip())
    if found.rule is not None and found.rule.because:
        st.caption(plain(_(found.rule.because)))


def _draw_aside(stored: Stored) -> None:
    name = stored.assessment.id
    st.header(_("Set aside"), anchor=False)
    if stored.archived:
        st.markdown(
            _(
                "It is set aside: out of every list, whole, and not to be changed until it is "
                "brought back."
            )
        )
        set_aside.draw_back(name, "keeping")
    else:
        set_aside.draw(name, "keeping")


def _draw_hold(stored: Stored) -> None:
    name, hold = stored.assessment.id, stored.hold
    st.header(_("Legal hold"), anchor=False)
    if hold is None:
        st.markdown(
            _("While it lasts nothing of this is deleted or struck out. Nothing overrides it.")
        )
        reason = _ask(_("Why it is held, such as a claim"), f"hold-{name}")
        if st.button(_("Put it under a legal hold")):
            session.carry_out(
                lambda: session.store().hold(name, session.actor(), reason), _("Held.")
            )
        return
    words = _("Held since {day}, by {name}: {reason}")
    st.warning(words.format(day=day(hold.at), name=plain(hold.by), reason=plain(hold.reason)))
    reason = _ask(_("Why the hold is lifted"), f"lift-{name}")
    if st.button(_("Lift the hold")):
        session.carry_out(
            lambda: session.store().lift_hold(name, session.actor(), reason), _("Lifted.")
        )


def _draw_redact(stored: Stored) -> None:
    name = stored.assessment.id
    st.header(_("Strike a passage out"), anchor=False)
    st.markdown(
        _(
            "Out of this assessment and its history; an entry says who did it, when and on what "
            "ground. Files that were sent back stay as they came. To withhold something only "
            "when publishing, mark it instead."
        )
    )
    text = _ask(_("The passage, word for word"), f"passage-{name}")
    if not text:
        return
    parts = {"": _("Everywhere in this assessment")}
    parts |= {each: part_title(each, stored.framework) for each in sorted(stored.revisions)}
    where = st.selectbox(
        _("Where"), list(parts), format_func=session.worded(parts, parts.__getitem__)
    )
    try:
        mention = mentions.passage(text)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    found = session.store().places(mention, name, where)
    place_table.draw(found, files_go=False)
    if not found:
        return
    ground = _ask(_("On what ground, without the passage"), f"ground-{name}")
    seen = places.seen(found)
    # The key holds what was seen: where that has changed, the click counts for nothing.
    if st.button(_("Strike it out"), key=f"redact-{seen}"):
        with session.refusals_said():
            done = session.store().redact(
                mention,
                seen,
                session.actor(),
                ground,
                instead=f"[{_('struck out')}]",
                assessment_id=name,
                part=where,
            )
            st.session_state.pop(f"passage-{name}", None)
            place_table.say_done(done)
            st.rerun()


def _draw_delete(stored: Stored) -> None:
    name = stored.assessment.id
    with st.expander(_("Delete")):
        st.markdown(
            _(
                "For what was made by mistake. The assessment goes with its history and the "
                "files that belong to no other. What is left is a note of its id, who deleted "
                "it, when and why, and the digest of its record. What is due by the retention "
                "rules is disposed of on the Records page."
            )
        )
        reason = _ask(_("Why it is deleted"), f"delete-{name}")
        typed = _ask(_("To go on, write its id: {id}").format(id=one_line(name)), f"id-{name}")
        seen = look(stored)
        if not st.button(_("Delete it for good"), key=f"delete-{seen}"):
            return
        if typed != name:
            st.error(_("The id is another. Nothing was deleted."))
            return
        with session.refusals_said():
            clean = session.store().delete(name, seen, session.actor(), reason)
            session.flash(_("Deleted.") if clean else place_table.unclean_words())
            st.session_state.pop("assessment", None)
            session.go("assessments")


def _ask(label: str, key: str) -> str:
    return (st.text_input(label, key=key, max_chars=LONGEST) or "").strip()
