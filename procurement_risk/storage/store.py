"""The store: every assessment, part by part, and how each part came to be what it is.

    create, save, move, archive, restore,
    import_record                                     each one transaction, with its history
    load, load_many, parts, peek, summaries,
    upstreams, stamp, frameworks, changes             each the database at one moment
    outcomes                                          what is made of each, kept until it changes
    history, verify_history, head                     who changed what, and whether that holds
    keep_return, returns, kept_file                   what suppliers sent back, file by file
    hold, lift_hold, delete, tombstones, clean        what may go, what may not, what went
    places, erase, redact                             where a name or a passage stands; out with it

A save names the revision it was based on. If somebody saved in between, it is refused with both
values, so that nobody's answer is lost.
"""

from __future__ import annotations

import json
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import sqlalchemy as sa

from procurement_risk.assessment import Assessment, Supplier, Upstream, retention
from procurement_risk.assessment.parts import ANSWER, MITIGATION, part_title
from procurement_risk.assessment.record import Record
from procurement_risk.assessment.retention import Rule
from procurement_risk.canonical import JSON, write_json
from procurement_risk.errors import Problem, StaleFramework, StaleSave, StorageError, UsageError
from procurement_risk.framework import Framework
from procurement_risk.framework.origin import Origin
from procurement_risk.framework.versions.whose import Whose, whose
from procurement_risk.language import _
from procurement_risk.storage import (
    backup,
    checked,
    cleaning,
    fitting,
    history,
    imports,
    keeping,
    kept_outcomes,
    kept_up,
    moving_in,
    opening,
    places,
    reading,
    releases,
    restoring,
    returns,
    rows,
    search,
    striking,
    supplier_decisions,
    supplier_links,
    tables,
    upgrading,
    verifying,
)
from procurement_risk.storage import connection as connections
from procurement_risk.storage.backup import Backup
from procurement_risk.storage.database_file import DatabaseFile
from procurement_risk.storage.history import HEADER, HistoryEntry, Pen, canonical_text
from procurement_risk.storage.imports import Imported
from procurement_risk.storage.keeping import Tombstone
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.kept_outcomes import Outcomes
from procurement_risk.storage.known_suppliers import KnownSupplier, known_suppliers
from procurement_risk.storage.mentions import Mention
from procurement_risk.storage.moving_in import Taken, Whole, Would
from procurement_risk.storage.places import Place
from procurement_risk.storage.reading import PartState, Stored, Summary
from procurement_risk.storage.releases import Release
from procurement_risk.storage.returns import KeptReturn
from procurement_risk.storage.striking import Erased
from procurement_risk.storage.supplier_decisions import Decision

MADE_AT_ONCE = 500
"""How many outcomes to make and keep in one go: what was made is kept if the rest fails."""


def open_store(url: str = connections.DEFAULT_URL) -> Store:
    """Return the store at ``url``, made or brought up to date where need be.

    Args:
        url: ``sqlite:///folder/file.sqlite3``, a relative path counting from the repository's
            root, or ``postgresql://user:password@host/name``.

    Raises:
        StorageError: If the database cannot be used; the message says what to do.
    """
    engine = connections.make_engine(url)
    place, path = connections.place_of(engine), connections.file_of(engine)
    notices: list[str] = []
    try:
        with connections.plain_errors(place):
            if path is not None:
                notices += opening.prepare(path)
            notices += upgrading.ready(engine)
            kept_up.catch_up(engine)
            if path is not None:
                notices += opening.mend_rights(path)
            file = None if path is None else DatabaseFile(path)
        store = Store(engine, place, file, tuple(notices))
        store.check_writable()
    except BaseException:
        engine.dispose()
        raise
    return store


def open_memory_store() -> Store:
    """Return an empty store that keeps nothing: for trying a framework out."""
    return Store(connections.memory_engine(), "in memory")


