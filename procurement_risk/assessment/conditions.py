"""Which questions apply: true, false, or unknown while something they rest on is open.

A condition is true or false where what it rests on is answered. Where that is itself open and
its options disagree, the condition is unknown (None here), and so is the question behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from procurement_risk.assessment import Answer
from procurement_risk.assessment.two_answers import may_not_apply, possible, unsettled
from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Framework,
    Never,
    NotAtom,
    named_in,
)

Applies = bool | None


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one framework, put in order once.

    Attributes:
        ids: Every fact and question, in reading order.
        ordered: Each conditional question after all those its condition names.
        options: The option ids of every question that a condition names.
    """

    ids: tuple[str, ...]
    ordered: tuple[tuple[str, Condition], ...]
    options: Mapping[str, frozenset[str]]


def order_conditions(framework: Framework) -> Conditions:
    """Return the framework's conditions in an order in which they can be evaluated.

    Raises:
        graphlib.CycleError: If conditions are circular; ``check_framework`` refuses such a file.
    """
    conditions = {q.id: q.when for q in framework.by_id.values() if q.when is not None}
    named = {name: tuple(named_in(condition)) for name, condition in conditions.items()}
    order = TopologicalSorter(named).static_order()
    return Conditions(
        ids=tuple(framework.by_id),
        ordered=tuple((name, conditions[name]) for name in order if name in conditions),
        options={
            name: frozenset(option.id for option in framework.by_id[name].options)
            for names in named.values()
            for name in names
        },
    )


def applicability(conditions: Conditions, answers: Mapping[str, Answer]) -> dict[str, Applies]:
    """Return for every question whether it applies: True, False, or None while unknown.

    A question declared not applicable counts as False: whatever rests on it sees it as not
    chosen, just as it sees a hidden one. Packs play no part here.
    """
    applies: dict[str, Applies] = dict.fromkeys(conditions.ids, True)
    declared = {name for name, answer in answers.items() if answer.state == "not_applicable"}
    chosen = _chosen_in(conditions, answers)
    applies.update(dict.fromkeys(declared, False))
    options = _possible_in(conditions, answers)
    disputed = {name for name, answer in answers.items() if answer.alone and may_not_apply(answer)}
    applies.update(dict.fromkeys(disputed & applies.keys(), None))
    for name, condition in conditions.ordered:
        if name not in declared:
            found = holds(condition, applies, chosen, options)
            applies[name] = None if found and name in disputed else found
    return applies


def _possible_in(
    conditions: Conditions, answers: Mapping[str, Answer]
) -> Mapping[str, frozenset[str]]:
    """Return what each question that a condition rests on may choose: of two, only theirs."""
    narrower = {
        name: possible(answers[name], options)
        for name, options in conditions.options.items()
        if name in answers and unsettled(answers[name])
    }
    return {**conditions.options, **narrower} if narrower else conditions.options


def _chosen_in(
    conditions: Conditions, answers: Mapping[str, Answer]
) -> dict[str, tuple[str, ...]]:
    """Return the chosen options of each question that a condition rests on and is answered."""
    return {
        name: answers[name].options
        for name in conditions.options
        if name in answers and answers[name].state == "answered"
    }


def holds(
    condition: Condition,
    applies: Mapping[str, Applies],
    chosen: Mapping[str, tuple[str, ...]],
    options: Mapping[str, frozenset[str]],
) -> Applies:
    """Return whether ``condition`` holds; None while unknown.

    "all" is false as soon as one part is, "any" true as soon as one part is; otherwise one
    unknown part leaves the whole unknown.
    """
    if isinstance(condition, Atom | NotAtom):
        name = condition.question
        found = _chosen(condition.options, applies[name], chosen.get(name), options[name])
        return found if found is None or isinstance(condition, Atom) else not found
    if isinstance(condition, Never):
        return False
    if not isinstance(condition, (AllOf, AnyOf)):
        raise TypeError("questions rest on options only; risk values belong to the tier rule")
    settling = isinstance(condition, AnyOf)
    unknown = False
    for part in condition.parts:
        value = holds(part, applies, chosen, options)
        if value is settling:
            return settling
        unknown = unknown or value is None
    return None if unknown else not settling


def _chosen(
    wanted: frozenset[str],
    applies: Applies,
    answer: tuple[str, ...] | None,
    options: frozenset[str],
) -> Applies:
    """Return whether one of the ``wanted`` options is chosen; ``answer`` is None where open."""
    if applies is False or wanted.isdisjoint(options if answer is None else answer):
        return False
    if applies is None or (answer is None and not options <= wanted):
        return None
    return True


def asked_so_far(conditions: Conditions, answers: Mapping[str, Answer]) -> dict[str, bool]:
    """Return for every question whether it is asked if what is open stays without an answer.

    Two values only, as questionnaires with forms count: an open question has nothing chosen.
    """
    asked: dict[str, Applies] = dict.fromkeys(conditions.ids, True)
    chosen = dict.fromkeys(conditions.options, ()) | _chosen_in(conditions, answers)
    for name, condition in conditions.ordered:
        asked[name] = holds(condition, asked, chosen, conditions.options)
    return {name: bool(is_asked) for name, is_asked in asked.items()}
