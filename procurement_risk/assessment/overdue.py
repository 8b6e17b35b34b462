"""Whether a condition's day has passed: the one rule, for every page, paper, table and score.

A mitigation that is not verified and whose day has passed is overdue. One that is only proposed
has bound nobody yet, so it is told apart: proposed, past its day. Nothing here knows today's date:
whoever asks says which day they look from.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from procurement_risk.assessment.words import mitigation_status
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped


class Dated(Protocol):
    """A mitigation, or what a portfolio keeps of one."""

    @property
    def question(self) -> str:
        """The id of the question whose risk it lowers."""

    @property
    def status(self) -> str:
        """How far it is: ``proposed``, ``agreed`` or ``verified``."""

    @property
    def due(self) -> str:
        """Its day as an ISO text, or empty."""


Condition = TypeVar("Condition", bound=Dated)


def is_overdue(condition: Dated, day: str) -> bool:
    """Whether it was agreed, is not verified, and was due before ``day``."""
    return condition.status == "agreed" and "" < condition.due < day


def is_proposed_late(condition: Dated, day: str) -> bool:
    """Whether it is proposed only, and was to be due before ``day``."""
    return condition.status == "proposed" and "" < condition.due < day


def urgency(condition: Dated, day: str) -> tuple[bool, bool, str]:
    """Return what sorts the overdue first, then those proposed and late, then by their days."""
    late, proposed = is_overdue(condition, day), is_proposed_late(condition, day)
    return not late, not proposed, condition.due or "9999"


def in_order(conditions: Iterable[Condition], day: str) -> list[Condition]:
    """Return the most urgent first; of two alike, by the ids of their questions."""
    return sorted(conditions, key=lambda each: (*urgency(each, day), each.question))


def standing(condition: Dated, day: str) -> str:
    """Return its status in words, and whether its day has passed."""
    status = mitigation_status(condition.status)
    if is_overdue(condition, day):
        return _("{status}, overdue").format(status=status)
    if is_proposed_late(condition, day):
        return _("{status}, past its day").format(status=status)
    return status


def counts(conditions: Iterable[Dated], day: str) -> str:
    """Return how many are overdue, and how many proposed and past their day; empty where none."""
    every = list(conditions)
    late = sum(is_overdue(each, day) for each in every)
    proposed = sum(is_proposed_late(each, day) for each in every)
    parts = [_("{n} overdue").format(n=grouped(late))] * bool(late)
    parts += [_("{n} proposed, past its day").format(n=grouped(proposed))] * bool(proposed)
    return ", ".join(parts)
