"""Who comes in: a token that works, not too often, and never more at once than there is room."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from procurement_risk.errors import NotAllowed
from procurement_risk.server.api import once
from procurement_risk.server.api.operation import Caller, Reply
from procurement_risk.server.api.problems import Refusal
from procurement_risk.server.rates import Rate
from procurement_risk.storage import Store
from procurement_risk.storage.people.person import Person
from procurement_risk.storage.people.tokens import BEGINS, person_of_token

AT_ONCE, LONG_AT_ONCE, MOST_WAITING = 6, 1, 200
A_MINUTE = 60
SHARE = 15_000
"""What one token may take in a minute; what each operation takes is its ``cost``."""
MOST_KNOWN = 50

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

    async def enter(self, authorization: str) -> tuple[Person, Store]:
        """Return who the token stands for, and the store as they may use it.

        Raises:
            Refusal: If there is no token, or it does not work; which, is not said.
        """
        kind, _space, secret = authorization.partition(" ")
        secret = secret.strip()
        if kind.lower() != "bearer" or not secret.startswith(BEGINS):
            raise _no_token("Send a token as Authorization: Bearer prt_…")
        try:
            person = await self.run(lambda: person_of_token(self._store, secret))
        except NotAllowed as error:
            raise _no_token(str(error), 'Bearer error="invalid_token"') from error
        return person, self._acting(person)

    def charge(self, authorization: str, cost: int) -> None:
        """Take ``cost`` of the share of a token. Raises Refusal where so much is not left."""
        who = hashlib.sha256(authorization.encode("utf-8", "replace")).hexdigest()
        if wait := self._rate.wait(who, cost):
            raise Refusal(
                429,
                f"This token has asked for too much. Wait {wait} seconds and try again.",
                **{"Retry-After": str(wait)},
            )

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


def _no_token(detail: str, how: str = "Bearer") -> Refusal:
    return Refusal(401, detail, **{"WWW-Authenticate": how})
