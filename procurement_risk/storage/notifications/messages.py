"""The queue of messages: put in once, claimed by one process, tried again, never sent twice.

waiting ── claim ──> sending ── sent
   ^                    ├────── failed     tried for the last time, or it cannot arrive
   └─ try again ────────┤
                        └────── unclear    the process died, or no answer came: it may have
                                           arrived, so nobody but a person sends it again

A message holds numbers and ids; whom it reaches is looked up when it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.canonical import Document
from procurement_risk.errors import NotFound
from procurement_risk.language import _
from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.notifications import moment, noticed, put_new
from procurement_risk.storage.people import accounts
from procurement_risk.storage.rows import Row

State = Literal["waiting", "sending", "sent", "failed", "unclear"]

PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60))
"""How long to wait after each try that failed; after as many tries and one, it is given up."""
LOST_AFTER = timedelta(minutes=10)
"""After so long without a word a message that is being sent is taken to be lost."""
KEPT_FOR, STUCK_FOR = timedelta(days=30), timedelta(days=90)
"""How long what was sent, and what failed or is unclear, is kept."""
AT_ONCE, MOST = 200, 100
"""How many of one queue are tried in one go; how many are shown."""
TEST = "test"
"""The kind of a message that somebody has sent to themselves, to see that mail arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the queue.

    Attributes:
        id: Its id, which goes along with the call of a webhook.
        person_id: For whom; empty where it is for a webhook.
        webhook_id: For which; empty where it is a mail.
        kind: What it is: ``digest``, ``at_once``, ``test``, or the kind of thing of a webhook.
        body: What it says, in numbers and ids.
        attempts: How often it was tried.
        due_at: When it is tried next.
        tried_at: When it was tried last, or empty.
        why: Why that failed, as a word of ours.
    """

    id: str
    person_id: str
    webhook_id: str
    kind: str
    body: Document
    state: State
    attempts: int
    at: str
    due_at: str
    tried_at: str
    why: str


def put(
    connection: sa.Connection,
    key: str,
    kind: str,
    body: Document,
    now: datetime,
    *,
    person_id: str = "",
    webhook_id: str = "",
) -> bool:
    """Put a message into the queue, and return whether nobody had put one there under ``key``."""
    row = {
        "id": uuid4().hex,
        "key": key,
        "person_id": person_id,
        "webhook_id": webhook_id,
        "kind": kind,
        "body": json.dumps(body),
        "state": "waiting",
        "attempts": 0,
        "at": moment(now),
        "due_at": moment(now),
        "tried_at": "",
        "why": "",
    }
    return put_new(connection, tables.message, row)


def put_told(
    database: Database,
    recipient: str,
    told: Collection[str],
    now: datetime,
    **message: Any,  # noqa: ANN401
) -> bool:
    """Put a message about things into the queue, unless one of them was told of already.

    Args:
        database: Which.
        recipient: To whom.
        told: The keys of what it tells of.
        now: When.
        **message: The message, as ``put`` takes it.
    """
    try:
        with database.writing() as connection:
            if noticed.mark(connection, recipient, told, moment(now)) != len(told):
                raise _ToldAlready
            if not put(connection, now=now, **message):
                raise _ToldAlready
    except _ToldAlready:
        return False
    return True


class _ToldAlready(Exception):
    """Ends a transaction of which nothing is to stay."""


def send_test_message(database: Database, person_id: str, actor: str) -> None:
    """Put a test into the queue for a person. Raises NotFound where nobody is that."""
    pen = checked.pen("", actor, "")
    with database.writing() as connection:
        accounts.row_of(connection, person_id)
        key, now = f"test:{person_id}:{pen.at[:16]}", datetime.now(UTC)  # one a minute
        put(connection, key, TEST, {}, now, person_id=person_id)


def due(database: Database, now: datetime) -> list[tuple[str, str]]:
    """Return the ids of messages to be tried now, each with that of its webhook, or empty.

    Mail is one queue and each webhook one: of each come the first, however long others are.
    """
    table = tables.message
    is_due = sa.and_(table.c.state == "waiting", table.c.due_at <= moment(now))
    queues = sa.select(table.c.webhook_id).where(is_due).distinct().order_by(table.c.webhook_id)
    wanted = sa.select(table.c.id).where(is_due).order_by(table.c.due_at, table.c.id)
    with database.reading() as connection:
        return [
            (message_id, queue)
            for queue in list(connection.execute(queues).scalars())
            for message_id in connection.execute(
                wanted.where(table.c.webhook_id == queue).limit(AT_ONCE)
            ).scalars()
        ]


def claim(database: Database, message_id: str, now: datetime) -> Message | None:
    """Return a message that is to be tried, given to nobody else; None where somebody has it."""
    table = tables.message
    this = sa.and_(table.c.id == message_id, table.c.state == "waiting")
    values = {"state": "sending", "tried_at": moment(now), "attempts": table.c.attempts + 1}
    with database.writing() as connection:
        if not connection.execute(table.update().where(this).values(values)).rowcount:
            return None
        query = sa.select(table).where(table.c.id == message_id)
        return _message(connection.execute(query).one())


def finish(
    database: Database, message: Message, state: State, now: datetime, why: str = ""
) -> None:
    """Write what became of a message that was claimed."""
    values = {"state": state, "why": why, "tried_at": moment(now)}
    _update(database, message, values)


def try_again(database: Database, message: Message, now: datetime, why: str) -> bool:
    """Let a message be tried again after a pause that grows; return whether it is.

    After the last try it has failed.
    """
    if message.attempts > len(PAUSES):
        finish(database, message, "failed", now, why)
        return False
    due = moment(now + PAUSES[message.attempts - 1])
    _update(database, message, {"state": "waiting", "why": why, "due_at": due})
    return True


def drop(database: Database, message: Message) -> None:
    """Take a message out of the queue that there is nobody for any more."""
    table = tables.message
    with database.writing() as connection:
        connection.execute(table.delete().where(table.c.id == message.id))


def tidy(database: Database, now: datetime) -> None:
    """Say of what got lost while it was sent that this is unclear, and forget what is old."""
    table = tables.message
    lost = sa.and_(table.c.state == "sending", table.c.tried_at < moment(now - LOST_AFTER))
    stuck = table.c.state.in_(["failed", "unclear"])
    old = sa.or_(
        sa.and_(table.c.state == "sent", table.c.at < moment(now - KEPT_FOR)),
        sa.and_(
            stuck, *(each < moment(now - STUCK_FOR) for each in (table.c.at, table.c.tried_at))
        ),
    )
    with database.reading() as connection:
        if (
            connection.execute(sa.select(table.c.id).where(sa.or_(lost, old)).limit(1)).first()
            is None
        ):
            return
    with database.writing() as connection:
        connection.execute(table.update().where(lost).values(state="unclear", why="process_ended"))
        connection.execute(table.delete().where(old))


def stuck_messages(database: Database) -> list[Message]:
    """Return the messages that somebody has to look at, the latest first."""
    return _found(database, tables.message.c.state.in_(["failed", "unclear"]))


def messages_of(database: Database, webhook_id: str) -> list[Message]:
    """Return the last messages to a webhook, the latest first."""
    return _found(database, tables.message.c.webhook_id == webhook_id)


def _found(database: Database, which: sa.ColumnElement[bool]) -> list[Message]:
    table = tables.message
    query = sa.select(table).where(which).order_by(table.c.at.desc(), table.c.id).limit(MOST)
    with database.reading() as connection:
        return [_message(row) for row in connection.execute(query)]


def message_counts(database: Database) -> dict[State, int]:
    """Return how many messages are in each state."""
    table = tables.message
    query = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
    with database.reading() as connection:
        return {state: count for state, count in connection.execute(query)}


def send_message_again(database: Database, message_id: str, actor: str) -> None:
    """Let a message that failed, or of which it is unclear, be tried once more from the beginning.

    Raises:
        NotFound: If there is none of that id in such a state.
    """
    checked.pen("", actor, "")
    _of_stuck(database, message_id, {"state": "waiting", "attempts": 0, "due_at": "", "why": ""})


def give_message_up(database: Database, message_id: str, actor: str) -> None:
    """Take a message that failed, or of which it is unclear, off the list. Raises NotFound."""
    checked.pen("", actor, "")
    _of_stuck(database, message_id, None)


def _of_stuck(database: Database, message_id: str, values: Document | None) -> None:
    table = tables.message
    this = sa.and_(table.c.id == message_id, table.c.state.in_(["failed", "unclear"]))
    change = table.delete().where(this) if values is None else table.update().where(this)
    with database.writing() as connection:
        changed = connection.execute(change if values is None else change.values(values))  # type: ignore[union-attr]
        if not changed.rowcount:
            raise NotFound(_("This message is no longer there. Look at the list once more."))


def _update(database: Database, message: Message, values: Document) -> None:
    table = tables.message
    this = sa.and_(table.c.id == message.id, table.c.state == "sending")
    with database.writing() as connection:
        connection.execute(table.update().where(this).values(values))


def _message(row: Row) -> Message:
    values = {name: getattr(row, name) for name in Message.__slots__ if name != "body"}
    return Message(**values, body=json.loads(row.body))
