"""The versions that assessments are answered against: each kept in full, once, by its digest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from procurement_risk.errors import Damaged, UsageError
from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.origin import Origin
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.storage import framework_rows, rows, sound
from procurement_risk.storage.history import canonical_text

MOST_NAMED = 5
"""How many of the assessments that need a framework are named."""


class KeptFrameworks:
    """The frameworks of one database. What was read once is not read again."""

    def __init__(self) -> None:
        self._by_digest: dict[str, Framework] = {}
        self._digests: WeakKeyDictionary[Framework, str] = WeakKeyDictionary()

    def digest(self, framework: Framework) -> str:
        """Return the digest of the framework's document."""
        if framework not in self._digests:
            self._digests[framework] = origins.digest(framework)
        return self._digests[framework]

    def of(self, connection: sa.Connection, digest: str) -> Framework:
        """Return the framework that is kept under ``digest``.

        Raises:
            Damaged: If it is no longer what was kept.
        """
        if digest not in self._by_digest:
            framework = _read(framework_rows.framework_text(connection, digest), digest)
            self._digests[framework] = digest
            self._by_digest.setdefault(digest, framework)
        return self._by_digest[digest]

    def sound(self, connection: sa.Connection, digests: Iterable[str]) -> dict[str, Framework]:
        """Return the frameworks under ``digests``, in that order; what is damaged is left out."""
        found = {}
        for each in digests:
            with suppress(Damaged):  # each assessment that rests on it is named
                found[each] = self.of(connection, each)
        return found

    def asked_by(self, connection: sa.Connection, assessment_id: str) -> Framework | None:
        """Return what an assessment is answered against; None where that cannot be told."""
        digest = rows.framework_digest(connection, assessment_id)
        return self.sound(connection, [digest]).get(digest) if digest else None

    def add(self, connection: sa.Connection, framework: Framework, at: str) -> str:
        """Keep ``framework`` in full, once, and return its digest."""
        digest = self.digest(framework)
        if not framework_rows.has_framework(connection, digest):
            values = {
                "digest": digest,
                "framework_id": framework.id,
                "version": framework.version,
                "document": canonical_text(dict(framework.document)),
                "added_at": at,
            }
            framework_rows.add_framework(connection, values)
        return digest

    def adopt(self, connection: sa.Connection, framework: Framework, at: str) -> str:
        """Keep ``framework``, which is put in use at that moment, and return its digest.

        Raises:
            UsageError: If it is foreign: it came in with a record, and nobody here adopted it.
        """
        digest = self.digest(framework)
        kept = framework_rows.adopted(connection, [digest])
        if digest in kept and origins.origin(digest, kept[digest]).is_foreign:
            message = _(
                "The questionnaire {framework} {version} came in with a record and is not known "
                "here, so nothing can be started from it or moved to it. To adopt it, put its "
                "file into the folder of frameworks."
            )
            raise UsageError(message.format(framework=framework.id, version=framework.version))
        self.add(connection, framework, at)
        if kept.get(digest) is None:
            framework_rows.set_adopted(connection, digest, at)
        return digest

    def origin(self, connection: sa.Connection, framework: Framework) -> Origin:
        """Return where a framework comes from, as far as is known here."""
        digest = self.digest(framework)
        return origins.origin(digest, framework_rows.adopted(connection, [digest]).get(digest))

    def foreign(self, connection: sa.Connection) -> frozenset[str]:
        """Return the digests of those that are kept and foreign."""
        return frozenset(
            digest
            for digest, at in framework_rows.adopted(connection).items()
            if origins.origin(digest, at).is_foreign
        )

    def forget(self, connection: sa.Connection, framework: Framework) -> None:
        """Keep a foreign framework no longer.

        Raises:
            UsageError: If it is not foreign, or an assessment needs it.
        """
        digest = self.digest(framework)
        if digest not in self.foreign(connection):
            raise UsageError(_("This questionnaire is shipped, or in use here: it stays."))
        framework_rows.drop_stale_outcomes(connection, digest)
        needing = framework_rows.needing_framework(connection, digest)
        if needing:
            message = ngettext(
                "{n} assessment rests on this questionnaire, or did once: {names}. Delete it "
                "first.",
                "{n} assessments rest on this questionnaire, or did once: {names}. Delete them "
                "first.",
                len(needing),
            )
            shown = ", ".join(map(repr, needing[:MOST_NAMED]))
            raise UsageError(message.format(n=grouped(len(needing)), names=shown))
        framework_rows.drop_framework(connection, digest)
        self._by_digest.pop(digest, None)


def _read(text: str, digest: str) -> Framework:
    try:
        framework = framework_from_document(json.loads(text))
        is_whole = origins.digest(framework) == digest
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        is_whole = False
    if not is_whole:
        raise Damaged(_("The questionnaire"), [sound.damaged("framework")])
    return framework
