"""The frameworks that assessments are answered against."""

from __future__ import annotations

from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.origin import Origin
from procurement_risk.framework.versions import whose as versions
from procurement_risk.framework.versions.whose import Whose
from procurement_risk.storage import framework_rows
from procurement_risk.storage.database import Database


def frameworks(database: Database, framework_id: str = "") -> list[Framework]:
    """Return every version of a framework, or of all, that was ever answered against here.

    The oldest comes first; two may have the same version and differ in content. One that was
    changed outside the toolkit is left out: what rests on it is named where it stands.
    """
    with database.reading() as connection:
        digests = framework_rows.framework_digests(connection, framework_id)
        return list(database.kept_frameworks.sound(connection, digests).values())


def known_frameworks(database: Database, framework_id: str = "") -> list[Framework]:
    """Return those of ``frameworks`` that are shipped or adopted here: no foreign ones."""
    with database.reading() as connection:
        foreign = database.kept_frameworks.foreign(connection)
        known = [
            d
            for d in framework_rows.framework_digests(connection, framework_id)
            if d not in foreign
        ]
        return list(database.kept_frameworks.sound(connection, known).values())


def foreign_frameworks(database: Database) -> list[Framework]:
    """Return the foreign ones: they came in with records and nobody here knows them."""
    with database.reading() as connection:
        foreign = database.kept_frameworks.foreign(connection)
        mine = [d for d in framework_rows.framework_digests(connection, "") if d in foreign]
        return list(database.kept_frameworks.sound(connection, mine).values())


def foreign(database: Database) -> frozenset[str]:
    """Return the digests of the foreign ones, cheaply."""
    with database.reading() as connection:
        return database.kept_frameworks.foreign(connection)


def origin(database: Database, framework: Framework) -> Origin:
    """Return whether a framework is shipped, adopted here or foreign."""
    digest = database.kept_frameworks.digest(framework)
    if digest in origins.shipped():  # whatever stands here; and pages ask at every click
        return origins.origin(digest)
    with database.reading() as connection:
        return database.kept_frameworks.origin(connection, framework)


def whose(database: Database, framework: Framework) -> Whose:
    """Return whose a framework is, and how a foreign one differs from that of its name."""
    found = origin(database, framework)
    return versions.whose(framework, found, known_frameworks(database) if found.is_foreign else ())


def framework_of(database: Database, assessment_id: str) -> Framework | None:
    """Return what an assessment is answered against, cheaply; None where that cannot be told."""
    with database.reading() as connection:
        return database.kept_frameworks.asked_by(connection, assessment_id)


def forget_framework(database: Database, framework: Framework) -> None:
    """Keep a foreign framework no longer.

    Raises:
        UsageError: If it is not foreign, or an assessment rests on it or once did.
    """
    with database.writing() as connection:
        database.kept_frameworks.forget(connection, framework)
