"""What one person sees of a database, and what they are refused there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from procurement_risk.errors import NotAllowed
from procurement_risk.language import _
from procurement_risk.storage import rows, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import belonging, organisations, refusing
from procurement_risk.storage.people.permissions import PERMISSIONS, Action
from procurement_risk.storage.people.person import ALL, Person


@dataclass(frozen=True, slots=True)
class View:
    """A database as one person may use it."""

    database: Database
    person: Person

    def organisation_of(self, assessment_id: str) -> str:
        """Return the organisation of an assessment.

        Raises:
            NotFound: If there is none, or it is one that they do not see: which, is not said.
        """
        found = self.organisation_or_none(assessment_id)
        if found is None:
            raise rows.not_found([assessment_id])
        return found

    def sees(self, assessment_id: str) -> bool:
        """Whether there is an assessment of that id that they see."""
        return self.organisation_or_none(assessment_id) is not None

    def organisation_or_none(self, assessment_id: str) -> str | None:
        """Return the organisation of an assessment, or None where it is none that they see."""
        with self.database.reading() as connection:
            found = belonging.of_assessment(connection, assessment_id)
        return None if found is None or not self.person.may("read", found) else found

    def visible(self) -> frozenset[str] | None:
        """Return the ids of all that they see; None where that is everything."""
        theirs = self.person.organisations("read")
        if theirs is None:
            return None
        with self.database.reading() as connection:
            return belonging.of_organisations(connection, theirs)

    def visible_of(self, ids: Collection[str]) -> Collection[str]:
        """Return those of some assessments that they see."""
        theirs = self.person.organisations("read")
        if theirs is None:
            return ids
        own, theirs_are = tables.assessment_buyer.c.assessment_id, belonging.ids_of(theirs)
        with self.database.reading() as connection:
            return frozenset(
                name
                for condition in rows.chosen(own, list(ids))
                for name in connection.execute(theirs_are.where(condition)).scalars()
            )

    def organisation_of_buyer(self, buyer: str) -> str:
        """Return the organisation that a name of a buyer is, or empty."""
        with self.database.reading() as connection:
            return belonging.of_buyer(connection, buyer)

    def demand(self, action: Action, organisation: str, section: str = "") -> None:
        """Raise NotAllowed where they may not do that there; it says who may."""
        if not self.person.may(action, organisation, section):
            raise self.refusal(action, organisation)

    def refusal(self, action: Action, organisation: str) -> NotAllowed:
        """Return the error that they may not do that there."""
        is_everywhere = PERMISSIONS[action].scope == "everywhere"
        name = self._name(ALL if is_everywhere else organisation)
        return NotAllowed(refusing.refusal_in(self.person, action, organisation, name))

    def _name(self, organisation: str) -> str:
        if not organisation:
            return _("an organisation that nobody has named yet")
        theirs = {each.organisation for each in self.person.roles}
        if not theirs & {ALL, organisation} and organisation != ALL:
            return _("another organisation")
        with self.database.reading() as connection:
            return organisations.name_of(connection, organisation)
