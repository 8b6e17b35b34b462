"""What leaves to tell people and other systems: the queue, and what somebody has to look at."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import day
from procurement_risk.language.text import told_apart
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server import modes
from procurement_risk.storage.notifications.messages import Message
from procurement_risk.views.shared import session, tables

STATES = {
    "waiting": N_("Waiting, to be sent or tried again"),
    "sending": N_("Being sent"),
    "sent": N_("Sent, in the last 30 days"),
    "failed": N_("Failed: surely not arrived"),
    "unclear": N_("Unclear: it may have arrived, so it is not sent again by itself"),
}
SHORT = {"failed": N_("failed"), "unclear": N_("unclear"), "sent": N_("sent")}
SHORT |= {"waiting": N_("waiting"), "sending": N_("being sent")}
MAILS = {"digest": N_("mail of the day"), "at_once": N_("mail at once"), "test": N_("test")}
REASONS = {
    "": "–",
    "not_reached": N_("The other side could not be reached"),
    "not_encrypted": N_("The line could not be encrypted, or the certificate does not hold"),
    "not_signed_in": N_("The mail server does not take the user and password"),
    "put_off": N_("The mail server puts it off"),
    "refused": N_("The other side refuses it"),
    "redirected": N_("The address leads elsewhere, which is not followed"),
    "address_not_allowed": N_("The address may not be called"),
    "no_answer": N_("No answer came after it was handed over"),
    "no_address": N_("The person has no e-mail address that will do"),
    "not_set": N_("Sending is no longer set up"),
    "process_ended": N_("The server ended while it was being sent"),
    "restored": N_("It waited when the backup was made"),
}


def draw(name: str) -> None:
    """Draw how many messages are in which state, and what failed or is unclear."""
    store = session.store()
    running = modes.served()
    has_mail = running is None or bool(running.team.smtp_host)
    if not has_mail:
        st.warning(_("Mail is not set up: set PROCUREMENT_RISK_SMTP_HOST and restart."))
    counts = store.message_counts()
    rows = [[_(words), grouped(counts.get(state, 0))] for state, words in STATES.items()]  # type: ignore[call-overload]
    tables.draw(_("Messages"), [_("State"), _("Messages")], rows)
    email = session.person().email
    if has_mail and email and st.button(_("Send a test to {address}").format(address=email)):
        session.carry_out(
            lambda: store.send_test_message(session.person().id, session.actor()),
            _("The test waits to be sent."),
        )
    _draw_stuck(store.stuck_messages())


def _draw_stuck(found: list[Message]) -> None:
    st.subheader(_("To be looked at"), anchor=False)
    if not found:
        st.markdown(_("Nothing failed, and nothing is unclear."))
        return
    people = {each.id: each.name for each in session.store().people()}
    hooks = {each.id: each.name for each in session.store().webhooks()}
    shown = {each.id: row_of(each, people | hooks) for each in found}
    columns = [_("To"), _("What"), _("State"), _("Why"), _("Tried"), _("Last")]
    tables.draw(_("To be looked at"), columns, list(shown.values()))
    titles = told_apart({name: " · ".join([*row[:3], row[5]]) for name, row in shown.items()})
    with st.form("stuck-messages", enter_to_submit=False):
        chosen = st.selectbox(
            _("A message"), list(titles), format_func=titles.__getitem__, index=None
        )
        again, up = st.columns(2)
        with again:
            is_again = st.form_submit_button(_("Send it again"))
        with up:
            is_up = st.form_submit_button(_("Take it off the list"))
    store = session.store()
    if chosen and is_again:
        session.carry_out(
            lambda: store.send_message_again(chosen, session.actor()),
            _("It waits to be sent again."),
        )
    if chosen and is_up:
        session.carry_out(
            lambda: store.give_message_up(chosen, session.actor()), _("It is off the list.")
        )


def row_of(each: Message, names: dict[str, str]) -> list[str]:
    """Return a message as a row: to whom, what, its state, why, how often tried and when."""
    kind = KINDS.get(each.kind)  # one of a later version is called by its id
    what = MAILS.get(each.kind) or (kind.title if kind else each.kind)
    return [
        names.get(each.person_id or each.webhook_id, _("somebody who is gone")),
        _(what),
        _(SHORT[each.state]),
        _(REASONS.get(each.why, each.why)),
        grouped(each.attempts),
        f"{day(each.tried_at)} {each.tried_at[11:16]} UTC" if each.tried_at else "–",
    ]
