"""What is new since somebody was told: put into the queue, in numbers, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from procurement_risk.assessment import today as calendar
from procurement_risk.canonical import Document
from procurement_risk.portfolio.notices import KINDS, Notice
from procurement_risk.server.notify.recipients import Recipient, everybody
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store
from procurement_risk.storage.notifications import messages, noticed, turn, webhooks
from procurement_risk.storage.notifications.moments import moment
from procurement_risk.storage.notifications.webhooks import Webhook


def look(store: Store, team: Team, now: datetime) -> int:
    """Put what is new into the queue, and return how many messages that made.

    Where nothing is new, nothing is written; where another process is looking just now, nothing
    is done.
    """
    clock = calendar.local(now)
    today, is_time = clock.date().isoformat(), clock.hour >= int(team.digest_hour)
    wanted = is_time and turn.last_day(store) < today
    if not wanted and not any(each.is_news for each in everybody(store, team, today)):
        return 0
    taken = turn.take_turn(store, now)
    if taken is None:
        return 0
    holder, day = taken
    try:
        digest_day = today if is_time and day < today else ""
        made = sum(_tell(store, each, now, digest_day) for each in everybody(store, team, today))
        day = digest_day or day
    finally:
        turn.give_turn_back(store, holder, day)
    return made


def _tell(store: Store, each: Recipient, now: datetime, digest_day: str) -> int:
    """Write down what waits for somebody, and put what is new to them into the queue.

    Args:
        store: Which.
        each: To whom.
        now: When.
        digest_day: The day of which the mail is to be made; empty where it is not the time.
    """
    silent = {notice.key for notice in each.untold("never")}
    noticed.renew(store, each.id, each.new, each.gone, now, silent)
    news = each.untold("at_once")
    if each.webhook is not None:
        if not each.webhook.begun_at:
            webhooks.begin(store, each.id, moment(now))
        return sum(_put_call(store, each.webhook, notice, now) for notice in news)
    made = 0
    if news:
        made += _put_mail(store, each.id, now, "at_once", uuid4().hex, news, news)
    if digest_day and (news := each.untold("daily")):
        every = [notice for notice in each.waits if each.hows[notice.kind] == "daily"]
        made += _put_mail(store, each.id, now, "digest", digest_day, news, every)
    return made


def _put_mail(
    store: Store,
    person_id: str,
    now: datetime,
    kind: str,
    which: str,
    news: Sequence[Notice],
    every: Iterable[Notice],
) -> int:
    return messages.put_told(
        store,
        person_id,
        {each.key for each in news},
        now,
        key=f"{kind}:{person_id}:{which}",
        kind=kind,
        body=_counted(news, every),
        person_id=person_id,
    )


def _put_call(store: Store, hook: Webhook, each: Notice, now: datetime) -> int:
    body = {"kind": each.kind, "assessment": each.assessment, "due": each.due}
    return messages.put_told(
        store,
        hook.id,
        {each.key},
        now,
        key=f"webhook:{hook.id}:{uuid4().hex}",
        kind=each.kind,
        body={**body, "late": each.is_late},
        webhook_id=hook.id,
    )


def _counted(news: Sequence[Notice], every: Iterable[Notice]) -> Document:
    """Return how many of each kind there are, how many of them are new, and how many late."""
    listed = list(every)
    new, whole = Counter(each.kind for each in news), Counter(each.kind for each in listed)
    late = Counter(each.kind for each in listed if each.is_late)
    return {
        kind: {"all": whole[kind], "new": new[kind], "late": late[kind]}
        for kind in KINDS
        if whole[kind]
    }
