"""Who signed what was decided, whether that still stands, and the form that signs it."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from procurement_risk.assessment import SignOff, signed, today as calendar
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import signers
from procurement_risk.storage.operations import stamping
from procurement_risk.storage.people.mode import is_team
from procurement_risk.storage.signing import keys, stamps
from procurement_risk.storage.signing.since import changed_at
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

LONGEST = 200


def draw(opened: Opened) -> None:
    """Draw who signed, once something is decided, and the form for whoever may sign."""
    assessment, framework = opened.assessment, opened.framework
    if assessment.decision is None:
        return
    st.header(_("Sign-off"), anchor=False)
    stand = signed.standing(assessment, framework)
    for each in stand:
        st.markdown(f"**{signers.one_signed(each, plain)}** {_proved(opened, each)}")
    if not stand:
        st.markdown(_not_signed(opened))
    _draw_unstamped(opened)
    _draw_form(opened)


def _when(sign_off: SignOff) -> str:
    """Return what the time stamp shows, as a sentence; empty where there is none."""
    if not sign_off.stamp:
        return ""
    at = stamps.stamped_at(sign_off.stamp, sign_off.signature)
    if at is None:
        return _("**Its time stamp cannot be confirmed** by the certificates that are set here.")
    words = _("Stamped by a time-stamp service on {date}.")
    return words.format(date=day(calendar.day_of(at).isoformat()))


def _not_signed(opened: Opened) -> str:
    """Return that nobody signed what stands, and since when where somebody signed before."""
    before = opened.assessment.sign_offs
    if not before:
        return f"**{_('Not signed off.')}**"
    since = changed_at(session.store_of(opened.id).history(opened.id))
    words = _("**Not signed off as it stands**: it was changed on {date}, after that. {before}")
    return words.format(date=day(since), before=signers.one_signed(before[-1], plain))


def _proved(opened: Opened, sign_off: SignOff) -> str:
    """Return what shows that it was they."""
    if not sign_off.public_key:
        return _("Nobody signs in here, so nothing seals it.")
    if not keys.holds(signed.sealed_over(opened.id, sign_off), sign_off):
        return _("**Its seal does not hold**: it was changed, or was never made by that key.")
    if sign_off.public_key in {each.digits for each in keys.public_keys()}:
        sealed = _("They had signed in; sealed with the key of this server.")
        return f"{sealed} {_when(sign_off)}"
    words = _("Sealed with the key of another server: {key}. Compare it with the one published.")
    return words.format(key=sign_off.public_key)


def _draw_unstamped(opened: Opened) -> None:
    """Say that a sign-off has no time stamp yet, and let the service be asked again."""
    if not stamping.without(opened.assessment.sign_offs):
        return
    st.caption(_("Without a time stamp: the service gave none. The sign-off stands all the same."))
    if session.may_write(opened, "sign_offs") and st.button(_("Ask for the time stamp again")):
        session.carry_out(lambda: _stamp(opened), _("Stamped."))


def _stamp(opened: Opened) -> None:
    session.store_of(opened.id).stamp_sign_offs(opened.id, session.named())


def _draw_form(opened: Opened) -> None:
    refused = session.why_not_write(opened, "sign_offs")
    if not refused and signers.asks_a_senior(opened.outcome):
        refused = session.why_not_with("sign_as_senior", opened.id)
    if refused:
        st.caption(plain(refused))
        return
    assessment, framework, by = opened.assessment, opened.framework, session.named()
    if assessment.decision is not None and not by:
        st.caption(_("To sign it off, write your name in the menu first."))
        return
    if message := signed.refused(assessment, framework, by, "-", signed_in=is_team()):
        st.caption(plain(message))
        return
    if isinstance(opened.outcome, Result):
        st.markdown(signers.to_be_signed(opened.outcome, plain))
    with st.form(f"sign-off:{opened.id}:{len(assessment.sign_offs)}", enter_to_submit=False):
        post = st.text_input(_("You sign as"), max_chars=LONGEST, key=f"sign-off-post:{opened.id}")
        words = _("Signing as {name}, over the decision and all that it rests on as shown here.")
        st.caption(words.format(name=plain(by)))
        pressed = st.form_submit_button(_("Sign off"), disabled=opened.archived)
        if not is_team():
            st.caption(_("Nobody signs in here: it is a sign-off by name alone."))
        if pressed:
            _sign(opened, post or "")


def _sign(opened: Opened, post: str) -> None:
    seen = signed.digest_of(opened.assessment, opened.framework)
    with session.refusals_said():
        session.store_of(opened.id).sign_off(opened.id, post, seen, session.named())
        with suppress(ProcurementRiskError):  # the page says that there is none, and asks again
            _stamp(opened)
        st.rerun()
