"""Who comes in: a token that works, not too often, and never more at once than there is room."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from typing import TypeVar

from procurement_risk.errors import NotAllowed
from procurement_risk.server.api import once
from procurement_risk.server.api.operation import Caller, Operation, Reply
from procurement_risk.server.api.problems import Refusal
from procurement_risk.server.rates import Rate
from procurement_risk.storage import Store
from procurement_risk.storage.people import refusing
from procurement_risk.storage.people.person import Person
from procurement_risk.storage.people.tokens import BEGINS, person_of_token

AT_ONCE, LONG_AT_ONCE, MOST_WAITING = 6, 1, 200
A_MINUTE = 60
SHARE = 15_000
"""What one token may take in a minute; what each operation takes is its ``cost``."""
MOST_KNOWN = 50
ABOUT_ONE = "{assessment_id}"
NOBODY = Person(name="", id="nobody", how="token")

Result = TypeVar("Result")


class Door:
    """The way in to one store: it knows tokens, and has threads of its own.

    Pages are drawn in other threads, so that a program that asks much never takes theirs.
    """

    def __init__(self, store: Store, share: int = SHARE) -> None:
        self._store, self._rate = store, Rate(share, A_MINUTE)
        self._stores: OrderedDict[Person, Store] = OrderedDict()
        self._turn = threading.Lock()
        self._short, self._long = _Turns("api", AT_ONCE), _Turns("api-long", LONG_AT_ONCE)

    async def enter(self, authorization: str, operation: Operation) -> tuple[Person, Store]:
        """Return who the token stands for, and the store as they may use it.

        Raises:
            Refusal: If there is no token, it does not work (which, is not said), or it has asked
                for too much.
            NotAllowed: If its role allows that operation nowhere.
        """
        secret = _secret(authorization)
        return await self.run(partial(self._let_in, secret, operation))

    async def read(
        self, authorization: str, operation: Operation, asking: Caller, work: Callable[..., Reply]
    ) -> Reply:
        """Return what ``work`` gives for whoever the token stands for, all as of one moment.

        It is asked who that is where the work is done, since each is a wait for a thread.

        Raises:
            As ``enter`` does.
        """
        secret = _secret(authorization)

        def read() -> Reply:
            with self._store.at_one_moment():
                person, store = self._let_in(secret, operation)
                return work(asking=replace(asking, person=person, store=store))

        return await self.run(read)

    def nobody(self) -> tuple[Person, Store]:
        """Return who may do nothing, and the store as they may use it."""
        return NOBODY, self._acting(NOBODY)

    def _let_in(self, secret: str, operation: Operation) -> tuple[Person, Store]:
        try:
            person = person_of_token(self._store, secret)
        except NotAllowed as error:
            raise _no_token(str(error), 'Bearer error="invalid_token"') from error
        if wait := self._rate.wait(person.id, operation.cost):
            raise Refusal(
                429,
                f"This token has asked for too much. Wait {wait} seconds and try again.",
                **{"Retry-After": str(wait)},
            )
        _refuse_role(person, operation)
        return person, self._acting(person)

    async def run(self, work: Callable[[], Result], *, is_long: bool = False) -> Result:
        """Do ``work`` in a thread, when it is its turn. Raises Refusal where too many wait."""
        return await (self._long if is_long else self._short).run(work)

    def once(self, asking: Caller, key: str, request: bytes, work: Callable[[], Reply]) -> Reply:
        """Return what ``work`` gives, or gave when the same request came with that key."""
        return once.once(self._store, asking.person, key, request, work)

    def _acting(self, person: Person) -> Store:
        """Return the store as a person may use it, the same one while they may the same.

        What was worked out for them, such as the list, is kept by that object.
        """
        with self._turn:
            found = self._stores.pop(person, None) or self._store.acting(person)
            self._stores[person] = found
            while len(self._stores) > MOST_KNOWN:
                self._stores.popitem(last=False)
        return found


class _Turns:
    """Some threads, and who waits for one."""

    def __init__(self, name: str, most: int) -> None:
        self._threads = ThreadPoolExecutor(most, thread_name_prefix=name)
        self._most, self._inside = most + MOST_WAITING, 0

    async def run(self, work: Callable[[], Result]) -> Result:
        if self._inside >= self._most:
            raise Refusal(503, "Too many are waiting. Try again.", **{"Retry-After": "2"})
        self._inside += 1
        try:
            loop, context = asyncio.get_running_loop(), copy_context()
            return await loop.run_in_executor(self._threads, context.run, work)
        finally:
            self._inside -= 1


def _secret(authorization: str) -> str:
    kind, _space, secret = authorization.partition(" ")
    secret = secret.strip()
    if kind.lower() != "bearer" or not secret.startswith(BEGINS):
        raise _no_token("Send a token as Authorization: Bearer prt_…")
    return secret


def _refuse_role(person: Person, operation: Operation) -> None:
    """Refuse what the role allows nowhere; where it may, the store says of each assessment."""
    action = operation.action
    if action and ABOUT_ONE not in operation.path and not person.may_somewhere(action):
        raise NotAllowed(refusing.refusal(person, action))


def _no_token(detail: str, how: str = "Bearer") -> Refusal:
    return Refusal(401, detail, **{"WWW-Authenticate": how})
