"""Webhooks: other systems that are told what waits; registered, looked at, removed."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import told_apart
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server.notify import registering
from procurement_risk.storage.notifications.webhooks import Webhook
from procurement_risk.storage.people.person import ALL
from procurement_risk.views.administration import giving, messages
from procurement_risk.views.shared import session, tables


def draw(name: str) -> None:
    """Draw every webhook with its last calls, and the forms that register and remove one."""
    found, names = session.store().webhooks(), giving.every_name()
    if not registering.is_set():
        st.warning(_("Webhooks are not set up: set PROCUREMENT_RISK_WEBHOOK_KEY and restart."))
    columns = [_("What for"), _("Address"), _("Where"), _("What it is told"), _("Registered by")]
    tables.draw(_("Webhooks"), columns, [_row(each, names) for each in found])
    _draw_last(found)
    _draw_adding()
    _draw_removing(found)


def _row(each: Webhook, names: dict[str, str]) -> list[str]:
    where = names.get(each.organisation_id, _("another organisation"))
    where = _("all organisations") if each.organisation_id == ALL else where
    told = "; ".join(_(KINDS[kind].title) for kind in each.kinds if kind in KINDS)
    return [each.name, each.address, where, told, each.by]


def _draw_last(found: list[Webhook]) -> None:
    if not found:
        return
    names = {each.id: each.name for each in found}
    calls = [call for each in found for call in session.store().webhook_deliveries(each.id)]
    last = sorted(calls, key=lambda each: each.at, reverse=True)[:20]
    columns = [_("To"), _("What"), _("State"), _("Why"), _("Tried"), _("Last")]
    st.subheader(_("Last calls"), anchor=False)
    tables.draw(_("Last calls"), columns, [messages.row_of(each, names) for each in last])


def _draw_adding() -> None:
    st.subheader(_("Register a webhook"), anchor=False)
    titles, places = {kind: _(one.title) for kind, one in KINDS.items()}, giving.offered()
    with st.form("add-webhook", enter_to_submit=False):
        what = st.text_input(_("What it is for"), max_chars=200, key="webhook-what")
        address = st.text_input(
            _("Address that is called"), placeholder="https://…", max_chars=500, key="webhook-to"
        )
        where = st.selectbox(
            _("Where"), list(places), format_func=places.__getitem__, key="webhook-where"
        )
        kinds = st.multiselect(
            _("What it is told"), list(titles), format_func=titles.__getitem__, key="webhook-kinds"
        )
        pressed = st.form_submit_button(_("Register it"), type="primary")
    if not pressed:
        return
    with session.refusals_said():
        secret = registering.register(
            session.store(), what or "", address or "", where or "", kinds, session.actor()
        )[1]
        st.success(_("Copy the secret now: nobody can be shown it again. It signs every call."))
        st.code(secret, language=None)


def _draw_removing(found: list[Webhook]) -> None:
    if not found:
        return
    words = told_apart({each.id: f"{each.name} · {each.address}" for each in found})
    with st.form("remove-webhook", enter_to_submit=False):
        chosen = st.selectbox(
            _("A webhook"), list(words), format_func=words.__getitem__, index=None
        )
        if st.form_submit_button(_("Remove it")) and chosen:
            session.carry_out(
                lambda: session.store().remove_webhook(chosen, session.actor()),
                _("The webhook is called no more."),
            )