class Store:
    """Assessments in one database. Safe to share between threads; ``close`` it when done.

    Attributes:
        place: Where it is, fit to be shown.
        notices: What whoever opened it should hear.
    """

    def __init__(
        self,
        engine: sa.Engine,
        place: str,
        file: DatabaseFile | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.place, self.notices = place, notices
        self._engine = engine
        self._file = file
        # A program that just ends leaves the file whole as well.
        self._let_go = weakref.finalize(self, file.close) if file else None
        self._reader = connections.reader_of(engine)
        # SQLite lets waiting writers in by chance; a queue in front of it keeps them in turn.
        self._turn = threading.Lock()
        self._frameworks = KeptFrameworks()

    def close(self) -> None:
        """Make an SQLite file whole, and give back every connection."""
        if self._let_go is not None:
            self._let_go()
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with connections.plain_errors(self.place), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with connections.plain_errors(self.place), self._in_turn() as patience:
            writer = connections.patient(self._engine, patience)
            with self._changing(patience), writer.begin() as connection:
                yield connection

    @contextmanager
    def _changing(self, patience: float = connections.BUSY_SECONDS) -> Iterator[None]:
        """Change the SQLite file, which says so for as long as it is not whole."""
        if self._file is None:
            yield
            return
        self._file.begin(patience)
        try:
            yield
        finally:
            self._file.ended()

    @contextmanager
    def _in_turn(self) -> Iterator[float]:
        """Wait for the turn to write, and give how many seconds are left to wait for others."""
        until = time.monotonic() + connections.BUSY_SECONDS
        if self._engine.dialect.name != "sqlite":
            yield connections.BUSY_SECONDS
            return
        if not self._turn.acquire(timeout=connections.BUSY_SECONDS):
            raise connections.in_use(self.place)
        try:
            yield max(until - time.monotonic(), 0.0)
        finally:
            self._turn.release()

    def check_writable(self) -> None:
        """Take the right to write and give it back. Raises StorageError where there is none."""
        with connections.plain_errors(self.place), self._engine.begin():
            pass

    # --- All of it ---

    def back_up(self, path: Path) -> Backup:
        """Write all there is, as it is at one moment, to a new file, and check that file.

        Raises:
            UsageError: If there is a file of that name, or it cannot be written.
            StorageError: If what was written is not what was read.
        """
        return backup.write(self._engine, path)

    def fill_from(self, path: Path, *, incomplete: bool = False) -> dict[str, int]:
        """Take over all that a backup holds, all of it or nothing; return rows by table.

        Args:
            path: The backup, or a database file. Every history in it is verified first.
            incomplete: Whether to take over a file that lacks its log, or fails that.

        Raises:
            UsageError: If there is something here already, or no such file.
            StorageError: If the file is damaged, lacks its log or was altered; nothing was taken.
        """
        with backup.unpacked(path, incomplete=incomplete) as copy:
            source = open_store(f"sqlite:///{copy}")
            try:
                with source._reading() as there, self._writing() as here:
                    counts = restoring.fill(there, here, lenient=incomplete)
                    kept_up.catch_up_in(here)
                return counts
            finally:
                source.close()

    def wholes(self) -> Iterator[Whole]:
        """Yield everything about every assessment, for another store to take over."""
        with self._reading() as connection:
            for name in rows.assessments(connection, None):
                yield moving_in.whole_of(connection, name)

    def take_over(self, whole: Whole, place: str, actor: str) -> Taken:
        """Take over an assessment of another store as it is, with a line that it was moved.

        Args:
            whole: All of it.
            place: Where it comes from, as people call it.
            actor: Who moves it.

        Returns:
            ``moved``; or ``here`` where it is here already, with the same history.

        Raises:
            UsageError: If something else stands here under its id.
            InvalidDocument: If its history does not hold. Nothing of it was written.
        """
        pen = checked.pen(whole.id, actor, f"Moved here from {place}")
        with self._writing() as connection:
            return moving_in.take(connection, whole, pen)

    def would_take_over(self, whole: Whole) -> Would:
        """Return what ``take_over`` would do; ``other`` where it would refuse. Writes nothing."""
        with self._reading() as connection:
            return moving_in.would_take(connection, whole)

    # --- Writing ---

    def create(
        self, assessment: Assessment, framework: Framework, actor: str, reason: str = ""
    ) -> None:
        """Add ``assessment``, answered against ``framework``, with a line of history a part.

        Where it does not say when and by whom it was created, that is now and ``actor``.

        Raises:
            InvalidDocument: If something in it cannot be stored; it lists every problem.
            UsageError: If the id is taken, ``actor`` is empty, or the framework is foreign.
        """
        pen = checked.pen(assessment.id, actor, reason)
        fitting.refuse_misfits(framework, assessment)
        origin = assessment.created_at or pen.at, assessment.created_by or pen.by
        with self._writing() as connection:
            digest = self._frameworks.adopt(connection, framework, pen.at)
            self._insert(connection, assessment, digest, origin, pen)

    def _insert(
        self,
        connection: sa.Connection,
        assessment: Assessment,
        framework_digest: str,
        origin: tuple[str, str],
        pen: Pen,
    ) -> None:
        parts = checked.checked_parts(assessment)
        header = {
            "framework_digest": framework_digest,
            "fictional": assessment.fictional,
            "created_at": origin[0],
            "created_by": origin[1],
            "archived": False,
        }
        pen.write(HEADER, None, canonical_text(header))
        for name, value in parts.items():
            pen.write(name, None, value)
        own = {"id": assessment.id, "purchase_id": assessment.purchase.id}
        changed = {"changed_at": pen.at, "revision": pen.seq}
        try:
            connection.execute(tables.assessment.insert(), {**header, **own, **changed})
        except sa.exc.IntegrityError as error:
            message = _("There is an assessment {id} already. Give the new one another id.")
            raise UsageError(message.format(id=repr(assessment.id))) from error
        values = [rows.part_values(pen, name, value, 1) for name, value in parts.items()]
        connection.execute(tables.part.insert(), values)
        kept_up.written(connection, assessment.id, parts, pen.by)
        pen.put_down(connection)

    def save(
        self,
        assessment_id: str,
        part: str,
        value: JSON,
        expected_revision: int,
        actor: str,
        reason: str = "",
        framework: Framework | None = None,
    ) -> int:
        """Write ``value``, JSON as ``records`` makes it, and return the part's new revision.

        A value equal to the stored one changes nothing and returns the revision that stands.

        Args:
            assessment_id: Whose part it is.
            part: Such as ``purchase``, ``state`` or ``answer:DP-02``.
            value: The new value; None empties the part.
            expected_revision: The revision the change was based on; 0 for a part never written.
            actor: Who makes the change, as they named themselves.
            reason: Why, where there is something to say.
            framework: The version that an answer was given to, where it matters.

        Raises:
            StaleFramework: If the assessment stands on another version by now.
            StaleSave: If another revision stands by now. Nothing was written.
            NotFound: If there is no such assessment.
            InvalidDocument: If ``value`` cannot be that part; it lists every problem.
            UsageError: If the assessment is archived, or ``actor`` is empty.
        """
        pen = checked.pen(assessment_id, actor, reason)
        value = checked.checked_part(part, value)
        text = None if value is None else canonical_text(value)
        with self._writing() as connection:
            row = rows.take(connection, assessment_id)
            self._refuse_other_version(row, framework, part_title(part))
            stands = rows.take_up(connection, pen, row.revision, part)
            revision = int(stands.revision or 0)
            if text == stands.value:
                return revision
            checked.refuse_archived(row)
            if revision != expected_revision:
                theirs = _json(stands.value)
                raise StaleSave(part_title(part), value, theirs, revision, stands.by or "")
            if part.startswith(MITIGATION) and value is not None:
                answer = rows.part_value(connection, assessment_id, _answer_of(part))
                asked = self._frameworks.of(connection, row.framework_digest)
                fitting.refuse_misfit(asked, part, value, _json(answer))
            rows.write_part(connection, pen, part, (stands.value, revision), text)
            purchase_id = {"purchase_id": value["id"]} if part == "purchase" else {}
            rows.finish(connection, pen, purchase_id)
        return revision + 1

    def _refuse_other_version(self, row: rows.Row, wanted: Framework | None, what: str) -> None:
        if wanted is not None and self._frameworks.digest(wanted) != row.framework_digest:
            raise StaleFramework(what)

    def move(
        self,
        assessment: Assessment,
        framework: Framework,
        expected_revision: int,
        actor: str,
        reason: str = "",
    ) -> None:
        """Put ``assessment`` on another version of its framework, all of it or nothing.

        Each part that differs from what stands is written, with a line of history of its own; so
        what is dropped stays in the history.

        Args:
            assessment: As it is to be, answers that fit the new version included.
            framework: The version it is moved to.
            expected_revision: The assessment's revision that this was worked out from.
            actor: Who moves it.
            reason: Why.

        Raises:
            UsageError: If it has changed since, is archived, ``actor`` is empty, or the framework
                is foreign.
            NotFound: If there is no such assessment.
            InvalidDocument: If something in it cannot be stored; it lists every problem.
        """
        pen = checked.pen(assessment.id, actor, reason)
        wanted = checked.checked_parts(assessment)
        fitting.refuse_misfits(framework, assessment)
        with self._writing() as connection:
            row = rows.take(connection, assessment.id)
            checked.refuse_archived(row)
            if row.revision != expected_revision:
                raise UsageError(
                    _(
                        "The assessment was changed while you were looking. Nothing was moved: "
                        "look at what would change once more, then move it."
                    )
                )
            stand = rows.stand(connection, row.id)
            digest = self._frameworks.digest(framework)
            if digest != row.framework_digest:
                self._frameworks.adopt(connection, framework, pen.at)
            changes = rows.differing(stand, wanted)
            if digest == row.framework_digest and not changes:
                return
            rows.take_up(connection, pen, row.revision, HEADER)
            if digest != row.framework_digest:
                rows.write_header(pen, row, {"framework_digest": digest})
            rows.write_parts(connection, pen, stand, changes)
            values = {"purchase_id": assessment.purchase.id, "framework_digest": digest}
            rows.finish(connection, pen, values)

    def archive(self, assessment_id: str, actor: str, reason: str = "") -> None:
        """Set the assessment aside: it stays readable, and saves are refused until restored."""
        self._set_archived(assessment_id, True, checked.pen(assessment_id, actor, reason))

    def restore(self, assessment_id: str, actor: str, reason: str = "") -> None:
        """Bring an archived assessment back."""
        self._set_archived(assessment_id, False, checked.pen(assessment_id, actor, reason))

    def _set_archived(self, assessment_id: str, archived: bool, pen: Pen) -> None:
        with self._writing() as connection:
            row = rows.take(connection, assessment_id)
            if row.archived == archived:
                return
            rows.take_up(connection, pen, row.revision, HEADER)
            rows.write_header(pen, row, {"archived": archived})
            rows.finish(connection, pen, {"archived": archived})

    # --- Holding and deleting ---

    def hold(self, assessment_id: str, actor: str, reason: str) -> None:
        """Put an assessment under a legal hold: nothing of it is deleted or struck out.

        Raises:
            UsageError: If it is held already, or ``actor`` or ``reason`` is empty.
            NotFound: If there is no such assessment.
        """
        pen = checked.pen_with_reason(assessment_id, actor, reason)
        with self._writing() as connection:
            keeping.set_hold(connection, pen, rows.take(connection, assessment_id))

    def lift_hold(self, assessment_id: str, actor: str, reason: str) -> None:
        """Lift a legal hold. Raises UsageError as ``hold`` does, and where there is none."""
        pen = checked.pen_with_reason(assessment_id, actor, reason)
        with self._writing() as connection:
            keeping.lift_hold(connection, pen, rows.take(connection, assessment_id))

    def delete(
        self, assessment_id: str, seen: str, actor: str, reason: str, rule: str = ""
    ) -> bool:
        """Delete an assessment with its history and files; a tombstone is left.

        Args:
            assessment_id: Which.
            seen: What ``keeping.look`` gave for it when somebody looked at it.
            actor: Who deletes it.
            reason: Why.
            rule: The retention rule that it is disposed of by, if it is.

        Returns:
            Whether it is gone from the disk as well; else ``clean`` has to be tried again.

        Raises:
            UsageError: If it is under a legal hold, has changed since it was looked at, or
                ``actor`` or ``reason`` is empty.
            NotFound: If there is no such assessment.
        """
        pen = checked.pen_with_reason(assessment_id, actor, reason)
        stored = self.load(assessment_id)
        digest = keeping.record_digest(stored)
        with self._writing() as connection:
            row = rows.take(connection, assessment_id)
            keeping.refuse_held([row])
            if row.revision != stored.revision or keeping.look(stored) != seen:
                raise UsageError(
                    _(
                        "The assessment {id} was changed since you looked at it. Nothing was "
                        "deleted: look at it once more."
                    ).format(id=repr(assessment_id))
                )
            keeping.bury(connection, pen, row, digest, rule)
            with cleaning.opened_history(connection):
                keeping.remove(connection, assessment_id)
        return self.clean()

    def dispose(
        self,
        assessment_id: str,
        seen: str,
        actor: str,
        reason: str,
        rules: Iterable[Rule],
        day: str,
    ) -> bool:
        """Delete an assessment that is due by the retention ``rules`` on ``day``.

        Raises:
            UsageError: If it is not due, and as ``delete`` does.
            NotFound: If there is no such assessment.
        """
        stored = self.load(assessment_id)
        found = retention.due(stored.assessment, stored.changed_at, rules)
        keeping.refuse_not_due(stored, found, day)
        return self.delete(assessment_id, seen, actor, reason, retention.words(found))

    def tombstones(self) -> list[Tombstone]:
        """Return what is left of every assessment that was deleted, the newest first."""
        with self._reading() as connection:
            return keeping.tombstones(connection)

    # --- What was given out ---

    def add_release(
        self,
        assessment_id: str,
        recipient: str,
        file: tuple[str, bytes],
        withheld: Sequence[str],
        actor: str,
        reason: str,
    ) -> Release:
        """Add a line to the log of what was given out, and return it.

        Args:
            assessment_id: What it is about.
            recipient: To whom it was given.
            file: Its name and its bytes, of which only size and digest are kept.
            withheld: The fields that were withheld from publication.
            actor: Who gave it out.
            reason: On what request or duty.

        Raises:
            NotFound: If there is no such assessment.
            UsageError: If a name or the reason is empty or too long.
        """
        pen = checked.pen_with_reason(assessment_id, actor, reason)
        with self._writing() as connection:
            rows.take(connection, assessment_id)
            return releases.add(connection, pen, recipient, file, withheld)

    def releases(self, assessment_id: str = "") -> list[Release]:
        """Return what was given out, of all or of one assessment, the newest first."""
        with self._reading() as connection:
            return releases.every(connection, assessment_id)

    # --- Finding and striking out ---

    def places(self, mention: Mention, assessment_id: str = "", part: str = "") -> list[Place]:
        """Return every place where a name or a passage stands, in all or in one assessment."""
        with self._reading() as connection:
            return places.find(connection, mention, assessment_id, part)

    def erase(
        self, mention: Mention, seen: str, actor: str, ground: str, instead: str = ""
    ) -> Erased:
        """Strike a person out of every place where ``mention`` finds one.

        Args:
            mention: Finds the person.
            seen: What ``places.seen`` gave for the places that somebody looked at.
            actor: Who strikes it out; somebody else than the person.
            ground: On what ground.
            instead: What stands there from now on; a new pseudonym where it is empty.

        Raises:
            UsageError: If one of the assessments is under a legal hold, there is nothing to
                strike, the places are others by now, or the person stands in ``actor`` or
                ``ground``.
        """
        return self._strike(mention, seen, actor, ground, instead=instead, kind="person")

    def redact(
        self,
        mention: Mention,
        seen: str,
        actor: str,
        ground: str,
        *,
        instead: str,
        assessment_id: str,
        part: str = "",
    ) -> Erased:
        """Strike a passage out of one assessment, or one part of it, and of its history.

        Raises:
            UsageError: As ``erase`` does.
        """
        return self._strike(
            mention,
            seen,
            actor,
            ground,
            instead=instead,
            kind="passage",
            assessment_id=assessment_id,
            part=part,
        )

    def _strike(
        self,
        mention: Mention,
        seen: str,
        actor: str,
        ground: str,
        *,
        instead: str,
        kind: Literal["person", "passage"],
        assessment_id: str = "",
        part: str = "",
    ) -> Erased:
        pen = checked.pen_with_reason(assessment_id, actor, ground)
        striking.refuse_repeating(mention, pen, instead)
        with self._writing() as connection:
            found = places.find(connection, mention, assessment_id, part)
            striking.refuse_unseen(found, seen)
            instead = instead or striking.pseudonym(connection)
            order = striking.Order(mention=mention, kind=kind, instead=instead, part=part)
            striking.strike(connection, found, order, pen)
            left = places.find(connection, mention, assessment_id, part)
        clean, path = self.clean(), connections.file_of(self._engine)
        texts = (written for place in found for written in mention.written_in(place.text))
        beside = cleaning.holding(path.parent, texts, path.name) if path is not None else ()
        return Erased(instead, len(found) - len(left), tuple(left), clean, beside)

    def clean(self) -> bool:
        """Write the database anew without what was deleted, and return whether that was done."""
        try:
            with self._writing() as connection:
                search.purge(connection)
            with self._turn, connections.plain_errors(self.place), self._changing():
                return cleaning.clean(self._engine)
        except StorageError:
            return False
        finally:
            if self._file is not None:
                self._file.settle()

    def import_record(
        self, record: Record, data: bytes, actor: str, *, replace: bool = False
    ) -> Imported:
        """Bring in a record that held its checks, all of it or nothing.

        Args:
            record: What ``read_record`` gave for ``data``.
            data: The bytes of the record.
            actor: Who brings it in.
            replace: Whether to write each differing part over what stands here. What stood
                stays in the history.

        Returns:
            ``created``; ``unchanged`` where the same is here already; or ``replaced``.

        Raises:
            WouldReplace: If something else is here under the same id and ``replace`` is False.
            UsageError: If what is here is archived, or ``data`` is not what ``record`` was read
                from.
        """
        if write_json(record.document) != data:
            raise UsageError(_("The record does not belong to this file. Read the file again."))
        assessment = record.assessment
        pen = checked.pen(assessment.id, actor, f"Imported from record {record.digest}")
        with self._writing() as connection:
            row = rows.locked(connection, assessment.id)
            if row is not None:
                return imports.merge(connection, self._frameworks, record, pen, row, replace)
            origin = assessment.created_at, assessment.created_by
            digest = self._frameworks.add(connection, record.framework, pen.at)
            self._insert(connection, assessment, digest, origin, pen)
        return "created"

    def would_import(self, record: Record) -> Imported:
        """Return what bringing ``record`` in would do, if asked to replace; nothing is written."""
        with self._reading() as connection:
            row = connection.execute(rows.assessment_row(record.assessment.id)).first()
            if row is None:
                return "created"
            found = imports.differences(connection, self._frameworks, record, row)
        return "replaced" if found.any else "unchanged"

    # --- Reading ---

    def load(self, assessment_id: str) -> Stored:
        """Return the assessment as it stands. Raises NotFound where there is none."""
        return self.load_many([assessment_id])[0]

    def load_many(self, ids: Iterable[str] | None = None) -> list[Stored]:
        """Return the assessments ``ids``, in that order, or every one by id, archived ones too.

        Raises:
            NotFound: If one of ``ids`` names no assessment; it names all such.
        """
        wanted = None if ids is None else list(ids)
        with self._reading() as connection:
            found = rows.assessments(connection, wanted)
            parts = rows.parts(connection, wanted)
            digests = {row.framework_digest for row in found.values()}
            frameworks = {digest: self._frameworks.of(connection, digest) for digest in digests}
        return [
            reading.stored(found[each], parts[each], frameworks[found[each].framework_digest])
            for each in (sorted(found) if wanted is None else wanted)
        ]

    def load_with_history(self, assessment_id: str) -> tuple[Stored, list[HistoryEntry]]:
        """Return the assessment and every change to it, both as of one moment.

        Raises:
            NotFound: If there is no such assessment.
        """
        with self._reading() as connection:
            row = rows.assessments(connection, [assessment_id])[assessment_id]
            parts = rows.parts(connection, [assessment_id])[assessment_id]
            framework = self._frameworks.of(connection, row.framework_digest)
            lines = rows.lines(connection, assessment_id)
        stored = reading.stored(row, parts, framework)
        return stored, [history.entry(line) for line in lines]

    def peek(self, assessment_id: str) -> int:
        """Return the assessment's revision, cheaply, to see whether anything has changed."""
        with self._reading() as connection:
            return rows.revision(connection, assessment_id)

    def parts(self, assessment_id: str) -> dict[str, PartState]:
        """Return each part ever written, as JSON, with its revision, who wrote it and when."""
        with self._reading() as connection:
            rows.revision(connection, assessment_id)
            found = rows.parts(connection, [assessment_id])[assessment_id]
        return {
            name: PartState(_json(row.value), row.revision, row.by, row.at)
            for name, row in found.items()
        }

    def summaries(self) -> list[Summary]:
        """Return a line for every assessment, archived ones too, the one changed last first."""
        with self._reading() as connection:
            return reading.summaries(connection, partial(self._frameworks.of, connection))

    def upstreams(self) -> dict[str, tuple[Upstream, ...]]:
        """Return what lies upstream of every assessment that names any, by the assessment's id."""
        with self._reading() as connection:
            return reading.upstreams(connection)

    def stamp(self) -> tuple[int, int]:
        """Return, cheaply, what changes with every change to any assessment."""
        with self._reading() as connection:
            return rows.stamp(connection)

    def of_supplier(self, supplier: Supplier) -> list[str]:
        """Return the ids of assessments of the same supplier, archived ones left out.

        Who is the same is told by ``assessment.same_supplier``, and by what a person decided.
        """
        with self._reading() as connection:
            return rows.of_suppliers(connection, supplier_links.meant(connection, supplier))

    def beside(self, assessment: Assessment) -> list[str]:
        """Return the ids of other assessments of the same supplier, archived ones left out."""
        with self._reading() as connection:
            of = supplier_links.of(connection, assessment.id)
            same = {of} if of else supplier_links.meant(connection, assessment.supplier)
            return [each for each in rows.of_suppliers(connection, same) if each != assessment.id]

    def of_one_supplier(self, one: str, other: str) -> bool:
        """Whether two assessments, by their ids, are of the same supplier."""
        with self._reading() as connection:
            return supplier_links.of(connection, one) == supplier_links.of(connection, other)

    def meant_suppliers(self, supplier: Supplier) -> set[str]:
        """Return the ids of the suppliers on file that what is typed would be, if any."""
        with self._reading() as connection:
            return supplier_links.meant(connection, supplier)

    def suppliers(self) -> list[KnownSupplier]:
        """Return every supplier of which an assessment is not archived, by name."""
        with self._reading() as connection:
            return known_suppliers(connection)

    def supplier_links(self) -> dict[str, str]:
        """Return the id of the supplier of every assessment, archived ones too."""
        with self._reading() as connection:
            return supplier_links.links(connection)

    def join_suppliers(
        self, supplier_id: str, other_id: str, actor: str, reason: str = ""
    ) -> None:
        """Make two suppliers one, the first; nothing that was typed changes.

        Raises:
            NotFound: If one of them is no longer here.
            UsageError: If both are one already, or ``actor`` is empty.
        """
        pen = checked.pen(supplier_id, actor, reason)
        with self._writing() as connection:
            supplier_decisions.join(connection, supplier_id, other_id, pen)

    def part_supplier(
        self, supplier_id: str, assessments: Iterable[str], actor: str, reason: str = ""
    ) -> str:
        """Make some assessments of a supplier those of another one, and return its id.

        Raises:
            NotFound: If the supplier is no longer here.
            UsageError: If one is not of it, none would be left or taken, or ``actor`` is empty.
        """
        pen = checked.pen(supplier_id, actor, reason)
        with self._writing() as connection:
            return supplier_decisions.part(connection, supplier_id, list(assessments), pen)

    def supplier_decisions(self, supplier_id: str = "") -> list[Decision]:
        """Return who joined and parted suppliers, when and why, the newest first."""
        with self._reading() as connection:
            return supplier_decisions.decisions(connection, supplier_id)

    def find(self, text: str) -> list[search.Found]:
        """Return every assessment in which each word of ``text`` begins a word.

        Archived ones too, and marked so; the one changed last stands first.
        """
        with self._reading() as connection:
            return search.find(connection, text)

    def find_ids(self, text: str) -> set[str]:
        """Return the ids of what ``find`` finds, which is quicker."""
        with self._reading() as connection:
            return search.find_ids(connection, text)

    def rebuild_search(self) -> None:
        """Make the index of words anew: nothing that was taken out is left in it."""
        with self._writing() as connection:
            search.rebuild(connection)

    def history(self, assessment_id: str) -> list[HistoryEntry]:
        """Return every change to the assessment, the first one first."""
        with self._reading() as connection:
            rows.revision(connection, assessment_id)
            lines = rows.lines(connection, assessment_id)
        return [history.entry(line) for line in lines]

    def verify_history(self, assessment_id: str) -> list[Problem]:
        """Return every sign that the history, or what stands now, was altered from outside.

        It cannot show that all of it was written anew: for that, compare an earlier ``head``
        that was kept elsewhere with the same line of the history.
        """
        with self._reading() as connection:
            return verifying.faults_of(connection, assessment_id)

    def head(self, assessment_id: str) -> tuple[int, str]:
        """Return the number and hash of the last line of history, to be kept elsewhere."""
        table = tables.history
        with self._reading() as connection:
            rows.revision(connection, assessment_id)
            row = connection.execute(
                sa.select(table.c.seq, table.c.hash)
                .where(table.c.assessment_id == assessment_id)
                .order_by(table.c.seq.desc())
                .limit(1)
            ).first()
        return (row.seq, row.hash) if row else (0, history.START)

    # --- Outcomes ---

    def changes(self) -> int:
        """Return how many changes were ever made here, cheaply, to see whether there are more."""
        with self._reading() as connection:
            return rows.changes(connection)

    def outcomes(
        self,
        make: Callable[[Stored], JSON],
        made_by: str,
        known: Mapping[str, int] = MappingProxyType({}),
    ) -> Outcomes:
        """Return what ``make`` gives for every assessment that is not archived.

        What was made of an assessment before is kept, and made anew only where the assessment has
        changed since or something else made it. Saving an answer makes nothing.

        Args:
            make: Gives the outcome as JSON. It is called outside any transaction.
            made_by: Names ``make`` and its version; another name makes every outcome anew.
            known: Revisions whose outcomes need not be returned, by assessment.
        """
        self.make_outcomes(make, made_by)
        return self.read_outcomes(made_by, known)

    def make_outcomes(self, make: Callable[[Stored], JSON], made_by: str) -> None:
        """Make and keep every outcome that is missing or older than its assessment."""
        with self._reading() as connection:
            changed = kept_outcomes.outdated(connection, made_by)
        for start in range(0, len(changed), MADE_AT_ONCE):
            made = [
                {
                    "assessment_id": stored.assessment.id,
                    "revision": stored.revision,
                    "made_by": made_by,
                    "framework_digest": self._frameworks.digest(stored.framework),
                    "document": canonical_text(make(stored)),
                }
                for stored in self.load_many(changed[start : start + MADE_AT_ONCE])
            ]
            with self._writing() as connection:
                kept_outcomes.keep(connection, made)

    def read_outcomes(
        self, made_by: str, known: Mapping[str, int] = MappingProxyType({})
    ) -> Outcomes:
        """Return the outcomes that are kept; those of ``known`` revisions are left out."""
        with self._reading() as connection:
            return kept_outcomes.read(connection, self._frameworks, made_by, known)

    # --- What suppliers sent back ---

    def keep_return(
        self,
        assessment_id: str,
        name: str,
        content: bytes,
        actor: str,
        framework: Framework | None = None,
    ) -> str:
        """Keep a file that the supplier of an assessment sent back, and return its SHA-256.

        A file that is kept already is kept once.

        Args:
            assessment_id: The assessment that it is taken into.
            name: What the file is called.
            content: Its bytes.
            actor: Who takes it in.
            framework: The version that it answers, where it matters.

        Raises:
            StaleFramework: If the assessment stands on another version by now.
            NotFound: If there is no such assessment.
            UsageError: If the assessment is archived, or ``actor`` is empty.
        """
        pen = checked.pen(assessment_id, actor, "")
        with self._writing() as connection:
            row = rows.take(connection, assessment_id)
            self._refuse_other_version(row, framework, name)
            checked.refuse_archived(row)
            return returns.keep(connection, pen, row, name, content)

    def returns(self, framework: Framework, supplier: Supplier) -> list[KeptReturn]:
        """Return what the same supplier sent back to this framework, the newest first."""
        with self._reading() as connection:
            return returns.found(connection, self._frameworks.digest(framework), supplier)

    def returns_into(self, assessment_id: str) -> list[KeptReturn]:
        """Return what suppliers sent back that was taken into an assessment, the oldest first."""
        with self._reading() as connection:
            return returns.taken_into(connection, assessment_id)

    def kept_file(self, digest: str) -> bytes:
        """Return the kept file of that SHA-256, just as it came.

        Raises:
            NotFound: If there is none.
            StorageError: If it was altered after it was kept.
        """
        with self._reading() as connection:
            return returns.content(connection, digest)

    # --- Frameworks ---

    def frameworks(self, framework_id: str = "") -> list[Framework]:
        """Return every version of a framework, or of all, that was ever answered against here.

        The oldest comes first; two may have the same version and differ in content.
        """
        with self._reading() as connection:
            digests = rows.framework_digests(connection, framework_id)
            return [self._frameworks.of(connection, digest) for digest in digests]

    def known_frameworks(self, framework_id: str = "") -> list[Framework]:
        """Return those of ``frameworks`` that are shipped or adopted here: no foreign ones."""
        with self._reading() as connection:
            foreign = self._frameworks.foreign(connection)
            digests = rows.framework_digests(connection, framework_id)
            return [self._frameworks.of(connection, d) for d in digests if d not in foreign]

    def foreign_frameworks(self) -> list[Framework]:
        """Return the foreign ones: they came in with records and nobody here knows them."""
        with self._reading() as connection:
            foreign = self._frameworks.foreign(connection)
            digests = rows.framework_digests(connection, "")
            return [self._frameworks.of(connection, d) for d in digests if d in foreign]

    def foreign(self) -> frozenset[str]:
        """Return the digests of the foreign ones, cheaply."""
        with self._reading() as connection:
            return self._frameworks.foreign(connection)

    def origin(self, framework: Framework) -> Origin:
        """Return whether a framework is shipped, adopted here or foreign."""
        with self._reading() as connection:
            return self._frameworks.origin(connection, framework)

    def whose(self, framework: Framework) -> Whose:
        """Return whose a framework is, and how a foreign one differs from that of its name."""
        found = self.origin(framework)
        return whose(framework, found, self.known_frameworks() if found.is_foreign else ())

    def forget_framework(self, framework: Framework) -> None:
        """Keep a foreign framework no longer.

        Raises:
            UsageError: If it is not foreign, or an assessment rests on it or once did.
        """
        with self._writing() as connection:
            self._frameworks.forget(connection, framework)


def _answer_of(mitigation: str) -> str:
    """Return the part that holds the answer that a mitigation is about."""
    return ANSWER + mitigation.removeprefix(MITIGATION)


def _json(text: str | None) -> JSON:
    return None if text is None else json.loads(text)
