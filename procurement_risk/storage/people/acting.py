"""A store that is bound to a person: it asks ``rules`` at every call, and writes their name."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from procurement_risk.errors import NotAllowed
from procurement_risk.storage.database import Database
from procurement_risk.storage.people.left import Instead
from procurement_risk.storage.people.permissions import Action
from procurement_risk.storage.people.person import Person
from procurement_risk.storage.people.rules import PLAIN, RULES
from procurement_risk.storage.people.view import View

BELIEVED_SECONDS = 1.0
"""For how long ``may`` believes whose an assessment is: a page asks for each of its controls."""


class Acting:
    """What a store is to one person. To whoever calls it, it is that store.

    It has no connection of its own to give away: what has no rule is not there.
    """

    __slots__ = ("__weakref__", "_belongs", "_store", "_view", "person")

    def __init__(self, store: Database, person: Person) -> None:
        self._store, self.person = store, person
        self._view = View(store, person)
        self._belongs: tuple[str, float, str | None] = "", 0.0, None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the store has
        """Return a call of the store under its rule. Raises AttributeError where it has none."""
        if name in PLAIN:
            return getattr(self._store, name)
        if name not in RULES:
            raise AttributeError(name)
        return self._ruled(name)

    def may(self, action: Action, assessment_id: str = "", section: str = "") -> bool:
        """Whether the person may do that: with an assessment, or else in any organisation.

        It is for what is offered: a call is judged anew.
        """
        if assessment_id:
            found = self._organisation(assessment_id)
            return found is not None and self.person.may(action, found, section)
        return self.person.may_somewhere(action)

    def _organisation(self, assessment_id: str) -> str | None:
        name, at, found = self._belongs
        now = time.monotonic()
        if name != assessment_id or now - at > BELIEVED_SECONDS:
            found = self._view.organisation_or_none(assessment_id)
            self._belongs = assessment_id, now, found
        return found

    def _ruled(self, name: str) -> Callable[..., Any]:
        rule, call = RULES[name], getattr(self._store, name)

        def ruled(*args: object, **more: object) -> Any:  # noqa: ANN401
            bound = _signature(call.__func__).bind(self._store, *args, **more)
            bound.apply_defaults()
            given = dict(list(bound.arguments.items())[1:])
            if "actor" in given:
                given["actor"] = self.person.name
            try:
                rule.check(self._view, given)
            except Instead as instead:
                return instead.value
            except NotAllowed:
                self._store.note_refused()
                raise
            return rule.left(self._view, call(**given))

        return ruled


@cache
def _signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def behind(store: Any) -> Any:  # noqa: ANN401  a store, as it is annotated by whoever asks
    """Return the store that all persons share.

    For what is kept in memory once for everybody, by who narrows it by ``visible`` afterwards.
    """
    return store._store if isinstance(store, Acting) else store


def sees_all(store: object) -> bool:
    """Whether whoever acts reads in every organisation."""
    return not isinstance(store, Acting) or store.person.organisations("read") is None


def visible(store: object) -> frozenset[str] | None:
    """Return the ids of the assessments that whoever acts sees; None where that is all."""
    return store._view.visible() if isinstance(store, Acting) else None


def visible_of(store: object, ids: Collection[str]) -> Collection[str]:
    """Return those of ``ids`` that whoever acts sees."""
    return store._view.visible_of(ids) if isinstance(store, Acting) else ids
