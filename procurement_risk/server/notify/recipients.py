"""Everybody who is told something, what waits for each, and what of it is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from procurement_risk.errors import NotAllowed, NotFound
from procurement_risk.portfolio import notices
from procurement_risk.portfolio.notices import KINDS, Notice
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store
from procurement_risk.storage.notifications import choices, noticed, webhooks
from procurement_risk.storage.notifications.choices import UNCHOSEN, How
from procurement_risk.storage.notifications.noticed import Noticed
from procurement_risk.storage.notifications.webhooks import Webhook
from procurement_risk.storage.people import signing_in
from procurement_risk.storage.people.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
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


def everybody(store: Store, team: Team, day: str) -> Iterator[Recipient]:
    """Yield each person who can be reached and each webhook, as all of it is now."""
    found, known = notices.found(store, day), noticed.every_noticed(store)
    chosen = choices.every_choice(store)
    for person in _people(store) if team.smtp_host else ():
        theirs = chosen.get(person.id, {})
        yield Recipient(
            id=person.id,
            waits=notices.of_person(found, store.acting(person), person.name),
            hows={kind: theirs.get(kind, UNCHOSEN) for kind in KINDS},
            known=known.get(person.id, {}),
        )
    for hook in webhooks.webhooks(store) if team.webhook_key else ():
        reader = Person(name=hook.name, id=hook.id, roles=(hook.held,), how="token")
        waits = notices.of_organisation(found, store.acting(reader))
        how: How = "at_once" if hook.begun_at else "never"  # what waits already is not told
        yield Recipient(
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
