"""Every error this package raises on purpose.

    ProcurementRiskError
    ├── InvalidDocument        a YAML or JSON file failed its checks; carries every problem
    │   └── Damaged            an assessment in the store can no longer be read; likewise
    ├── InvalidAnswers         answers do not fit the framework; carries every problem
    ├── NotAllowed             somebody may not do that; says who may
    ├── NotFound               an id that names nothing we hold
    ├── StaleSave              somebody else changed the answer first; carries both values
    ├── StaleFramework         the assessment was moved to another version meanwhile
    ├── StorageError           the database cannot be used, and why
    └── UsageError             a request that cannot be carried out as asked
        └── WouldReplace       something else stands under that id; it may be written over

Catch ``ProcurementRiskError`` at the edge (a view or a command) and show its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from procurement_risk.language import _
from procurement_risk.language.text import shorten


class ProcurementRiskError(Exception):
    """Base class: the message is written for the person using the toolkit."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a document, and where.

    Attributes:
        where: Path inside the document, e.g. ``sections[0].questions[2].options``, or the
            question's id for an answer.
        message: What is wrong and what to write instead, as one or two sentences.
        line: Line in the file, from 1; 0 where the document has no lines.
        column: Column in that line, from 1; 0 where unknown.
    """

    where: str
    message: str
    line: int = 0
    column: int = 0

    def located(self, name: str) -> str:
        """Return ``name:line:column: message``, the form editors can jump to."""
        place = f"{name}:{self.line}:{self.column}" if self.line else name
        return f"{place}: {self.message}"

    def inside(self, place: str) -> Problem:
        """Return this problem as one of the larger document that holds this one at ``place``."""
        whole = f"{place}.{self.where}" if self.where else place
        return Problem(whole, f"{whole}: {self.message}")


def path_text(path: tuple[str | int, ...]) -> str:
    """Return ``path`` in the form ``sections[0].questions[2].options``."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{shorten(step)}" for step in path)
    return "".join(parts).removeprefix(".")


class _WithProblems(ProcurementRiskError):
    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name, self.problems = name, tuple(problems)
        super().__init__("\n".join(problem.located(name) for problem in self.problems))


class InvalidDocument(_WithProblems):
    """A framework or assessment file failed its checks; ``problems`` lists all of them."""


class Damaged(InvalidDocument):
    """An assessment in the store was changed outside the toolkit, so that it cannot be read."""


class InvalidAnswers(_WithProblems):
    """Answers and framework do not fit together; ``problems`` lists every misfit."""


class NotAllowed(ProcurementRiskError):
    """Somebody may not do that. Nothing was done; the message says who may."""


class NotFound(ProcurementRiskError):
    """An id that names nothing we hold."""


class StaleSave(ProcurementRiskError):
    """A save was based on a revision that is no longer the current one. Nothing was written.

    Attributes:
        what: What was being saved, such as a question id.
        mine: The value that was refused.
        theirs: The value that stands.
        revision: The revision that stands.
        by: Who wrote the value that stands.
    """

    def __init__(self, what: str, mine: object, theirs: object, revision: int, by: str) -> None:
        self.what, self.mine, self.theirs = what, mine, theirs
        self.revision, self.by = revision, by
        message = _(
            "{what} was changed by {name} while you were working on it. Your value was not saved "
            "over theirs. Compare the two and choose one."
        )
        super().__init__(message.format(what=what, name=by or _("somebody else")))


class StaleFramework(ProcurementRiskError):
    """An answer was given to a version that the assessment no longer stands on."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _(
                "{what}: this assessment was moved to another version of its "
                "questionnaire while you "
                "were working on it. Nothing was saved: look at the question again."
            ).format(what=what)
        )


class StorageError(ProcurementRiskError):
    """The database cannot be used as asked; the message says why and what to do."""


class UsageError(ProcurementRiskError):
    """A request that cannot be carried out as asked."""


class WouldReplace(UsageError):
    """Something else stands under the id of a record; it is written over only if asked for."""
