"""The versions that assessments are answered against: each kept in full, once, by its digest."""

from __future__ import annotations

import json
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from procurement_risk.canonical import digest_of
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.storage import rows
from procurement_risk.storage.history import canonical_text


class KeptFrameworks:
    """The frameworks of one database. What was read once is not read again."""

    def __init__(self) -> None:
        self._by_digest: dict[str, Framework] = {}
        self._digests: WeakKeyDictionary[Framework, str] = WeakKeyDictionary()

    def digest(self, framework: Framework) -> str:
        """Return the digest of the framework's document."""
        if framework not in self._digests:
            self._digests[framework] = digest_of(dict(framework.document))
        return self._digests[framework]

    def of(self, connection: sa.Connection, digest: str) -> Framework:
        """Return the framework that is kept under ``digest``."""
        if digest not in self._by_digest:
            document = json.loads(rows.framework_text(connection, digest))
            framework = framework_from_document(document)
            self._digests[framework] = digest
            self._by_digest.setdefault(digest, framework)
        return self._by_digest[digest]

    def add(self, connection: sa.Connection, framework: Framework, at: str) -> str:
        """Keep ``framework`` in full, once, and return its digest."""
        digest = self.digest(framework)
        if not rows.has_framework(connection, digest):
            values = {
                "digest": digest,
                "framework_id": framework.id,
                "version": framework.version,
                "document": canonical_text(dict(framework.document)),
                "added_at": at,
            }
            rows.add_framework(connection, values)
        return digest
