"""Which questions apply: true, false, or unknown while something they rest on is open.

A condition is true or false where what it rests on is answered. Where that is itself open and
its options disagree, the condition is unknown (None here), and so is the question behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import TopologicalSorter

from procurement_risk.assessment import Answer
from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Framework,
    Question,
    named_in,
)

Applies = bool | None


def evaluation_order(framework: Framework) -> tuple[Question, ...]:
    """Return the facts and questions with every one after all those its condition names.

    Raises:
        graphlib.CycleError: If conditions are circular; ``check_framework`` refuses such a file.
    """
    graph = {q.id: set(named_in(q.when)) for q in framework.by_id.values()}
    return tuple(framework.by_id[name] for name in TopologicalSorter(graph).static_order())


def applicability(
    order: tuple[Question, ...], answers: Mapping[str, Answer]
) -> dict[str, Applies]:
    """Return for every question whether it applies: True, False, or None while unknown.

    A question declared not applicable counts as False: whatever rests on it sees it as not
    chosen, just as it sees a hidden one. Packs play no part here.
    """
    applies: dict[str, Applies] = {}
    possible: dict[str, frozenset[str]] = {}
    for question in order:
        answer = answers.get(question.id)
        if answer is not None and answer.state == "not_applicable":
            applies[question.id] = False
        elif question.when is None:
            applies[question.id] = True
        else:
            applies[question.id] = holds(question.when, applies, possible)
        if answer is not None and answer.state == "answered":
            possible[question.id] = frozenset(answer.options)
        else:
            possible[question.id] = frozenset(option.id for option in question.options)
    return applies


def holds(
    condition: Condition,
    applies: Mapping[str, Applies],
    possible: Mapping[str, frozenset[str]],
) -> Applies:
    """Return whether ``condition`` holds, given which options each question may still take.

    "all" is false as soon as one part is, "any" true as soon as one part is; otherwise one
    unknown part leaves the whole unknown.
    """
    if isinstance(condition, Atom):
        return _atom_holds(condition, applies[condition.question], possible[condition.question])
    if not isinstance(condition, AllOf | AnyOf):
        raise TypeError("questions rest on options only; risk values belong to the tier rule")
    settling = isinstance(condition, AnyOf)
    unknown = False
    for part in condition.parts:
        value = holds(part, applies, possible)
        if value is settling:
            return settling
        unknown = unknown or value is None
    return None if unknown else not settling


def _atom_holds(atom: Atom, applies: Applies, possible: frozenset[str]) -> Applies:
    if applies is False or possible.isdisjoint(atom.options):
        return False
    if applies is None or not possible <= atom.options:
        return None
    return True
