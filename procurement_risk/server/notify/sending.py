"""Sending what waits in the queue: each claimed first, tried, and marked with what came of it."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime

from procurement_risk.errors import NotAllowed, NotFound
from procurement_risk.language import ENGLISH, speaking
from procurement_risk.server.notify import hooks, smtp, writing
from procurement_risk.server.notify.outcome import Outcome
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store
from procurement_risk.storage.notifications import messages, webhooks
from procurement_risk.storage.notifications.messages import Message
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
            mail = writing.mail(message, to, team)
    except ValueError:
        return Outcome("failed", "no_address")
    return smtp.send(mail, to, team) if to else Outcome("failed", "no_address")


_NOT_SET = Outcome("failed", "not_set")
