"""Tokens for programs: made once, shown once, revoked."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.storage.people.tokens import Token
from procurement_risk.views.administration import giving
from procurement_risk.views.shared import forms, session, tables


def draw(name: str) -> None:
    """Draw every token, the form that makes one, and what revokes one."""
    found, names = session.store().tokens(), giving.every_name()
    columns = [_("What for"), _("Role"), _("Until"), _("Made by"), _("Last use"), _("Revoked")]
    tables.draw(_("Tokens"), columns, [_row(each, names) for each in found])
    _draw_making()
    _draw_revoking([each for each in found if not each.revoked_at])


def _row(each: Token, names: dict[str, str]) -> list[str]:
    days = [giving.shown_day(at) for at in (each.last_at, each.revoked_at)]
    until = giving.shown_day(each.until)
    return [each.name, giving.named(each.held, names), until, each.by, *days]


def _draw_making() -> None:
    st.subheader(_("Make a token"), anchor=False)
    with st.form("make-token", enter_to_submit=False):
        what = st.text_input(_("What it is for"), max_chars=200)
        given = giving.choose("token")
        until = forms.ask_day(_("Last day on which it works"), "", "token-until")
        pressed = st.form_submit_button(_("Make the token"), type="primary")
    if not pressed:
        return
    with session.refusals_said():
        secret = session.store().make_token(
            what or "",
            given.role,
            given.organisation,
            until,
            session.actor(),
            sections=given.sections,
        )
        st.success(_("Copy it now: nobody can be shown it again."))
        st.code(secret, language=None)


def _draw_revoking(found: list[Token]) -> None:
    if not found:
        return
    words = {each.id: each.name for each in found}
    with st.form("revoke-token", enter_to_submit=False):
        chosen = st.selectbox(
            _("A token that works"), list(words), format_func=words.__getitem__, index=None
        )
        if st.form_submit_button(_("Revoke it")) and chosen:
            session.carry_out(
                lambda: session.store().revoke_token(chosen, session.actor()),
                _("The token no longer works."),
            )
