"""Who signed in, and the roles that they and claims were given."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.storage.people.accounts import Account, Grant
from procurement_risk.views.administration import giving
from procurement_risk.views.shared import forms, session, signing_out, tables


def draw(name: str) -> None:
    """Draw everybody, the form that gives a role, and what takes one back."""
    found, names = session.store().people(), giving.every_name()
    if not found:
        st.info(_("Nobody has signed in yet. Whoever does stands here, without a role."))
    columns = [_("Name"), _("E-mail"), _("Roles"), _("First sign-in"), _("Last sign-in")]
    tables.draw(_("People"), columns, [_row(each, names) for each in found])
    _draw_giving(found)
    _draw_taking_back(session.store().role_grants(), found, names)
    if session.may("administer"):
        _draw_switch(found)


def _row(each: Account, names: dict[str, str]) -> list[str]:
    roles = "; ".join(giving.named(grant.held, names) for grant in each.grants)
    shown = each.name if each.active else _("{name} (switched off)").format(name=each.name)
    days = [giving.shown_day(at) for at in (each.first_at, each.last_at)]
    return [shown, each.email or "–", roles or _("none"), *days]


def _draw_giving(found: list[Account]) -> None:
    st.subheader(_("Give a role"), anchor=False)
    people = {each.id: f"{each.name} · {each.email}".strip(" ·") for each in found}
    with st.form("give-role", enter_to_submit=False):
        to = st.selectbox(
            _("To"), list(people), format_func=people.__getitem__, index=None, key="give-to"
        )
        claim = st.text_input(
            _("Or to everybody of whom the sign-in says, such as a group"),
            max_chars=300,
            key="give-claim",
        )
        given = giving.choose("give")
        until = forms.ask_day(_("Until, if it ends"), "", "give-until")
        pressed = st.form_submit_button(_("Give the role"), type="primary")
    if pressed:
        session.carry_out(
            lambda: _give(to or "", claim or "", given, until),
            _("The role is given."),
        )


def _give(to: str, claim: str, given: giving.Given, until: str) -> None:
    session.store().grant_role(
        to,
        given.role,
        given.organisation,
        session.actor(),
        sections=given.sections,
        until=until,
        claim=claim,
    )


def _draw_taking_back(grants: list[Grant], found: list[Account], names: dict[str, str]) -> None:
    if not grants:
        return
    st.subheader(_("Roles that are given"), anchor=False)
    people = {each.id: each.name for each in found}
    columns = [_("To"), _("Role"), _("Until"), _("Given by"), _("When")]
    shown = {each.id: _words(each, people, names) for each in grants}
    rows = [
        [
            people.get(each.person_id, each.claim),
            giving.named(each.held, names),
            giving.shown_day(each.until),
            each.by,
            giving.shown_day(each.at),
        ]
        for each in grants
    ]
    tables.draw(_("Roles that are given"), columns, rows)
    with st.form("withdraw-role", enter_to_submit=False):
        chosen = st.selectbox(
            _("Take back"), list(shown), format_func=shown.__getitem__, index=None
        )
        if st.form_submit_button(_("Take the role back")) and chosen:
            session.carry_out(
                lambda: session.store().withdraw_role(chosen, session.actor()),
                _("The role is taken back."),
            )


def _words(each: Grant, people: dict[str, str], names: dict[str, str]) -> str:
    return f"{people.get(each.person_id, each.claim)}: {giving.named(each.held, names)}"


def _draw_switch(found: list[Account]) -> None:
    if not found:
        return
    st.subheader(_("Switch somebody off, or on again"), anchor=False)
    words = {
        each.id: each.name if each.active else _("{name} (switched off)").format(name=each.name)
        for each in found
    }
    active = {each.id: each.active for each in found}
    with st.form("switch", enter_to_submit=False):
        chosen = st.selectbox(_("Who"), list(words), format_func=words.__getitem__, index=None)
        switch, end = st.columns(2)
        with switch:
            switched = st.form_submit_button(_("Switch"))
        with end:
            ended = signing_out.is_ours() and st.form_submit_button(_("Sign them out everywhere"))
        if ended and chosen:
            session.carry_out(
                lambda: session.store().end_sessions(chosen, session.actor()),
                _("{name} is signed out within seconds.").format(name=plain(words[chosen])),
            )
        if switched and chosen:
            said = _("{name} may no longer sign in.") if active[chosen] else _("{name} may again.")
            session.carry_out(
                lambda: session.store().switch_person(
                    chosen, session.actor(), active=not active[chosen]
                ),
                said.format(name=plain(words[chosen])),
            )
