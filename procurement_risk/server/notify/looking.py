"""What is new since somebody was told: put into the queue, in numbers, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from procurement_risk.assessment import today as calendar
from procurement_risk.canonical import Document
from procurement_risk.errors import NotAllowed, NotFound
from procurement_risk.portfolio import notices
from procurement_risk.portfolio.notices import KINDS, Notice
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store
from procurement_risk.storage.notifications import (
    choices,
    messages,
    moment,
    noticed,
    turn,
    webhooks,
)
from procurement_risk.storage.notifications.choices import UNCHOSEN, How
from procurement_risk.storage.notifications.noticed import Noticed
from procurement_risk.storage.notifications.webhooks import Webhook
from procurement_risk.storage.people import signing_in
from procurement_risk.storage.people.person import Person


def look(store: Store, team: Team, now: datetime) -> int:
    """Put what is new into the queue, and return how many messages that made.

    Where nothing is new, nothing is written; where another process is looking just now, nothing
    is done.
    """
    clock = calendar.local(now)
    today, is_time = clock.date().isoformat(), clock.hour >= int(team.digest_hour)
    wanted = is_time and turn.last_day(store) < today
    if not wanted and not any(each.is_news for each in _everybody(store, team, today)):
        return 0
    taken = turn.take_turn(store, now)
    if taken is None:
        return 0
    holder, day = taken
    try:
        digest_day = today if is_time and day < today else ""
        made = sum(_tell(store, each, now, digest_day) for each in _everybody(store, team, today))
        day = digest_day or day
    finally:
        turn.give_turn_back(store, holder, day)
    return made


def _tell(store: Store, each: _Recipient, now: datetime, digest_day: str) -> int:
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


# Everybody who is told something, what waits for each, and what of it is new.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipient:
    """Somebody who is told.

    Attributes:
        id: Of a person, or of a webhook.
        waits: What waits for them.
        hows: How they are told of each kind.
        known: What was noticed to wait for them before, by key.
        webhook: The webhook; None where it is a person.
    """

    id: str
    waits: Sequence[Notice]
    hows: Mapping[str, How]
    known: Mapping[str, Noticed]
    webhook: Webhook | None = None

    @property
    def new(self) -> dict[str, str]:
        """The kinds of what was not noticed before, by key."""
        return {each.key: each.kind for each in self.waits if each.key not in self.known}

    @property
    def gone(self) -> set[str]:
        """The keys of what waits no longer."""
        return self.known.keys() - {each.key for each in self.waits}

    def untold(self, how: How) -> list[Notice]:
        """Return what was not told yet of the kinds that are told so."""
        return [
            each
            for each in self.waits
            if self.hows[each.kind] == how
            and (each.key not in self.known or not self.known[each.key].told_at)
        ]

    @property
    def is_news(self) -> bool:
        """Whether there is anything to write or to tell before the mail of the day."""
        begins = self.webhook is not None and not self.webhook.begun_at
        untold = self.untold("at_once") or self.untold("never")
        return bool(begins or self.new or self.gone or untold)


def _everybody(store: Store, team: Team, day: str) -> Iterator[_Recipient]:
    """Yield each person who can be reached and each webhook, as all of it is now."""
    found, known = notices.found(store, day), noticed.every_noticed(store)
    chosen = choices.every_choice(store)
    for person in _people(store) if team.smtp_host else ():
        theirs = chosen.get(person.id, {})
        yield _Recipient(
            id=person.id,
            waits=notices.of_person(found, store.acting(person), person.name),
            hows={kind: theirs.get(kind, UNCHOSEN) for kind in KINDS},
            known=known.get(person.id, {}),
        )
    for hook in webhooks.webhooks(store) if team.webhook_key else ():
        reader = Person(name=hook.name, id=hook.id, roles=(hook.held,), how="token")
        waits = notices.of_organisation(found, store.acting(reader))
        how: How = "at_once" if hook.begun_at else "never"  # what waits already is not told
        yield _Recipient(
            id=hook.id,
            waits=[each for each in waits if each.kind in hook.kinds],
            hows=dict.fromkeys(hook.kinds, how),
            known=known.get(hook.id, {}),
            webhook=hook,
        )


def _people(store: Store) -> Iterator[Person]:
    for each in store.people():
        if each.active and each.email and each.grants:
            try:
                yield signing_in.person_of(store, each.id)
            except (NotFound, NotAllowed):  # switched off a moment ago
                continue
