"""Sending what waits in the queue: each claimed first, tried, and marked with what came of it."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import Any

from procurement_risk.errors import NotAllowed, NotFound
from procurement_risk.language import ENGLISH, _, current, speaking
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server.notify import hooks, smtp
from procurement_risk.server.notify.outcome import Outcome
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store
from procurement_risk.storage.notifications import messages, webhooks
from procurement_risk.storage.notifications.messages import TEST, Message
from procurement_risk.storage.people import signing_in

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


LONGEST_SECONDS = 30.0
"""After so long a queue begins with no other message, until it is looked again what waits."""


def send(
    store: Store,
    team: Team,
    clock: Clock = lambda: datetime.now(UTC),
    goes_on: Callable[[], bool] = lambda: True,
) -> Counter[str]:
    """Try what is due, and return what came of how many.

    Mail is one queue and each webhook one, and none waits for another. Within one, the messages
    are tried one after the other, and no more where one was not taken.

    Args:
        store: Where the queue is.
        team: The settings.
        clock: Tells the time.
        goes_on: Whether to begin with another one.
    """
    messages.tidy(store, clock())
    queues: dict[str, list[str]] = {}
    for message_id, webhook_id in messages.due(store, clock()):
        queues.setdefault(webhook_id, []).append(message_id)
    if not queues:
        return Counter()
    with ThreadPoolExecutor(len(queues), "notify") as pool:
        begun = [
            pool.submit(copy_context().run, _sent, store, team, each, clock, goes_on)
            for each in queues.values()
        ]
    return sum((each.result() for each in begun), Counter())


def _sent(
    store: Store, team: Team, queue: list[str], clock: Clock, goes_on: Callable[[], bool]
) -> Counter[str]:
    """Try the messages of one queue, as long as it takes them."""
    done: Counter[str] = Counter()
    ends = time.monotonic() + LONGEST_SECONDS
    for message_id in queue:
        if time.monotonic() > ends or not goes_on():
            break
        message = messages.claim(store, message_id, clock())
        if message is not None:
            end = _tried(store, team, message, clock)
            done[end] += 1
            if end in ("again", "unclear") or (message.webhook_id and end == "failed"):
                break
    return done


def _tried(store: Store, team: Team, message: Message, clock: Clock) -> str:
    try:
        outcome = _outcome(store, team, message)
    except (NotFound, NotAllowed):
        messages.drop(store, message)  # there is nobody any more whom it is for
        return "dropped"
    if outcome.why:
        logger.warning("A message was not sent", extra={"reason": outcome.why})
    if outcome.end == "again":
        is_again = messages.try_again(store, message, clock(), outcome.why)
        return "again" if is_again else "failed"
    messages.finish(store, message, outcome.end, clock(), outcome.why)
    return outcome.end


def _outcome(store: Store, team: Team, message: Message) -> Outcome:
    """Return what came of sending a message.

    Raises:
        NotFound: If there is nobody any more whom it is for, as is NotAllowed.
    """
    if message.webhook_id:
        webhook = webhooks.webhook_of(store, message.webhook_id)
        return hooks.call(message, webhook, team) if team.webhook_key else _NOT_SET
    to = signing_in.person_of(store, message.person_id).email
    if not team.smtp_host:
        return _NOT_SET
    try:
        with speaking(store.notice_language(message.person_id) or ENGLISH):
            written = mail(message, to, team)
    except ValueError:
        return Outcome("failed", "no_address")
    return smtp.send(written, to, team) if to else Outcome("failed", "no_address")


_NOT_SET = Outcome("failed", "not_set")


# A mail as it leaves: what kind of thing waits, how many, where to look. No name, no title.

_ADDRESS = re.compile(r"[^\s<>(),:;\"\\\[\]@?]+@[\w.-]+")
"""One address as sign-ins give them: none that a mail's headers would read as something else."""

_SEVEN_BIT = SMTP.clone(cte_type="7bit")


def mail(message: Message, to: str, team: Team) -> EmailMessage:
    """Return the mail of a message in the language in use. Raises ValueError for no address."""
    if not _ADDRESS.fullmatch(to):
        raise ValueError(to)
    written = EmailMessage(_SEVEN_BIT)
    written["Subject"] = _subject(message)
    written["From"], written["To"] = team.mail_from, to
    written["Date"] = formatdate()
    written["Message-ID"] = f"<{message.id}@{team.mail_from.rpartition('@')[2]}>"
    written["Auto-Submitted"] = "auto-generated"
    written.set_content("\n".join(_lines(message, team)))
    written["Content-Language"] = current()
    return written


def _subject(message: Message) -> str:
    if message.kind == TEST:
        return _("A test of mail from the AI Procurement Risk Toolkit")
    new = sum(each["new"] for each in message.body.values())
    if message.kind == "digest":
        return counted(new, "{n} new thing waits for you", "{n} new things wait for you")
    return counted(new, "{n} thing waits for you now", "{n} things wait for you now")


def _lines(message: Message, team: Team) -> list[str]:
    if message.kind == TEST:
        lines = [_("Mail from here arrives.")]
    else:
        lines = [_("This waits for you:"), ""]
        lines += [_line(kind, each) for kind, each in message.body.items() if kind in KINDS]
    return [
        *lines,
        "",
        _("See what it is: {address}").format(address=f"{team.origin}/"),
        "",
        _("Choose what you are told: {address}").format(address=f"{team.origin}/notify-me"),
        _("No names or titles stand in a mail. Replies are not read."),
        "",
    ]


def _line(kind: str, numbers: Mapping[str, Any]) -> str:
    """Return one kind in a line: how many, and how many of them are new or past their day."""
    whole, new, late = numbers["all"], numbers["new"], numbers["late"]
    about = [_("{n} new").format(n=grouped(new))] if new and new != whole else []
    about += [_("{n} late").format(n=grouped(late))] if late else []
    words = KINDS[kind].number(whole)
    return f"- {words} ({', '.join(about)})" if about else f"- {words}"
