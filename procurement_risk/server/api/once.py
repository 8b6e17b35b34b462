"""A request that may come a second time is carried out once: its key is remembered for a day."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from procurement_risk.server.api.operation import Reply
from procurement_risk.server.api.problems import Refusal
from procurement_risk.storage import Store
from procurement_risk.storage.people import kept_answers
from procurement_risk.storage.people.kept_answers import KeptAnswer
from procurement_risk.storage.people.person import Person

KEY = "idempotency-key"
_FIT = re.compile(r"[!-~]{8,100}")


def once(
    store: Store, person: Person, key: str, request: bytes, work: Callable[[], Reply]
) -> Reply:
    """Return what ``work`` gives, or gave when this request came before.

    Raises:
        Refusal: If the key is none, or the first such request is not done yet.
        UsageError: If another request came with that key.
    """
    if not _FIT.fullmatch(key):
        raise Refusal(422, "Idempotency-Key: write 8 to 100 letters, digits or signs, no spaces.")
    name = kept_answers.name_of(person, key)
    before = kept_answers.take(store, name, request)
    if before is not None and not before.status:
        words = "This request is being carried out, or broke off. Ask again in a while."
        raise Refusal(409, words, **{"Retry-After": "10"})
    if before is not None:
        told = json.loads(before.answer)
        return Reply(told["body"], before.status, headers=told["headers"])
    try:
        reply = work()
    except Exception:
        kept_answers.give_back(store, name)
        raise
    body = reply.body if reply.kept is None else reply.kept
    told = {"body": body, "headers": dict(reply.headers)}
    kept_answers.keep(store, name, KeptAnswer(reply.status, json.dumps(told)))
    return reply
