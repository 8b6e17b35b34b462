"""Which of several looks at one purchase from one supplier counts now.

    the newest decided one; where none is decided, the newest

So an earlier decision stands until a later look is decided; once it is closed, until one is begun.
One that another of them replaces is never it, however old the other says it is. One on a foreign
questionnaire takes the place of none on a known one, whatever it says; nor does one that was
withdrawn or not chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from procurement_risk.assessment import UNBOUGHT_STATES, Assessment

T = TypeVar("T")


class Look(NamedTuple):
    """What tells which look counts.

    Attributes:
        id: The assessment's id.
        as_of: The day it is scored as of.
        created_at: When it was begun.
        replaces: The id of the assessment that it follows, or empty.
        decided: Whether a named person has decided on it.
        unbought: Whether it was withdrawn, or its supplier not chosen.
        foreign: Whether nobody here knows its questionnaire.
        closed: Whether what it decided upon is over.
    """

    id: str
    as_of: str
    created_at: str
    replaces: str
    decided: bool
    unbought: bool = False
    foreign: bool = False
    closed: bool = False

    @property
    def age(self) -> tuple[str, str, str]:
        """What orders looks from the oldest to the newest."""
        return self.as_of, self.created_at, self.id


def look_of(assessment: Assessment, *, foreign: bool = False) -> Look:
    """Return what of ``assessment`` tells whether it counts."""
    return Look(
        id=assessment.id,
        as_of=assessment.answer_set.as_of,
        created_at=assessment.created_at,
        replaces=assessment.replaces,
        decided=assessment.decision is not None,
        unbought=assessment.state in UNBOUGHT_STATES,
        foreign=foreign,
        closed=assessment.state == "closed",
    )


def standing(looks: Iterable[T], look: Callable[[T], Look]) -> T:
    """Return the one of ``looks``, of one purchase from one supplier, that counts now.

    Raises:
        ValueError: If there is none at all.
    """
    every = list(looks)
    if len(every) == 1:
        return every[0]
    pool = every
    for keep in (_is_known, _may_be_bought, _is_decided):
        pool = [each for each in pool if keep(look(each))] or pool
    replaced = {look(each).replaces for each in pool}
    left = [each for each in pool if look(each).id not in replaced] or pool
    stands = max(left, key=lambda each: look(each).age)
    begun = _begun_after(look(stands), every, look) if look(stands).closed else []
    return standing(begun, look) if begun else stands


def _begun_after(over: Look, looks: Iterable[T], look: Callable[[T], Look]) -> list[T]:
    """Return the looks at what goes on after one that is ``over``."""
    return [
        each
        for each in looks
        if look(each).age > over.age
        and not (look(each).closed or look(each).unbought)
        and look(each).foreign == over.foreign
    ]


def _is_known(look: Look) -> bool:
    return not look.foreign


def _may_be_bought(look: Look) -> bool:
    return not look.unbought


def _is_decided(look: Look) -> bool:
    return look.decided
