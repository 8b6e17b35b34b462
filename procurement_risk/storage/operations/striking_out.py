"""Where a name or a passage stands, and striking it out."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from procurement_risk.storage import (
    checked,
    cleaning,
    connection as connections,
    places as finding,
    striking,
)
from procurement_risk.storage.database import Database
from procurement_risk.storage.mentions import Mention
from procurement_risk.storage.places import Place
from procurement_risk.storage.striking import Erased


def places(
    database: Database, mention: Mention, assessment_id: str = "", part: str = ""
) -> list[Place]:
    """Return every place where a name or a passage stands, in all or in one assessment."""
    with database.reading() as connection:
        found = finding.find(connection, mention, assessment_id, part)
        ids = {place.assessment_id for place in found}
        asked = {each: database.kept_frameworks.asked_by(connection, each) for each in ids}
    return [replace(place, framework=asked[place.assessment_id]) for place in found]


def erase(
    database: Database, mention: Mention, seen: str, actor: str, ground: str, instead: str = ""
) -> Erased:
    """Strike a person out of every place where ``mention`` finds one.

    Args:
        database: Which.
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
    return _strike(database, mention, seen, (actor, ground), instead, "person")


def redact(
    database: Database,
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
    where = (assessment_id, part)
    return _strike(database, mention, seen, (actor, ground), instead, "passage", where)


def _strike(
    database: Database,
    mention: Mention,
    seen: str,
    signed: tuple[str, str],
    instead: str,
    kind: Literal["person", "passage"],
    where: tuple[str, str] = ("", ""),
) -> Erased:
    pen = checked.pen_with_reason(where[0], *signed)
    striking.refuse_repeating(mention, pen, instead)
    with database.writing() as connection:
        found = finding.find(connection, mention, *where)
        striking.refuse_unseen(found, seen)
        instead = instead or striking.pseudonym(connection)
        order = striking.Order(mention=mention, kind=kind, instead=instead, part=where[1])
        striking.strike(connection, found, order, pen)
        left = finding.find(connection, mention, *where)
    clean, path = database.clean(), connections.file_of(database.engine)
    texts = (written for place in found for written in mention.written_in(place.text))
    beside = cleaning.holding(path.parent, texts, path.name) if path is not None else ()
    return Erased(instead, len(found) - len(left), tuple(left), clean, beside)
